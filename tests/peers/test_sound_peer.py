"""The sound devices of PulseAudio as microphone and loudspeaker of a talk, and what is said when they fail."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from lisa_core.booth.device_health import for_calls
from lisa_core.booth.sensors import Watch
from lisa_core.cli.diagnosis.listed import sound_lines
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.drivers.whereabouts import whereabouts
from lisa_core.equipment.media.call import RtcMedia
from lisa_core.equipment.media.face import voice_block
from lisa_core.equipment.media.sound.audio import DRIVER, open_audio
from lisa_core.equipment.media.sound.voice import BLOCK_S, GOES_ON, SteadyVoice
from lisa_core.equipment.slots.catalogue import NEEDED
from lisa_core.equipment.slots.devices import Loudspeaker, Microphone, Slots
from lisa_core.equipment.slots.driver import chosen
from lisa_core.equipment.slots.origin import Where
from tests.media.booths import LIMIT_S, ChartCamera, beat, plain, until
from tests.media.voices import blocks_of, speech
from tests.peers.clients import Client
from tests.peers.sound_server import PIPEWIRE, TOOLS, SoundServer, pipewire_server, sound_server

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "microphone",
        "PulseAudio",
        "16.1",
        "Debian",
        "server",
        "test_agent_and_citizen_hear_each_other_through_sound_devices",
        "heard in a call; moved to another device, unplugged, the service ended",
    ),
    Client(
        "loudspeaker",
        "PulseAudio",
        "16.1",
        "Debian",
        "server",
        "test_what_is_wrong_with_a_sound_device_is_said",
        "played, on two devices at once; muted, unplugged, the service ended",
    ),
    Client(
        "loudspeaker",
        "PipeWire",
        "0.3.65",
        "Debian",
        "server",
        "test_they_hear_each_other_through_pipewire",
        "played and heard in a call; muted while the door is open and while the agent asks a colleague",
    ),
)
SINKS = tuple(f"module-null-sink sink_name={name} rate=48000 channels=1" for name in ("kegel", "raum"))
BLOCK = 1920
LOUD, QUIET = 0.02, 0.0005


@contextlib.asynccontextmanager
async def opened(name: str, protocol: type, **options: Any) -> AsyncIterator[Any]:
    """A slot on a device of this name, as a profile opens it."""
    served = DRIVER.serving(protocol)
    assert served is not None
    given = chosen(DRIVER.options_for(protocol), options)
    async with open_audio(f"audio:{name}", given) as port:
        yield served.slot(port, given)


async def sound_slots(stack: contextlib.AsyncExitStack) -> Slots:
    """A booth that has ears and a mouth, and nothing else."""
    microphone = await stack.enter_async_context(opened("raum.monitor", Microphone))
    loudspeaker = await stack.enter_async_context(opened("kegel", Loudspeaker))
    others: Any = dict.fromkeys(NEEDED)
    return Slots(**{**others, "microphone": microphone}, loudspeaker=loudspeaker)


def run(
    scenario: Callable[[SoundServer], Awaitable[None]],
    monkeypatch: pytest.MonkeyPatch,
    *more: str,
    serving: Callable[..., contextlib.AbstractAsyncContextManager[SoundServer]] = sound_server,
) -> None:
    """Play it on a daemon of its own; afterwards no task and no stream is left."""
    monkeypatch.setenv("PULSE_SERVER", "")

    async def play() -> None:
        async with serving(*SINKS, *more) as server:
            before = asyncio.all_tasks()
            await scenario(server)
            assert asyncio.all_tasks() == before

    asyncio.run(play())


async def until_level(sound: asyncio.StreamReader, fits: Callable[[float], bool], blocks: int = 5) -> None:
    """Listen until so many blocks in a row are so."""
    count = 0
    async with asyncio.timeout(LIMIT_S):
        while count < blocks:
            count = count + 1 if fits(level(await sound.readexactly(BLOCK))) else 0


def level(pcm: bytes) -> float:
    return float(np.sqrt(np.mean(np.square(np.frombuffer(pcm, "<i2") / 32_768))))


async def talk(to: asyncio.StreamWriter) -> None:
    """Somebody in the booth speaks for ever."""
    number = 0
    while True:
        to.write(voice_block(number))
        await to.drain()
        number += 1


async def streams(server: SoundServer) -> list[str]:
    return [(await server.say("list", "short", kind)) for kind in ("sink-inputs", "source-outputs")]


def test_agent_and_citizen_hear_each_other_through_sound_devices(
    need: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for tool in TOOLS:
        need(tool)
    run(talk_both_ways, monkeypatch)


@pytest.mark.long
@pytest.mark.skipif(
    os.environ.get("LISA_LONG") != "1", reason="derselbe Treiber an einem zweiten Tondienst: nur mit LISA_LONG=1"
)
def test_they_hear_each_other_through_pipewire(need: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    for tool in (*PIPEWIRE, *TOOLS[1:]):
        need(tool)
    run(talk_both_ways, monkeypatch, serving=pipewire_server)


async def talk_both_ways(server: SoundServer) -> None:
    """Agent and citizen hear each other, and nothing of each other while they are not to."""
    async with contextlib.AsyncExitStack() as stack:
        media, slots = RtcMedia(), for_calls(await sound_slots(stack), Watch(lambda *_: None), lambda *_: None)
        camera = ChartCamera(plain(320, 240, (40, 160, 60)))
        booth = await media.booth_leg(camera, camera, slots.microphone, slots.loudspeaker)
        desk = await media.desk_leg("Petra Beispiel")
        stack.push_async_callback(desk.aclose)
        stack.push_async_callback(booth.aclose)
        await booth.accept(await desk.answer(await booth.offer()))
        await booth.connected(LIMIT_S)

        citizen = await stack.enter_async_context(server.spoken("raum"))
        speaking = asyncio.create_task(talk(citizen))
        stack.callback(speaking.cancel)
        await until(lambda: desk.voice_level() > LOUD)
        desk.speak(10 * LIMIT_S)
        async with server.heard("kegel.monitor") as heard:
            await until_level(heard, lambda loudness: loudness > LOUD)
            booth.mute(True)
            await until_level(heard, lambda loudness: loudness < QUIET)
            await until(lambda: desk.voice_level() < QUIET)
            booth.mute(False)
            booth.hold(True)
            await until(lambda: desk.voice_level() > LOUD)
            await until_level(heard, lambda loudness: loudness < QUIET)
            booth.hold(False)
            await until_level(heard, lambda loudness: loudness > LOUD)
        await booth.aclose()
        assert "parec" not in str(await streams(server))
        speaking.cancel()
        await asyncio.gather(speaking, return_exceptions=True)
    await until_gone(server)


async def until_gone(server: SoundServer) -> None:
    """The server has noticed that our streams have ended: nothing of them is played any more."""
    async with asyncio.timeout(LIMIT_S):
        while any(await streams(server)):
            await beat(0.05)


def test_what_is_wrong_with_a_sound_device_is_said(need: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    for tool in TOOLS:
        need(tool)

    async def fault(work: Awaitable[object]) -> DeviceFault:
        with pytest.raises(DeviceFault) as raised:
            async with asyncio.timeout(LIMIT_S):
                await work
        return raised.value

    async def listen(microphone: Microphone) -> None:
        async for _ in microphone.blocks():
            pass

    async def scenario(server: SoundServer) -> None:
        assert whereabouts("audio:kegel") == (Where.VIRTUAL, "kegel")
        assert any('"audio:kegel"' in line for line in sound_lines())
        async with opened("kegle", Loudspeaker) as wrong:
            assert "Meinten Sie „kegel“?" in str(await fault(wrong.check()))
        async with opened("kegel", Loudspeaker, also="schleife") as loudspeaker:
            assert "„schleife“" in str(await fault(loudspeaker.play(SteadyVoice())))
        async with opened("kegel", Loudspeaker) as loudspeaker, opened("kegel.monitor", Microphone) as microphone:
            await loudspeaker.check()
            await anext(microphone.blocks())
            async with opened("kegel", Loudspeaker, also="raum") as both, server.heard("raum.monitor") as loop:
                agent = SteadyVoice(GOES_ON)
                works = [asyncio.create_task(work) for work in (both.play(agent), speak(agent, AGENT))]
                await until_level(loop, lambda loudness: loudness > LOUD, blocks=2)
                await ended(works)
            await until_gone(server)
            playing = asyncio.create_task(loudspeaker.play(SteadyVoice()))
            await until_some(server, "sink-inputs")
            await server.say("set-sink-mute", "kegel", "1")
            assert (await fault(playing)).code == "loudspeaker.muted"
            await server.say("set-sink-mute", "kegel", "0")
            listening = asyncio.create_task(listen(microphone))
            await until_some(server, "source-outputs")
            await server.say("move-source-output", await number(server, "source-outputs"), "raum.monitor")
            assert (await fault(listening)).code == "microphone.lost", "another microphone hears nobody"
            playing = asyncio.create_task(loudspeaker.play(SteadyVoice()))
            await until_some(server, "sink-inputs")
            await server.say("unload-module", await number(server, "modules"))
            assert (await fault(playing)).code in ("loudspeaker.missing", "loudspeaker.lost")
            server.process.kill()
            await server.process.wait()
            assert "kein Tondienst" in str(await fault(loudspeaker.check()))

    run(scenario, monkeypatch)


def test_what_changes_before_the_server_tells_changes_is_seen(
    need: Callable[[str], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On a slow machine the program that listens for changes has begun, and its connection not yet."""
    for tool in TOOLS:
        need(tool)
    slow, muted = tmp_path / "pactl", tmp_path / "stumm"
    waits = f'[ "$1" != subscribe ] || while [ ! -e {muted} ]; do sleep 0.05; done'
    slow.write_text(f'#!/bin/sh\n{waits}\nexec {shutil.which("pactl")} "$@"\n', encoding="utf-8")
    slow.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    async def scenario(server: SoundServer) -> None:
        async with opened("kegel", Loudspeaker) as loudspeaker:
            playing = asyncio.create_task(loudspeaker.play(SteadyVoice()))
            await until_some(server, "sink-inputs")
            await server.say("set-sink-input-mute", await number(server, "sink-inputs"), "1")
            muted.touch()
            with pytest.raises(DeviceFault, match="Für LISA"):
                await asyncio.wait_for(playing, LIMIT_S)

    run(scenario, monkeypatch)


REMEMBERS = "module-stream-restore restore_device=false"


def test_what_the_server_remembers_of_our_program_is_told_before_anybody_talks_to_nobody(
    need: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody has muted LISA in a mixer, once: its next stream is mute from the start, while the device is on."""
    for tool in TOOLS:
        need(tool)

    async def fault(work: Awaitable[object]) -> str:
        with pytest.raises(DeviceFault) as raised:
            async with asyncio.timeout(LIMIT_S):
                await work
        return f"{raised.value.code}: {raised.value}"

    async def scenario(server: SoundServer) -> None:
        async with opened("kegel", Loudspeaker) as loudspeaker:
            playing = asyncio.create_task(loudspeaker.play(SteadyVoice()))
            await until_some(server, "sink-inputs")
            await server.say("set-sink-input-mute", await number(server, "sink-inputs"), "1")
            assert "loudspeaker.muted: Lautsprecher „kegel“: Für LISA" in await fault(playing)
            for _ in range(2):
                assert "loudspeaker.muted" in await fault(loudspeaker.play(SteadyVoice())), "from its start"
                assert "loudspeaker.muted" in await fault(loudspeaker.check()), "whoever asks is not told otherwise"
                await until_gone(server)
            await server.say("set-sink-volume", "kegel", "0")
            assert "auf null" in await fault(loudspeaker.check())

    run(scenario, monkeypatch, REMEMBERS)


async def until_some(server: SoundServer, kind: str) -> None:
    async with asyncio.timeout(LIMIT_S):
        while not await server.say("list", "short", kind):
            await beat(0.05)


async def number(server: SoundServer, kind: str) -> str:
    """The number of the first of this kind."""
    return (await server.say("list", "short", kind)).split("\t")[0]


SECONDS = 6
AGENT, CITIZEN = speech(SECONDS, 140), speech(SECONDS, 210)


async def speak(voice: SteadyVoice, sound: NDArray[np.float64]) -> None:
    """Somebody speaks for ever, at the pace of a clock."""
    loop, number = asyncio.get_running_loop(), 0
    start_s = loop.time()
    while True:
        for pcm in blocks_of(sound):
            voice.put(pcm)
            number += 1
            await beat(start_s + number * BLOCK_S - loop.time())


async def ended(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
