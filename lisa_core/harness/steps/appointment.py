"""Steps of appointments: made by telephone, made during a talk, and what the citizen is shown and takes along."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from lisa_core.booth.screen.texts import day_text
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.ids import AgentId, OfficeId
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.time import WEEKDAYS
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.desk import office_of
from lisa_core.harness.steps.grounds import in_an_empty_booth, somebody_wished
from lisa_core.harness.steps.papers import is_printed
from lisa_core.harness.text.words import next_weekday, step
from lisa_core.wire.messages import DiaryEntry

if TYPE_CHECKING:  # what a booth consists of is imported when the first one is opened
    from lisa_core.harness.rig.rig import Rig

TITLE = "Termine"

MINUTE = "%Y-%m-%dT%H:%M"

# --- Angenommen -----------------------------------------------------------------------------------------------------


@given(step("für {zeit:Uhrzeit} Uhr ist ein Termin {stelle:BeiStelle} vereinbart"))
async def appointment_with_office(scene: Scene, zeit: tuple[int, int], stelle: str) -> None:
    """Angenommen für 10 Uhr ist ein Termin bei der Wohngeldstelle vereinbart

    Heute, in diesem Bürgerbüro; vereinbart wurde er am Telefon.
    """
    rig = await scene.rig()
    await _made(scene, rig, _office(rig, stelle), zeit, None)


@given(step("für {zeit:Uhrzeit} Uhr ist ein Termin bei {wem:Mitarbeiterin} vereinbart"))
async def appointment_with_agent(scene: Scene, zeit: tuple[int, int], wem: str) -> None:
    """Angenommen für 10 Uhr ist ein Termin bei Frau Vogt vereinbart"""
    agent = await scene.agent(wem)
    await _made(scene, await scene.rig(), agent.office, zeit, agent.id)


# --- Wenn -----------------------------------------------------------------------------------------------------------


@when(step("{wer:Mitarbeiterin} für {tag:Wochentag}, {zeit:Uhrzeit} Uhr, einen Termin {stelle:BeiStelle} vereinbart"))
async def agent_books(scene: Scene, wer: str, tag: int, zeit: tuple[int, int], stelle: str) -> None:
    """Wenn Frau Brandt für Freitag, 10 Uhr, einen Termin bei der Wohngeldstelle vereinbart"""
    rig, desk = await scene.rig(), await scene.desk(wer)
    desk.booked = desk.refused = None
    desk.book(office_of(desk, stelle), _asked(scene, _coming(rig, tag, zeit)), desk.case.service)
    await desk.until(lambda d: d.booked or d.refused, "eine Antwort auf den Terminwunsch")


@when(
    step(
        "{wer:Mitarbeiterin} telefonisch einen Termin {stelle:BeiStelle} für {tag:Wochentag}, {zeit:Uhrzeit} Uhr, macht"
    )
)
async def agent_books_by_telephone(scene: Scene, wer: str, tag: int, zeit: tuple[int, int], stelle: str) -> None:
    """Wenn Frau Brandt telefonisch einen Termin bei der Wohngeldstelle für Freitag, 10 Uhr, macht

    In diesem Bürgerbüro; niemand ist dafür in der Kabine.
    """
    rig, desk = await scene.rig(), await scene.desk(wer)
    desk.booked = desk.refused = None
    desk.book_elsewhere(rig.profile.site, office_of(desk, stelle), _asked(scene, _coming(rig, tag, zeit)))
    await desk.until(lambda d: d.booked or d.refused, "eine Antwort auf den Terminwunsch")


@when(step("{wer:Mitarbeiterin} den Termin am {tag:Wochentag}, {zeit:Uhrzeit} Uhr, absagt"))
async def agent_cancels(scene: Scene, wer: str, tag: int, zeit: tuple[int, int]) -> None:
    """Wenn Frau Brandt den Termin am Freitag, 10 Uhr, absagt"""
    found = await _entry(scene, wer, tag, zeit)
    if found is None:
        raise HarnessError(f"{wer} sieht keinen solchen Termin.")
    desk = await scene.desk(wer)
    desk.refused = None
    desk.unbook(found.token)
    await desk.until(lambda d: d.unbooked == found.token or d.refused, "eine Antwort auf die Absage")


@when(step("{wer:Mitarbeiterin} das Kennwort vom Terminzettel eingibt"))
async def agent_types_slip(scene: Scene, wer: str) -> None:
    """Wenn Frau Brandt das Kennwort vom Terminzettel eingibt

    Der Zettel ist der des Termins, der zuletzt vereinbart wurde.
    """
    desk = await scene.desk(wer)
    if not scene.slip:
        raise HarnessError("Es ist kein Termin vereinbart, von dem es einen Zettel gäbe.")
    desk.slip = desk.refused = None
    desk.show_slip(scene.slip)
    await desk.until(lambda d: d.slip or d.refused, "eine Antwort")


# --- Dann -----------------------------------------------------------------------------------------------------------


@then(step("zeigt der Bildschirm den Termin am {tag:Wochentag}, {zeit:Uhrzeit} Uhr, {stelle:BeiStelle}"))
async def screen_shows_appointment(scene: Scene, tag: int, zeit: tuple[int, int], stelle: str) -> None:
    """Dann zeigt der Bildschirm den Termin am Freitag, 10 Uhr, bei der Wohngeldstelle"""
    somebody_wished(scene)
    rig = await scene.rig()
    office, at = rig.directory.offices[_office(rig, stelle)].name, _coming(rig, tag, zeit)
    wanted = (WEEKDAYS[tag], f"{at:%d.%m.%Y}", f"{at:%H:%M} Uhr", office)
    await rig.screen.until(
        lambda s: all(word in f"{s.view.hint} {s.view.text}" for word in wanted), f"den Termin {', '.join(wanted)}"
    )


@then(step("erhält {wer:Bürgerin} einen Terminzettel"))
async def slip_is_printed(scene: Scene, wer: str) -> None:
    """Dann erhält die Bürgerin einen Terminzettel"""
    somebody_wished(scene)
    question = "Liegt der Terminzettel im Drucker?"
    await scene.look(("printer",), _slip_printed, question, instead=scene.told_of_printer)


@then(step("sieht {wer:Mitarbeiterin} den Termin am {tag:Wochentag}, {zeit:Uhrzeit} Uhr"))
@in_an_empty_booth
async def diary_holds(scene: Scene, wer: str, tag: int, zeit: tuple[int, int]) -> None:
    """Dann sieht Frau Vogt den Termin am Freitag, 10 Uhr"""
    somebody_wished(scene)
    assert await _entry(scene, wer, tag, zeit), "Diesen Termin sieht sie nicht."


@then(step("sieht {wer:Mitarbeiterin} keinen Termin am {tag:Wochentag}, {zeit:Uhrzeit} Uhr"))
@in_an_empty_booth
async def diary_lacks(scene: Scene, wer: str, tag: int, zeit: tuple[int, int]) -> None:
    """Dann sieht Frau Arendt keinen Termin am Freitag, 10 Uhr"""
    assert await _entry(scene, wer, tag, zeit) is None, "Sie sieht diesen Termin."
    at = _coming(await scene.rig(), tag, zeit)
    if at.replace(tzinfo=None) not in scene.asked_for:
        raise HarnessError("Für diese Zeit wollte niemand einen Termin. Zu sehen wäre nichts.")


@then(step("nennt der Zettel {wem:Mitarbeiterin} {wen:Mitarbeiterin} als Ansprechpartnerin"))
async def slip_names(scene: Scene, wem: str, wen: str) -> None:
    """Dann nennt der Zettel Frau Brandt Frau Vogt als Ansprechpartnerin"""
    desk = await scene.desk(wem)
    if desk.slip is None and desk.refused is None:
        raise HarnessError(
            f"{wem} hat keinen Zettel. Davor „Wenn {wem} das Kennwort vom Terminzettel eingibt“ schreiben."
        )
    assert desk.slip is not None, f"Von einem Zettel weiß ihr Platz nichts: {desk.refused.text if desk.refused else ''}"
    slip = desk.slip
    wanted = (await scene.agent(wen)).name
    assert slip.agent_name == wanted, f"Er nennt „{slip.agent_name}“."


@then(step("ist der Termin {wem:Mitarbeiterin} bekannt"))
async def agent_knows_appointment(scene: Scene, wem: str) -> None:
    """Dann ist der Termin Frau Vogt bekannt"""
    somebody_wished(scene)
    offer = (await scene.desk(wem)).last_offer
    assert offer is not None, "Bei ihr hat es nicht geklingelt."
    assert offer.appointment, "Von einem Termin weiß der Anruf nichts."
    known = datetime.fromisoformat(offer.appointment)
    assert known in scene.asked_for, f"Der Anruf weiß von einem anderen Termin: {day_text(known)}."


# --- small things -----------------------------------------------------------------------------------------------------


async def _made(scene: Scene, rig: Rig, office: OfficeId, at: tuple[int, int], agent: AgentId | None) -> None:
    start = rig.clock.instant().civil.replace(hour=at[0], minute=at[1])
    asked = _asked(scene, start)
    scene.slip = rig.exchange.book(office, rig.profile.site, asked, agent)
    wanted = datetime.fromisoformat(asked)
    await scene.until_true(lambda: wanted in rig.booth.expected, f"der Termin {day_text(start)}")


def _asked(scene: Scene, at: datetime) -> str:
    """Somebody wishes for an appointment at this local time; returns it as the exchange takes it."""
    told = f"{at:{MINUTE}}"
    scene.asked_for.add(datetime.fromisoformat(told))
    return told


async def _entry(scene: Scene, wer: str, tag: int, zeit: tuple[int, int]) -> DiaryEntry | None:
    """The appointment of that moment, if the agent's desk is shown it."""
    rig, desk = await scene.rig(), await scene.desk(wer)
    desk.ask_diary()
    diary = await desk.until(lambda d: d.diary, "die Termine")
    start = f"{_coming(rig, tag, zeit):{MINUTE}}"
    return next((entry for entry in diary.entries if entry.start == start), None)


def _coming(rig: Rig, day: int, at: tuple[int, int]) -> datetime:
    now = rig.clock.instant().civil
    found = next_weekday(now.replace(second=0, microsecond=0), day, at)
    return found if found > now else found + timedelta(days=7)


def _office(rig: Rig, name: str) -> OfficeId:
    offices = rig.directory.offices.values()
    for office in offices:
        if office.name.startswith(name):
            return office.id
    known = ", ".join(office.name for office in offices)
    raise HarnessError(f"Die Stelle „{name}“ gibt es nicht. Bekannt sind: {known}.")


def _slip_printed(room: JsonMap) -> bool:
    return is_printed(room, "Terminzettel")
