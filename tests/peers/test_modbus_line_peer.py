"""Modbus RTU in both directions: strangers' clients at the emulated unit's line, our driver at strangers' units.

mbpoll and minimalmodbus stand in test_door_peer.py. A unit of others opens a line as a client does, so two
pseudo-terminals are joined back to back for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import os
import threading
import tty
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import serial
from pymodbus.client import AsyncModbusSerialClient
from pymodbus.framer import FramerType
from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

from emulator.devices.door import open_door
from emulator.world.live_world import HostedWorld
from lisa_core.equipment.codecs.modbus_pdu import Function
from lisa_core.equipment.drivers.modbus_io import open_modbus_io
from tests.peers.clients import Client
from tests.peers.test_modbus_network_peer import COILS, INPUTS, switch_all, switched

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client("door", "pymodbus (RTU)", "3.16.1", "PyPI", "client", "test_pymodbus", "inputs, outputs, exceptions"),
    Client("door", "uModbus (RTU)", "1.0.4", "PyPI", "client", "test_umodbus", "inputs, outputs, exceptions"),
    Client("door", "modbus-tk (RTU)", "1.1.5", "PyPI", "client", "test_modbus_tk", "inputs, outputs"),
    Client("door", "modbus-tk (RTU)", "1.1.5", "PyPI", "server", "test_our_driver_at_modbus_tk", "inputs, outputs"),
    Client("door", "pymodbus (RTU)", "3.16.1", "PyPI", "server", "test_our_driver_at_pymodbus", "inputs, outputs"),
    Client("door", "uModbus (RTU)", "1.0.4", "PyPI", "server", "test_our_driver_at_umodbus", "inputs, outputs"),
)


@contextlib.asynccontextmanager
async def joined() -> AsyncIterator[tuple[str, str]]:
    """Two ends of one line, each to be opened by its path."""
    loop = asyncio.get_running_loop()
    pairs = [os.openpty() for _ in range(2)]
    masters = [master for master, _ in pairs]
    for _, end in pairs:
        tty.setraw(end)
    for here, there in (masters, masters[::-1]):
        loop.add_reader(here, lambda here=here, there=there: os.write(there, os.read(here, 4096)))
    try:
        yield os.ttyname(pairs[0][1]), os.ttyname(pairs[1][1])
    finally:
        for master, end in pairs:
            loop.remove_reader(master)
            os.close(master)
            os.close(end)


def test_pymodbus() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with asyncio.timeout(60), open_door(world) as path:
            client = AsyncModbusSerialClient(path, framer=FramerType.RTU, baudrate=9600)
            assert await client.connect()
            try:
                assert [int(one) for one in (await client.read_discrete_inputs(0, count=8)).bits] == INPUTS
                await client.write_coil(0, True)
                await client.write_coils(1, [False, False, True])
                assert [int(one) for one in (await client.read_coils(0, count=8)).bits] == COILS
                assert (await client.read_holding_registers(0x8000)).registers == [200]
                assert (await client.read_coils(7, count=2)).exception_code == 2
            finally:
                client.close()
            assert switched(world)

    asyncio.run(scenario())


def test_umodbus(pypi: Callable[[str], Path]) -> None:
    pypi("umodbus")
    rtu: Any = importlib.import_module("umodbus.client.serial.rtu")
    errors: Any = importlib.import_module("umodbus.exceptions")

    def talk(path: str) -> None:
        with serial.Serial(path, 9600, timeout=5) as line:

            def ask(question: bytes) -> Any:
                return rtu.send_message(question, line)

            assert ask(rtu.read_discrete_inputs(1, 0, 8)) == INPUTS
            ask(rtu.write_single_coil(1, 0, 1))
            ask(rtu.write_multiple_coils(1, 1, [0, 0, 1]))
            assert ask(rtu.read_coils(1, 0, 8)) == COILS
            with pytest.raises(errors.IllegalDataAddressError):
                ask(rtu.read_coils(1, 7, 2))

    async def scenario() -> None:
        world = HostedWorld()
        async with open_door(world) as path:
            await asyncio.to_thread(talk, path)
            assert switched(world)

    asyncio.run(scenario())


def test_modbus_tk(pypi: Callable[[str], Path]) -> None:
    pypi("modbus-tk")
    rtu: Any = importlib.import_module("modbus_tk.modbus_rtu")

    def talk(path: str) -> None:
        with serial.Serial(path, 9600) as line:
            master = rtu.RtuMaster(line)
            master.set_timeout(5)
            assert list(master.execute(1, 2, 0, 8)) == INPUTS
            master.execute(1, 5, 0, output_value=1)
            master.execute(1, 15, 1, output_value=[0, 0, 1])
            assert list(master.execute(1, 1, 0, 8)) == COILS

    async def scenario() -> None:
        world = HostedWorld()
        async with open_door(world) as path:
            await asyncio.to_thread(talk, path)
            assert switched(world)

    asyncio.run(scenario())


def test_our_driver_at_modbus_tk(pypi: Callable[[str], Path]) -> None:
    pypi("modbus-tk")
    rtu: Any = importlib.import_module("modbus_tk.modbus_rtu")

    async def scenario() -> None:
        async with joined() as (here, there):
            server = rtu.RtuServer(serial.Serial(there, 9600))
            unit = server.add_slave(1)
            unit.add_block("coils", 1, 0, 8)
            unit.add_block("inputs", 2, 0, 8)
            unit.set_values("inputs", 0, INPUTS)
            server.start()
            try:
                async with open_modbus_io(here, {"timeout_s": 1.0, "tries": 20}) as io:
                    await switch_all(io)
                assert list(unit.get_values("coils", 0, 8)) == COILS
            finally:
                await asyncio.to_thread(server.stop)

    asyncio.run(scenario())


def test_our_driver_at_pymodbus() -> None:
    def bits(values: list[bool]) -> list[SimData]:
        return [SimData(0, values=values, datatype=DataType.BITS)]

    async def scenario() -> None:
        words = [SimData(0, datatype=DataType.REGISTERS)]
        device = SimDevice(1, simdata=(bits([False] * 16), bits([True] + [False] * 15), words, words))
        async with joined() as (here, there):
            server = ModbusSerialServer(device, framer=FramerType.RTU, port=there, baudrate=9600)
            await server.serve_forever(background=True)
            try:
                async with open_modbus_io(here, {"timeout_s": 1.0, "tries": 20}) as io:
                    await switch_all(io)
                    assert list((await io.ask(Function.READ_COILS, 0, count=8)).values) == COILS
            finally:
                await server.shutdown()

    asyncio.run(scenario())


def test_our_driver_at_umodbus(pypi: Callable[[str], Path]) -> None:
    pypi("umodbus")
    units: Any = importlib.import_module("umodbus.server.serial")
    rtu: Any = importlib.import_module("umodbus.server.serial.rtu")
    coils = [0] * 8

    def serve(path: str, ended: threading.Event) -> None:
        with serial.Serial(path, 9600, timeout=0.05) as line:
            unit = units.get_server(rtu.RTUServer, line)
            handlers: list[tuple[list[int], Callable[..., object]]] = [
                ([1], lambda slave_id, function_code, address: coils[address]),
                ([2], lambda slave_id, function_code, address: not address),
                ([5, 15], lambda slave_id, function_code, address, value: coils.__setitem__(address, int(value))),
            ]
            for codes, handler in handlers:
                unit.route(slave_ids=[1], function_codes=codes, addresses=range(8))(handler)
            while not ended.is_set():
                with contextlib.suppress(ValueError):  # nothing came in time
                    unit.serve_once()

    async def scenario() -> None:
        ended = threading.Event()
        async with joined() as (here, there):
            serving = asyncio.create_task(asyncio.to_thread(serve, there, ended))
            try:
                async with open_modbus_io(here, {"timeout_s": 1.0, "tries": 20, "poll_ms": 500}) as io:
                    await switch_all(io)
                    assert coils == COILS
            finally:
                ended.set()
                await serving

    asyncio.run(scenario())
