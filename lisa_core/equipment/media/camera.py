"""The camera slot: `frames:PATH` (a frame file, equipment.lines.frames) or `video:/dev/videoN` (a real or loopback
camera).

A picture of one colour, and one that never changes, are none: a real sensor is never quite still and never quite even,
not even under a lid. Pixels that are exactly alike all over, or exactly as before for seconds, were made by a device or
a driver that has lost its picture. Such pictures are not passed on, so that nobody takes an old one for what is there
now; the camera counts as failed until it shows another one.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import TYPE_CHECKING

from lisa_core.domain.model.frames import Frame
from lisa_core.equipment.media.camera_faults import (
    BLANK_S,
    FROZEN_S,
    STILL_S,
    blank_fault,
    frozen_fault,
    lost_fault,
    still_fault,
)
from lisa_core.equipment.slots.devices import Camera
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Option, Serves, Tried, chosen
from lisa_core.host.address import CAMERA, read_address

if TYPE_CHECKING:
    from lisa_core.equipment.lines.frames import FrameReader
    from lisa_core.equipment.media.video import VideoCamera

LOOK_S = 0.01
"""Seconds between two looks at a frame file, which cannot notify anybody."""
LEAST_LOOKS = round(FROZEN_S / LOOK_S / 4)
"""Minimum number of looks before a camera counts as frozen: it is not to blame when our own process stood still."""
GONE_LOOKS = 20
STEP = 97
"""Every so many bytes one is looked at: no multiple of three, so that all colours are."""
LEAST_LOOKED_AT = 300
"""Of a smaller picture nothing is said."""


@contextlib.asynccontextmanager
async def open_camera(binding: str, options: Given) -> AsyncIterator[Camera]:
    """Open a camera. For `video:` the options are asked of the device.

    Raises `ProfileError` for what can be no camera, `DeviceFault` `camera.missing` and `camera.format`; later
    `camera.frozen` (no new picture for two seconds), `camera.blank` (one colour) and `camera.lost` (gone).
    """
    address, options = read_address(binding, CAMERA), chosen(OPTIONS, options)
    if address.scheme == "video":
        from lisa_core.equipment.media.video import open_video  # FFmpeg is needed where something is opened

        async with open_video(address.path, options) as camera:
            yield SeeingVideo(camera, address.path)
        return
    frame_reader()(address.path).close()  # so that a missing one is told now, not in the middle of a call
    yield Seeing(FrameFileCamera(address.path), address.path)


def frame_reader() -> type[FrameReader]:
    """What reads frame files; it needs what only POSIX has, so it is loaded where one is opened."""
    from lisa_core.equipment.lines.frames import FrameReader

    return FrameReader


class FrameFileCamera:
    """Reads a frame file; every reader opens it anew, and so finds a camera that was plugged in again."""

    def __init__(self, path: str) -> None:
        self._path = path

    async def frames(self) -> AsyncGenerator[Frame, None]:
        """Yield each newest picture."""
        loop = asyncio.get_running_loop()
        seen, seen_at_s, looks = 0, loop.time(), 0
        with contextlib.closing(frame_reader()(self._path)) as reader:
            while True:
                if reader.sequence != seen and (frame := reader.read()):
                    seen, seen_at_s, looks = reader.sequence, loop.time(), 0
                    yield frame
                await asyncio.sleep(LOOK_S)
                looks += 1
                if looks % GONE_LOOKS == 0 and reader.writer_gone:
                    raise lost_fault(self._path)
                if looks > LEAST_LOOKS and loop.time() - seen_at_s > FROZEN_S:
                    raise frozen_fault(self._path)


def glance(frame: Frame) -> bytes:
    """Some bytes of the picture by which two are told apart."""
    return frame.rgb[::STEP]


def is_plain(seen: bytes) -> bool:
    """Whether a glance shows one colour only."""
    return len(seen) >= LEAST_LOOKED_AT and seen[3:] == seen[:-3]  # each as the one of its colour before it


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


OPTIONS = (
    Option("width", int, "Breite des Bildes; ohne sie wählt die Kamera", least=1, most=16_384),
    Option("height", int, "Höhe des Bildes", least=1, most=16_384),
    Option("fps", int, "Bilder je Sekunde", least=1, most=240),
    Option("format", str, "Schnittstelle des Systems, wie FFmpeg sie nennt", "v4l2"),
)
EVIDENCE = Evidence(
    "Kameras, die der Rechner als Gerät führt (v4l2)",
    Tried.NEEDLESS,
    "Bilder kommen fertig vom System",
    ("eine echte Kamera",),
)
DRIVER = Driver("camera", (Serves(Camera),), CAMERA, open_camera, OPTIONS, evidence=EVIDENCE)
