"""The pyvirtualcam backend "lisa": a virtual camera that is a frame file, for machines without v4l2loopback.

`pyvirtualcam.Camera(width, height, fps, backend="lisa", device=PATH)` then works as with any other backend.
pyvirtualcam is GPL-2.0 and comes with the extra `emulator` only, so it is looked for when it is needed.
"""

from __future__ import annotations

import importlib
import time
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from lisa_core.domain.model.errors import HarnessError

if TYPE_CHECKING:
    from lisa_core.equipment.lines.frames import FrameWriter

NAME = "lisa"
_opened: WeakValueDictionary[str, FrameFileBackend] = WeakValueDictionary()


class FrameFileBackend:
    """What pyvirtualcam calls; it passes keyword arguments only."""

    def __init__(
        self, *, width: int, height: int, fps: float, fourcc: int, device: str | None, **options: object
    ) -> None:
        """`fourcc` must be pyvirtualcam's RGB ("raw "), `device` the path of the frame file."""
        if fourcc != int.from_bytes(b"raw ", "little"):
            raise ValueError("only PixelFormat.RGB is taken")
        if not device:
            raise ValueError("name the path of the frame file as `device`")
        from lisa_core.equipment.lines.frames import (
            FrameWriter,  # locks files as POSIX does; the memory booth has no use for it
        )

        self._device, self._fourcc = device, fourcc
        self.writer = FrameWriter(device, width, height)
        _opened[device] = self

    def close(self) -> None:
        self.writer.close()

    def send(self, frame: Any) -> None:
        """Offer a picture: a flat array of bytes."""
        self.writer.write(memoryview(frame), time.monotonic_ns() // 1_000)

    def device(self) -> str:
        return self._device

    def native_fourcc(self) -> int:
        return self._fourcc


def writer_at(device: str) -> FrameWriter | None:
    """What writes the frame file of a camera that is open; None where `device` is none of ours."""
    backend = _opened.get(device)
    return backend.writer if backend else None


def load_pyvirtualcam() -> Any:
    """Return pyvirtualcam with our backend registered. Raises `HarnessError` where it is not installed."""
    try:
        pyvirtualcam = importlib.import_module("pyvirtualcam")
    except ImportError as error:
        text = f"Kameras nachzubilden braucht pyvirtualcam ({error}): pip install 'lisa-booth[emulator]'"
        raise HarnessError(text) from error
    pyvirtualcam.register_backend(NAME, FrameFileBackend)
    return pyvirtualcam
