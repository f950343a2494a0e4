"""Steps of an agent's desk: pause, closed and loaded pages, another computer; and what does not ring, or how often."""

from __future__ import annotations

from pytest_bdd import given, then, when

from lisa_core.desk.client import DeskClient
from lisa_core.domain.model.call_words import DeskMode, Ending
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.desk import QUIET_S, office_of
from lisa_core.harness.steps.grounds import in_an_empty_booth, somebody_came
from lisa_core.harness.text.words import step
from lisa_core.wire import messages as m

TITLE = "Arbeitsplätze"

NOBODY_IS_THERE = (
    "Gerade ist niemand im Bürgerbüro: Klingeln könnte es nirgends. "
    "Davor „Wenn die Bürgerin das Bürgerbüro betritt“ schreiben."
)

# --- Angenommen -----------------------------------------------------------------------------------------------------


@given(step("{wer:Mitarbeiterin} {stelle:VonStelle} macht Pause"))
async def agent_is_on_pause(scene: Scene, wer: str, stelle: str) -> None:
    """Angenommen Frau Vogt von der Wohngeldstelle macht Pause

    Sie sitzt an ihrem Platz und nimmt keine Anrufe an, bis sie sich bereit meldet.
    """
    rig = await scene.rig()
    office = rig.directory.offices[(await scene.agent(wer)).office]
    if not office.name.startswith(stelle):
        raise HarnessError(f"{wer} gehört zu „{office.name}“, nicht zu „{stelle}“.")
    await _pauses(await scene.desk(wer))


@given(step("im Bürgerbüro {ort:Standort} wartet schon jemand"))
async def somebody_waits_elsewhere(scene: Scene, ort: str) -> None:
    """Angenommen im Bürgerbüro Angermünde wartet schon jemand

    In einem anderen Bürgerbüro des Landkreises: Wer danach kommt, steht hinter ihm in der Reihe.
    """
    neighbour = await scene.neighbour(ort)
    neighbour.call()
    await neighbour.until(lambda one: one.heard, "der Anruf ist angekommen")


@given(step("{wer:Mitarbeiterin} spricht mit jemandem im Bürgerbüro {ort:Standort}"))
async def agent_talks_elsewhere(scene: Scene, wer: str, ort: str) -> None:
    """Angenommen Frau Brandt spricht mit jemandem im Bürgerbüro Angermünde

    Bis er geht: „Wenn im Bürgerbüro Angermünde niemand mehr ist“.
    """
    desk, neighbour = await scene.desk(wer), await scene.neighbour(ort)
    if desk.state is not DeskMode.READY:
        desk.ready()
        await desk.until(lambda d: d.state in (DeskMode.READY, DeskMode.RINGING), "bereit")
    neighbour.call()
    await desk.rings("der Anruf klingelt")
    desk.accept()
    await desk.until(lambda d: d.state is DeskMode.TALKING, "das Gespräch steht")
    await neighbour.until(lambda one: one.talks, "das Gespräch steht")


# --- Wenn -----------------------------------------------------------------------------------------------------------


@when(step("im Bürgerbüro {ort:Standort} niemand mehr ist"))
async def somebody_left_elsewhere(scene: Scene, ort: str) -> None:
    """Wenn im Bürgerbüro Angermünde niemand mehr ist"""
    (await scene.neighbour(ort)).leave()


@when(step("{wer:Mitarbeiterin} Pause macht"))
async def agent_pauses(scene: Scene, wer: str) -> None:
    """Wenn Frau Vogt Pause macht"""
    await _pauses(await scene.desk(wer))


@when(step("{wer:Mitarbeiterin} ihren Browser schließt"))
async def agent_closes(scene: Scene, wer: str) -> None:
    """Wenn Frau Vogt ihren Browser schließt

    Sie ist abgemeldet, bis sie sich wieder bereit meldet.
    """
    await scene.seats.leave(await scene.sitting(wer))


@when(step("{wer:Mitarbeiterin} ihre Seite neu lädt"))
async def agent_loads_anew(scene: Scene, wer: str) -> None:
    """Wenn Frau Brandt ihre Seite neu lädt

    Endet, sobald dort wieder steht, was vorher stand: dass es klingelt, oder das Gespräch.
    """
    desk = await scene.sitting(wer)
    await _as_before(desk, await scene.seats.load_anew(await scene.rig(), desk))


@when(step("{wer:Mitarbeiterin} an einem anderen Rechner weiterarbeitet"))
async def agent_goes_elsewhere(scene: Scene, wer: str) -> None:
    """Wenn Frau Brandt an einem anderen Rechner weiterarbeitet

    Die Seite am ersten Rechner bleibt offen.
    """
    desk = await scene.sitting(wer)
    await _as_before(desk, await scene.seats.go_on_elsewhere(await scene.rig(), desk))


@when(step("{wer:Mitarbeiterin} {wohin:AnStelle} weiterzuleiten versucht"))
async def agent_tries_to_forward(scene: Scene, wer: str, wohin: str) -> None:
    """Wenn Frau Brandt an die Wohngeldstelle weiterzuleiten versucht

    Ob es geht oder abgelehnt wird: Endet mit der Antwort.
    """
    desk = await scene.desk(wer)
    desk.forward(office_of(desk, wohin), desk.case.service)
    await desk.happened(_answered, "eine Antwort")


# --- Dann -----------------------------------------------------------------------------------------------------------


@then(step("klingelt es bei {wem:Mitarbeiterin} nicht"))
async def it_does_not_ring(scene: Scene, wem: str) -> None:
    """Dann klingelt es bei Frau Vogt nicht

    Zwei Sekunden lang, während jemand im Bürgerbüro ist.
    """
    desk = await scene.sitting(wem)
    rig = await somebody_came(scene)
    if rig.screen.view.scene is ScreenScene.FREE:
        raise HarnessError(NOBODY_IS_THERE)
    await scene.never(lambda: f"Es klingelt bei {desk.name}." if desk.offer else "", QUIET_S)


@then(step("hat es bei {wem:Mitarbeiterin} {wie_oft:WieOft} geklingelt"))
async def it_has_rung(scene: Scene, wem: str, wie_oft: int) -> None:
    """Dann hat es bei Frau Brandt einmal geklingelt

    Seit sie an ihrem Platz sitzt; gewartet wird, bis es so oft ist, und dann, ob es dabei bleibt.
    """
    desk = await scene.sitting(wem)

    def rung() -> int:
        return sum(isinstance(body, m.Offer) for body in desk.history.since(0))

    await scene.until_true(lambda: rung() >= wie_oft, f"{_times(wie_oft)} geklingelt bei {desk.name}")
    await scene.never(lambda: f"Bei {desk.name} hat es {_times(rung())} geklingelt." if rung() > wie_oft else "")


@then(step("ist {wer:Mitarbeiterin} am ersten Rechner abgemeldet"))
@in_an_empty_booth
async def first_computer_is_off(scene: Scene, wer: str) -> None:
    """Dann ist Frau Brandt am ersten Rechner abgemeldet"""
    before = scene.seats.overtaken.get((await scene.agent(wer)).id)
    if before is None:
        raise HarnessError(
            f"{wer} hat den Rechner nicht gewechselt. Davor „Wenn {wer} an einem anderen Rechner weiterarbeitet“."
        )
    await before.until(lambda d: not d.connected, "abgemeldet")
    await scene.never(lambda: f"{wer} ist am ersten Rechner wieder angemeldet." if before.connected else "", QUIET_S)


# --- small things -----------------------------------------------------------------------------------------------------


async def _pauses(desk: DeskClient) -> None:
    desk.pause()
    await desk.until(lambda d: d.state is DeskMode.PAUSE, "Pause")


async def _as_before(before: DeskClient, now: DeskClient) -> None:
    """What stood on the page before stands there again."""
    if before.taken and before.ended is None:
        await now.until(lambda d: d.leg, "das Gespräch steht wieder")
    elif before.offer is not None:
        await now.rings("es klingelt wieder")


def _answered(body: m.Message) -> bool:
    return body == m.CallEnded(Ending.FORWARDED) or isinstance(body, m.Refused)


def _times(count: int) -> str:
    return {1: "einmal", 2: "zweimal"}.get(count, f"{count}-mal")
