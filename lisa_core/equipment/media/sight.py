"""Whether a camera sees anything: a picture of one colour, and one that never changes, are none.

A real sensor is never quite still and never quite even: even under a lid its pixels differ. Pixels that are exactly
alike all over, or exactly as before for seconds, were made by a device or a driver that has lost its picture. Such
pictures are not passed on, so that nobody takes an old one for what is there now; the camera counts as failed until it
shows another one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from lisa_core.domain.model.frames import Frame
from lisa_core.equipment.media.camera_faults import BLANK_S, STILL_S, blank_fault, still_fault
from lisa_core.equipment.slots.devices import Camera

if TYPE_CHECKING:
    from lisa_core.equipment.media.video import VideoCamera

STEP = 97
"""Every so many bytes one is looked at: no multiple of three, so that all colours are."""
LEAST_LOOKED_AT = 300
"""Of a smaller picture nothing is said."""


def glance(frame: Frame) -> bytes:
    """Some bytes of the picture by which two are told apart."""
    return frame.rgb[::STEP]


def is_plain(seen: bytes) -> bool:
    """Whether a glance shows one colour only."""
    if len(seen) < LEAST_LOOKED_AT or seen[:3] != seen[3:6]:
        return False
    return all(len({*seen[colour::3]}) == 1 for colour in range(3))


class Seeing:
    """A camera whose pictures are looked at. Faults of its own: `camera.blank`, `camera.frozen`."""

    def __init__(self, camera: Camera, where: str) -> None:
        self._camera, self._where = camera, where
        self._stuck: int | None = None
        """At what it stood still, as a hash: until another picture comes it has not recovered."""

    async def frames(self) -> AsyncGenerator[Frame, None]:
        """The pictures that show something."""
        loop = asyncio.get_running_loop()
        before, good_s = 0, loop.time()
        changed_s = good_s
        async with aclosing(self._camera.frames()) as pictures:
            async for frame in pictures:
                seen, now_s = glance(frame), loop.time()
                if is_plain(seen):
                    if now_s - good_s > BLANK_S:
                        raise blank_fault(self._where)
                    continue
                if (mark := hash(seen)) != before or len(seen) < LEAST_LOOKED_AT:
                    before, changed_s = mark, now_s
                still = now_s - changed_s > STILL_S
                if still or mark == self._stuck:
                    self._stuck = mark
                    if still or now_s - good_s > BLANK_S:
                        raise still_fault(self._where)
                    continue
                self._stuck, good_s = None, now_s
                yield frame


class SeeingVideo(Seeing):
    """The same for a video device, which says who it is."""

    def __init__(self, camera: VideoCamera, where: str) -> None:
        super().__init__(camera, where)
        self.identify = camera.identify
