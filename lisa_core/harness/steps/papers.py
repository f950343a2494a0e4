"""Steps of papers: showing, scanning, discarding, and who may see them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from pytest_bdd import then, when

from lisa_core.booth.imaging.pictures import is_blank
from lisa_core.desk.history import is_failure
from lisa_core.domain.model.case import Case, Paper, PaperState
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.grounds import somebody_came
from lisa_core.harness.text.words import step
from lisa_core.wire import messages as m

if TYPE_CHECKING:
    from lisa_core.desk.client import DeskClient

TITLE = "Unterlagen"

SCAN_S = 100.0
"""Seconds until a paper is scanned: a scanner that warms up may say "later" for half a minute, and then be slow."""
MOST_PAGES = 99
"""Maximum number of pages of a paper that is made up."""
SETTLED_S = 1.0
"""Seconds after a call was taken until everything that comes to a desk has come."""

# --- Wenn -----------------------------------------------------------------------------------------------------------


@when(step("{wer:Bürgerin} {was:Testpapier} unter die Kamera legt"))
async def citizen_shows_paper(scene: Scene, wer: str, was: str) -> None:
    """Wenn die Bürgerin ihren Mietvertrag unter die Kamera legt"""
    await (await scene.actor()).show_papers(was.lower())


@when(step("{wer:Bürgerin} {was:Testpapier} in den Scanner legt"))
async def citizen_feeds_paper(scene: Scene, wer: str, was: str) -> None:
    """Wenn sie den Mietvertrag in den Scanner legt"""
    await (await scene.actor()).feed_papers(was.lower())


@when(step("{wer:Bürgerin} {was:EigenesPapier} mit {seiten:Seiten} in den Scanner legt"))
async def citizen_feeds_own_paper(scene: Scene, wer: str, was: str, seiten: int) -> None:
    """Wenn die Bürgerin einen Kontoauszug mit 5 Seiten in den Scanner legt

    Ein erfundenes Papier mit so vielen Seiten, höchstens 99; jede nennt ihre Zahl.
    """
    if not 1 <= seiten <= MOST_PAGES:
        raise HarnessError(f"Ein Papier hat 1 bis {MOST_PAGES} Seiten, nicht {seiten}.")
    await (await scene.actor()).feed_papers(f"{was.lower()}-{seiten}")


@when(step("{wer:Bürgerin} {was:Testpapier} auf das Glas des Scanners legt"))
async def citizen_lays_on_glass(scene: Scene, wer: str, was: str) -> None:
    """Wenn die Bürgerin ihren Personalausweis auf das Glas des Scanners legt"""
    await (await scene.actor()).lay_on_glass(was.lower())


@when(step("{wer:Mitarbeiterin} {was:Unterlage} einscannt"))
async def agent_scans(scene: Scene, wer: str, was: str) -> None:
    """Wenn Frau Vogt den Mietvertrag einscannt"""
    desk = await scene.desk(wer)
    before = desk.case.revision
    desk.scan(was)
    await desk.until(lambda d: d.case.revision > before and _is_settled(d.case, was), f"{was} ist eingescannt", SCAN_S)


@when(step("{wer:Bürgerin} den Papierstau behebt"))
async def citizen_clears_jam(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin den Papierstau behebt"""
    await (await scene.actor()).clear_jam()


@when(step("{wer:Mitarbeiterin} {was:Unterlage} übernimmt"))
async def agent_accepts_paper(scene: Scene, wer: str, was: str) -> None:
    """Wenn Frau Vogt den Mietvertrag übernimmt"""
    desk = await scene.desk(wer)
    desk.accept_paper(_paper(desk, was).id)
    await desk.until(lambda d: _paper(d, was).state is PaperState.ACCEPTED, f"{was} ist übernommen")


# --- Dann -----------------------------------------------------------------------------------------------------------


@then(step("liegt {was:Unterlage} mit {seiten:Seiten} vollständig vor"))
async def paper_is_complete(scene: Scene, was: str, seiten: int) -> None:
    """Dann liegt der Mietvertrag mit 3 Seiten vollständig vor"""
    desk = scene.talking
    stopped = partial(_is_stopped, title=was)
    paper = await desk.until(lambda d: _captured(d.case, was), f"{was} vollständig", SCAN_S, instead=stopped)
    assert len(paper.pages) == seiten, f"{was}: {len(paper.pages)} Seiten, erwartet {seiten}"
    assert len({page.digest for page in paper.pages}) == seiten, f"{was}: eine Seite ist doppelt"
    await desk.until(lambda d: all(d.previews.get(page.digest) for page in paper.pages), "die Vorschau")
    pictures = [desk.previews[page.digest] for page in paper.pages]
    for number, picture in enumerate(pictures, start=1):
        assert not is_blank(picture), f"{was}: Auf Seite {number} ist nichts zu sehen."
        scene.show("scan", "image/jpeg", picture, f"{was}, Seite {number} von {seiten}")
    asked = (
        f"Sind alle Seiten von „{was}“ ({seiten}) auf den Bildern lesbar, vollständig und in der richtigen Reihenfolge?"
    )
    await scene.read("scanner", asked, pictures)


@then(step("melden beide Bildschirme den Papierstau"))
async def both_screens_say_jam(scene: Scene) -> None:
    """Dann melden beide Bildschirme den Papierstau"""
    rig, desk = await scene.rig(), scene.talking
    await desk.until(lambda d: "Papierstau" in d.case.notice, "Papierstau am Platz", instead=is_failure)
    await rig.screen.until(lambda s: "Papierstau" in s.view.notice, "Papierstau in der Kabine")


@then(step("sieht {wer:Mitarbeiterin} {was:Unterlage} im Vorgang"))
async def paper_is_visible(scene: Scene, wer: str, was: str) -> None:
    """Dann sieht Frau Vogt die Verdienstbescheinigung im Vorgang"""
    desk = await scene.desk(wer)
    await desk.until(
        lambda d: any(paper.title == was and _is_shown(d, paper) for paper in d.case.papers), f"{was} im Vorgang"
    )


@then(step("sieht {wer:Mitarbeiterin} keine Unterlagen im Vorgang"))
async def no_paper_is_visible(scene: Scene, wer: str) -> None:
    """Dann sieht Frau Arendt keine Unterlagen im Vorgang"""
    desk = await sees_case(scene, wer)
    assert not desk.case.papers, f"Zu sehen ist: {', '.join(paper.title for paper in desk.case.papers)}"
    assert not desk.previews, "Zu sehen ist die Vorschau einer Unterlage."


@then(step("ist die Unterlage {was:Text} vernichtet"))
async def paper_is_destroyed(scene: Scene, was: str) -> None:
    """Dann ist die Unterlage „Verdienstbescheinigung“ vernichtet"""
    rig = await scene.rig()
    seen = dict.fromkeys(paper.title for view in scene.views() for paper in view.papers)
    if was not in seen:
        known = f"Erfasst waren: {', '.join(seen)}." if seen else "Erfasst war noch keine."
        raise HarnessError(f"Eine Unterlage „{was}“ war nie im Vorgang. {known}")

    def gone() -> bool:
        papers = rig.booth.case.papers
        kept = sum(len(paper.pages) for paper in papers)
        named = [paper for paper in papers if paper.title == was]
        destroyed = all(paper.state in _DESTROYED and not paper.pages for paper in named)
        return destroyed and rig.booth.pages_kept == kept

    await scene.until_true(gone, f"{was} ist vernichtet")


@then(step("ist keine Unterlage gespeichert"))
async def nothing_is_stored(scene: Scene) -> None:
    """Dann ist keine Unterlage gespeichert"""
    rig = await somebody_came(scene)
    await scene.never(lambda: "Es sind Unterlagen erfasst." if rig.booth.case.papers or rig.booth.pages_kept else "")
    assert not rig.exchange.inbox.packages(), "Es wurde etwas abgegeben."


# --- small things -----------------------------------------------------------------------------------------------------

_DESTROYED = (PaperState.DISCARDED, PaperState.COPIED)


async def sees_case(scene: Scene, wer: str) -> DeskClient:
    """The desk of this agent, who is in the talk and has been told how the case stands, and all that belongs to it."""
    desk = await scene.desk(wer)
    await desk.until(lambda d: d.leg, "im Gespräch")
    await desk.happened(lambda body: isinstance(body, m.CaseState), "wie der Vorgang steht", since=desk.taken)
    await asyncio.sleep(SETTLED_S)
    return desk


def is_printed(room: JsonMap, title: str) -> bool:
    """Whether sheets with this name lie in the printer, and something stands on them."""
    return any(sheet.startswith(title) and "(leer)" not in sheet for sheet in room["tray"])


def not_captured(desk: DeskClient, title: str) -> Exception:
    """What to say about a paper that this desk does not have: a wrong word, or why it could not be captured."""
    what = f"Eine Unterlage „{title}“ ist nicht erfasst."
    if desk.case.notice and not desk.case.papers:
        return AssertionError(f"{desk.name}: {what} Am Arbeitsplatz steht: „{desk.case.notice}“")
    return HarnessError(f"{what}{nearest(title, [paper.title for paper in desk.case.papers])}")


def _is_shown(desk: DeskClient, paper: Paper) -> bool:
    return bool(paper.pages) and all(desk.previews.get(page.digest) for page in paper.pages)


def _paper(desk: DeskClient, title: str) -> Paper:
    for paper in desk.case.papers:
        if paper.title == title:
            return paper
    raise not_captured(desk, title)


def _captured(case: Case, title: str) -> Paper | None:
    papers = [paper for paper in case.papers if paper.title == title]
    done = [paper for paper in papers if paper.state is not PaperState.CAPTURING]
    return done[0] if done else None


def _is_settled(case: Case, title: str) -> bool:
    """Captured, or stopped with a notice that says why."""
    running = any(paper.state is PaperState.CAPTURING and not paper.fault for paper in case.papers)
    return _captured(case, title) is not None or (bool(case.notice) and not running)


def _is_stopped(body: m.Message, *, title: str) -> bool:
    """Whether nothing more comes of this paper by itself: its device failed, or the case says what is to be done."""
    stopped = isinstance(body, m.CaseState) and _captured(body.case, title) is None and _is_settled(body.case, title)
    return stopped or is_failure(body)
