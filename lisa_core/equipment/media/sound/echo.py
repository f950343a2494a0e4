"""The booth's own loudspeaker taken out of what its microphone hears: the agent does not hear herself.

WebRTC's canceller (AEC3) does it; what it needs is what was handed to the loudspeaker, at the pace of what is heard.

    agent's voice --> play() ----------------------> loudspeaker ~~~> air ~~~> microphone --> clean() --> the desk
                        +--> reference, by its time ---------------------------------------------^

Both run on clocks of 20 ms, and come in bursts. So a block is looked up by the time at which it was due, and not by the
order in which it came: a stumble costs a block and never the alignment. Nothing of it is kept beyond a leg.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lisa_core.domain.model.frames import AudioBlock
from lisa_core.equipment.media.sound.voice import BLOCK_BYTES, SILENCE
from lisa_core.equipment.slots.devices import Loudspeaker, Microphone, Slots

if TYPE_CHECKING:
    from pywebrtc_audio import AudioProcessor

BLOCK_US = 20_000
LEAD_US = BLOCK_US
"""A block that was due so long ago has been handed over, and is not heard yet: devices hold more than that."""
LATE_US = 2 * BLOCK_US
LATE_BLOCKS = 50
"""After so many blocks in a row that came later than `LATE_US` the microphone's clock has run away, or lost some."""
MOST_HELD = 50


class Air:
    """One booth: what its loudspeaker plays, its microphone hears."""

    def __init__(self) -> None:
        self._played: deque[AudioBlock] = deque(maxlen=MOST_HELD)

    def play(self, block: AudioBlock) -> None:
        """This is handed to the loudspeaker; `at_us` is when it was due."""
        self._played.append(block)

    def due(self, until_us: int) -> bytes:
        """The newest block that was due then; silence when there is none. Older ones are forgotten."""
        pcm = SILENCE
        while self._played and self._played[0].at_us <= until_us:
            pcm = self._played.popleft().pcm
        return pcm

    def forget(self) -> None:
        """Keep nothing."""
        self._played.clear()


class EchoCanceller:
    """Of one leg: what it has learnt of the room is dropped with it."""

    def __init__(self, air: Air) -> None:
        self._air = air
        self._processor = _processor()
        self._next_us = 0
        """When the next block is due, by the microphone's own pace."""
        self._late: list[int] = []

    def clean(self, block: AudioBlock) -> bytes:
        """The same 20 ms without what the loudspeaker said. A block of another length passes as it is."""
        import numpy as np  # what is emulated has no air, and no use for either

        if len(block.pcm) != BLOCK_BYTES:
            return block.pcm
        played = self._air.due(self._due_us(block.at_us) - LEAD_US)
        heard, said = (np.frombuffer(pcm, "<i2") for pcm in (block.pcm, played))
        cleaned: bytes = self._processor.process(heard, said).tobytes()
        return cleaned

    def _due_us(self, came_us: int) -> int:
        """When a block that came now was due: blocks come late, and never early."""
        late_us = came_us - self._next_us
        self._late = [*self._late, late_us] if late_us > LATE_US else []
        if late_us < -LATE_US or not self._next_us:
            self._next_us = came_us
        elif len(self._late) >= LATE_BLOCKS:
            self._next_us += min(self._late)
            self._late = []
        due_us = min(self._next_us, came_us)
        self._next_us = due_us + BLOCK_US
        return due_us


def without_echo(slots: Slots) -> Slots:
    """The same devices; what the loudspeaker plays is taken out of what the microphone hears."""
    if slots.loudspeaker is None:
        return slots
    air = Air()
    return replace(slots, microphone=_Cleaned(slots.microphone, air), loudspeaker=_Noted(slots.loudspeaker, air))


class _Cleaned:
    def __init__(self, inner: Microphone, air: Air) -> None:
        self._inner, self._air = inner, air

    async def blocks(self) -> AsyncIterator[AudioBlock]:
        canceller, heard = EchoCanceller(self._air), self._inner.blocks()
        try:
            async for block in heard:
                yield replace(block, pcm=canceller.clean(block))
        finally:
            if isinstance(heard, AsyncGenerator):  # what a driver holds open ends with us
                await heard.aclose()


class _Noted:
    def __init__(self, inner: Loudspeaker, air: Air) -> None:
        self._inner, self._air = inner, air

    async def check(self) -> None:
        await self._inner.check()

    async def play(self, blocks: AsyncIterable[AudioBlock]) -> None:
        try:
            await self._inner.play(self._noted(blocks))
        finally:
            self._air.forget()

    async def _noted(self, blocks: AsyncIterable[AudioBlock]) -> AsyncIterator[AudioBlock]:
        async for block in blocks:
            self._air.play(block)
            yield block


def _processor() -> AudioProcessor:
    from pywebrtc_audio import AudioProcessor

    return AudioProcessor(sample_rate=48_000, echo_cancellation=True)
