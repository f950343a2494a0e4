"""Steps of handing on with care: asking a colleague first, and fetching back a call that nobody has answered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then, when

from lisa_core.desk.history import over
from lisa_core.domain.model.call_words import Ending
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.time import PATIENCE_S
from lisa_core.equipment.slots.call import ColleagueLeg
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.desk import office_of
from lisa_core.harness.steps.grounds import VOICE, of_a_talk
from lisa_core.harness.text.words import step
from lisa_core.wire import messages as m

if TYPE_CHECKING:
    from lisa_core.desk.client import DeskClient

TITLE = "Rückfragen und Zurückholen"

# --- Wenn -----------------------------------------------------------------------------------------------------------


@when(step("{wer:Mitarbeiterin} {stelle:BeiStelle} rückfragt"))
async def agent_asks_first(scene: Scene, wer: str, stelle: str) -> None:
    """Wenn Frau Brandt bei der Wohngeldstelle rückfragt"""
    desk = await scene.desk(wer)
    desk.consult(office_of(desk, stelle), desk.case.service)
    await desk.happened(lambda body: isinstance(body, m.ConsultState | m.Refused), "die Rückfrage läuft")


@when(step("{wer:Mitarbeiterin} die Rückfrage annimmt"))
async def colleague_answers(scene: Scene, wer: str) -> None:
    """Wenn Frau Vogt die Rückfrage annimmt"""
    desk = await scene.desk(wer)
    offer = await desk.rings("die Rückfrage klingelt")
    assert offer.consult, "Das ist keine Rückfrage, sondern ein Anruf."
    desk.accept()
    await desk.until(lambda d: d.colleague, "die Kollegin ist verbunden", instead=over)


@when(step("{wer:Mitarbeiterin} {wen:Bürgerin} übergibt"))
async def agent_hands_over(scene: Scene, wer: str, wen: str) -> None:
    """Wenn Frau Brandt die Bürgerin übergibt"""
    desk = await scene.desk(wer)
    desk.hand_over()
    await desk.happened(lambda body: body == m.CallEnded(Ending.FORWARDED), "die Bürgerin ist übergeben", instead=over)


@when(step("{wer:Mitarbeiterin} die Rückfrage zurückzieht"))
async def agent_takes_back(scene: Scene, wer: str) -> None:
    """Wenn Frau Brandt die Rückfrage zurückzieht"""
    (await scene.desk(wer)).take_back()


@when(step("{wer:Mitarbeiterin} {wen:Bürgerin} zurückholt"))
async def agent_fetches_back(scene: Scene, wer: str, wen: str) -> None:
    """Wenn Frau Brandt die Bürgerin zurückholt"""
    desk = await scene.desk(wer)
    await desk.until(lambda d: d.forwarded, "eine Weiterleitung ist unterwegs")
    desk.take_back()
    await desk.happened(lambda body: isinstance(body, m.Taken | m.Refused), "eine Antwort")


@when(step("{wer:Mitarbeiterin} die Rückfrage beendet"))
async def colleague_gives_back(scene: Scene, wer: str) -> None:
    """Wenn Frau Vogt die Rückfrage beendet"""
    desk = await scene.desk(wer)
    desk.hang_up()
    await desk.until(lambda d: d.colleague is None, "die Rückfrage ist zu Ende")


# --- Dann -----------------------------------------------------------------------------------------------------------


@then(step("sprechen {eine:Mitarbeiterin} und {andere:Mitarbeiterin} miteinander"))
@of_a_talk
async def colleagues_talk(scene: Scene, eine: str, andere: str) -> None:
    """Dann sprechen Frau Brandt und Frau Vogt miteinander"""
    here, there = await _leg(scene, eine), await _leg(scene, andere)
    await here.first_face(PATIENCE_S)
    await there.first_face(PATIENCE_S)
    here.speak(2.0)
    await scene.until_true(lambda: there.voice_level() > VOICE, f"{andere} hört {eine}")
    there.speak(2.0)
    await scene.until_true(lambda: here.voice_level() > VOICE, f"{eine} hört {andere}")


@then(step("steht die Rückfrage bei {wem:Mitarbeiterin} auf {zustand:Rückfragezustand}"))
@of_a_talk
async def question_is(scene: Scene, wem: str, zustand: str) -> None:
    """Dann steht die Rückfrage bei Frau Brandt auf „unbeantwortet“"""
    desk = await scene.desk(wem)
    await desk.until(lambda d: d.question and d.question.state == zustand, f"Rückfrage „{zustand}“")


@then(step("steht die Weiterleitung bei {wem:Mitarbeiterin} auf {zustand:Weiterleitungszustand}"))
@of_a_talk
async def forwarding_is(scene: Scene, wem: str, zustand: str) -> None:
    """Dann steht die Weiterleitung bei Frau Brandt auf „klingelt“"""
    desk = await scene.desk(wem)
    await desk.until(lambda d: d.forwarded and d.forwarded.state == zustand, f"Weiterleitung „{zustand}“")


@then(step("sieht {wer:Mitarbeiterin} noch nichts von {wem:Wem}"))
async def colleague_sees_nothing(scene: Scene, wer: str, wem: str) -> None:
    """Dann sieht Frau Vogt noch nichts von der Bürgerin

    Während sie gefragt wird: Es klingelt bei ihr, oder sie spricht mit ihrer Kollegin.
    """
    desk = await scene.desk(wer)
    assert not (seen := _of_citizen(desk)), seen
    if not (desk.offer or desk.colleague):
        raise HarnessError(f"{wer} wird gerade nicht gefragt. Davor „Wenn {wer} die Rückfrage annimmt“ schreiben.")
    await scene.never(lambda: _of_citizen(desk))


# --- small things -----------------------------------------------------------------------------------------------------


def _of_citizen(desk: DeskClient) -> str:
    """What this desk sees of the citizen, as a sentence; "" for nothing."""
    if desk.leg is not None:
        return "Sie ist mit der Kabine verbunden."
    if desk.case.papers or desk.previews:
        return "Sie sieht schon Unterlagen."
    return "Sie sieht schon den Antrag." if desk.case.form else ""


async def _leg(scene: Scene, name: str) -> ColleagueLeg:
    desk = await scene.desk(name)
    leg: ColleagueLeg = await desk.until(lambda d: d.colleague, "die Verbindung zur Kollegin")
    return leg
