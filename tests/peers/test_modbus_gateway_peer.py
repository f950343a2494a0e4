"""Modbus with whole programs of others: gateways between line and network, and a driver that watches a contact."""

from __future__ import annotations

import asyncio
import contextlib
import getpass
import os
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from emulator.devices.door import open_door
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.codecs.modbus_pdu import Function
from lisa_core.equipment.drivers.modbus_io import open_modbus_io
from tests.peers.clients import Client
from tests.peers.conftest import missing
from tests.peers.test_modbus_line_peer import joined
from tests.peers.test_modbus_network_peer import free_port, switch_all, switched

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "door",
        "pyModbusTCP.tools (TCP to RTU)",
        "0.4.0a2",
        "PyPI",
        "server",
        "test_a_gateway_to_a_line",
        "our driver at it, our unit behind it: inputs, outputs, a refusal, a unit that is silent",
    ),
    Client(
        "door",
        "pyModbusTCP.tools (RTU to TCP)",
        "0.4.0a2",
        "PyPI",
        "server",
        "test_a_gateway_to_a_network",
        "our driver on its line, our unit behind it: inputs, outputs",
    ),
    Client(
        "door",
        "NUT generic_modbus",
        "2.8.0",
        "Debian",
        "client",
        "test_nut_takes_the_door_for_a_power_supply",
        "the door's contact as mains: there, and failed",
    ),
)
NUT = Path("/lib/nut/generic_modbus")
CLOSED, OPEN = b'ups.status "OL', b'ups.status "OB'


@contextlib.asynccontextmanager
async def gateway(folder: Path, ready: bytes, *arguments: str) -> AsyncIterator[None]:
    """One of pyModbusTCP's programs, from the moment when it says that it is `ready`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "pyModbusTCP.tools", *arguments),
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    try:
        await process.stdout.readuntil(ready)
        yield
    finally:
        process.kill()
        await process.wait()


def test_a_gateway_to_a_line(pypi: Callable[[str], Path]) -> None:
    folder, world, port = pypi("pymodbustcp-tools"), HostedWorld(), free_port()

    async def scenario() -> None:
        async with (
            open_door(world) as path,
            gateway(folder, b"Start serial worker", *f"tcp2rtu -H 127.0.0.1 -p {port} -t 0.2 {path}".split()),
            open_modbus_io(f"tcp://127.0.0.1:{port}", {"timeout_s": 5.0, "tries": 2}) as io,
        ):
            await switch_all(io)
            assert switched(world)
            with pytest.raises(DeviceFault, match="mit Ausnahme 2"):
                await io.ask(Function.READ_COILS, 8)
            await world.act("silence", device="door")
            for asked in (io.check(), io.identify()):
                with pytest.raises(DeviceFault, match="hinter dem Gateway") as caught:
                    await asked
                assert caught.value.code == "door.silent"
            await world.act("wake", device="door")
            await io.check()

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_a_gateway_to_a_network(pypi: Callable[[str], Path]) -> None:
    folder, world = pypi("pymodbustcp-tools"), HostedWorld()

    async def scenario() -> None:
        async with open_door(world, listen="tcp://127.0.0.1:0") as address, joined() as (here, there):
            port = address.rpartition(":")[2]
            ready = gateway(folder, b"Start serial worker", *f"rtu2tcp -H 127.0.0.1 -p {port} {there}".split())
            async with ready, open_modbus_io(here, {"timeout_s": 1.0, "tries": 20}) as io:
                await switch_all(io)
            assert switched(world)

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_nut_takes_the_door_for_a_power_supply(tmp_path: Path) -> None:
    """A closed circuit is mains to it, an open one is not: so is the door's contact."""
    if not NUT.exists():
        missing(f"{NUT} fehlt: nicht geprüft")
    config = "[door]\ndriver = generic_modbus\nport = {}\npollinterval = 1\nrio_slave_id = 1\n"
    contact = "OL_addr = 0\nOL_regtype = 1\nOL_noro = 0\n"

    async def scenario() -> None:
        world = HostedWorld()
        async with open_door(world, listen="tcp://127.0.0.1:0") as address:
            (tmp_path / "ups.conf").write_text(config.format(address.removeprefix("tcp://")) + contact)
            process = await asyncio.create_subprocess_exec(
                NUT,
                *("-a", "door", "-DD", "-u", getpass.getuser()),
                env={"NUT_CONFPATH": str(tmp_path), "NUT_STATEPATH": str(tmp_path), "NUT_ALTPIDPATH": str(tmp_path)},
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
            assert process.stdout is not None
            try:
                await process.stdout.readuntil(b"dstate_init: sock")
                told, asking = await asyncio.open_unix_connection(tmp_path / "generic_modbus-door")
                asking.write(b"DUMPALL\n")
                await told.readuntil(CLOSED)
                await world.act("open_door")
                await told.readuntil(OPEN)  # what changes it tells by itself
                asking.close()
            finally:
                process.kill()
                await process.wait()

    asyncio.run(asyncio.wait_for(scenario(), 60))
