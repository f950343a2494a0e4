"""What hangs on a line that can be opened is named at the start, with its slot and what may be the cause."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from emulator.devices.door import open_door
from emulator.devices.presence import open_presence
from emulator.devices.pty import Pty, serve_on_pty
from emulator.world.live_world import HostedWorld
from lisa_core.booth.wire_booth import try_profile
from lisa_core.domain.model.errors import DeviceFault

UNIT = "timeout_s = 0.1\ntries = 1\n"
LAMP = 'binding = "{0}"\nred = 2\nyellow = 3\ngreen = 4\n' + UNIT
DOOR = 'binding = "{0}"\n' + UNIT
SLOW_DOOR = 'binding = "{0}"\ntimeout_s = 10\n'
"""For a unit that answers: on a busy machine that takes longer than what those who never do are waited for."""


async def _nothing(line: Pty) -> None:
    await asyncio.Event().wait()


async def _noise(line: Pty) -> None:
    while True:
        await line.read()
        line.write(b"Login incorrect\r\nlogin: ")


@contextlib.asynccontextmanager
async def _places() -> AsyncIterator[dict[str, str]]:
    world = HostedWorld()
    async with (
        serve_on_pty(_nothing) as silent,
        serve_on_pty(_noise) as noisy,
        open_door(world) as unit,
        open_presence(world) as radar,
    ):
        yield {"silent": silent, "noisy": noisy, "unit": unit, "radar": radar}


CASES = {  # what hangs on the line of which slot, how it is bound, and what is said of it
    "a radar that is silent": ("presence", "silent", 'binding = "{0}"\n', "kein Bericht.*Strom.*baudrate"),
    "noise": ("presence", "noisy", 'binding = "{0}"\n', "Zeichen, aber keine Berichte.*baudrate.*anderes Gerät"),
    "a radar at another speed": ("presence", "radar", 'binding = "{0}"\nbaudrate = 9600\n', "baudrate = 9600"),
    "a unit on the radar's port": ("presence", "unit", 'binding = "{0}"\n', "kein Bericht.*anderes Gerät"),
    "a radar on the unit's port": ("door", "radar", DOOR, r"baudrate = 9600\).*parity"),
    "a unit that is silent": ("lamp", "silent", LAMP, r"unit.*baudrate = 9600.*parity = 'N'.*timeout_s"),
    "a unit with fewer inputs": ("door", "unit", SLOW_DOOR + "inputs = 16\n", "Ausnahme 2.*16 Eingängen.*inputs"),
}


def test_each_is_named_with_its_slot_and_likely_causes(tmp_path: Path) -> None:
    async def tried(number: int, slot: str, place: str, keys: str) -> str:
        # One line has one user: each case opens its own.
        async with _places() as places:
            path = tmp_path / f"{number}.toml"
            head = '[profile]\nid = "vor-ort"\nextends = "emulated"\n'
            path.write_text(f"{head}[slots.{slot}]\n{keys.format(places[place])}", encoding="utf-8")
            with pytest.raises(DeviceFault) as caught:
                await try_profile(str(path))
        return str(caught.value)

    async def all_of_them() -> list[str]:
        return await asyncio.gather(*(tried(n, slot, at, keys) for n, (slot, at, keys, _) in enumerate(CASES.values())))

    for said, (name, (slot, _, _, why)) in zip(asyncio.run(all_of_them()), CASES.items(), strict=True):
        assert re.search(rf"slots\.{slot}\.binding: .*{why}", said), f"{name}: {said}"


def test_all_that_is_missing_is_told_at_once_and_what_is_there_passes(tmp_path: Path) -> None:
    async def run() -> None:
        async with _places() as places:
            path = tmp_path / "vor-ort.toml"
            lines = '[profile]\nid = "vor-ort"\nextends = "emulated"\n[slots.presence]\nbinding = "{radar}"\n'
            lines += '[slots.door]\nbinding = "{unit}"\ntimeout_s = 10\n'
            path.write_text(lines.format(**places), encoding="utf-8")
            await try_profile(str(path))
            path.write_text(lines.format(radar="/dev/ttyWeg", unit="/dev/ttyFehlt"), encoding="utf-8")
            with pytest.raises(DeviceFault, match=r"(?s)slots\.presence.*\n.*slots\.door"):
                await try_profile(str(path))

    asyncio.run(run())
