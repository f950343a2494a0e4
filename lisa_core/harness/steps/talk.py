"""Steps of the talk itself: what the agent sees and hears of the citizen, how well, and what she sees and hears."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from pytest_bdd import then, when

from lisa_core.domain.model.errors import DeviceFault, HarnessError
from lisa_core.domain.model.frames import Frame
from lisa_core.domain.model.time import PATIENCE_S
from lisa_core.equipment.media.jpeg import image_of, jpeg_of
from lisa_core.equipment.slots.call import DeskLeg
from lisa_core.harness.loop.holdup import held_up_s, waited
from lisa_core.harness.report.measure import limited
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.grounds import VOICE, of_a_talk, somebody_came, somebody_sits, voice_arrives
from lisa_core.harness.text.words import step

TITLE = "Gespräch"

PAPER = 0.3
"""With more of the picture as bright as paper there is one."""
FLUENT = 20
"""Pictures a second (EN 301 549, 6.5.3)."""
RATE_SPREAD = 1
"""By how much counting for `FLUENT_S` may be wrong."""
FLUENT_S = 2.0
MOVES_S = 5.0
"""A picture that has not changed for so long stands."""
STILL_S = 0.8
"""So long what was said before may still be heard."""
SOON_S = 5.0
"""What is not to be seen any more is gone by then."""

# --- Wenn -----------------------------------------------------------------------------------------------------------


@when(step("{wer:Mitarbeiterin} {wen:Bürgerin} begrüßt"))
async def agent_greets(scene: Scene, wer: str, wen: str) -> None:
    """Wenn Frau Brandt die Bürgerin begrüßt"""
    (await _leg(scene, wer, "screen")).speak(2.0)


# --- Dann -----------------------------------------------------------------------------------------------------------


@then(step("sieht {wer:Mitarbeiterin} {wen:Bürgerin}"))
@of_a_talk
async def agent_sees_citizen(scene: Scene, wer: str, wen: str) -> None:
    """Dann sieht Frau Brandt die Bürgerin"""
    leg = await _leg(scene, wer, "citizen_camera")
    await leg.first_citizen_frame(PATIENCE_S)
    frame = await scene.until_true(Newly(leg.citizen_frame, is_picture).look, "die Bürgerin ist zu sehen")
    await goes_on(scene, lambda: leg.frames()[0], f"das Bild bei {wer}")
    scene.show("buergerin", "image/jpeg", jpeg_of(frame), f"Die Bürgerin, wie {wer} sie sieht")


@then(step("hört {wer:Mitarbeiterin} {wen:Bürgerin}"))
@of_a_talk
async def agent_hears_citizen(scene: Scene, wer: str, wen: str) -> None:
    """Dann hört Frau Brandt sie"""
    leg = await _leg(scene, wer, "microphone")
    loudest = 0.0
    for _ in range(int(PATIENCE_S / 0.05)):
        loudest = max(loudest, leg.voice_level())
        if loudest > VOICE:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"Zu hören ist nichts (lautester Pegel {loudest:.4f}).")


@then(step("sieht {wer:Bürgerin} {wen:Mitarbeiterin}"))
@of_a_talk
async def citizen_sees_agent(scene: Scene, wer: str, wen: str) -> None:
    """Dann sieht die Bürgerin Frau Brandt"""
    screen = (await scene.rig()).screen
    await screen.until(lambda s: s.view.agent and s.view.agent.name == wen and s.face, f"{wen} mit Bild")
    await goes_on(scene, lambda: screen.faces, f"das Bild von {wen} in der Kabine")
    if scene.is_real("screen"):
        await scene.look(("screen",), bool, f"Ist {wen} auf dem Bildschirm zu sehen, und bewegt sich das Bild?")


@then(step("sieht {wer:Bürgerin} {wen:Mitarbeiterin} nicht mehr"))
@of_a_talk
async def citizen_sees_agent_no_more(scene: Scene, wer: str, wen: str) -> None:
    """Dann sieht die Bürgerin Frau Brandt nicht mehr"""
    screen = (await scene.rig()).screen

    def stands() -> bool:
        card = screen.view.agent
        return bool(screen.face) and (card is None or card.name == wen)

    if not any(view.agent and view.agent.name == wen for view in scene.views()):
        raise HarnessError(
            f"{wen} war bis jetzt nicht auf dem Bildschirm zu sehen. Davor „Dann sieht die Bürgerin {wen}“ schreiben."
        )
    await scene.until_true(lambda: not stands(), f"{wen} ist vom Bildschirm verschwunden", SOON_S)
    await scene.never(lambda: f"{wen} ist wieder auf dem Bildschirm zu sehen." if stands() else "")
    if scene.is_real("screen"):
        await scene.look(("screen",), bool, f"Ist {wen} auf dem Bildschirm nicht mehr zu sehen?")


@then(step("hört {wer:Bürgerin} {wen:Mitarbeiterin}"))
@of_a_talk
async def citizen_hears_agent(scene: Scene, wer: str, wen: str) -> None:
    """Dann hört die Bürgerin Frau Brandt

    Davor spricht sie: „Wenn Frau Brandt die Bürgerin begrüßt“.
    """
    rig = await scene.rig()
    slot = "loudspeaker" if "loudspeaker" in rig.profile.slots else "screen"
    await _leg(scene, wen, slot)
    await scene.until_true(lambda: rig.booth.voice_level() > VOICE, f"{wen} ist in der Kabine zu hören")
    if scene.is_real(slot):
        await scene.look((slot,), bool, f"War {wen} eben in der Kabine zu hören?")


@then(step("hört {wer:Bürgerin} {wen:Mitarbeiterin} über den Lautsprecher"))
@of_a_talk
async def heard_by_loudspeaker(scene: Scene, wer: str, wen: str) -> None:
    """Dann hört die Bürgerin Frau Brandt über den Lautsprecher

    Davor spricht sie: „Wenn Frau Brandt die Bürgerin begrüßt“.
    """
    await _leg(scene, wen, "loudspeaker")
    question = f"Ist {wen} über den Lautsprecher zu hören?"
    await scene.look(("loudspeaker",), lambda room: "loudspeaker" in room["heard"], question)


@then(step("hört {wer:Bürgerin} {wen:Mitarbeiterin} über die Induktionsschleife"))
@of_a_talk
async def heard_by_loop(scene: Scene, wer: str, wen: str) -> None:
    """Dann hört die Bürgerin Frau Brandt über die Induktionsschleife

    Davor spricht sie: „Wenn Frau Brandt die Bürgerin begrüßt“.
    """
    await _leg(scene, wen, "loudspeaker")
    question = f"Ist {wen} in einem Hörgerät über die Induktionsschleife zu hören?"
    await scene.look(("loudspeaker", "induction_loop"), lambda room: "induction_loop" in room["heard"], question)


@then(step("hört {wer:Bürgerin} {wen:Mitarbeiterin} nicht über den Lautsprecher"))
@of_a_talk
async def not_heard_by_loudspeaker(scene: Scene, wer: str, wen: str) -> None:
    """Dann hört die Bürgerin Frau Brandt nicht über den Lautsprecher

    Obwohl sie spricht: unmittelbar davor „Wenn Frau Brandt die Bürgerin begrüßt“.
    """
    await _leg(scene, wen, "loudspeaker")
    await voice_arrives(scene, wen)
    question = f"Ist {wen} über den Lautsprecher nicht zu hören?"
    await scene.look(("loudspeaker",), lambda room: "loudspeaker" not in room["heard"], question, STILL_S, lasting=True)


@then(step("hört {wer:Bürgerin} {wen:Mitarbeiterin} nicht über die Induktionsschleife"))
@of_a_talk
async def not_heard_by_loop(scene: Scene, wer: str, wen: str) -> None:
    """Dann hört die Bürgerin Frau Brandt nicht über die Induktionsschleife

    Obwohl sie spricht: unmittelbar davor „Wenn Frau Brandt die Bürgerin begrüßt“.
    """
    await _leg(scene, wen, "loudspeaker")
    await voice_arrives(scene, wen)
    devices = "loudspeaker", "induction_loop"
    question = f"Ist {wen} in einem Hörgerät über die Induktionsschleife nicht zu hören?"
    await scene.look(devices, lambda room: "induction_loop" not in room["heard"], question, STILL_S, lasting=True)


@then(step("sieht {wer:Mitarbeiterin} unter der Kamera {was:Unterlage}"))
@of_a_talk
async def agent_sees_paper(scene: Scene, wer: str, was: str) -> None:
    """Dann sieht Frau Vogt unter der Kamera den Mietvertrag"""
    leg, desk = await _leg(scene, wer, "document_camera"), await scene.desk(wer)
    await scene.paper_under_camera(was)
    await leg.first_document_frame(PATIENCE_S)
    frame: Frame | None = None
    share = 0.0
    for _ in range(int(PATIENCE_S / 0.1)):
        before, frame = frame, desk.table()
        if frame is not before:  # in memory there is a new picture only when something has changed
            share = paper_share(frame) if frame else 0.0
        if frame and share > PAPER:
            scene.show("unterlage", "image/jpeg", jpeg_of(frame), f"{was} unter der Dokumentenkamera")
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"Unter der Kamera liegt kein Papier (helle Fläche {share:.0%}).")


@then(step("ist das Bild {wer:Bürgerin} bei {wem:Mitarbeiterin} flüssig"))
@of_a_talk
@limited
async def picture_is_fluent(scene: Scene, wer: str, wem: str) -> None:
    """Dann ist das Bild der Person bei Frau Brandt flüssig

    Gezählt werden zwei Sekunden lang die Bilder, die ankommen.
    """
    leg = await _leg(scene, wem, "citizen_camera")
    with contextlib.suppress(DeviceFault):  # none at all is measured as well
        await leg.first_citizen_frame(PATIENCE_S)
    loop = asyncio.get_running_loop()
    before, since_s, idle = leg.frames()[0], loop.time(), waited()
    await asyncio.sleep(FLUENT_S)
    pictures, took_s = leg.frames()[0] - before, loop.time() - since_s
    rate = pictures / took_s
    held_up = pictures / (took_s - held_up_s(idle, waited(), took_s)) - rate
    since = "ab dem ersten Bild, am Arbeitsplatz gezählt"
    scene.measure("bild.rate", round(rate, 1), "Bilder/s", held_up=round(held_up, 1), since=since)
    fluent, spoken = rate + RATE_SPREAD >= FLUENT, f"{rate:.1f}".replace(".", ",")
    if not (fluent or scene.explained("bild.rate", rate, FLUENT, held_up, "Bilder/s", upper=False)):
        raise AssertionError(f"Es kamen {spoken} Bilder in der Sekunde, flüssig sind {FLUENT}.")


@then(step("wird kein Bild {wer:Bürgerin} übertragen"))
async def no_picture_goes_out(scene: Scene, wer: str) -> None:
    """Dann wird kein Bild der Person übertragen"""
    somebody_sits(scene, "der ein Bild bekommen könnte")
    await somebody_came(scene)
    await scene.never(lambda: next((f"{desk.name} ist im Gespräch." for desk in scene.desks if desk.leg), ""), 1.0)


@then(step("sieht {wer:Mitarbeiterin} {wen:Bürgerin} nicht mehr"))
@of_a_talk
async def agent_sees_no_more(scene: Scene, wer: str, wen: str) -> None:
    """Dann sieht Frau Brandt die Bürgerin nicht mehr"""
    leg = await _leg(scene, wer, "citizen_camera")
    await scene.until_true(Newly(leg.citizen_frame, is_cover).look, "die Bürgerin ist verdeckt", SOON_S)
    seen = Newly(leg.citizen_frame, is_picture)
    await scene.never(lambda: "Die Bürgerin ist wieder zu sehen." if seen.look() else "")


# --- small things -----------------------------------------------------------------------------------------------------


async def _leg(scene: Scene, wer: str, slot: str) -> DeskLeg:
    """The leg of this agent, whose picture or sound comes from `slot`."""
    scene.witness.used((slot,))
    desk = await scene.desk(wer)
    leg: DeskLeg = await desk.until(lambda d: d.leg, "ein Gespräch")
    return leg


async def goes_on(scene: Scene, count: Callable[[], int], what: str) -> None:
    """More pictures come: one that stands is none. In memory there is one per change, and nothing can stand."""
    if scene.settings.booth != "memory":
        before = count()
        await scene.until_true(lambda: count() > before, f"{what} bewegt sich", MOVES_S)


@dataclass
class Newly:
    """Looks at each picture once: `look` returns it if it is what is `wanted`."""

    picture: Callable[[], Frame | None]
    wanted: Callable[[Frame], bool]
    seen: Frame | None = None

    def look(self) -> Frame | None:
        frame = self.picture()
        if frame is None or frame is self.seen:
            return None
        self.seen = frame
        return frame if self.wanted(frame) else None


def is_picture(frame: Frame) -> bool:
    """Neither dark nor a cover."""
    histogram = _grey(frame)
    return not _even(histogram) and sum(histogram[60:]) > sum(histogram) // 4


def is_cover(frame: Frame) -> bool:
    """One colour instead of a picture."""
    return _even(_grey(frame))


def _grey(frame: Frame) -> list[int]:
    return image_of(frame).reduce(8).convert("L").histogram()


def _even(histogram: list[int]) -> bool:
    there = [level for level, pixels in enumerate(histogram) if pixels]
    return there[-1] - there[0] < 24


def paper_share(frame: Frame) -> float:
    """Which part of the picture is as bright as paper."""
    histogram = image_of(frame).convert("L").histogram()
    return sum(histogram[225:]) / sum(histogram)
