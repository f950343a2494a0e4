"""Radars and units as they are: each known model, and the driver at it."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from emulator.booth import opened
from emulator.devices.presence import answer, radar_of, report
from emulator.personalities import personalities_of, personality
from emulator.world.live_world import HostedWorld
from emulator.world.world import World
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.readings import LampColour, PresenceReport
from lisa_core.equipment.codecs.ld2410 import Code, Command, Engineering, Parser, Report, TargetState, encode
from lisa_core.equipment.drivers.ld2410 import open_ld2410
from lisa_core.equipment.drivers.modbus_io import open_modbus_io

BUSES = ("presence", "tracking-radar", "door")


@pytest.mark.parametrize("device", BUSES)
def test_each_names_its_origin_and_an_unknown_one_is_told_with_the_nearest(device: str) -> None:
    names = personalities_of(device)
    assert len(names) >= 2
    for name in names:
        origin = personality(device, name)["origin"]
        by_repository = {"repository"} <= set(origin) and ({"commit", "path"} <= set(origin) or "issue" in origin)
        assert by_repository or {"document", "place"} <= set(origin), name
    with pytest.raises(HarnessError, match=names[0]):
        asyncio.run(_once(device, f"{names[0]}x"))


async def _once(device: str, name: str) -> None:
    async with opened(device, HostedWorld(), personality=name):
        pass


@pytest.mark.parametrize("name", personalities_of("presence"))
def test_the_driver_sees_a_seated_person_with_each_radar(name: str) -> None:
    async def scenario() -> str:
        world = HostedWorld()
        await world.act("enter", distance_cm=140)
        await world.act("sit")
        async with opened("presence", world, personality=name) as path, open_ld2410(path, {}) as radar:
            async with asyncio.timeout(60), contextlib.aclosing(radar.reports()) as reports:
                seen = await anext(reports)
            assert (seen.moving_cm, seen.still_cm) == (None, 80)
            return (await radar.identify()).firmware

    assert asyncio.run(scenario()) == personality("presence", name)["firmware"]


def test_the_first_radar_puts_the_distance_elsewhere_and_knows_less() -> None:
    """HLK-LD2410 V1.02, 2.3.2: somebody still at 81 cm, energy 59."""
    first = radar_of("hlk-ld2410-1.02")
    still = report(first, PresenceReport(still_cm=81, still_energy=59))
    assert encode(still) == bytes.fromhex("F4F3F2F1 0D00 02AA 02 5100 00 0000 3B 0000 5500 F8F7F6F5")
    configured = answer(first, Command(Code.CONFIG_ENABLE, b"\1\0"))[0]
    assert not answer(configured, Command(Code.MAC, b"\1\0"))[1].ok
    engineering = answer(configured, Command(Code.ENGINEERING_ON))[0]
    (told,) = Parser().feed(encode(report(engineering, PresenceReport())))
    assert isinstance(told, Report)
    assert told.status is TargetState.NOBODY
    assert told.engineering == Engineering(8, 8, (0,) * 9, (0,) * 9, None, None)


@pytest.mark.parametrize("name", personalities_of("door"))
def test_the_driver_reads_and_switches_at_each_unit(name: str) -> None:
    async def scenario() -> World:
        world = HostedWorld()
        async with opened("door", world, personality=name) as path, open_modbus_io(path, {}) as io:
            states = io.contact(1, inverted=True).states()
            async with asyncio.timeout(60):
                assert await anext(states) is False
                await world.act("open_door")
                assert await anext(states) is True
                await io.switch(1).set(True)
                await io.lamp(2, 3, 4).show(LampColour.RED)
        return world.state

    after = asyncio.run(scenario())
    assert (after.glass_opaque, after.lamp) == (True, "rot")
