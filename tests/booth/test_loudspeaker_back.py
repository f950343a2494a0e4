"""A loudspeaker that was away during a call: once it is told that it is back, what is said is heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator

import pytest

from lisa_core.booth import device_health
from lisa_core.booth.sensors import Watch
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import AudioBlock

MUTED = DeviceFault("loudspeaker.muted", "stumm", retryable=True)


class _Muted:
    """Refuses whoever plays until it is switched on."""

    def __init__(self) -> None:
        self.on, self.tries, self.heard = False, 0, list[AudioBlock]()

    async def check(self) -> None:
        if not self.on:
            raise MUTED

    async def play(self, blocks: AsyncIterable[AudioBlock]) -> None:
        self.tries += 1
        await self.check()
        async for block in blocks:
            self.heard.append(block)


async def _one_block() -> AsyncIterator[AudioBlock]:
    yield AudioBlock(bytes(1920), 0)


def test_whoever_hears_that_it_is_back_may_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_health, "RETRY_S", 3600.0)

    async def scenario() -> None:
        speaker, told = _Muted(), list[bool]()
        watch = Watch(lambda slot, answers: told.append(answers))
        playing = asyncio.create_task(device_health._WatchedLoudspeaker(speaker, watch).play(_one_block()))
        while not watch.gone:
            await asyncio.sleep(0)
        assert (speaker.tries, speaker.heard) == (1, [])
        speaker.on = True
        watch.answers("loudspeaker")
        await playing
        assert (told, speaker.tries, len(speaker.heard)) == ([False, True], 2, 1)

    asyncio.run(asyncio.wait_for(scenario(), 60))
