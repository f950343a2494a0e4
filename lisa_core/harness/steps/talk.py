"""Steps of the talk itself: what the agent sees and hears of the citizen, and how well."""

from __future__ import annotations

import asyncio
import contextlib

from pytest_bdd import then

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import Frame
from lisa_core.domain.model.time import PATIENCE_S
from lisa_core.equipment.media.jpeg import image_of, jpeg_of
from lisa_core.equipment.slots.call import DeskLeg
from lisa_core.harness.loop.holdup import held_up_s, waited
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.text.words import step

TITLE = "Gespräch"

VOICE = 0.01
"""Louder than this (root mean square of full scale) is somebody speaking."""
FLUENT = 20
"""Pictures a second (EN 301 549, 6.5.3)."""
RATE_SPREAD = 1
"""By how much counting for `FLUENT_S` may be wrong."""
FLUENT_S = 2.0


@then(step("sieht {wer:Mitarbeiterin} {wen:Bürgerin}"))
async def agent_sees_citizen(scene: Scene, wer: str, wen: str) -> None:
    """Dann sieht Frau Brandt die Bürgerin"""
    leg = await _leg(scene, wer, "citizen_camera")
    frame = await leg.first_citizen_frame(PATIENCE_S)
    if not _bright(frame):  # a cover may just be taken away
        await scene.until_true(lambda: _seen(leg.citizen_frame()), "die Bürgerin ist zu sehen")
        frame = leg.citizen_frame() or frame
    scene.show("buergerin", "image/jpeg", jpeg_of(frame), f"Die Bürgerin, wie {wer} sie sieht")


@then(step("hört {wer:Mitarbeiterin} {wen:Bürgerin}"))
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


@then(step("sieht {wer:Mitarbeiterin} unter der Kamera {was:Unterlage}"))
async def agent_sees_paper(scene: Scene, wer: str, was: str) -> None:
    """Dann sieht Frau Vogt unter der Kamera den Mietvertrag"""
    leg = await _leg(scene, wer, "document_camera")
    await scene.paper_under_camera(was)
    await leg.first_document_frame(PATIENCE_S)
    share = 0.0
    for _ in range(int(PATIENCE_S / 0.1)):
        frame = leg.document_frame()
        share = _paper_share(frame) if frame else 0.0
        if frame and share > 0.3:
            scene.show("unterlage", "image/jpeg", jpeg_of(frame), f"{was} unter der Dokumentenkamera")
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"Unter der Kamera liegt kein Papier (helle Fläche {share:.0%}).")


@then(step("ist das Bild {wer:Bürgerin} bei {wem:Mitarbeiterin} flüssig"))
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
    fluent, spoken = rate + max(RATE_SPREAD, held_up) >= FLUENT, f"{rate:.1f}".replace(".", ",")
    assert fluent, f"Es kamen {spoken} Bilder in der Sekunde, flüssig sind {FLUENT}."


@then(step("wird kein Bild {wer:Bürgerin} übertragen"))
async def noimage_of(scene: Scene, wer: str) -> None:
    """Dann wird kein Bild der Person übertragen"""
    await scene.rig()
    assert scene.desks, "Es sitzt niemand an einem Platz, der ein Bild bekommen könnte."
    for desk in scene.desks:
        assert desk.leg is None, f"{desk.name} ist im Gespräch."


@then(step("sieht {wer:Mitarbeiterin} {wen:Bürgerin} nicht mehr"))
async def agent_sees_no_more(scene: Scene, wer: str, wen: str) -> None:
    """Dann sieht Frau Brandt die Bürgerin nicht mehr"""
    leg = await _leg(scene, wer, "citizen_camera")
    await scene.until_true(lambda: _covered(leg.citizen_frame()), "die Bürgerin ist verdeckt")


# --- small things -----------------------------------------------------------------------------------------------------


async def _leg(scene: Scene, wer: str, slot: str) -> DeskLeg:
    """The leg of this agent, whose picture or sound comes from `slot`."""
    scene.witness.used((slot,))
    desk = await scene.desk(wer)
    leg: DeskLeg = await desk.until(lambda d: d.leg, "ein Gespräch")
    return leg


def _bright(frame: Frame) -> bool:
    histogram = image_of(frame).reduce(8).convert("L").histogram()
    return sum(histogram[60:]) > sum(histogram) // 4


def _seen(frame: Frame | None) -> bool:
    return frame is not None and _bright(frame)


def _covered(frame: Frame | None) -> bool:
    """Nothing, or a cover of one colour instead of a picture."""
    if frame is None:
        return True
    low, high = image_of(frame).reduce(4).convert("L").getextrema()
    return isinstance(low, int | float) and isinstance(high, int | float) and high - low < 24


def _paper_share(frame: Frame) -> float:
    """Which part of the picture is as bright as paper."""
    histogram = image_of(frame).convert("L").histogram()
    return sum(histogram[225:]) / sum(histogram)
