"""Between our frames and those of av: pictures, JPEG, loudness."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from typing import TYPE_CHECKING

from PIL import Image

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import Frame
from lisa_core.equipment.media.camera_faults import NO_PICTURE
from lisa_core.equipment.media.jpeg import jpeg_of
from lisa_core.equipment.media.newest import EndedError, Newest
from lisa_core.host.clock import now_us

if TYPE_CHECKING:
    import av
    import numpy as np

LEVEL_WINDOW_US = 200_000
JPEG_SIDE = 960


def to_av(frame: Frame) -> av.VideoFrame:
    """Wrap a frame without copying it."""
    import av  # the memory booth draws pictures, and has no use for either
    import numpy as np

    rgb = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)
    return av.VideoFrame.from_numpy_buffer(rgb, "rgb24")


def from_av(picture: av.VideoFrame, at_us: int) -> Frame:
    """Turn a decoded picture into RGB; about 10 ms for two megapixels."""
    rgb = picture.to_ndarray(format="rgb24")
    return Frame(picture.width, picture.height, rgb.tobytes(), at_us)


def to_jpeg(picture: av.VideoFrame) -> bytes:
    """Compress a decoded picture, at most `JPEG_SIDE` wide and high."""
    scale = min(1.0, JPEG_SIDE / max(picture.width, picture.height))
    width, height = (max(1, round(side * scale)) for side in (picture.width, picture.height))
    return jpeg_of(Image.fromarray(picture.to_ndarray(format="rgb24", width=width, height=height)))


def mixed_down(block: av.AudioFrame) -> bytes | None:
    """A decoded block as 20 ms of s16le, 48 kHz, mono, where it is as Opus usually comes; None for any other.

    A tenth of what a resampler costs, fifty times a second.
    """
    import numpy as np

    if (block.format.name, block.layout.name, block.sample_rate, block.samples) != ("s16", "stereo", 48_000, 960):
        return None
    left_right = block.to_ndarray().reshape(-1, 2).astype(np.int32)
    return ((left_right[:, 0] + left_right[:, 1]) >> 1).astype("<i2").tobytes()


class View(Newest["av.VideoFrame"]):
    """The newest decoded picture of one medium; turned into RGB only when somebody looks, and only once."""

    def __init__(self, hidden_size: tuple[int, int] | None = None) -> None:
        """A picture of `hidden_size` says that nothing is to be seen; it is not counted."""
        super().__init__()
        self._hidden_size = hidden_size
        self._looked = (0, Frame(0, 0, b"", 0))

    def put(self, value: av.VideoFrame) -> None:
        if (value.width, value.height) == self._hidden_size:
            self.clear()
        else:
            super().put(value)

    def frame(self) -> Frame | None:
        """What is to be seen now; None when nothing is."""
        if self.value is None:
            return None
        if self._looked[0] != self.count:
            self._looked = (self.count, from_av(self.value, self.at_us))
        return self._looked[1]

    async def first(self, timeout_s: float, what: str) -> Frame:
        """Wait until something is to be seen. Raises `DeviceFault` `call.no_picture`."""
        try:
            async with asyncio.timeout(timeout_s):
                return from_av(await self.after(0), self.at_us)
        except (TimeoutError, EndedError):
            text = NO_PICTURE.format(what, f"{timeout_s:g}")
            raise DeviceFault("call.no_picture", text, retryable=True) from None


class Loudness:
    """The root mean square of what was heard during the last 200 ms."""

    def __init__(self) -> None:
        self._heard: deque[tuple[int, float]] = deque(maxlen=50)

    def hear(self, samples: np.ndarray[tuple[int, ...], np.dtype[np.int16]]) -> None:
        """Take a block of signed 16-bit samples."""
        import numpy as np

        if samples.size:
            flat = samples.ravel().astype(np.float32)
            self._heard.append((now_us(), float(np.dot(flat, flat)) / flat.size / 32_768**2))

    def hear_pcm(self, pcm: bytes) -> None:
        """Take a block as bytes (s16le)."""
        if pcm.count(0) == len(pcm):  # silence, which is most of what is heard in memory
            self._heard.extend([(now_us(), 0.0)] if pcm else [])
            return
        import numpy as np

        self.hear(np.frombuffer(pcm, "<i2"))

    def hear_frame(self, block: av.AudioFrame) -> None:
        """Take a decoded block, which is s16."""
        import numpy as np

        self.hear(block.to_ndarray().astype(np.int16, copy=False))

    def level(self) -> float:
        """0.0 (silence, or nothing heard) to 1.0."""
        since = now_us() - LEVEL_WINDOW_US
        recent = [power for at_us, power in self._heard if at_us >= since]
        return math.sqrt(sum(recent) / len(recent)) if recent else 0.0
