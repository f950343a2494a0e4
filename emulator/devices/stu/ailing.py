"""What a pad with a fault feels of a pen, and when it stumbles over one: pure, for the device and the memory booth."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from emulator.paper.strokes import load, sample
from emulator.world.world import Pen
from lisa_core.domain.model.readings import PenSample
from lisa_core.equipment.slots.pad_faults import HANGS, HOVERS, LOSES, RESTARTS

LOST_US = 50_000
"""For how long a pad loses reports."""


def felt(faults: Collection[str], pen: PenSample | None, touched: PenSample | None) -> PenSample | None:
    """What it feels of a pen that is at `pen` (None: nowhere near); `touched`: where it last felt it touch."""
    if HOVERS in faults and pen:
        return replace(pen, down=False, pressure=0)
    if HANGS in faults and touched and not (pen and pen.down):
        return touched
    return pen


def stumbles(fault: str, faults: Collection[str], pen: Pen, after_us: int, until_us: int) -> bool:
    """Whether the pad has this fault, and half of what is being written is over after `after_us` and by `until_us`."""
    return fault in faults and after_us < middle_us(pen) <= until_us


def loses(faults: Collection[str], pen: Pen, at_us: int) -> bool:
    """Whether what the pen does at `at_us` is not reported."""
    return LOSES in faults and 0 <= at_us - middle_us(pen) < LOST_US


def breaks_off(faults: Collection[str], pen: Pen, after_us: int, until_us: int) -> str:
    """The fault that spoils what is being written, as soon as its middle is over; "" for none."""
    return next((one for one in (RESTARTS, LOSES) if stumbles(one, faults, pen, after_us, until_us)), "")


def scribbled(pen: Pen, from_us: int, until_us: int) -> bool:
    """Whether the pen touches at some time from one to the other."""
    recording, since_us = load(pen.recording), pen.since_us
    if (now := sample(recording, until_us - since_us)) and now.down:
        return True
    return any(point[3] and from_us <= since_us + point[0] * 1000 <= until_us for point in recording.points)


def middle_us(pen: Pen) -> int:
    """When half of the touches of a recording are over: then the pen touches."""
    touches = [point for point in load(pen.recording).points if point[3]]
    return pen.since_us + touches[len(touches) // 2][0] * 1000 if touches else pen.since_us
