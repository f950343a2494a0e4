"""What is wrong with a microphone shows in what it sends, and a voice is nothing that is wrong."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from emulator.devices.microphone import CRACKLES, DEAF, HUMS, open_microphone, sent
from emulator.world.live_world import HostedWorld
from emulator.world.world import World
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import AudioBlock
from lisa_core.equipment.media import microphone as pcm_microphone
from lisa_core.equipment.media.sound.echo import Air, _Cleaned
from lisa_core.equipment.media.sound.quality import HUM_EACH, HUM_OF, Lively, Quality
from lisa_core.equipment.media.sound.voice import BLOCK_BYTES, SILENCE
from tests.media.booths import LIMIT_S
from tests.media.voices import blocks_of, speech

SPEAKS = 2**60


async def exhausted(blocks: AsyncIterator[AudioBlock]) -> None:
    async with asyncio.timeout(LIMIT_S):
        async for _ in blocks:
            pass


def judged(blocks: list[bytes]) -> list[str]:
    quality = Quality()
    return [found.code for found in map(quality.judge, blocks) if found is not None]


def emulated(seconds: float, *, speaking: bool, faults: tuple[str, ...] = ()) -> list[bytes]:
    world = World(voice_until_us=SPEAKS if speaking else 0, faults=faults)
    return [sent(world, number * 20_000) for number in range(int(seconds * 50))]


@pytest.mark.parametrize("pitch", [97])
def test_no_voice_is_taken_for_a_fault(pitch: int) -> None:
    voice = speech(5, pitch)
    assert judged([*blocks_of(voice)]) == judged([*blocks_of(2.4 * voice)]) == []
    assert judged(emulated(5, speaking=True)) == judged(emulated(5, speaking=False)) == []


@pytest.mark.parametrize("speaking", [True, False])
@pytest.mark.parametrize(("fault", "code"), [(CRACKLES, "microphone.clipping"), (HUMS, "microphone.hum")])
def test_what_is_wrong_is_said_once(fault: str, code: str, speaking: bool) -> None:
    if fault == HUMS and speaking:
        assert judged(emulated(6, speaking=True, faults=(fault,))) == [], "her voice is louder than the mains"
        return
    assert judged(emulated(12, speaking=speaking, faults=(fault,))) == [code]


def test_a_hum_that_swells_with_somebodys_pauses_is_none() -> None:
    hum = 0.1 * np.sin(2 * np.pi * 50 * np.arange(960 * HUM_OF * HUM_EACH * 2) / 48_000)
    on_and_off = hum * (np.arange(hum.size) // 24_000 % 3 > 0)
    assert judged([*blocks_of(on_and_off)]) == []
    assert judged([*blocks_of(hum)]) == ["microphone.hum"]


def test_nothing_but_zeros_is_a_deaf_microphone_until_it_hears_again() -> None:
    async def stream(*blocks: bytes) -> AsyncGenerator[AudioBlock, None]:
        for number, pcm in enumerate(blocks):
            yield AudioBlock(pcm, number)

    async def play() -> None:
        lively, stirs = Lively("Mikrofon"), b"\1" + SILENCE[1:]
        await exhausted(lively.heard(stream(*[SILENCE] * 499, stirs, *[SILENCE] * 499)))  # so long it may be
        with pytest.raises(DeviceFault, match="10 s kommt nur Stille"):
            await exhausted(lively.heard(stream(*[SILENCE] * 500)))
        back = [block.pcm async for block in lively.heard(stream(SILENCE, SILENCE, stirs, SILENCE))]
        assert back == [stirs, SILENCE], "opened anew it is not back before it hears something"
        await exhausted(Lively("Schwelle").heard(stream(*[SILENCE] * 2000), still_s=0))

    asyncio.run(play())


def test_who_stops_listening_leaves_no_device_open() -> None:
    is_open: list[bool] = []

    class Device:
        def blocks(self) -> AsyncIterator[AudioBlock]:
            return Lively("Mikrofon").heard(self._blocks())

        async def _blocks(self) -> AsyncGenerator[AudioBlock, None]:
            is_open.append(True)
            try:
                yield AudioBlock(b"\1\0", 0)
            finally:
                is_open.clear()

    async def listen() -> None:
        for microphone in (Device(), _Cleaned(Device(), Air())):
            blocks = microphone.blocks()
            assert isinstance(blocks, AsyncGenerator)
            await anext(blocks)
            assert is_open
            await blocks.aclose()
            assert not is_open, type(microphone)

    asyncio.run(listen())


def test_the_driver_misses_a_deaf_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lively.heard, "__defaults__", (0.1,))

    async def listen() -> None:
        world = HostedWorld(World(faults=(DEAF,), voice_until_us=SPEAKS))
        async with open_microphone(world) as binding, pcm_microphone.open_microphone(binding, {}) as device:
            with pytest.raises(DeviceFault) as raised:
                await exhausted(device.blocks())
            assert raised.value.code == "microphone.still"
            await world.act("heal", fault=DEAF)
            async with asyncio.timeout(LIMIT_S):
                assert any((await anext(aiter(device.blocks()))).pcm)

    asyncio.run(listen())


def test_a_microphone_is_not_silent_while_nothing_runs_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pcm_microphone, "SILENT_S", 0.1)
    path, said = str(tmp_path / "mikrofon"), bytes(BLOCK_BYTES)

    async def heard_late(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def held_up() -> None:
            threading.Event().wait(0.3)  # the machine has no processor for us
            writer.write(said)

        asyncio.get_running_loop().call_later(0.05, held_up)

    async def listen() -> None:
        server = await asyncio.start_unix_server(heard_late, path)
        async with (
            server,
            pcm_microphone.open_microphone(f"pcm:{path}", {}) as device,
            aclosing(cast("AsyncGenerator[AudioBlock, None]", device.blocks())) as blocks,
        ):
            assert (await anext(blocks)).pcm == said

    asyncio.run(listen())
