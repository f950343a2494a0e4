"""Steps of the agents: being ready, ringing, answering, forwarding, ending, and what they are told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from lisa_core.desk.history import over
from lisa_core.domain.model.call_words import Ending
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.ids import OfficeId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.grounds import (
    in_an_empty_booth,
    of_a_talk,
    somebody_came,
    somebody_could_be_rung,
    somebody_sits,
)
from lisa_core.harness.text.words import step, two_columns
from lisa_core.wire import messages as m

if TYPE_CHECKING:
    from lisa_core.desk.client import DeskClient

TITLE = "Mitarbeiterinnen"

QUIET_S = 2.0
"""Seconds without a ring until "bei niemandem" is believed."""

# --- Angenommen -----------------------------------------------------------------------------------------------------


@given(step("{wer:Mitarbeiterin} {stelle:VonStelle} ist bereit"))
async def agent_is_ready(scene: Scene, wer: str, stelle: str) -> None:
    """Angenommen Frau Brandt vom LISA-Team ist bereit"""
    rig = await scene.rig()
    office = rig.directory.offices[(await scene.agent(wer)).office]
    if not office.name.startswith(stelle):
        raise HarnessError(f"{wer} gehört zu „{office.name}“, nicht zu „{stelle}“.")
    desk = await scene.desk(wer)
    desk.ready()
    await desk.until(lambda d: d.state in ("bereit", "klingelt"), "bereit")


@given(step("{wer:Mitarbeiterin} hat kein geprüftes Headset"))
async def agent_has_no_headset(scene: Scene, wer: str) -> None:
    """Angenommen Frau Brandt hat kein geprüftes Headset"""
    await scene.desk(wer)


# --- Wenn -----------------------------------------------------------------------------------------------------------


@when(step("{wer:Mitarbeiterin} sich ohne Headset bereit meldet"))
async def agent_asks_ready(scene: Scene, wer: str) -> None:
    """Wenn Frau Brandt sich ohne Headset bereit meldet"""
    desk = await scene.desk(wer)
    desk.ready(headset=False)
    await desk.until(lambda d: d.refused or d.state == "bereit", "eine Antwort")


@when(step("{wer:Mitarbeiterin} sich bereit meldet"))
async def agent_gets_ready(scene: Scene, wer: str) -> None:
    """Wenn Frau Brandt sich bereit meldet"""
    (await scene.desk(wer)).ready()


@when(step("{wer:Mitarbeiterin} den Anruf ablehnt"))
async def agent_rejects(scene: Scene, wer: str) -> None:
    """Wenn Frau Brandt den Anruf ablehnt"""
    desk = await scene.desk(wer)
    await desk.rings("der Anruf klingelt")
    desk.reject()
    await desk.until(lambda d: d.offer is None, "der Anruf wird zurückgezogen")


@when(step("{wer:Mitarbeiterin} gerade keinen Anruf annehmen kann"))
async def agent_is_busy(scene: Scene, wer: str) -> None:
    """Wenn Frau Brandt gerade keinen Anruf annehmen kann"""
    desk = await scene.desk(wer)
    await desk.rings("der Anruf klingelt")
    desk.reject(busy=True)
    await desk.until(lambda d: d.offer is None, "der Anruf wird zurückgezogen")


@when(step("{wer:Mitarbeiterin} das Ergebnis {ergebnis:Ergebnis} vermerkt"))
async def agent_classifies(scene: Scene, wer: str, ergebnis: str) -> None:
    """Wenn Frau Brandt das Ergebnis „folgetermin“ vermerkt"""
    known = {outcome.value: outcome for outcome in Outcome}
    if ergebnis not in known:
        raise HarnessError(f"Das Ergebnis „{ergebnis}“ gibt es nicht. Bekannt sind: {', '.join(known)}.")
    (await scene.desk(wer)).classify(known[ergebnis])


@when(step("{wer:Mitarbeiterin} das Gespräch annimmt"))
async def agent_accepts(scene: Scene, wer: str) -> None:
    """Wenn Frau Brandt das Gespräch annimmt"""
    desk = await scene.desk(wer)
    await desk.rings("der Anruf klingelt")
    desk.accept()
    await desk.until(lambda d: d.leg, "das Gespräch steht", instead=over)


@when(step("{wer:Mitarbeiterin} den Anruf nicht annimmt"))
async def agent_does_not_answer(scene: Scene, wer: str) -> None:
    """Wenn Frau Brandt den Anruf nicht annimmt"""
    desk = await scene.desk(wer)
    await desk.rings("der Anruf klingelt", since=max(desk.acted, desk.taken))
    await desk.happened(_unanswered, "niemand nimmt den Anruf an", instead=over, since=desk.offered)


@when(step("{wer:Mitarbeiterin} als Anliegen {leistung:Leistung} vermerkt"))
async def agent_notes_service(scene: Scene, wer: str, leistung: str) -> None:
    """Wenn Frau Brandt als Anliegen „Wohngeld: Mietzuschuss“ vermerkt"""
    desk = await scene.desk(wer)
    service = next((entry.id for entry in desk.services if entry.name == leistung), None)
    if service is None:
        known = ", ".join(entry.name for entry in desk.services)
        raise HarnessError(f"Die Leistung „{leistung}“ gibt es nicht. Bekannt sind: {known}.")
    desk.choose_service(service)
    await desk.until(lambda d: d.case.service == service, "das Anliegen ist vermerkt")


@when(step("{wer:Mitarbeiterin} {wohin:AnStelle} weiterleitet"))
async def agent_forwards(scene: Scene, wer: str, wohin: str) -> None:
    """Wenn Frau Brandt an die Wohngeldstelle weiterleitet"""
    desk = await scene.desk(wer)
    desk.forward(office_of(desk, wohin), desk.case.service)
    await desk.happened(
        lambda body: body == m.CallEnded(Ending.FORWARDED), "das Gespräch ist weitergeleitet", instead=over
    )


@when(step("{wer:Mitarbeiterin} das Gespräch beendet"))
async def agent_hangs_up(scene: Scene, wer: str) -> None:
    """Wenn Frau Vogt das Gespräch beendet"""
    desk = await scene.desk(wer)
    desk.hang_up()
    ended = m.CallEnded(Ending.AGENT)
    await desk.happened(lambda body: body == ended, "das Gespräch ist beendet", instead=over)


# --- Dann -----------------------------------------------------------------------------------------------------------


@then(step("klingelt es bei {wem:Mitarbeiterin}"))
async def it_rings(scene: Scene, wem: str) -> None:
    """Dann klingelt es bei Frau Brandt"""
    await scene.rang(await scene.desk(wem))


@then(step("klingelt es bei {wem:Mitarbeiterin} innerhalb von {dauer:Dauer}"))
async def it_rings_within(scene: Scene, wem: str, dauer: float) -> None:
    """Dann klingelt es bei Frau Brandt innerhalb von 2 s"""
    await scene.rang(await scene.desk(wem), dauer)


@then(step("klingelt es bei niemandem"))
@in_an_empty_booth
async def nobody_rings(scene: Scene) -> None:
    """Dann klingelt es bei niemandem

    Zwei Sekunden lang, nachdem jemand hereingekommen ist und es bei jemandem klingeln könnte.
    """
    somebody_sits(scene, "bei dem es klingeln könnte")
    await somebody_came(scene)
    await somebody_could_be_rung(scene)
    waiting = [asyncio.ensure_future(desk.until(lambda d: d.offer, "klingelt", QUIET_S)) for desk in scene.desks]
    results = await asyncio.gather(*waiting, return_exceptions=True)
    rang = [
        desk.name for desk, result in zip(scene.desks, results, strict=True) if not isinstance(result, AssertionError)
    ]
    assert not rang, f"Es klingelt bei {', '.join(rang)}."


@then(step("steht {wer:Mitarbeiterin} auf {zustand:Platzzustand}"))
@in_an_empty_booth
async def agent_is(scene: Scene, wer: str, zustand: str) -> None:
    """Dann steht Frau Brandt auf „abwesend“"""
    desk = await scene.desk(wer)
    await desk.until(lambda d: d.state == zustand, f"Zustand „{zustand}“ (jetzt „{desk.state}“)")


@then(step("kennt {wer:Mitarbeiterin} schon das Anliegen {leistung:Leistung} und den {formular:Formular}"))
async def specialist_knows(scene: Scene, wer: str, leistung: str, formular: str) -> None:
    """Dann kennt Frau Vogt schon das Anliegen „Wohngeld: Mietzuschuss“ und den „Antrag auf Wohngeld (Mietzuschuss)“"""
    desk = await scene.desk(wer)
    offer = await desk.rings()
    assert offer.service_name == leistung, f"Anliegen: „{offer.service_name}“, erwartet „{leistung}“"
    assert formular in offer.form_titles, f"Anträge: {', '.join(offer.form_titles)}; erwartet „{formular}“"


@then(step("kann {wer:Mitarbeiterin} {leistung:Leistung} wählen"))
@in_an_empty_booth
async def service_is_offered(scene: Scene, wer: str, leistung: str) -> None:
    """Dann kann Frau Brandt „Bundeselterngeld“ wählen"""
    names = [entry.name for entry in (await scene.desk(wer)).services]
    assert leistung in names, f"Zur Wahl stehen: {', '.join(names)}"


@then(step("kann {wer:Mitarbeiterin} jedes Anliegen wählen, und es führt zu seiner Stelle"))
@in_an_empty_booth
async def services_and_offices(scene: Scene, wer: str, datatable: list[list[str]]) -> None:
    """Dann kann Frau Brandt jedes Anliegen wählen, und es führt zu seiner Stelle

    Die Tabelle nennt alle Leistungen, in jeder Zeile eine und den Anfang des Namens ihrer Stelle:
    | Bundeselterngeld | Jugendamt |
    """
    rig, desk = await scene.rig(), await scene.desk(wer)
    offered = {entry.name: rig.directory.offices[entry.office].name for entry in desk.services}
    wanted = dict(two_columns(datatable, "Leistung", "Stelle"))
    assert offered.keys() == wanted.keys(), f"Zur Wahl stehen: {', '.join(sorted(offered))}"
    wrong = [f"{name}: {offered[name]}" for name, office in wanted.items() if not offered[name].startswith(office)]
    assert not wrong, "; ".join(wrong)


@then(step("kann {wer:Mitarbeiterin} {leistung:Leistung} nicht wählen"))
@in_an_empty_booth
async def service_is_not_offered(scene: Scene, wer: str, leistung: str) -> None:
    """Dann kann Frau Brandt „Bundeselterngeld“ nicht wählen"""
    known = [service.name for service in (await scene.rig()).directory.services.values()]
    if leistung not in known:
        raise HarnessError(f"Die Leistung „{leistung}“ gibt es nicht. Bekannt sind: {', '.join(known)}.")
    names = [entry.name for entry in (await scene.desk(wer)).services]
    assert names, "Zur Wahl steht gar nichts."
    assert leistung not in names, f"Zur Wahl stehen: {', '.join(names)}"


@then(step("erfährt {wer:Mitarbeiterin}: {text:Hinweis}"))
async def agent_reads(scene: Scene, wer: str, text: str) -> None:
    """Dann erfährt Frau Brandt: „Die Bürgerin hat ihre Kamera ausgeschaltet.“

    Auch, was gerade beim Vorgang steht: was mit Scanner, Pad und Drucker ist und was zu tun ist.
    """
    desk = await scene.desk(wer)
    await desk.until(
        lambda d: any(text in told for told in (*(one.text for one in d.notices), d.case.notice)),
        f"„{text}“",
        since=desk.taken,
    )


@then(step("wird {wem:Mitarbeiterin} gesagt: {text:Text}"))
@in_an_empty_booth
async def agent_is_refused(scene: Scene, wem: str, text: str) -> None:
    """Dann wird Frau Brandt gesagt: „Bitte zuerst das Headset prüfen.“"""
    desk = await scene.desk(wem)
    refused = await desk.until(lambda d: d.refused, "eine Ablehnung")
    assert text in refused.text, f"Gesagt wird: {refused.text}"


@then(step("erfährt {wer:Mitarbeiterin}, dass {wen:Bürgerin} gegangen ist"))
@of_a_talk
async def agent_is_told(scene: Scene, wer: str, wen: str) -> None:
    """Dann erfährt Frau Vogt, dass die Bürgerin gegangen ist"""
    desk = await scene.desk(wer)
    await desk.happened(_left, "sie erfährt, dass die Bürgerin gegangen ist", since=desk.taken)


# --- small things -----------------------------------------------------------------------------------------------------


def _unanswered(body: m.Message) -> bool:
    return bool(body == m.Withdrawn(Ending.UNANSWERED))


def _left(body: m.Message) -> bool:
    return bool(body == m.CallEnded(Ending.CITIZEN)) or (isinstance(body, m.Notice) and body.code == "citizen.away")


def office_of(desk: DeskClient, name: str) -> OfficeId:
    """The office whose name begins so. Raises `HarnessError` naming those that exist."""
    for entry in desk.offices:
        if entry.name.startswith(name):
            return entry.id
    known = ", ".join(entry.name for entry in desk.offices)
    raise HarnessError(f"Die Stelle „{name}“ gibt es nicht. Bekannt sind: {known}.")
