"""The emulated radars, read and configured by clients of others, and their codecs beside ours over the same bytes."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import random
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aio_ld2410 import LD2410
from aio_ld2410.protocol import Report as TheirReport
from aio_ld2410.protocol import ReportFrame

from emulator.devices.presence import Radar, open_presence, told
from emulator.devices.radars.tracking import open_tracking_radar
from emulator.world.live_world import HostedWorld
from emulator.world.world import Person, World
from lisa_core.equipment.codecs import ld2410, ld2450
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
    Client(
        "presence",
        "aio-ld2410",
        "1.1.0",
        "PyPI",
        "codec",
        "test_aio_ld2410_and_we_read_the_same_stream_alike",
        "every report of a stream with people coming and going, both modes",
    ),
    Client(
        "presence",
        "LD2410",
        "1.1.1",
        "PyPI",
        "client",
        "test_ld2410_reads_firmware_address_and_distances",
        "firmware, address, parameters, basic and engineering reports",
    ),
    Client(
        "tracking-radar",
        "kenzy-ld2450",
        "0.2.0",
        "PyPI",
        "client",
        "test_kenzy_ld2450_counts_who_is_there",
        "people counted, the nearest, an empty booth",
    ),
    Client(
        "tracking-radar",
        "kenzy-ld2450",
        "0.2.0",
        "PyPI",
        "codec",
        "test_kenzy_ld2450_and_we_read_the_same_stream_alike",
        "every target of a stream with damage",
    ),
)


def test_aio_ld2410_reads_firmware_parameters_and_distance() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with open_presence(world) as path, LD2410(path) as device, asyncio.timeout(60):
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


def test_ld2410_reads_firmware_address_and_distances(pypi: Callable[[str], Path]) -> None:
    """Its lists of gates are cut one short and shifted by it, so the gates are not compared.

    It takes for the answer what the line brings within its time limit: reports before the answer, or an earlier answer
    that came late. So a question is put again until it is answered, as its users have to.
    """
    pypi("ld2410")
    library: Any = importlib.import_module("LD2410")

    def answered(radar: Any, question: Callable[[], object], answer: object) -> bool:
        """Within ten tries, each on an empty line."""
        for _ in range(10):
            radar.ser.reset_input_buffer()
            with contextlib.suppress(IndexError, ValueError):  # from an answer that it cut short
                if question() == answer:
                    return True
        return False

    def talk(path: str) -> None:
        radar = library.LD2410(path, timeout=0.05, verbosity=logging.ERROR)
        try:
            assert answered(radar, radar.read_firmware_version, "V1.07.22062416")
            assert answered(radar, radar.bt_query_mac, "02:00:4c:49:53:41")
            radar.edit_detection_params(6, 5, 7)
            assert answered(radar, lambda: radar.read_detection_params()[0], [6, 5, 7])
            assert answered(radar, lambda: radar.get_radar_data()[0][:4], [2, 0, 0, 80])
            radar.enable_engineering_mode()
            assert answered(radar, lambda: radar.get_radar_data()[0][:4:3], [2, 80])
        finally:
            radar.ser.close()

    async def scenario() -> None:
        world = HostedWorld(World(people=(Person(80, seated=True),)))
        async with open_presence(world, period_s=0.01) as path:
            await asyncio.to_thread(talk, path)

    asyncio.run(scenario())


def test_aio_ld2410_and_we_read_the_same_stream_alike() -> None:
    """Where they differ, Hi-Link's manual decides: nothing is known in which they do."""
    chance = random.Random(1)
    parser = ld2410.Parser()
    for number in range(200):
        people = tuple(Person(chance.randrange(600), chance.random() < 0.5) for _ in range(chance.choice((0, 1, 1, 2))))
        frame = told(Radar(engineering=number % 2 == 1), World(people=people), number * 100_000)
        theirs = TheirReport.parse(ReportFrame.parse(frame).data).data
        (ours,) = parser.feed(frame)
        assert isinstance(ours, ld2410.Report)
        basic = theirs.basic
        assert (
            int(basic.target_status),
            basic.moving_distance,
            basic.moving_energy,
            basic.static_distance,
            basic.static_energy,
            basic.detection_distance,
        ) == (
            ours.status,
            ours.moving_cm,
            ours.moving_energy,
            ours.still_cm,
            ours.still_energy,
            ours.detection_cm,
        )
        assert (theirs.engineering is None) is (ours.engineering is None)
        if ours.engineering:
            gates = theirs.engineering
            assert (tuple(gates.moving_gate_energy), tuple(gates.static_gate_energy)) == (
                ours.engineering.moving,
                ours.engineering.still,
            )
            assert (gates.photosensitive_value, int(gates.out_pin_status)) == (
                ours.engineering.light,
                ours.engineering.out,
            )


def test_kenzy_ld2450_counts_who_is_there(pypi: Callable[[str], Path]) -> None:
    pypi("kenzy-ld2450")
    driver: Any = importlib.import_module("kenzy_ld2450.driver")

    async def scenario() -> None:
        world, said = HostedWorld(), asyncio.Queue[dict[str, Any]]()
        async with open_tracking_radar(world, period_s=0.005) as path, asyncio.timeout(60):
            config = {"device": path, "clear_after_s": 0.1, "heartbeat_s": 0.05}
            node = SimpleNamespace(config=config, log=logging.getLogger("kenzy"), send_event=said.put)
            running = asyncio.create_task(driver.run(node))

            async def told_of(people: int, nearest_mm: int | None) -> None:
                while (await said.get()) != {
                    "kind": "presence",
                    "present": people > 0,
                    "targets": people,
                    "nearest_mm": nearest_mm,
                }:
                    pass

            await told_of(0, None)
            await world.act("enter", distance_cm=140)
            await told_of(1, 1400)
            await world.act("leave")
            await told_of(0, None)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    asyncio.run(scenario())


def test_kenzy_ld2450_and_we_read_the_same_stream_alike(pypi: Callable[[str], Path]) -> None:
    """Where they differ, Hi-Link's manual decides: nothing is known in which they do."""
    pypi("kenzy-ld2450")
    protocol: Any = importlib.import_module("kenzy_ld2450.protocol")
    chance = random.Random(1)

    def somebody() -> ld2450.Target | None:
        x, y, speed = (chance.randrange(-4000, 4000) for _ in range(3))
        return ld2450.Target(x, y, speed, 320) if chance.random() < 0.6 else None

    stream = bytearray()
    for _ in range(300):
        frame = ld2450.encode(ld2450.TrackingReport((somebody(), somebody(), somebody())))
        stream += chance.randbytes(chance.choice((0, 0, 5))) + frame[: chance.choice((30, 30, 30, 17))]
    theirs, ours = protocol.FrameParser(), ld2450.TrackingParser()
    for at in range(0, len(stream), 64):
        piece = bytes(stream[at : at + 64])
        found = [
            tuple((one.x_mm, one.y_mm, one.speed_cm_s, one.resolution_mm) for one in report.targets if one)
            for report in ours.feed(piece)
            if isinstance(report, ld2450.TrackingReport)
        ]
        assert found == [
            tuple((one.x_mm, one.y_mm, one.speed_cms, one.resolution_mm) for one in frame.targets)
            for frame in theirs.feed(piece)
        ]
