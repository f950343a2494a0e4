"""The emulated microphone and loudspeaker with FFmpeg: raw sound on a Unix socket is all that it needs to know."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import pytest

from emulator.devices.microphone import DEAF, open_microphone
from emulator.devices.sound.loudspeaker import open_loudspeaker
from emulator.world.live_world import HostedWorld
from tests.media.booths import LIMIT_S
from tests.peers.clients import Client

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "microphone",
        "FFmpeg",
        "5.1.9",
        "Debian",
        "client",
        "test_ffmpeg_hears_the_booth",
        "a quiet room, somebody who speaks, a deaf microphone",
    ),
    Client("loudspeaker", "FFmpeg", "5.1.9", "Debian", "client", "test_ffmpeg_is_heard_in_the_booth", "a tone"),
)
RAW = ("-f", "s16le", "-ar", "48000", "-ac", "1")


async def ffmpeg(program: str, *words: str) -> str:
    """What it says."""
    process = await asyncio.create_subprocess_exec(
        *(program, "-hide_banner", "-nostdin", *words), stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(LIMIT_S):
        _, said = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()


def test_ffmpeg_hears_the_booth(need: Callable[[str], str]) -> None:
    program = need("ffmpeg")

    async def run() -> None:
        world = HostedWorld()
        async with open_microphone(world) as binding:
            source = binding.replace("pcm:", "unix:")

            async def decibel() -> float:
                said = await ffmpeg(program, *RAW, "-t", "0.2", "-i", source, "-af", "volumedetect", "-f", "null", "-")
                [loudest] = re.findall(r"max_volume: (\S+) dB", said)
                return float(loudest)

            assert -95 < await decibel() < -85, "the last bit stirs"
            await world.act("speak", duration_us=2**60)
            assert await decibel() > -20
            await world.act("fail", fault=DEAF)
            assert await decibel() < -90

    asyncio.run(run())


def test_ffmpeg_is_heard_in_the_booth(need: Callable[[str], str]) -> None:
    program = need("ffmpeg")

    async def run() -> None:
        world = HostedWorld()
        async with open_loudspeaker(world) as binding:
            tone = ("-re", "-f", "lavfi", "-i", "sine=440:d=1", *RAW, binding.replace("pcm:", "unix:"))
            playing = asyncio.create_task(ffmpeg(program, *tone))
            async with asyncio.timeout(LIMIT_S):
                while "loudspeaker" not in world.state.heard:
                    await world.changed(world.state.revision)
            await playing

    asyncio.run(run())
