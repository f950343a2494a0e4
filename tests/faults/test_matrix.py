"""Every fault of every slot, in every phase of a visit, in memory; a few on emulated devices, all of them when long."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from random import Random

import pytest

from lisa_core.config.profile import Profile, load_profile
from lisa_core.domain.model.directory import Deadlines
from lisa_core.equipment.slots.catalogue import FAULTS
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.harness.rig.rig import EMULATED, MEMORY, Wishes, open_rig
from tests.faults.visit import PHASES, Faults, open_visit

MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
LONG = os.environ.get("LISA_LONG") == "1"
pytestmark = pytest.mark.timeout(1800 if LONG else 240)
SEED = 14
PARTS = 20
WAIT_S = 2.2
"""As long as it takes until a device that is only asked is missed."""


def by_device() -> list[list[str]]:
    """The faults that a memory booth can have, one list for each device."""
    devices: dict[str, list[str]] = {}
    for name, fault in FAULTS.items():
        if not fault.wire:
            devices.setdefault(name.partition(".")[0], []).append(name)
    return list(devices.values())


def at_once() -> Iterator[Faults]:
    """Visits in which all devices fail in each phase, each in its next way: together they hold every pair."""
    for number in range(max(map(len, by_device()))):
        yield dict.fromkeys(PHASES, tuple(ways[number % len(ways)] for ways in by_device()))


def alone() -> Iterator[Faults]:
    """One visit for each fault."""
    return (dict.fromkeys(PHASES, (name,)) for ways in by_device() for name in ways)


def drawn(count: int) -> Faults:
    """So many phases, and for each a fault, also of the lines."""
    rng = Random(SEED)
    phases = rng.sample(PHASES, count)
    return {phase: (rng.choice(sorted(FAULTS)),) for phase in PHASES if phase in phases}


def everywhere() -> Iterator[Faults]:
    """Every pair of fault and phase once, another fault in each phase."""
    names = sorted(FAULTS)
    for number in range(len(names)):
        yield {phase: (names[(number + place) % len(names)],) for place, phase in enumerate(PHASES)}


def profile() -> Profile:
    """As it is tried out, but agents take their time to answer."""
    emulated = load_profile("emulated")
    return replace(emulated, deadlines=Deadlines(), exchange={**emulated.exchange, "ring_us": 60_000_000})


async def visits(kind: str, plans: Iterator[Faults], wait_s: float) -> None:
    async with AsyncExitStack() as stack:
        rig = await stack.enter_async_context(open_rig(profile(), Wishes(kind=kind, civil=MONDAY)))
        visit = await open_visit(stack, rig, wait_s)
        for faults in plans:
            await visit(faults)


def in_memory(plans: Iterator[Faults]) -> None:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(visits(MEMORY, plans, WAIT_S))


def test_a_visit_ends_well_though_everything_fails_in_each_of_its_phases() -> None:
    held = {(phase, name) for plan in at_once() for phase, names in plan.items() for name in names}
    assert len(held) == len(PHASES) * sum(map(len, by_device())), "every fault of every slot in every phase"
    in_memory(at_once())


def test_a_visit_at_emulated_devices_ends_well_though_some_fail() -> None:
    asyncio.run(visits(EMULATED, iter((drawn(4),)), 0.5))


@pytest.mark.skipif(not LONG, reason="every pair at emulated devices: LISA_LONG=1")
@pytest.mark.parametrize("part", range(PARTS))
def test_visits_at_emulated_devices_end_well_whatever_fails(part: int) -> None:
    asyncio.run(visits(EMULATED, (plan for number, plan in enumerate(everywhere()) if number % PARTS == part), 2.0))


@pytest.mark.skipif(not LONG, reason="each fault alone: LISA_LONG=1")
@pytest.mark.parametrize("faults", [*alone()], ids=lambda faults: faults[PHASES[0]][0])
def test_a_visit_ends_well_though_in_each_of_its_phases_something_fails(faults: Faults) -> None:
    in_memory(iter((faults,)))
