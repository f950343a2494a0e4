"""Steps of forms: filling in together, checking, signing, handing in, the copy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pytest_bdd import then, when

from lisa_core.booth.screen import texts
from lisa_core.desk.history import over
from lisa_core.domain.case.forms import as_written
from lisa_core.domain.model.call_words import Ending
from lisa_core.domain.model.case import Form, FormStage, PaperState, Receipt
from lisa_core.domain.model.directory import FieldKind
from lisa_core.domain.model.errors import HarnessError, LisaError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.domain.model.screen import FieldState, ScreenScene, ScreenView
from lisa_core.domain.model.time import PATIENCE_S
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.desk import office_of
from lisa_core.harness.steps.papers import is_printed
from lisa_core.harness.text.words import step, two_columns
from lisa_core.wire import messages as m

if TYPE_CHECKING:
    from lisa_core.desk.client import DeskClient
    from lisa_core.harness.rig.rig import Rig
    from lisa_core.papers.seal import Verified

TITLE = "Anträge"
NO_FORM = "Es ist kein Antrag offen. Davor „Wenn Frau Vogt den „Antrag auf Wohngeld (Mietzuschuss)“ öffnet“ schreiben."

NO_PAPERS = (
    "Zu diesem Antrag ist keine Unterlage erfasst. Davor „Wenn die Bürgerin den Mietvertrag in den Scanner legt“ und "
    "„Und Frau Vogt den Mietvertrag einscannt“ schreiben."
)
UNCHECKED = (
    "Die Erklärung ist noch nicht geprüft. Davor „Wenn Frau Vogt die ganze Erklärung zum Prüfen vorlegt“ und „Und die "
    "Bürgerin die ganze Erklärung geprüft hat und bestätigt“ schreiben."
)
TRIES_S = 10.0
"""So long she tries to sign on a pad that says nothing about it: twice what a pen is watched that does not stir."""

# --- Wenn -----------------------------------------------------------------------------------------------------------


@when(step("{wer:Mitarbeiterin} den {formular:Formular} öffnet"))
async def agent_opens_form(scene: Scene, wer: str, formular: str) -> None:
    """Wenn Frau Vogt den „Antrag auf Wohngeld (Mietzuschuss)“ öffnet"""
    rig, desk = await scene.rig(), await scene.desk(wer)
    form = next((spec.id for spec in rig.directory.forms.values() if spec.title == formular), None)
    if form is None:
        known = ", ".join(spec.title for spec in rig.directory.forms.values())
        raise HarnessError(f"Den Antrag „{formular}“ gibt es nicht. Bekannt sind: {known}.")
    desk.open_form(form)
    await desk.until(lambda d: d.case.form and d.form, "der Antrag ist offen")


@when(step("{wer:Mitarbeiterin} einträgt, was {wen:Bürgerin} sagt, und sie jede Antwort bestätigt"))
async def fill_in_together(scene: Scene, wer: str, wen: str, datatable: list[list[str]]) -> None:
    """Wenn Frau Vogt einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt

    Die Tabelle nennt in jeder Zeile ein Feld des Antrags und seine Antwort: | Vorname | Erika |
    """
    desk, actor = await scene.desk(wer), await scene.actor()
    for label, value in two_columns(datatable, "Feld", "Antwort"):
        field = field_id(desk, label)
        desk.set_field(field, value)
        scene.typed.append(value)
        await actor.touch(f"feld:{field}")
        await desk.until(partial(_confirmed, field=field), f"„{label}“ ist bestätigt. {desk.case.notice}")


@when(step("{wer:Mitarbeiterin} die ganze Erklärung zum Prüfen vorlegt"))
async def agent_asks_check(scene: Scene, wer: str) -> None:
    """Wenn Frau Vogt die ganze Erklärung zum Prüfen vorlegt"""
    desk = await scene.desk(wer)
    desk.ask_check()
    await desk.until(lambda d: d.case.form and d.case.form.stage is FormStage.CHECKING, f"Prüfen. {desk.case.notice}")


@when(step("{wer:Bürgerin} die ganze Erklärung geprüft hat und bestätigt"))
async def citizen_confirms_declaration(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin die ganze Erklärung geprüft hat und bestätigt"""
    rig = await scene.rig()
    assert rig.screen.view.declaration, "Der Bildschirm zeigt die Erklärung nicht."
    assert rig.screen.view.rows, "Der Bildschirm zeigt die Antworten nicht."
    await (await scene.actor()).touch("erklaerung")
    await rig.screen.until(lambda s: not s.view.declaration, "die Bestätigung")


@when(step("{wer:Bürgerin} auf dem Unterschriftenpad unterschreibt"))
async def citizen_signs(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin auf dem Unterschriftenpad unterschreibt"""
    await _sign(scene)


@when(step("{wer:Bürgerin} zu unterschreiben versucht"))
async def citizen_tries_to_sign(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin zu unterschreiben versucht

    Endet, wenn unterschrieben ist oder feststeht, dass das Pad nicht mitmacht: Was dann ist, sagt der nächste Satz.
    """
    try:
        await _sign(scene, TRIES_S)
    except AssertionError:  # she stops, and may try again
        if not scene.is_real("signature_pad"):
            await scene.disturb("pen_away")


@when(step("{wer:Mitarbeiterin} den Antrag abgibt"))
async def agent_hands_in(scene: Scene, wer: str) -> None:
    """Wenn Frau Vogt den Antrag abgibt"""
    desk = await scene.desk(wer)
    desk.hand_in()
    await desk.until(
        lambda d: d.case.form and d.case.form.stage is FormStage.SUBMITTED,
        f"abgegeben. {desk.case.notice}",
        PATIENCE_S,
    )


@when(step("{wer:Mitarbeiterin} den Antrag abgibt und sofort auflegt"))
async def agent_hands_in_and_hangs_up(scene: Scene, wer: str) -> None:
    """Wenn Frau Vogt den Antrag abgibt und sofort auflegt"""
    desk = await scene.desk(wer)
    desk.hand_in()
    desk.hang_up()
    ended = m.CallEnded(Ending.AGENT)
    await desk.happened(lambda body: body == ended, "das Gespräch ist beendet", instead=over)


@when(step("{wer:Mitarbeiterin} den Antrag abgibt und sofort {wohin:AnStelle} weiterleitet"))
async def agent_hands_in_and_forwards(scene: Scene, wer: str, wohin: str) -> None:
    """Wenn Frau Vogt den Antrag abgibt und sofort an das Sozialamt weiterleitet"""
    desk = await scene.desk(wer)
    office = office_of(desk, wohin)
    desk.hand_in()
    desk.forward(office)
    await desk.happened(
        lambda body: body == m.CallEnded(Ending.FORWARDED), "das Gespräch ist weitergeleitet", instead=over
    )


# --- Dann -----------------------------------------------------------------------------------------------------------


@then(step("liest {wer:Bürgerin} jede Antwort auf dem Bildschirm mit"))
async def citizen_reads_along(scene: Scene, wer: str) -> None:
    """Dann liest die Bürgerin jede Antwort auf dem Bildschirm mit"""
    rig = await scene.rig()
    if rig.booth.case.form is None or not scene.typed:
        raise HarnessError("Es ist kein Antrag offen, in den etwas eingetragen wurde. Mitzulesen gibt es nichts.")
    rows = rig.screen.view.rows
    shown = {row.value for row in rows if row.state is FieldState.CONFIRMED}
    for value in scene.typed:
        written = {as_written(FieldKind(row.kind), value) for row in rows}
        assert written & shown, f"„{value}“ steht nicht bestätigt auf dem Bildschirm"


@then(step("gehören Antrag, Scan und Unterschrift untrennbar zusammen"))
async def bound_together(scene: Scene) -> None:
    """Dann gehören Antrag, Scan und Unterschrift untrennbar zusammen"""
    rig, (form, receipt) = await scene.rig(), _handed_in(scene)
    sealed = sealed_under(rig, receipt)
    if not scene.talking.case.papers:
        raise HarnessError(NO_PAPERS)
    assert sealed.declaration_digest == form.declaration_digest, "Abgegeben wurde etwas anderes als sie geprüft hat."
    pages = sum(len(paper.pages) for paper in scene.talking.case.papers if paper.state is PaperState.SUBMITTED)
    assert sealed.pages == pages > 0, f"{sealed.pages} Seiten im Paket, {pages} im Vorgang"
    assert form.signature_digest, "Die Unterschrift fehlt."


@then(step("liegt der Antrag {stelle:BeiStelle}"))
async def application_is_there(scene: Scene, stelle: str) -> None:
    """Dann liegt der Antrag bei der Wohngeldstelle"""
    rig, (_, receipt) = await scene.rig(), _handed_in(scene)
    sealed = sealed_under(rig, receipt)
    entry = rig.exchange.inbox.find(receipt.digest)
    assert entry is not None, "Der Antrag liegt in keinem Posteingang."
    for office in (sealed.office, entry.office):
        name = rig.directory.offices[office].name
        assert name.startswith(stelle), f"Der Antrag liegt bei {name}."


@then(step("erhält {wer:Bürgerin} eine Kopie und eine Eingangsbestätigung mit dem Hinweis {hinweis:Text}"))
async def citizen_gets_copy(scene: Scene, wer: str, hinweis: str) -> None:
    """Dann erhält sie eine Kopie und eine Eingangsbestätigung mit dem Hinweis „ersetzt keine Schriftform“"""
    rig = await scene.rig()
    receipt = await rig.screen.until(lambda s: s.view.receipt, "die Eingangsbestätigung")
    assert hinweis in receipt.text, "Der Hinweis fehlt auf der Eingangsbestätigung."
    entry = rig.exchange.inbox.find(receipt.digest)
    number = entry.number if entry else ""
    assert number == receipt.number, f"Unter der Nummer {receipt.number} ist nichts eingegangen."
    scene.show("eingang", "text/plain", f"{receipt.number}\n{receipt.text}".encode(), "Eingangsbestätigung")
    await scene.look(("printer",), _copy_printed, "Liegt die Kopie im Drucker?", instead=scene.told_of_printer)


@then(step("ist der Entwurf vernichtet"))
async def draft_is_destroyed(scene: Scene) -> None:
    """Dann ist der Entwurf vernichtet"""
    rig = await scene.rig()
    if not any(view.rows for view in _last_visit(scene.views())):
        raise HarnessError("In diesem Besuch war kein Antrag offen. Vorher muss ihn jemand öffnen.")
    await rig.screen.until(lambda s: rig.booth.case.form is None and rig.booth.erased, "die Vernichtung")
    assert not rig.exchange.inbox.packages(), "Ein Entwurf wurde abgegeben."


# --- small things -----------------------------------------------------------------------------------------------------


async def _sign(scene: Scene, within_s: float = PATIENCE_S) -> None:
    """Raises `AssertionError` where there is no signature in that time, at once where the pad says why."""
    rig, desk = await scene.rig(), scene.talking
    if desk.case.form is None or desk.case.form.stage is FormStage.DRAFT:
        raise HarnessError(UNCHECKED if desk.case.form else NO_FORM)
    desk.ask_signature()
    asked = rig.screen.until(lambda s: texts.SIGN_NOW in s.view.hint, "die Bitte zu unterschreiben", within_s)
    await desk.unless_failed(asked, "die Bitte zu unterschreiben")
    await (await scene.actor()).sign("musterfrau")
    signed = rig.screen.until(lambda s: s.view.signature_svg, "die Unterschrift", within_s)
    await desk.unless_failed(signed, "die Unterschrift")
    scene.show("unterschrift", "image/svg+xml", rig.screen.view.signature_svg.encode(), "Die Unterschrift")


def _last_visit(seen: list[ScreenView]) -> list[ScreenView]:
    """What was shown of the visit that goes on, or of the one that ended last."""
    frees = [number for number, view in enumerate(seen) if view.scene is ScreenScene.FREE]
    ended = max((number for number, view in enumerate(seen) if view.scene is not ScreenScene.FREE), default=-1)
    begun = max((number for number in frees if number < ended), default=-1)
    return seen[begun + 1 : ended + 1]


def sealed_under(rig: Rig, receipt: Receipt) -> Verified:
    """What was handed in under the number of this receipt, its seal checked; `AssertionError` where that is nothing."""
    from lisa_core.papers.seal import verify

    packages = rig.exchange.inbox.packages()
    assert receipt.number in packages, f"Unter der Nummer {receipt.number} ist nichts eingegangen."
    try:
        return verify(packages[receipt.number], rig.seal_key)
    except LisaError as error:
        raise AssertionError(f"Was abgegeben wurde, ist nicht heil: {error}") from error


def _handed_in(scene: Scene) -> tuple[Form, Receipt]:
    """The form that was handed in, and its receipt."""
    form = scene.talking.case.form
    assert form is not None, "Es ist kein Antrag offen."
    assert form.receipt is not None, "Es ist kein Antrag abgegeben."
    return form, form.receipt


def _copy_printed(room: JsonMap) -> bool:
    return is_printed(room, "Kopie")


def field_id(desk: DeskClient, label: str) -> str:
    """The id of the field with this label in the form that is open at the desk."""
    known = {str(field["label"]): str(field["id"]) for field in desk.form.get("fields", ())}
    if not known:
        raise HarnessError(NO_FORM)
    if label not in known:
        raise HarnessError(f"Das Feld „{label}“ gibt es in diesem Antrag nicht.{nearest(label, known)}")
    return known[label]


def _confirmed(desk: DeskClient, *, field: str) -> bool:
    form = desk.case.form
    return form is not None and any(entry.id == field and entry.confirmed for entry in form.fields)
