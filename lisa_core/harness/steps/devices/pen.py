"""Measures of a signature pad, taken from one stroke along a ruler."""

from __future__ import annotations

from itertools import pairwise

from lisa_core.domain.model.readings import PenSample
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.devices.measure import Measure, Taken, done_before, per_second

RULER_MM = 50.0
DRAWN = "Wenn auf dem Unterschriftenpad ein Strich am Lineal gezogen wird"
_MM_PER_INCH = 25.4
FEWEST = 3


def stroke_of(scene: Scene) -> list[tuple[int, PenSample]]:
    """What came while the pen touched. `AssertionError` with the fault of a pad that said one, or of no stroke."""
    done_before(scene.bench.pen, DRAWN)
    assert scene.bench.pen_fault is None, f"{scene.bench.pen_fault}"
    touched = [(at, one) for at, one in done_before(scene.bench.pen, DRAWN) if one.down]
    assert len(touched) >= FEWEST, "Das Pad hat keinen Strich gemeldet."
    return touched


async def sampling(scene: Scene) -> Taken:
    """How often the pen is sampled, by the computer's clock."""
    touched = stroke_of(scene)
    start = done_before(scene.bench.pen_begun, DRAWN)
    return per_second(len(touched) - 1, max(1, touched[-1][0] - touched[0][0]), start)


async def gap(scene: Scene) -> Taken:
    """The longest time between two samples: by the pad's own clock where it has one, else by that of the computer."""
    touched = stroke_of(scene)
    own = [one.at_us for _, one in touched]
    times = own if own[0] < own[-1] else [at for at, _ in touched]
    return Taken(max(later - earlier for earlier, later in pairwise(times)) / 1000)


async def resolution(scene: Scene) -> Taken:
    """Into how many steps an inch is divided."""
    touched = [one for _, one in stroke_of(scene)]
    across = max(one.x for one in touched) - min(one.x for one in touched)
    along = max(one.y for one in touched) - min(one.y for one in touched)
    return Taken(max(across, along) * _MM_PER_INCH / RULER_MM, 0.0, "ein Strich von 50 mm am Lineal")


async def pressure(scene: Scene) -> Taken:
    """How many steps of pressure it tells apart, as it says."""
    info = await (await scene.rig()).slots.signature_pad.info()
    return Taken(info.max_pressure + 1)


PEN = {
    "Abtastung": Measure("pad.abtastung", "Hz", "signature_pad", sampling),
    "Lücken im Strich": Measure("pad.luecke", "ms", "signature_pad", gap),
    "Auflösung des Pads": Measure("pad.aufloesung", "dpi", "signature_pad", resolution),
    "Druckstufen": Measure("pad.druckstufen", "Stück", "signature_pad", pressure),
}
