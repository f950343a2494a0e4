"""Every recording in fixtures/devices plays: our drivers find in it what its device promised when it was there.

How they came about: `python -m tests.traces.strangers NAME` for programs of others that play devices; of real ones by
`lisa record`. Each lies in a folder <vendor>_<model>.
"""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from lisa_core.config.binding import open_device
from lisa_core.config.profile import load_profile
from lisa_core.equipment.slots.catalogue import PROTOCOLS
from lisa_core.equipment.slots.origin import Origin
from lisa_core.equipment.traces.exercise import exercised
from lisa_core.equipment.traces.reading import read_trace
from lisa_core.equipment.traces.session import TapSession
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from tests.tidy.sources import ROOT

FOLDER = ROOT / "fixtures" / "devices"
RECORDINGS = sorted(FOLDER.glob("*/*.trace"))
ENOUGH_S = 20
"""Seconds, in virtual time, for what reports for ever."""


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_recording_plays_all_that_its_slots_promise(path: Path, tmp_path: Path) -> None:
    trace = read_trace(path)
    assert not trace.cut
    profile = tmp_path / "profil.toml"
    profile.write_text(profile_of(path), encoding="utf-8")
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        told = {slot: runner.run(lines_of(profile, slot)) for slot in trace.head.slots}
    print(told)
    assert all(told.values()), "each slot has said something"
    assert trace.head.origin in {Origin.REAL.value, Origin.NAMELESS.value, Origin.HERE.value}, "never of our own"


def profile_of(path: Path) -> str:
    head = read_trace(path).head
    tables = ['schema = 1\n[profile]\nid = "nachgespielt"\nextends = "emulated"\n']
    for slot, options in head.slots.items():
        said = "".join(f"{key} = {str(value).lower()}\n" for key, value in options.items())
        tables.append(f'[slots.{slot}]\ndriver = "{head.driver}"\nbinding = "replay:{path}?mode=tolerant"\n{said}')
    return "".join(tables)


async def lines_of(profile: Path, slot: str) -> list[str]:
    """What the exercise of this slot tells; a fault is one."""
    lines: list[str] = []
    async with open_device(load_profile(str(profile)), slot, {}, TapSession()) as (_, slots):
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ENOUGH_S), contextlib.aclosing(exercised(PROTOCOLS[slot], slots[slot])) as told:
                async for line in told:
                    lines += [line]  # what reports for ever is cut off, and counts up to there
    return lines


def test_there_are_recordings_of_strangers() -> None:
    found = {path.parent.name for path in RECORDINGS}
    assert found >= {"pymodbus_simulator", "cups_ippeveprinter", "airsane_test-scanner", "aio-ld2410_emulator"}
