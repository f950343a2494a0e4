"""What goes out: one track per kind, on its own clock. Sources may change, stop and start; the track never does.

A track that ends, raises or goes back in time kills aiortc's sender for good and without a word. Therefore foreign
tracks are never handed on: these two take values and stamp them themselves.
"""

from __future__ import annotations

import asyncio
import fractions

import av
import numpy as np
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError

from lisa_core.domain.model.frames import Frame
from lisa_core.equipment.media.newest import EndedError, Newest
from lisa_core.equipment.media.pictures import to_av
from lisa_core.equipment.media.sound.voice import BLOCK_SAMPLES, SteadyVoice

CLOCK_RATE = 90_000
SAMPLE_RATE = 48_000
PERSON_INTERVAL_S = 1 / 30
"""Minimum seconds between two pictures of a person; cameras usually give fewer."""

_TICKS = fractions.Fraction(1, CLOCK_RATE)
_SAMPLES = fractions.Fraction(1, SAMPLE_RATE)


class PictureTrack(MediaStreamTrack):
    """Sends each newest picture of a source, at most one per `least_interval_s`."""

    kind = "video"

    def __init__(self, source: Newest[Frame], least_interval_s: float) -> None:
        super().__init__()
        self._source, self._least_s = source, least_interval_s
        self._sent, self._last_s, self._pts = 0, 0.0, -1

    async def recv(self) -> av.VideoFrame:
        """Return the next picture when there is one."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self._last_s + self._least_s - loop.time())
        try:
            frame = await self._source.after(self._sent)
        except EndedError as error:
            raise MediaStreamError from error
        self._sent, self._last_s = self._source.count, loop.time()
        self._pts = max(self._pts + 1, round(self._last_s * CLOCK_RATE))
        picture = to_av(frame)
        picture.pts, picture.time_base = self._pts, _TICKS
        return picture


class SoundTrack(MediaStreamTrack):
    """Sends 20 ms blocks without a gap: what was put in, else silence."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._voice = SteadyVoice()

    def put(self, pcm: bytes) -> None:
        """Queue one block: 960 samples, signed 16-bit little-endian, mono, 48 kHz."""
        self._voice.put(pcm)

    def drop(self) -> None:
        """Forget what waits."""
        self._voice.drop()

    async def recv(self) -> av.AudioFrame:
        """Return the next block when its time has come."""
        samples = np.frombuffer(await self._voice.next(), "<i2").reshape(1, -1)
        block = av.AudioFrame.from_ndarray(samples, "s16", "mono")
        block.sample_rate, block.time_base = SAMPLE_RATE, _SAMPLES
        block.pts = self._voice.number * BLOCK_SAMPLES
        return block
