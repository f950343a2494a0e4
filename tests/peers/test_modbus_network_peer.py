"""Modbus TCP in both directions: strangers' clients at the emulated unit, and our driver at strangers' units."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import socket
import socketserver
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from pymodbus.client import AsyncModbusTcpClient
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from emulator.devices.door import open_door
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import LampColour
from lisa_core.equipment.codecs.modbus_pdu import Function
from lisa_core.equipment.drivers.modbus_io import ModbusIo, open_modbus_io
from tests.peers.clients import Client

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client("door", "mbpoll (TCP)", "1.4.11", "Debian", "client", "test_mbpoll", "inputs, outputs, exceptions"),
    Client("door", "pymodbus (TCP)", "3.16.1", "PyPI", "client", "test_pymodbus", "inputs, outputs, exceptions"),
    Client("door", "uModbus (TCP)", "1.0.4", "PyPI", "client", "test_umodbus", "inputs, outputs, exceptions"),
    Client("door", "pyModbusTCP", "0.3.1", "PyPI", "client", "test_pymodbustcp", "inputs, outputs, exceptions"),
    Client("door", "modbus-tk (TCP)", "1.1.5", "PyPI", "client", "test_modbus_tk", "inputs, outputs, exceptions"),
    Client("door", "pyModbusTCP", "0.3.1", "PyPI", "server", "test_our_driver_at_pymodbustcp", "inputs, outputs"),
    Client("door", "modbus-tk (TCP)", "1.1.5", "PyPI", "server", "test_our_driver_at_modbus_tk", "inputs, outputs"),
    Client("door", "pymodbus (TCP)", "3.16.1", "PyPI", "server", "test_our_driver_at_pymodbus", "inputs, outputs"),
    Client("door", "uModbus (TCP)", "1.0.4", "PyPI", "server", "test_our_driver_at_umodbus", "inputs, outputs"),
)
INPUTS, COILS = [1, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 1, 0, 0, 0, 0]


@contextlib.asynccontextmanager
async def a_door() -> AsyncIterator[tuple[HostedWorld, int]]:
    world = HostedWorld()
    async with asyncio.timeout(60), open_door(world, listen="tcp://127.0.0.1:0") as address:
        yield world, int(address.rpartition(":")[2])


def switched(world: HostedWorld) -> bool:
    """Whether what hangs on the first and the fourth output is on."""
    return world.state.glass_opaque and world.state.lamp == LampColour.GREEN.value


async def switch_all(io: ModbusIo) -> None:
    """Our driver at a unit whose first input is 1: read, and write outputs one and four."""
    async with asyncio.timeout(60):
        assert await anext(io.contact(1).states()) is True
        assert await anext(io.contact(2).states()) is False
        await io.switch(1).set(True)
        await io.lamp(2, 3, 4).show(LampColour.GREEN)


async def said_by(*command: str, folder: str = "") -> str:
    """What a program prints that ends well."""
    env = {"NODE_PATH": folder, "PATH": "/usr/local/bin:/usr/bin:/bin"}
    process = await asyncio.create_subprocess_exec(
        *command, env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    said, wrong = await process.communicate()
    assert process.returncode == 0, wrong.decode()
    return said.decode()


def test_mbpoll(need: Callable[[str], str]) -> None:
    program = need("mbpoll")

    async def scenario() -> None:
        async with a_door() as (world, port):
            flags = ("-m", "tcp", "-p", str(port), "-1", "-q", "-r", "1")
            said = await said_by(program, *flags, "-t", "1", "-c", "8", "127.0.0.1")
            assert "[1]: \t1" in said
            await said_by(program, *flags, "-t", "0", "127.0.0.1", "1", "0", "0", "1")
            assert switched(world)
            with pytest.raises(AssertionError, match="Illegal data address"):
                await said_by(program, *flags, "-t", "0", "-c", "9", "127.0.0.1")

    asyncio.run(scenario())


def test_pymodbus() -> None:
    async def scenario() -> None:
        async with a_door() as (world, port):
            client = AsyncModbusTcpClient("127.0.0.1", port=port)
            assert await client.connect()
            try:
                assert [int(one) for one in (await client.read_discrete_inputs(0, count=8)).bits] == INPUTS
                await client.write_coil(0, True)
                await client.write_coils(1, [False, False, True])
                assert [int(one) for one in (await client.read_coils(0, count=8)).bits] == COILS
                assert (await client.read_holding_registers(0x8000)).registers == [200]
                assert (await client.read_coils(7, count=2)).exception_code == 2
                assert (await client.read_input_registers(0)).exception_code == 1
                assert (await client.read_coils(0, count=8, device_id=9)).exception_code == 11
            finally:
                client.close()
            assert switched(world)

    asyncio.run(scenario())


def test_umodbus(pypi: Callable[[str], Path]) -> None:
    pypi("umodbus")
    tcp: Any = importlib.import_module("umodbus.client.tcp")
    errors: Any = importlib.import_module("umodbus.exceptions")

    def talk(port: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as line:

            def ask(question: bytes) -> Any:
                return tcp.send_message(question, line)

            assert ask(tcp.read_discrete_inputs(1, 0, 8)) == INPUTS
            ask(tcp.write_single_coil(1, 0, 1))
            ask(tcp.write_multiple_coils(1, 1, [0, 0, 1]))
            assert ask(tcp.read_coils(1, 0, 8)) == COILS
            assert ask(tcp.read_holding_registers(1, 0x8000, 1)) == [200]
            with pytest.raises(errors.IllegalDataAddressError):
                ask(tcp.read_coils(1, 7, 2))
            with pytest.raises(errors.IllegalFunctionError):
                ask(tcp.read_input_registers(1, 0, 1))

    async def scenario() -> None:
        async with a_door() as (world, port):
            await asyncio.to_thread(talk, port)
            assert switched(world)

    asyncio.run(scenario())


def test_pymodbustcp(pypi: Callable[[str], Path]) -> None:
    pypi("pymodbustcp")
    library: Any = importlib.import_module("pyModbusTCP.client")

    def talk(port: int) -> None:
        client = library.ModbusClient("127.0.0.1", port, unit_id=1, timeout=10)
        assert client.open()
        assert [int(one) for one in client.read_discrete_inputs(0, 8)] == INPUTS
        assert client.write_single_coil(0, True)
        assert client.write_multiple_coils(1, [False, False, True])
        assert [int(one) for one in client.read_coils(0, 8)] == COILS
        assert client.read_holding_registers(0x8000, 1) == [200]
        assert client.read_coils(7, 2) is None
        assert client.last_except == 2
        client.close()

    async def scenario() -> None:
        async with a_door() as (world, port):
            await asyncio.to_thread(talk, port)
            assert switched(world)

    asyncio.run(scenario())


def test_modbus_tk(pypi: Callable[[str], Path]) -> None:
    pypi("modbus-tk")
    tcp: Any = importlib.import_module("modbus_tk.modbus_tcp")
    modbus: Any = importlib.import_module("modbus_tk.modbus")

    def talk(port: int) -> None:
        master = tcp.TcpMaster("127.0.0.1", port, timeout_in_sec=10)
        assert list(master.execute(1, 2, 0, 8)) == INPUTS
        master.execute(1, 5, 0, output_value=1)
        master.execute(1, 15, 1, output_value=[0, 0, 1])
        assert list(master.execute(1, 1, 0, 8)) == COILS
        with pytest.raises(modbus.ModbusError) as caught:
            master.execute(1, 1, 7, 2)
        assert caught.value.get_exception_code() == 2
        master.close()

    async def scenario() -> None:
        async with a_door() as (world, port):
            await asyncio.to_thread(talk, port)
            assert switched(world)

    asyncio.run(scenario())


def test_our_driver_at_pymodbus() -> None:
    def bits(values: list[bool]) -> list[SimData]:
        return [SimData(0, values=values, datatype=DataType.BITS)]

    async def scenario() -> None:
        words = [SimData(0, datatype=DataType.REGISTERS)]
        device = SimDevice(1, simdata=(bits([False] * 16), bits([True] + [False] * 15), words, words))
        server = ModbusTcpServer(device, address=("127.0.0.1", 0))
        await server.serve_forever(background=True)
        port = server.transport.sockets[0].getsockname()[1]
        try:
            async with open_modbus_io(f"tcp://127.0.0.1:{port}", {}) as io:
                await switch_all(io)
                assert list((await io.ask(Function.READ_COILS, 0, count=8)).values) == COILS
                with pytest.raises(DeviceFault, match="mit Ausnahme 2"):
                    await io.ask(Function.READ_COILS, 12, count=8)
        finally:
            await server.shutdown()

    asyncio.run(scenario())


def test_our_driver_at_umodbus(pypi: Callable[[str], Path]) -> None:
    pypi("umodbus")
    tcp: Any = importlib.import_module("umodbus.server.tcp")
    coils = [0] * 8

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    unit: Any = tcp.get_server(Server, ("127.0.0.1", 0), tcp.RequestHandler)
    handlers: list[tuple[list[int], Callable[..., object]]] = [
        ([1], lambda slave_id, function_code, address: coils[address]),
        ([2], lambda slave_id, function_code, address: not address),
        ([5, 15], lambda slave_id, function_code, address, value: coils.__setitem__(address, int(value))),
    ]
    for codes, handler in handlers:
        unit.route(slave_ids=[1], function_codes=codes, addresses=range(8))(handler)

    async def scenario() -> None:
        async with open_modbus_io(f"tcp://127.0.0.1:{unit.server_address[1]}", {"timeout_s": 5.0}) as io:
            await switch_all(io)
            assert coils == COILS
            with pytest.raises(DeviceFault, match="mit Ausnahme 2"):
                await io.ask(Function.READ_COILS, 8)

    with unit:
        serving = threading.Thread(target=unit.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        try:
            asyncio.run(scenario())
        finally:
            unit.shutdown()
            serving.join()


def free_port() -> int:
    """One that was free a moment ago, for units that cannot say which one they have taken."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def listening(port: int) -> None:
    """Until a unit that begins in a thread of its own takes connections."""
    async with asyncio.timeout(60):
        while True:
            with contextlib.suppress(ConnectionRefusedError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                return writer.close()
            await asyncio.sleep(0)


def test_our_driver_at_pymodbustcp(pypi: Callable[[str], Path]) -> None:
    pypi("pymodbustcp")
    library: Any = importlib.import_module("pyModbusTCP.server")
    unit = library.ModbusServer("127.0.0.1", free_port(), no_block=True)
    unit.data_bank.set_discrete_inputs(0, [True])

    async def scenario() -> None:
        async with open_modbus_io(f"tcp://127.0.0.1:{unit.port}", {"timeout_s": 5.0}) as io:
            await switch_all(io)
        assert [int(one) for one in unit.data_bank.get_coils(0, 8)] == COILS

    unit.start()
    try:
        asyncio.run(scenario())
    finally:
        unit.stop()


def test_our_driver_at_modbus_tk(pypi: Callable[[str], Path]) -> None:
    pypi("modbus-tk")
    tcp: Any = importlib.import_module("modbus_tk.modbus_tcp")
    port = free_port()
    server = tcp.TcpServer(port, "127.0.0.1", timeout_in_sec=0.05)
    unit = server.add_slave(1)
    unit.add_block("coils", 1, 0, 8)
    unit.add_block("inputs", 2, 0, 8)
    unit.set_values("inputs", 0, INPUTS)

    async def scenario() -> None:
        await listening(port)
        async with open_modbus_io(f"tcp://127.0.0.1:{port}", {"timeout_s": 5.0}) as io:
            await switch_all(io)
        assert list(unit.get_values("coils", 0, 8)) == COILS

    server.start()
    try:
        asyncio.run(scenario())
    finally:
        server.stop()
