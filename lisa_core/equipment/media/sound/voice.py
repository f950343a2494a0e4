"""Sound on its way at the pace of a clock: 20 ms blocks without a gap, what was put in or silence.

Whoever puts in and whoever takes out may stumble: 80 ms are held against that, and older sound is dropped rather than
heard late. Nothing else is kept, and nothing of it when it is dropped.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from lisa_core.domain.model.frames import AudioBlock

BLOCK_S = 0.02
BLOCK_SAMPLES = 960
BLOCK_BYTES = 2 * BLOCK_SAMPLES
SILENCE = bytes(BLOCK_BYTES)
MOST_HELD = 4
CATCHES_UP, GOES_ON = 10, 1
"""Blocks by which a reader may be late before the time that it missed is left out. Who sends can make up for it; what
is played has paused meanwhile, and would be heard late from then on."""


class SteadyVoice:
    """One block each 20 ms for one reader."""

    def __init__(self, most_behind: int = CATCHES_UP) -> None:
        self._most_behind = most_behind
        self._held: deque[bytes] = deque(maxlen=MOST_HELD)
        self._muted = False
        self.number = 0
        """Which block came last; blocks that were left out are counted."""
        self._start_s = 0.0

    def put(self, pcm: bytes) -> None:
        """Take one block: 960 samples, s16le, mono, 48 kHz. One of another length is silence."""
        if not self._muted:
            self._held.append(pcm)

    def mute(self, muted: bool) -> None:
        """Give silence from now on, whatever is put in, or no longer; what is held is forgotten."""
        self._muted = muted
        self.drop()

    def drop(self) -> None:
        """Forget what is held."""
        self._held.clear()

    async def next(self) -> bytes:
        """The next block, when its time has come."""
        loop = asyncio.get_running_loop()
        if not self._start_s:
            self._start_s, self.number = loop.time(), -1
        await asyncio.sleep(self._start_s + (self.number + 1) * BLOCK_S - loop.time())
        behind = int((loop.time() - self._start_s) / BLOCK_S) - (self.number + 1)
        self.number += 1 + (behind if behind > self._most_behind else 0)
        pcm = self._held.popleft() if self._held else SILENCE
        return pcm if len(pcm) == BLOCK_BYTES else SILENCE

    async def __aiter__(self) -> AsyncIterator[AudioBlock]:
        """The blocks with the times at which they were due, however late the reader is."""
        while True:
            pcm = await self.next()
            yield AudioBlock(pcm, round((self._start_s + self.number * BLOCK_S) * 1_000_000))
