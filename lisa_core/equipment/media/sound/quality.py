"""What a microphone sends says what is wrong with it: nothing but zeros, full scale again and again, the mains.

No room is that quiet: a converter of sound always stirs its last bit. One with a noise gate does not: the option
`still_s` of its driver says so.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator
from contextlib import aclosing

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import AudioBlock

BLOCK_S = 0.02
STILL_S = 10.0
FULL_SCALE, CLIPPED_SHARE = 32_700, 0.01
"""A block is clipped when so many of its samples are as large as they can be."""
CLIPPED_BLOCKS, CLIPPED_OF = 10, 50
HARMONICS = 3
HUM_SHARE, HUM_LEVEL = 0.8, 0.003
"""A block hums when so much of its power lies at 50, 100 and 150 Hz, and it is louder than this (of full scale)."""
HUM_BLOCKS, HUM_OF, HUM_EACH = 45, 50, 5
"""Whoever speaks breathes: five seconds without a pause are no voice. The mains do not change from block to block:
each fifth is looked through."""


class Lively:
    """Ends a stream that is nothing but zeros, and goes on only when something is heard again."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._still = False

    async def heard(
        self, blocks: AsyncGenerator[AudioBlock, None], still_s: float = STILL_S
    ) -> AsyncGenerator[AudioBlock, None]:
        """The same blocks. Fault `microphone.still` after so long (0: never); from then on zeros are left out."""
        zeros = 0
        async with aclosing(blocks):
            async for block in blocks:
                zeros = zeros + 1 if block.pcm.count(0) == len(block.pcm) else 0
                if still_s and zeros * BLOCK_S >= still_s:
                    self._still = True
                    text = f"{self._name}: Seit {still_s:g} s kommt nur Stille. Ist es stummgeschaltet?"
                    raise DeviceFault("microphone.still", text, retryable=True)
                self._still = self._still and zeros > 0
                if not self._still:
                    yield block


class Quality:
    """Of one leg: what is wrong is said once."""

    def __init__(self) -> None:
        self._clipped = deque[bool](maxlen=CLIPPED_OF)
        self._hums = deque[bool](maxlen=HUM_OF)
        self._blocks = 0
        self._said: set[str] = set()

    def judge(self, pcm: bytes) -> DeviceFault | None:
        """What is wrong as of this block (s16le), the first time: `microphone.clipping`, `microphone.hum`."""
        loudest = _loudest(pcm)
        self._clipped.append(loudest >= FULL_SCALE and _is_clipped(pcm))
        if self._blocks % HUM_EACH == 0:
            self._hums.append(loudest > HUM_LEVEL * 32_768 and _hums(pcm))
        self._blocks += 1
        if sum(self._clipped) >= CLIPPED_BLOCKS:
            return self._once("microphone.clipping", "Es kracht oder übersteuert. Leiser stellen, Stecker prüfen.")
        if sum(self._hums) >= HUM_BLOCKS:
            return self._once("microphone.hum", "Es brummt. Kabel und Netzteil prüfen.")
        return None

    def _once(self, code: str, text: str) -> DeviceFault | None:
        if code in self._said:
            return None
        self._said.add(code)
        return DeviceFault(code, text, retryable=True)


def _loudest(pcm: bytes) -> int:
    """The largest of its samples, whatever its sign; 0 for none."""
    if not pcm or pcm.count(0) == len(pcm):  # which is most of what is heard in memory
        return 0
    import numpy as np

    samples = np.frombuffer(pcm, "<i2")
    return max(int(samples.max()), -int(samples.min()))


def _is_clipped(pcm: bytes) -> bool:
    import numpy as np

    samples = np.frombuffer(pcm, "<i2").astype(np.float32)
    return float(np.mean(np.abs(samples) >= FULL_SCALE)) > CLIPPED_SHARE


def _hums(pcm: bytes) -> bool:
    import numpy as np

    samples = np.frombuffer(pcm, "<i2").astype(np.float32)
    power = np.square(np.abs(np.fft.rfft(samples)))[1:] / samples.size**2 * 2  # 20 ms are one period of the mains
    total = float(np.sum(power))
    return total > (HUM_LEVEL * 32_768) ** 2 and float(np.sum(power[:HARMONICS])) > HUM_SHARE * total
