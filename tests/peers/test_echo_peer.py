"""The agent does not hear herself: her voice, heard again by the microphone, is taken out on virtual sinks."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from lisa_core.equipment.media.sound.echo import without_echo
from lisa_core.equipment.media.sound.voice import GOES_ON, SteadyVoice
from lisa_core.equipment.slots.devices import Microphone
from tests.media.booths import LIMIT_S, until
from tests.media.voices import decibel
from tests.peers.sound_server import TOOLS, SoundServer
from tests.peers.test_sound_peer import AGENT, BLOCK, CITIZEN, ended, run, sound_slots, speak

pytestmark = pytest.mark.peer

AIR = "module-loopback source=kegel.monitor sink=raum latency_msec=80"
"""What the loudspeaker says is heard by the microphone, later."""


async def carried(voice: SteadyVoice, to: asyncio.StreamWriter) -> None:
    """To a player of others, silence too: a null sink that nobody feeds sleeps for two seconds."""
    async for block in voice:
        to.write(block.pcm)


class Ears:
    """What the desk gets, and beside it what is in the air: for as long as somebody listens."""

    def __init__(self) -> None:
        self.desk, self.air = bytearray(), bytearray()

    async def listen(self, microphone: Microphone) -> None:
        async for block in microphone.blocks():
            self.desk += block.pcm

    async def listen_beside(self, raw: asyncio.StreamReader) -> None:
        while pcm := await raw.read(BLOCK):
            self.air += pcm

    async def second(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The next second in the air and at the desk."""
        begun, wanted = (len(self.air), len(self.desk)), 50 * BLOCK
        await until(lambda: min(len(self.air) - begun[0], len(self.desk) - begun[1]) >= wanted)
        air, desk = self.air[begun[0] :][:wanted], self.desk[begun[1] :][:wanted]
        return np.frombuffer(air, "<i2") / 32_768, np.frombuffer(desk, "<i2") / 32_768


def likeness(heard: NDArray[np.float64], voice: NDArray[np.float64]) -> float:
    """How much of what is heard is this voice, wherever in its words: 0.0 to 1.0."""
    said = np.concatenate((voice, voice[: heard.size]))
    size = said.size + heard.size
    match = np.fft.irfft(np.fft.rfft(said, size) * np.conj(np.fft.rfft(heard, size)))[: voice.size]
    power = np.cumsum(np.concatenate(([0.0], np.square(said))))
    loud = np.sqrt((power[heard.size :] - power[: -heard.size])[: voice.size] * np.sum(np.square(heard)) + 1e-9)
    return float(np.max(np.abs(match) / loud))


def citizen_stays(air: NDArray[np.float64], desk: NDArray[np.float64]) -> bool:
    """Both speak, and of the citizen at least half comes to the desk, of the agent not."""
    both = min(likeness(air, voice) for voice in (AGENT, CITIZEN)) > 0.25

    def comes(voice: NDArray[np.float64]) -> float:
        loud = 10 ** ((decibel(desk) - decibel(air)) / 20)
        return loud * likeness(desk, voice) / likeness(air, voice)

    return both and comes(CITIZEN) > 0.5 and comes(AGENT) < 0.5


@pytest.mark.long
@pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="hört eine halbe Minute zu: nur mit LISA_LONG=1")
def test_the_agent_does_not_hear_herself_over_virtual_sinks(
    need: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Her voice comes back 30 dB lower, and the citizen's stays while both speak.

    A machine that has more to do makes sound stumble, and the canceller learn anew: so a second is waited for in
    which that holds. Without a canceller there is none.
    """
    for tool in TOOLS:
        need(tool)

    async def scenario(server: SoundServer) -> None:
        agent, citizen, ears = SteadyVoice(GOES_ON), SteadyVoice(GOES_ON), Ears()
        async with contextlib.AsyncExitStack() as stack:
            slots = without_echo(await sound_slots(stack))
            assert slots.loudspeaker is not None
            raw = await stack.enter_async_context(server.heard("raum.monitor"))
            player = await stack.enter_async_context(server.spoken("raum"))
            works = [slots.loudspeaker.play(agent), ears.listen(slots.microphone), ears.listen_beside(raw)]
            works += [carried(citizen, player), speak(agent, AGENT)]
            tasks = [asyncio.create_task(work) for work in works]
            stack.push_async_callback(ended, tasks)

            async def heard_so(fits: Callable[[NDArray[np.float64], NDArray[np.float64]], bool]) -> None:
                async with asyncio.timeout(3 * LIMIT_S):
                    while not fits(*await ears.second()):
                        assert not [task for task in tasks if task.done()], "all of it goes on"

            await heard_so(lambda air, desk: decibel(air) > -32 and decibel(air) - decibel(desk) > 30)
            tasks.append(asyncio.create_task(speak(citizen, CITIZEN)))
            await heard_so(citizen_stays)

    run(scenario, monkeypatch, AIR)
