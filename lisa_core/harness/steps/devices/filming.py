"""A camera runs for a while, and of each picture it is noted when it came and how large it is."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import Frame
from lisa_core.equipment.slots.devices import Camera
from lisa_core.harness.scene.bench import Filmed, begun
from lisa_core.harness.steps.devices.measure import MICRO
from lisa_core.host.clock import now_us

FIRST_S = 10.0
"""So long a camera has time for its first picture, however short it is to run: some only start when they are asked."""


async def film(camera: Camera, lasts_s: float) -> Filmed:
    """What came for so many seconds, for as many more as this machine had to wait for a processor, and until the
    first picture (at most `FIRST_S`)."""
    pictures: list[tuple[int, int, int]] = []
    newest: Frame | None = None
    start, fault = begun(), None

    def left_s() -> float:
        took_s = (now_us() - start.at_us) / MICRO
        return (lasts_s if pictures else max(lasts_s, FIRST_S)) + start.held_up_s(took_s) - took_s

    while left_s() > 0 and (fault is None or (fault.code == "camera.frozen" and not pictures)):
        try:
            async with contextlib.aclosing(camera.frames()) as frames:
                while (frame := await _within(left_s, frames)) is not None:
                    newest, fault = frame, None
                    pictures.append((now_us(), newest.width, newest.height))
        except DeviceFault as said:
            fault = said
    return Filmed(start, now_us(), tuple(pictures), fault, newest)


async def _within(left_s: Callable[[], float], frames: AsyncGenerator[Frame, None]) -> Frame | None:
    """The next picture; None: none in time."""
    coming = asyncio.ensure_future(anext(frames))
    try:
        while (wait_s := left_s()) > 0:
            if (await asyncio.wait((coming,), timeout=wait_s))[0]:
                return coming.result()
        return None
    finally:
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)


def of_a_person(filmed: Filmed) -> Filmed:
    """The same without any picture: none of a camera that shows people is kept."""
    return replace(filmed, newest=None)
