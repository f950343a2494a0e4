"""The camera slot: `frames:PATH` (a frame file, equipment.lines.frames) or `video:/dev/videoN` (a real or loopback
camera)."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TYPE_CHECKING

from lisa_core.domain.model.frames import Frame
from lisa_core.equipment.media.camera_faults import FROZEN_S, frozen_fault, lost_fault
from lisa_core.equipment.media.sight import Seeing, SeeingVideo
from lisa_core.equipment.slots.devices import Camera
from lisa_core.equipment.slots.driver import Driver, Given, Option, Serves, chosen
from lisa_core.host.address import CAMERA, read_address

if TYPE_CHECKING:
    from lisa_core.equipment.lines.frames import FrameReader

LOOK_S = 0.01
"""Seconds between two looks at a frame file, which cannot notify anybody."""
LEAST_LOOKS = round(FROZEN_S / LOOK_S / 4)
"""Minimum number of looks before a camera counts as frozen: it is not to blame when our own process stood still."""
GONE_LOOKS = 20


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


OPTIONS = (
    Option("width", int, "Breite des Bildes; ohne sie wählt die Kamera", least=1, most=16_384),
    Option("height", int, "Höhe des Bildes", least=1, most=16_384),
    Option("fps", int, "Bilder je Sekunde", least=1, most=240),
    Option("format", str, "Schnittstelle des Systems, wie FFmpeg sie nennt", "v4l2"),
)
DRIVER = Driver("camera", (Serves(Camera),), CAMERA, open_camera, OPTIONS)
