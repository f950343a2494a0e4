"""Serial lines with programs of others: socat, gensiot and serialport at the radar's, and our driver at socat's."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import serial

from emulator.devices.presence import FIRMWARE, open_presence
from emulator.devices.rfc2217.server import served
from emulator.world.live_world import HostedWorld
from emulator.world.world import Person, World
from lisa_core.equipment.codecs.ld2410 import REPORT_HEADER, Acknowledgement, Parser, Report
from lisa_core.equipment.drivers.ld2410 import open_ld2410
from tests.peers.clients import Client
from tests.peers.test_modbus_network_peer import free_port, said_by

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client("presence", "gensiot", "2.6.2", "Debian", "client", "test_gensiot", "reports on a line"),
    Client("presence", "gensiot (RFC 2217)", "2.6.2", "Debian", "client", "test_gensiot", "reports over a port server"),
    Client(
        "presence",
        "micropython-ld2410",
        "0.1.0",
        "PyPI",
        "client",
        "test_micropython_ld2410",
        "configuration, firmware, modes, reports",
    ),
    Client("presence", "serialport", "13.0.0", "npm", "client", "test_serialport", "reports, configuration, firmware"),
    Client("presence", "socat", "1.7.4.4", "Debian", "client", "test_socat_reads_a_line", "reports on a line"),
    Client(
        "serial",
        "socat",
        "1.7.4.4",
        "Debian",
        "server",
        "test_our_driver_reads_through_socat",
        "a line over TCP: reports, configuration, firmware",
    ),
)
SOMEBODY = World(people=(Person(140),))
RAW = "raw,echo=0"


async def heard_by(*command: str) -> bytes:
    """What a program that never ends by itself hears, to the head of a report."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        return await process.stdout.readuntil(REPORT_HEADER)
    finally:
        process.kill()
        await process.wait()


def test_gensiot(need: Callable[[str], str]) -> None:
    program = (need("gensiot"), "-i", "stdio(self)")

    async def scenario() -> None:
        async with open_presence(HostedWorld(SOMEBODY)) as path, served(path, "rfc2217://127.0.0.1:0") as address:
            assert await heard_by(*program, f"serialdev,{path},256000n81,LOCAL")
            port = address.rpartition(":")[2]
            assert await heard_by(*program, f"telnet(rfc2217),tcp,127.0.0.1,{port}")

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_socat_reads_a_line(need: Callable[[str], str]) -> None:
    program = need("socat")

    async def scenario() -> None:
        async with open_presence(HostedWorld(SOMEBODY)) as path:
            assert await heard_by(program, "-u", f"FILE:{path},{RAW}", "-")

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_our_driver_reads_through_socat(need: Callable[[str], str]) -> None:
    program = need("socat")

    async def scenario() -> None:
        port = free_port()
        async with open_presence(HostedWorld(SOMEBODY)) as path:
            listening = f"TCP-LISTEN:{port},bind=127.0.0.1,reuseaddr"
            process = await asyncio.create_subprocess_exec(
                program, "-d", "-d", listening, f"FILE:{path},{RAW}", stderr=asyncio.subprocess.PIPE
            )
            assert process.stderr is not None
            try:
                await process.stderr.readuntil(b"listening on")
                async with open_ld2410(f"socket://127.0.0.1:{port}", {}) as radar:
                    assert (await anext(radar.reports())).moving_cm == 140
                    assert (await radar.identify()).firmware == FIRMWARE
            finally:
                with contextlib.suppress(ProcessLookupError):  # it ends with its client
                    process.kill()
                await process.wait()

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_serialport(need: Callable[[str], str], npm: Callable[[str], Path]) -> None:
    node, folder = need("node"), str(npm("serialport") / "node_modules")
    script = str(Path(__file__).parent / "node" / "radar.cjs")

    async def scenario() -> None:
        async with open_presence(HostedWorld(SOMEBODY)) as path:
            said = json.loads(await said_by(node, script, path, "256000", folder=folder))
        (report,) = Parser().feed(bytes.fromhex(said["report"]))
        assert isinstance(report, Report)
        assert report.moving_cm == 140
        (firmware,) = Parser().feed(bytes.fromhex(said["firmware"]))
        assert isinstance(firmware, Acknowledgement)
        assert firmware.ok

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_micropython_ld2410(pypi: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the still distance for one byte, and all behind that a byte too early: the fields before it count."""
    folder = pypi("micropython-ld2410")
    monkeypatch.setitem(sys.modules, "micropython", SimpleNamespace(const=int))  # what its interpreter brings along
    library: Any = importlib.import_module("ld2410.ld2410")
    assert str(folder) in library.__file__

    def talk(path: str) -> None:
        with serial.Serial(path, 256_000, timeout=10) as line:
            radar = library.LD2410(line)
            radar.enter_config_mode()
            assert radar.read_firmware_version().hex() == "0001070116240622"
            radar.enable_engineering_mode()
            radar.disable_engineering_mode()
            radar.exit_config_mode()
            seen = radar.read_presence()
            assert (seen.presence(), seen.target_state, seen.moving_distance_cm) == (True, 1, 140)

    async def scenario() -> None:
        async with open_presence(HostedWorld(SOMEBODY), period_s=0.02) as path:
            await asyncio.to_thread(talk, path)

    asyncio.run(asyncio.wait_for(scenario(), 60))
