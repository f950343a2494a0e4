"""The emulated radar, read and configured by aio-ld2410."""

from __future__ import annotations

import asyncio

import pytest
from aio_ld2410 import LD2410

from emulator.devices.presence import open_presence
from emulator.world.live_world import HostedWorld
from tests.peers.clients import Client

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "presence",
        "aio-ld2410",
        "1.1.0",
        "PyPI",
        "client",
        "test_aio_ld2410_reads_firmware_parameters_and_distance",
        "firmware, parameters, engineering mode, reports",
    ),
)


def test_aio_ld2410_reads_firmware_parameters_and_distance() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with open_presence(world) as path, LD2410(path) as device, asyncio.timeout(10):
            await world.act("enter", distance_cm=140)
            await world.act("sit")
            async with device.configure():
                version = await device.get_firmware_version()
                assert str(version) == "1.07.22062416"
                assert await device.get_bluetooth_address() == bytes.fromhex("02004c495341")
                await device.set_parameters(moving_max_distance_gate=6, static_max_distance_gate=5, presence_timeout=7)
                await device.set_gate_sensitivity(distance_gate=3, moving_threshold=41, static_threshold=31)
                kept = await device.get_parameters()
                assert (kept.moving_max_distance_gate, kept.static_max_distance_gate) == (6, 5)
                assert (kept.moving_threshold[3], kept.static_threshold[3]) == (41, 31)
                await device.set_bluetooth_password("abcdef")
                await device.set_engineering_mode(True)
            async for report in device.get_reports():
                if report.engineering and report.basic.static_distance == 80:
                    assert report.basic.detection_distance == 80
                    break

    asyncio.run(scenario())
