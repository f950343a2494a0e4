"""Steps of papers without an application: handing them in, and copying one that nobody keeps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pytest_bdd import then, when

from lisa_core.domain.case.papers_only import PAPERS_ONLY, is_papers_only
from lisa_core.domain.model.case import FormStage, Paper, PaperState, Receipt
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.ids import ServiceId
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.screen import ScreenView
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.form import sealed_under
from lisa_core.harness.steps.papers import is_printed, not_captured
from lisa_core.harness.text.words import step

if TYPE_CHECKING:  # what a booth consists of is imported when the first one is opened
    from lisa_core.desk.client import DeskClient

TITLE = "Einreichen ohne Antrag, Kopieren"
ON_ITS_WAY_S = 2.0
"""So long what was handed in may take until it lies at its office."""

# --- Wenn -----------------------------------------------------------------------------------------------------------


@when(step("{wer:Mitarbeiterin} die Unterlagen zu {leistung:Leistung} ohne Antrag vorlegt"))
async def agent_declares_papers(scene: Scene, wer: str, leistung: str) -> None:
    """Wenn Frau Vogt die Unterlagen zu „Wohngeld: Mietzuschuss“ ohne Antrag vorlegt"""
    await _declare(scene, wer, leistung, "")


@when(
    step(
        "{wer:Mitarbeiterin} die Unterlagen zu {leistung:Leistung} mit dem Aktenzeichen {zeichen:Text} "
        "ohne Antrag vorlegt"
    )
)
async def agent_declares_papers_for(scene: Scene, wer: str, leistung: str, zeichen: str) -> None:
    """Wenn Frau Vogt die Unterlagen zu „Wohngeld: Mietzuschuss“ mit dem Aktenzeichen „WG-0815“ ohne Antrag vorlegt"""
    scene.typed.append(zeichen)
    await _declare(scene, wer, leistung, zeichen)


@when(step("{wer:Bürgerin} die Unterlagen so einreicht"))
async def citizen_hands_in_papers(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin die Unterlagen so einreicht"""
    rig = await scene.rig()
    assert _declares(rig.screen.view), "Der Bildschirm zeigt nicht, was eingereicht wird."
    await (await scene.actor()).touch("erklaerung")
    await rig.screen.until(lambda s: not s.view.declaration, "die Abgabe")


@when(step("{wer:Mitarbeiterin} {was:Unterlage} kopiert"))
async def agent_copies(scene: Scene, wer: str, was: str) -> None:
    """Wenn Frau Brandt den Mietvertrag kopiert"""
    desk = await scene.desk(wer)
    paper = _paper(desk, was)
    scene.copied[was] = tuple(page.digest for page in paper.pages)
    before = desk.case.revision
    desk.copy_paper(paper.id)
    await desk.until(lambda d: _paper(d, was).state is PaperState.COPIED or _told(d, before), f"{was} ist kopiert")


# --- Dann -----------------------------------------------------------------------------------------------------------


@then(step("liest {wer:Bürgerin}, dass {was:Unterlage} mit {seiten:Seiten} {stelle:AnStelle} geht"))
async def citizen_reads_what_goes(scene: Scene, wer: str, was: str, seiten: int, stelle: str) -> None:
    """Dann liest die Bürgerin, dass der Mietvertrag mit 3 Seiten an die Wohngeldstelle geht"""
    rig = await scene.rig()
    view = await rig.screen.until(lambda s: s.view if s.view.declaration else None, "was eingereicht wird")
    offices = [row.value for row in view.rows if row.id == PAPERS_ONLY.fields[0].id]
    assert offices, "Wohin die Unterlagen gehen, steht nicht auf dem Bildschirm."
    assert offices[0].startswith(stelle), f"Auf dem Bildschirm steht: an {offices[0]}"
    shown = [f"{row.title} ({_count(row.pages)})" for row in view.papers]
    assert f"{was} ({_count(seiten)})" in shown, f"Auf dem Bildschirm steht: {', '.join(shown) or 'keine Unterlage'}"


@then(step("liegen die Unterlagen ohne Antrag {stelle:BeiStelle}"))
async def papers_are_there(scene: Scene, stelle: str) -> None:
    """Dann liegen die Unterlagen ohne Antrag bei der Wohngeldstelle

    Geprüft wird das Siegel des Pakets, und dass alle Seiten aus dem Vorgang darin sind.
    """
    rig, receipt = await scene.rig(), await _receipt(scene)
    sealed = sealed_under(rig, receipt)
    assert sealed.papers_only, "Dort liegt ein Antrag."
    name = rig.directory.offices[sealed.office].name
    assert name.startswith(stelle), f"Die Unterlagen liegen bei {name}."
    pages = sum(len(paper.pages) for paper in scene.talking.case.papers if paper.state is PaperState.SUBMITTED)
    assert sealed.pages == pages > 0, f"{sealed.pages} Seiten im Paket, {pages} im Vorgang"


@then(step("gehören die Unterlagen zu {leistung:Leistung} mit dem Aktenzeichen {zeichen:Text}"))
async def papers_belong_to(scene: Scene, leistung: str, zeichen: str) -> None:
    """Dann gehören die Unterlagen zu „Wohngeld: Mietzuschuss“ mit dem Aktenzeichen „WG-0815“

    So steht es im versiegelten Paket, und nicht im Protokoll.
    """
    rig, receipt = await scene.rig(), await _receipt(scene)
    sealed = sealed_under(rig, receipt)
    assert sealed.service == _service(scene.talking, leistung), f"Im Paket steht: {sealed.service}"
    assert sealed.reference == zeichen, f"Im Paket steht: {sealed.reference or 'kein Aktenzeichen'}"
    assert not any(zeichen in str(entry) for entry in rig.booth.journal()), "Das Aktenzeichen steht im Protokoll."


@then(step("erhält {wer:Bürgerin} eine Eingangsbestätigung über {was:Unterlage} mit {seiten:Seiten}"))
async def citizen_gets_receipt(scene: Scene, wer: str, was: str, seiten: int) -> None:
    """Dann erhält die Bürgerin eine Eingangsbestätigung über den Mietvertrag mit 3 Seiten

    Auf dem Bildschirm stehen Nummer, Zeit, Stelle und Unterlagen, und gedruckt wird sie auch.
    """
    rig, receipt = await scene.rig(), await _receipt(scene)
    shown = await rig.screen.until(lambda s: s.view.receipt, "die Eingangsbestätigung")
    assert (shown.number, shown.received_at) == (receipt.number, receipt.received_at), "Nummer oder Zeit sind andere."
    assert f"{was} ({_count(seiten)})" in shown.text, f"Auf der Eingangsbestätigung steht: {shown.text}"
    office = rig.directory.offices[sealed_under(rig, receipt).office].name
    assert office in shown.text, f"Die Stelle fehlt auf der Eingangsbestätigung: {shown.text}"
    scene.show("eingang", "text/plain", f"{shown.number}\n{shown.text}".encode(), "Eingangsbestätigung")
    question = "Liegt die Eingangsbestätigung im Drucker?"
    await scene.look(("printer",), _receipt_printed, question, instead=scene.told_of_printer)


@then(step("liegt {was:Unterlage} mit {seiten:Seiten} als Kopie im Drucker"))
async def copy_is_printed(scene: Scene, was: str, seiten: int) -> None:
    """Dann liegt der Mietvertrag mit 3 Seiten als Kopie im Drucker

    Verglichen wird jede Seite mit dem Scan; bei einem echten Drucker sieht die Prüferin nach.
    """
    if (pages := scene.copied.get(was)) is None:
        raise HarnessError(f"„{was}“ hat niemand kopiert. Vorher „Wenn Frau Brandt den Mietvertrag kopiert“ schreiben.")
    assert len(pages) == seiten, f"{was}: {_count(len(pages))}, erwartet {seiten}"

    def printed(room: JsonMap) -> bool:
        return any(sorted(_pictures_on(sheet)) == sorted(pages) for sheet in room["tray"] if sheet.startswith("Kopie "))

    count = "eine Seite" if seiten == 1 else f"alle {seiten} Seiten"
    question = f"Liegen {count} von „{was}“ lesbar und auf A4 im Drucker?"
    await scene.look(("printer",), printed, question, instead=partial(_not_copied, scene, was))


@then(step("liest {wer:Bürgerin}, dass die Kopie zum Mitnehmen im Drucker liegt"))
async def citizen_reads_copy_lies(scene: Scene, wer: str) -> None:
    """Dann liest die Bürgerin, dass die Kopie zum Mitnehmen im Drucker liegt"""
    rig = await scene.rig()
    view = await rig.screen.until(
        lambda s: s.view if "liegt im Drucker" in s.view.hint or "Ihre Kopie" in s.view.notice else None,
        "wo die Kopie liegt",
    )
    assert "liegt im Drucker" in view.hint, f"Auf dem Bildschirm steht: {view.notice}"


@then(step("melden beide Bildschirme, dass der Drucker nicht druckt"))
async def both_screens_say_printer(scene: Scene) -> None:
    """Dann melden beide Bildschirme, dass der Drucker nicht druckt"""
    rig, desk = await scene.rig(), scene.talking
    await desk.until(lambda d: _names_copy(d.case.notice), "der Drucker am Platz")
    await rig.screen.until(lambda s: _names_copy(s.view.notice), "der Drucker in der Kabine")


@then(step("hat keine Stelle etwas davon erhalten"))
async def no_office_has_it(scene: Scene) -> None:
    """Dann hat keine Stelle etwas davon erhalten

    Zwei Sekunden lang, denn was gerade eingereicht wurde, ist noch unterwegs.
    """
    rig = await scene.rig()
    if not any(view.papers for view in scene.views()):
        raise HarnessError("Erfasst war noch keine Unterlage: Erhalten konnte niemand etwas.")
    await scene.never(lambda: "Eine Stelle hat etwas erhalten." if rig.exchange.inbox.packages() else "", ON_ITS_WAY_S)


# --- small things -----------------------------------------------------------------------------------------------------


async def _declare(scene: Scene, wer: str, leistung: str, zeichen: str) -> None:
    desk = await scene.desk(wer)
    before = desk.case.revision
    desk.declare_papers(_service(desk, leistung), zeichen)
    await desk.until(lambda d: is_papers_only(d.case.form) or _told(d, before), "die Unterlagen liegen vor")
    assert is_papers_only(desk.case.form), f"{wer}: {desk.case.notice}"


def _count(pages: int) -> str:
    return "1 Seite" if pages == 1 else f"{pages} Seiten"


def _names_copy(notice: str) -> bool:
    """Whether it is about the copy, and not only about a device that is silent."""
    return "Drucker" in notice and "kopi" in notice.lower()


def _not_copied(scene: Scene, title: str) -> str:
    """What a desk was told instead of a copy of this paper; "" while it is printed, and where it was."""
    kept = (desk for desk in scene.desks if _states(desk, title)[-1:] == [PaperState.CAPTURED])
    return next((desk.case.notice for desk in kept), "")


def _states(desk: DeskClient, title: str) -> list[PaperState]:
    return [paper.state for paper in desk.case.papers if paper.title == title]


def _told(desk: DeskClient, revision: int) -> bool:
    """Whether the agent has read since then why something does not go."""
    return desk.case.revision > revision and bool(desk.case.notice)


def _service(desk: DeskClient, name: str) -> ServiceId:
    known = {entry.name: entry.id for entry in desk.services}
    if name not in known:
        raise HarnessError(f"Die Leistung „{name}“ gibt es nicht. Bekannt sind: {', '.join(known)}.")
    return known[name]


def _declares(view: ScreenView) -> bool:
    """Whether she reads to whom which papers go, with all their pages."""
    return view.declaration and view.form_title == PAPERS_ONLY.title and any(row.pages for row in view.papers)


def _paper(desk: DeskClient, title: str) -> Paper:
    found = [paper for paper in desk.case.papers if paper.title == title]
    if not found:
        raise not_captured(desk, title)
    return found[-1]


async def _receipt(scene: Scene) -> Receipt:
    """That of the papers handed in without an application in the talk that goes on."""
    desk = scene.talking

    def given(desk: DeskClient) -> Receipt | None:
        form = desk.case.form
        return form.receipt if form and is_papers_only(form) and form.stage is FormStage.SUBMITTED else None

    return await desk.until(given, f"die Unterlagen sind eingereicht. {desk.case.notice}")


def _pictures_on(sheet: str) -> list[str]:
    """The digests of the pictures on a printed sheet, as an emulated printer notes them behind its own."""
    return sheet.rpartition(" ")[2].split(":")[1:]


def _receipt_printed(room: JsonMap) -> bool:
    return is_printed(room, "Eingangsbestätigung")
