"""A camera runs for a while, and of each picture it is noted when it came and how large it is."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import Frame
from lisa_core.equipment.slots.devices import Camera
from lisa_core.harness.scene.bench import Filmed, begun
from lisa_core.harness.steps.devices.measure import MICRO
from lisa_core.host.clock import now_us


async def film(camera: Camera, lasts_s: float) -> Filmed:
    """What came for so many seconds, and for as many more as this machine had to wait for a processor."""
    pictures: list[tuple[int, int, int]] = []
    newest: Frame | None = None
    start, fault = begun(), None
    try:
        async with asyncio.timeout(lasts_s) as patience, contextlib.aclosing(camera.frames()) as frames:
            async for newest in frames:
                pictures.append((now_us(), newest.width, newest.height))
                took_s = (now_us() - start.at_us) / MICRO
                patience.reschedule(start.at_us / MICRO + lasts_s + start.held_up_s(took_s))
    except TimeoutError:
        pass  # that is its end
    except DeviceFault as said:
        fault = said
    return Filmed(start, now_us(), tuple(pictures), fault, newest)


def of_a_person(filmed: Filmed) -> Filmed:
    """The same without any picture: none of a camera that shows people is kept."""
    return replace(filmed, newest=None)
