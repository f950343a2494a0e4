"""The sound devices of PulseAudio as microphone and loudspeaker of a talk, and what is said when they fail."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import numpy as np
import pytest

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.drivers.audio import DRIVER, open_audio
from lisa_core.equipment.media.call import RtcMedia
from lisa_core.equipment.media.face import voice_block
from lisa_core.equipment.media.sound.voice import SteadyVoice
from lisa_core.equipment.slots.devices import Loudspeaker, Microphone
from lisa_core.equipment.slots.driver import chosen
from tests.media.booths import LIMIT_S, ChartCamera, beat, plain, until
from tests.peers.sound_server import TOOLS, SoundServer, sound_server

pytestmark = pytest.mark.peer

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


def run(scenario: Callable[[SoundServer], Awaitable[None]], monkeypatch: pytest.MonkeyPatch, *more: str) -> None:
    """Play it on a daemon of its own; afterwards no task and no stream is left."""
    monkeypatch.setenv("PULSE_SERVER", "")

    async def play() -> None:
        async with sound_server(*SINKS, *more) as server:
            before = asyncio.all_tasks()
            await scenario(server)
            assert asyncio.all_tasks() == before

    asyncio.run(play())


async def until_level(sound: asyncio.StreamReader, fits: Callable[[float], bool]) -> None:
    """Listen until five blocks in a row are so."""
    count = 0
    async with asyncio.timeout(LIMIT_S):
        while count < 5:
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

    async def scenario(server: SoundServer) -> None:
        async with contextlib.AsyncExitStack() as stack:
            microphone = await stack.enter_async_context(opened("raum.monitor", Microphone))
            loudspeaker = await stack.enter_async_context(opened("kegel", Loudspeaker))
            media, camera = RtcMedia(), ChartCamera(plain(320, 240, (40, 160, 60)))
            booth = await media.booth_leg(camera, camera, microphone, loudspeaker)
            desk = await media.desk_leg("Petra Beispiel")
            stack.push_async_callback(desk.aclose)
            stack.push_async_callback(booth.aclose)
            await booth.accept(await desk.answer(await booth.offer()))
            await booth.connected(LIMIT_S)

            citizen = await stack.enter_async_context(server.spoken("raum"))
            speaking = asyncio.create_task(talk(citizen))
            stack.callback(speaking.cancel)
            await until(lambda: desk.voice_level() > LOUD)
            desk.speak(LIMIT_S)
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

    run(scenario, monkeypatch)


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
        async with opened("kegle", Loudspeaker) as wrong:
            assert "Meinten Sie „kegel“?" in str(await fault(wrong.check()))
        async with opened("kegel", Loudspeaker, also="schleife") as loudspeaker:
            assert "„schleife“" in str(await fault(loudspeaker.play(SteadyVoice())))
        async with opened("kegel", Loudspeaker) as loudspeaker, opened("kegel.monitor", Microphone) as microphone:
            await loudspeaker.check()
            await anext(microphone.blocks())
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


async def until_some(server: SoundServer, kind: str) -> None:
    async with asyncio.timeout(LIMIT_S):
        while not await server.say("list", "short", kind):
            await beat(0.05)


async def number(server: SoundServer, kind: str) -> str:
    """The number of the first of this kind."""
    return (await server.say("list", "short", kind)).split("\t")[0]
