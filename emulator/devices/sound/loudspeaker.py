"""The loudspeaker: a Unix socket that takes raw sound (s16le, 48 kHz, mono), and what of it is heard in the booth.

It says one byte to each who connects (0x06, or 0x15 when its sound is switched off), so that a wire without a
loudspeaker can be told from one that is quiet. Unplugged it hangs up, and switched off it says so before. The world
knows when a voice begins and when it is over, and never what was said.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from emulator.devices.listener import attended_at_path
from emulator.world.live_world import LiveWorld
from emulator.world.world import MUTE

BLOCK_BYTES = 1920
READY, OFF = b"\x06", b"\x15"
VOICE = 0.003
"""Louder than this (root mean square of full scale) is a voice."""
PAUSE_BLOCKS = 12
"""After so many quiet blocks of 20 ms a voice is over: between two syllables it goes on."""


class _Cone:
    """What moves: the loudest of those who play."""

    def __init__(self, world: LiveWorld) -> None:
        self._world = world
        self._quiet: dict[object, int] = {}
        """Who plays a voice, and for how many blocks it has been quiet."""

    async def hear(self, player: object, block: bytes) -> None:
        """Take one block; none is an end."""
        if block and _level(block) > VOICE:
            await self._sound({**self._quiet, player: 0})
        elif player in self._quiet:
            quiet = self._quiet[player] + 1 if block else PAUSE_BLOCKS
            others = {one: since for one, since in self._quiet.items() if one is not player}
            await self._sound({**others, player: quiet} if quiet < PAUSE_BLOCKS else others)

    async def _sound(self, quiet: dict[object, int]) -> None:
        changed = bool(quiet) is not bool(self._quiet)
        self._quiet = quiet
        if changed:
            await self._world.act("sound", on=bool(quiet))


@contextlib.asynccontextmanager
async def open_loudspeaker(world: LiveWorld, *, listen: str = "") -> AsyncIterator[str]:
    """Let something be heard in the booth; yields `pcm:PATH`. `listen` may name the path of the socket."""
    cone = _Cone(world)

    async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _played(world, cone, reader, writer)
        finally:
            await cone.hear(writer, b"")

    async with attended_at_path(attend, listen, "lautsprecher", limit=4 * BLOCK_BYTES) as path:
        yield f"pcm:{path}"


async def _played(world: LiveWorld, cone: _Cone, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    if "loudspeaker" not in world.state.silent:
        writer.write(OFF if MUTE in world.state.faults else READY)
    while "loudspeaker" not in world.state.silent:
        await cone.hear(writer, await reader.readexactly(BLOCK_BYTES))
        if MUTE in world.state.faults:
            writer.write(OFF)
            return


def _level(block: bytes) -> float:
    if block.count(0) == len(block):  # which is most of it
        return 0.0
    import numpy as np

    return float(np.sqrt(np.mean(np.square(np.frombuffer(block, "<i2") / 32_768))))
