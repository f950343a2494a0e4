"""A booth for tests of the call: cameras that show charts, a microphone that hums when told, and waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Callable

import numpy as np
from numpy.typing import NDArray

from lisa_core.domain.model.frames import AudioBlock, Frame
from lisa_core.equipment.media.face import voice_block

LIMIT_S = 60.0


class ChartCamera:
    """Shows one picture again and again, until another is set."""

    def __init__(self, picture: NDArray[np.uint8], interval_s: float = 0.05) -> None:
        self.picture, self._interval_s = picture, interval_s

    async def frames(self) -> AsyncIterator[Frame]:
        while True:
            height, width, _ = self.picture.shape
            yield Frame(width, height, self.picture.tobytes(), 0)
            await beat(self._interval_s)


class HummingMicrophone:
    """20 ms blocks: a voice while `speaking`."""

    def __init__(self) -> None:
        self.speaking = False

    async def blocks(self) -> AsyncIterator[AudioBlock]:
        number = 0
        while True:
            yield AudioBlock(voice_block(number) if self.speaking else bytes(1920), 0)
            number += 1
            await beat(0.02)


class NotedLoudspeaker:
    """Says which sizes of blocks it was given, and how many of them were a voice."""

    def __init__(self) -> None:
        self.sizes: set[int] = set()
        self.loud = 0

    async def check(self) -> None:
        """It is there."""

    async def play(self, blocks: AsyncIterable[AudioBlock]) -> None:
        async for block in blocks:
            self.sizes.add(len(block.pcm))
            self.loud += int(np.abs(np.frombuffer(block.pcm, "<i2")).max()) > 1_000


def plain(width: int, height: int, colour: tuple[int, int, int]) -> NDArray[np.uint8]:
    return np.full((height, width, 3), colour, np.uint8)


def chart(width: int = 1200, height: int = 1600, cell: int = 8) -> NDArray[np.uint8]:
    """Black and white squares in a fixed disorder, as hard for a codec as small print."""
    bits = np.random.default_rng(7).integers(0, 2, (height // cell, width // cell), np.uint8)
    grey = np.kron(bits, np.full((cell, cell), 255, np.uint8))
    return np.repeat(grey[:, :, None], 3, axis=2)


def pixels(frame: Frame) -> NDArray[np.uint8]:
    return np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)


async def until(true: Callable[[], bool], interval_s: float = 0.01) -> None:
    """Wait for something that cannot call; the test fails when it does not come."""
    async with asyncio.timeout(LIMIT_S):
        while not true():
            await beat(interval_s)


async def beat(seconds: float) -> None:
    """The rhythm of a device."""
    await asyncio.wait((asyncio.get_running_loop().create_future(),), timeout=seconds)
