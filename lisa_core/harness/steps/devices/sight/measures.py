"""Measures of the camera over the table, of its head, and of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lisa_core.harness.scene.bench import Turned
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.devices.measure import MICRO, Measure, Taken, done_before, first_of, per_second
from lisa_core.harness.steps.devices.sight.acts import TURNS, filmed_table

if TYPE_CHECKING:
    from lisa_core.harness.steps.devices.sight.page_seen import Grey

TOUCHES = "Wenn auf dem Bildschirm eine Taste berührt wird"
NO_CHART = "Unter der Dokumentenkamera ist die Strichtafel nicht zu erkennen."
OF_ALL = 10
"""So many thousandths of the way are one per cent."""


def _page(scene: Scene) -> Grey:
    from lisa_core.harness.steps.devices.sight.page_seen import page_in  # loads numpy

    newest = filmed_table(scene).newest
    page = None if newest is None else page_in(newest)
    assert page is not None, NO_CHART
    return page


async def rate(scene: Scene) -> Taken:
    """How many pictures come in a second."""
    filmed = filmed_table(scene)
    return per_second(len(filmed.pictures), filmed.ended_us - filmed.begun.at_us, filmed.begun)


async def fineness(scene: Scene) -> Taken:
    """How finely a page on the table is seen."""
    from lisa_core.harness.steps.devices.sight.page_seen import fineness_dpi

    found = fineness_dpi(_page(scene))
    assert found is not None, NO_CHART
    return Taken(round(found, 1))


async def contrast(scene: Scene) -> Taken:
    """How much strokes of half a millimetre stand out."""
    from lisa_core.harness.steps.devices.sight import page_seen

    return Taken(round(page_seen.contrast(_page(scene)), 1))


def _turned(scene: Scene) -> Turned:
    """`AssertionError` with the fault of a head that said one."""
    turned = done_before(scene.bench.turned, TURNS)
    assert turned.fault is None, f"{turned.fault}"
    return turned


async def turning(scene: Scene) -> Taken:
    """How long it takes until it stands, the longest time."""
    turned = _turned(scene)
    took_s = turned.longest_us / MICRO
    return Taken(took_s, turned.begun.held_up_s(took_s), "ab dem Auftrag, das längste Mal")


async def off(scene: Scene) -> Taken:
    """By how much the place that it names differs from where it was sent, in per cent of the way to one side."""
    return Taken(_turned(scene).off / OF_ALL)


async def touch(scene: Scene) -> Taken:
    """From the touch to its report. Where another button is reported, that is none."""
    (start, button), rig = done_before(scene.bench.touched, TOUCHES), await scene.rig()
    rows = rig.reported.screen

    def seen() -> int | None:
        return first_of(at for at, one in rows if at >= start.at_us - MICRO and one.button == button)

    def other() -> str:
        return next((f"gemeldet ist {one.button}" for at, one in rows if at >= start.at_us and one.button), "")

    took_s = max(0, await scene.until_true(seen, "die Berührung ist gemeldet", instead=other) - start.at_us) / MICRO
    return Taken(took_s, start.held_up_s(took_s), "ab der Berührung")


SIGHT = {
    "Bildrate der Dokumentenkamera": Measure("tisch.bildrate", "Bilder/s", "document_camera", rate),
    "Auflösung der Dokumentenkamera": Measure("tisch.aufloesung", "dpi", "document_camera", fineness),
    "Kontrast unter der Dokumentenkamera": Measure("tisch.kontrast", "%", "document_camera", contrast),
    "Fahrzeit des Kamerakopfs": Measure("kopf.fahrzeit", "s", "camera_head", turning),
    "Abweichung des Kamerakopfs": Measure("kopf.abweichung", "%", "camera_head", off),
    "Meldung der Berührung": Measure("bildschirm.beruehrung", "s", "screen", touch),
}
