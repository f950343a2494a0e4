"""More of Modbus in both directions: libmodbus by its functions, and libraries of others from PyPI."""

from __future__ import annotations

import asyncio
import importlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from emulator.devices.door import open_door
from emulator.world.live_world import HostedWorld
from lisa_core.equipment.drivers.modbus_io import open_modbus_io
from tests.peers import libmodbus
from tests.peers.clients import Client
from tests.peers.conftest import missing
from tests.peers.test_modbus_line_peer import joined
from tests.peers.test_modbus_network_peer import COILS, INPUTS, free_port, switch_all, switched

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client("door", "libmodbus (TCP)", "3.1.6", "Debian", "client", "test_libmodbus", "inputs, outputs, exceptions"),
    Client("door", "libmodbus (RTU)", "3.1.6", "Debian", "client", "test_libmodbus", "inputs, outputs, exceptions"),
    Client("door", "libmodbus (TCP)", "3.1.6", "Debian", "server", "test_our_driver_at_libmodbus", "inputs, outputs"),
    Client("door", "libmodbus (RTU)", "3.1.6", "Debian", "server", "test_our_driver_at_libmodbus", "inputs, outputs"),
    Client("door", "aiomodbus", "0.6.0", "PyPI", "client", "test_libraries", "inputs, outputs, exceptions"),
    Client("door", "easymodbus", "2.1.6", "PyPI", "client", "test_easymodbus", "inputs, outputs, exceptions"),
    Client("door", "modbusgw-client (TCP)", "0.0.2", "PyPI", "client", "test_libraries", "inputs, outputs, exceptions"),
    Client("door", "modbusgw-client (RTU)", "0.0.2", "PyPI", "client", "test_libraries", "inputs, outputs, exceptions"),
    Client("door", "pymod (TCP)", "0.1.0", "PyPI", "client", "test_libraries", "inputs, outputs, exceptions"),
    Client("door", "pymod (RTU)", "0.1.0", "PyPI", "client", "test_libraries", "inputs, outputs, exceptions"),
    Client("door", "pymod (TCP)", "0.1.0", "PyPI", "server", "test_our_driver_at_pymod", "inputs, outputs"),
)
WAIT_S = 5
Where = int | str
Seen = tuple[list[int], list[int], int, str]
"""Inputs, outputs after switching 0 and 3 on, register 0x8000, and what an address is called that is not there."""


async def met(talk: Callable[[Where], Seen], refused: str, *, on_line: bool = False) -> None:
    """Let a client talk to a unit of its own, on a network or on a line."""
    world = HostedWorld()
    async with open_door(world, listen="" if on_line else "tcp://127.0.0.1:0") as where:
        inputs, coils, version, said = await asyncio.to_thread(talk, where if on_line else int(where.split(":")[2]))
        assert (inputs, coils, version) == (INPUTS, COILS, 200)
        assert refused in said
        assert switched(world)


@pytest.fixture
def _libmodbus() -> None:
    try:
        libmodbus.library()
    except OSError:
        missing(f"{libmodbus.SO} fehlt: nicht geprüft")


@pytest.mark.usefixtures("_libmodbus")
@pytest.mark.parametrize("on_line", [False, True])
def test_libmodbus(on_line: bool) -> None:
    asyncio.run(met(libmodbus.talk, "Illegal data address", on_line=on_line))


@pytest.mark.usefixtures("_libmodbus")
@pytest.mark.parametrize("on_line", [False, True])
def test_our_driver_at_libmodbus(on_line: bool) -> None:
    ready, ended = threading.Event(), threading.Event()

    async def scenario() -> None:
        async with joined() as (here, there):
            port = free_port()
            serving = asyncio.create_task(
                asyncio.to_thread(libmodbus.serve, there if on_line else port, ready, ended), name="libmodbus"
            )
            try:
                await asyncio.to_thread(ready.wait, WAIT_S)
                binding = here if on_line else f"tcp://127.0.0.1:{port}"
                async with open_modbus_io(binding, {"timeout_s": 1.0, "tries": 20}) as io:
                    await switch_all(io)
            finally:
                ended.set()
            assert await serving == COILS

    asyncio.run(asyncio.wait_for(scenario(), 60))


def bits(values: Any) -> list[int]:
    return [int(one) for one in values][:8]


def pymod(where: Where) -> Seen:
    library: Any = importlib.import_module("pymod")
    opened = library.Client.tcp if isinstance(where, int) else library.Client.rtu
    with opened(*(("127.0.0.1", where) if isinstance(where, int) else (where, 9600)), timeout_s=WAIT_S) as client:
        (inputs,) = client.read([library.Discrete(0, 8)])
        wrote = client.write([library.WriteCoils(0, [True]), library.WriteCoils(1, [False, False, True])])
        assert [one.ok for one in wrote] == [True, True]
        coils, version = client.read([library.Coil(0, 8), library.Holding(0x8000, 1)])
        (beyond,) = client.read([library.Coil(7, 2)])
    return bits(inputs.values), bits(coils.values), version.values[0], repr(beyond.error)


def modbusgw(where: Where) -> Seen:
    library: Any = importlib.import_module("modbusgw_client.api").ModbusClient
    opened = library.tcp("127.0.0.1", where, timeout=WAIT_S) if isinstance(where, int) else library.serial(where)
    with opened as client:
        inputs = client.read_discrete_inputs(0, 8)
        client.write_coil(0, True)
        client.write_coils(1, [False, False, True])
        coils, (version,) = client.read_coils(0, 8), client.read_holding_registers(0x8000, 1)
        with pytest.raises(importlib.import_module("modbusgw_client.exceptions").ModbusServerError) as beyond:
            client.read_coils(7, 2)
    return bits(inputs), bits(coils), version, str(beyond.value)


def aiomodbus(where: Where) -> Seen:
    library: Any = importlib.import_module("aiomodbus.tcp")

    async def talk() -> Seen:
        client = library.ModbusTCPClient("127.0.0.1", where, default_unit_id=1, default_timeout=WAIT_S)
        await client.connect()
        inputs = await client.read_discrete_inputs(0, 8)
        await client.write_single_coil(0, True)
        await client.write_multiple_coils(1, False, False, True)
        coils, (version,) = await client.read_coils(0, 8), await client.read_holding_registers(0x8000, 1)
        with pytest.raises(importlib.import_module("aiomodbus.exceptions").IllegalDataAddress) as beyond:
            await client.read_coils(7, 2)
        client.transport.close()
        return bits(inputs), bits(coils), version, repr(beyond.value)

    return asyncio.run(talk())


LIBRARIES: dict[str, tuple[Callable[[Where], Seen], str, bool]] = {
    "aiomodbus": (aiomodbus, "IllegalDataAddress", False),
    "modbusgw-client (TCP)": (modbusgw, "code=2", False),
    "modbusgw-client (RTU)": (modbusgw, "code=2", True),
    "pymod (TCP)": (pymod, "IllegalDataAddress", False),
    "pymod (RTU)": (pymod, "IllegalDataAddress", True),
}


@pytest.mark.parametrize("name", LIBRARIES)
def test_libraries(name: str, pypi: Callable[[str], Path]) -> None:
    pypi("modbus-clients")
    talk, refused, on_line = LIBRARIES[name]
    asyncio.run(met(talk, refused, on_line=on_line))


def test_easymodbus(pypi: Callable[[str], Path]) -> None:
    pypi("easymodbus")
    library: Any = importlib.import_module("easymodbus.modbus_client")
    wrong: Any = importlib.import_module("easymodbus.modbus_exception").StartingAddressInvalidException

    def talk(where: Where) -> Seen:
        client = library.ModbusClient("127.0.0.1", where)
        client.connect()
        inputs = client.read_discrete_inputs(0, 8)
        client.write_single_coil(0, True)
        client.write_multiple_coils(1, [False, False, True])
        coils, (version,) = client.read_coils(0, 8), client.read_holding_registers(0x8000, 1)
        with pytest.raises(wrong) as beyond:
            client.read_coils(7, 2)
        client.close()
        return bits(inputs), bits(coils), version, str(beyond.value)

    asyncio.run(met(talk, "address"))


def test_our_driver_at_pymod(pypi: Callable[[str], Path]) -> None:
    pypi("modbus-clients")
    library: Any = importlib.import_module("pymod")
    coils = [False] * 8

    def on_read(area: Any, address: int, count: int) -> list[bool]:
        return (coils if area == library.Area.COIL else [True] + [False] * 7)[address : address + count]

    def on_write(area: Any, address: int, values: list[bool]) -> None:
        coils[address : address + len(values)] = values

    async def scenario() -> None:
        served = library.Server(host="127.0.0.1", port=0, on_read=on_read, on_write=on_write)
        async with served as unit, open_modbus_io(f"tcp://127.0.0.1:{unit.port}", {"timeout_s": 5.0}) as io:
            await switch_all(io)
        assert bits(coils) == COILS

    asyncio.run(asyncio.wait_for(scenario(), 60))
