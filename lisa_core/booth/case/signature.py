"""When a signature can begin, and when it is complete: something was written, and then the pen was lifted for good."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from math import hypot

from lisa_core.booth.screen import texts
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import WRITE_NOW, PenSample
from lisa_core.equipment.slots.devices import SignaturePad
from lisa_core.host.clock import Clock
from lisa_core.papers.strokes import MIN_EXTENT

MAX_TOUCHES = 10_000
"""Maximum number of touches: 50 s without lifting a hand; as a drawing that still fits a message of the link."""
STROKE = 5
"""Touches that each stroke counts for, in addition to its own."""


@dataclass(frozen=True, slots=True)
class PadReady:
    """From now on the pad takes what she writes: she is asked to sign."""


class Handwriting:
    """What was written so far; each sample costs the same, however many there are."""

    def __init__(self) -> None:
        self.samples: list[PenSample] = []
        self.is_signature = False
        """Whether one stroke has a sensible extent: a dot has none."""
        self._bounds: tuple[int, int, int, int] | None = None
        self._weight = 0

    def add(self, sample: PenSample) -> None:
        """Take in a sample. Of those that hover one is kept, which parts the strokes. Fault `pad.endless`."""
        if not sample.down:
            if self._bounds is not None:
                self.samples.append(sample)
            self._bounds = None
            return
        left, top, right, bottom = self._bounds or (sample.x, sample.y, sample.x, sample.y)
        self._weight += 1 if self._bounds else 1 + STROKE
        if self._weight > MAX_TOUCHES:
            raise DeviceFault("pad.endless", texts.PAD_ENDLESS, retryable=True)
        left, right = min(left, sample.x), max(right, sample.x)
        top, bottom = min(top, sample.y), max(bottom, sample.y)
        self._bounds = left, top, right, bottom
        self.is_signature |= hypot(right - left, bottom - top) >= MIN_EXTENT
        self.samples.append(sample)


async def collect(
    pad: SignaturePad, lifted_s: float, clock: Clock, *, tells: bool
) -> AsyncGenerator[PadReady | list[PenSample]]:
    """That the pad is ready (at once, unless it `tells` when), and all samples of one signature. A dot is none.

    It is complete once the pen has been away for `lifted_s` of this clock.
    Raises `DeviceFault` of the pad.
    """
    if not tells:
        yield PadReady()
    arriving: asyncio.Queue[PenSample | DeviceFault] = asyncio.Queue()
    reading = asyncio.create_task(_read(pad, arriving))
    written = Handwriting()
    try:
        while True:
            # A pen may hover for as long as the citizen likes; only touching counts as going on.
            patience = lifted_s if written.is_signature else None
            try:
                async with clock.timeout(patience):
                    begins = await _next(arriving, written)
            except TimeoutError:
                if await _seen_whole(pad, arriving, written):
                    break
                continue
            if begins:
                yield PadReady()
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
    yield written.samples


async def _seen_whole(
    pad: SignaturePad, arriving: asyncio.Queue[PenSample | DeviceFault], written: Handwriting
) -> bool:
    """Whether nothing more comes because she has put the pen away; false when the pad has gone on telling meanwhile.

    What it had said stands before its answer, even where this program was held up for so long.
    Raises `DeviceFault` when it is the pad that says no more: its pen was never lifted, or the pad itself was gone.
    """
    down = written.samples[-1].down
    await pad.check()
    if down and arriving.empty():
        raise DeviceFault("pad.gap", texts.PAD_BROKE_OFF, retryable=True)
    goes_on = down
    while not arriving.empty():
        item = arriving.get_nowait()
        if isinstance(item, DeviceFault):
            raise item
        written.add(item)
        goes_on |= item.down
    return not goes_on


async def _next(arriving: asyncio.Queue[PenSample | DeviceFault], written: Handwriting) -> bool:
    """Until the pen touches, or (then true) the pad says that it is ready."""
    while True:
        item = await arriving.get()
        if isinstance(item, DeviceFault):
            raise item
        if item == WRITE_NOW:
            return True
        written.add(item)
        if item.down:
            return False


async def _read(pad: SignaturePad, arriving: asyncio.Queue[PenSample | DeviceFault]) -> None:
    try:
        async with aclosing(pad.capture()) as samples:
            async for sample in samples:
                arriving.put_nowait(sample)
    except DeviceFault as fault:
        arriving.put_nowait(fault)
