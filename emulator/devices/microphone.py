"""The microphone: raw sound (s16le, 48 kHz, mono) on a Unix socket, 20 ms at a time, to each who connects."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator
from functools import partial

from emulator.devices.listener import attended_at_path
from emulator.world.live_world import LiveWorld
from emulator.world.world import World
from lisa_core.domain.model.frames import AudioBlock

BLOCK_S = 0.02
BLOCK_SAMPLES = 960
SILENCE = bytes(2 * BLOCK_SAMPLES)
BLOCKS = 50
"""The voice repeats after a second."""
DEAF, CRACKLES, HUMS = "microphone.taub", "microphone.kracht", "microphone.brummt"
MOST_UNREAD = 20 * len(SILENCE)
"""A listener that reads too slowly loses sound instead of hearing it late."""


def sample(world: World, now_us: int) -> AudioBlock:
    """What is heard now: a voice-like hum while somebody speaks, else silence."""
    speaking = now_us < world.voice_until_us and DEAF not in world.faults
    return AudioBlock(_voice()[now_us // 20_000 % BLOCKS] if speaking else SILENCE, now_us)


def sent(world: World, now_us: int) -> bytes:
    """What a real one makes of it: its last bit always stirs unless it is deaf, and it may crackle or hum."""
    pcm, number = sample(world, now_us).pcm, now_us // 20_000 % BLOCKS
    if DEAF in world.faults:
        return SILENCE
    flaws = tuple(flaw for flaw in (CRACKLES, HUMS) if flaw in world.faults)
    if not flaws:
        return pcm if pcm is not SILENCE else _floor()[number]
    return _flawed(pcm, number, flaws)


@contextlib.asynccontextmanager
async def open_microphone(world: LiveWorld, *, listen: str = "") -> AsyncIterator[str]:
    """Let the booth be heard; yields `pcm:PATH`. `listen` may name the path of the socket."""
    async with attended_at_path(partial(_speak, world), listen, "mikrofon") as path:
        yield f"pcm:{path}"


async def _speak(world: LiveWorld, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    loop = asyncio.get_running_loop()
    due_s = loop.time()
    while not writer.is_closing():
        unplugged = "microphone" in world.state.silent
        if not unplugged and writer.transport.get_write_buffer_size() < MOST_UNREAD:
            writer.write(sent(world.state, round(loop.time() * 1_000_000)))
        due_s = max(due_s + BLOCK_S, loop.time() - 5 * BLOCK_S)
        await asyncio.sleep(due_s - loop.time())


@functools.cache
def _voice() -> tuple[bytes, ...]:
    """One second in blocks: a low tone with two overtones that swells four times a second, as speech does."""
    import numpy as np  # in memory most people are silent

    seconds = np.arange(BLOCKS * BLOCK_SAMPLES) / 48_000
    tone = sum(np.sin(2 * np.pi * 180 * part * seconds) / part for part in (1, 2, 3))
    swell = 0.55 - 0.45 * np.cos(2 * np.pi * 4 * seconds)
    pcm = (8_000 * swell * tone).astype("<i2").tobytes()
    return tuple(pcm[start : start + len(SILENCE)] for start in range(0, len(pcm), len(SILENCE)))


@functools.cache
def _floor() -> tuple[bytes, ...]:
    """One second of the quietest that there is: the last bit, up and down."""
    import numpy as np

    pcm = np.random.default_rng(1).integers(-1, 2, BLOCKS * BLOCK_SAMPLES).astype("<i2").tobytes()
    return tuple(pcm[start : start + len(SILENCE)] for start in range(0, len(pcm), len(SILENCE)))


def _flawed(pcm: bytes, number: int, flaws: tuple[str, ...]) -> bytes:
    """The same block with the mains in it, or driven to full scale with a crack in every third one."""
    import numpy as np

    sound = np.frombuffer(pcm, "<i2") + np.frombuffer(_floor()[number], "<i2").astype(np.float64)
    if HUMS in flaws:
        period = 2 * np.pi * np.arange(BLOCK_SAMPLES) / BLOCK_SAMPLES
        sound += 600 * sum(np.sin(part * period) / part for part in (1, 2, 3))
    if CRACKLES in flaws:
        sound *= 8
        sound[: BLOCK_SAMPLES // 12 if number % 3 == 0 else 0] = 32_767
    flawed: bytes = np.clip(sound, -32_768, 32_767).astype("<i2").tobytes()
    return flawed
