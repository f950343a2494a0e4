"""Radars and Modbus beside software of others: `python -m tests.bench buses`.

Decoding reports of an LD2410 beside aio-ld2410, requests a second as Modbus client and as unit beside pymodbus, and one
command and its answer over a pseudo-terminal through driver and line beside bare pyserial. Each pair in turn, in one
process; both clients ask our unit, one bare client asks both units, and the radar is a process of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import serial
from aio_ld2410.protocol import Report as TheirReport
from aio_ld2410.stream import FrameStream
from pymodbus.client import AsyncModbusTcpClient
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from emulator.devices.door import open_door
from emulator.devices.presence import Radar, told
from emulator.world.live_world import HostedWorld
from emulator.world.world import Person, World
from lisa_core.equipment.codecs import ld2410, modbus_tcp
from lisa_core.equipment.codecs.hilink import COMMAND_FOOTER, encode_command
from lisa_core.equipment.codecs.modbus_pdu import Function, Request
from lisa_core.equipment.drivers.ld2410 import open_ld2410
from lisa_core.equipment.drivers.modbus.master import Master, NetworkFraming
from lisa_core.equipment.drivers.modbus_io import OPTIONS
from lisa_core.equipment.lines.tcp_stream import open_tcp
from lisa_core.equipment.slots.driver import chosen
from tests.bench.pair import REPEATS, Pair, Row, interleaved, seconds

FRAMES, PIECE = 500, 64
REQUESTS, ROUNDS = 400, 100
INPUTS = Request(1, Function.READ_INPUTS, 0, 8)


def rows() -> list[Row]:
    """Decoding, client, unit, and the way over a pseudo-terminal."""
    decoded, client, unit, line = decoding(), as_client(), as_unit(), over_a_line()
    return [
        Row(
            f"{FRAMES} Berichte eines LD2410 lesen",
            seconds(decoded.our_median),
            "aio-ld2410 1.1.0",
            seconds(decoded.their_median),
            1 / decoded.ratio,
            5,
            fast=True,
        ),
        _per_second("Modbus TCP als Client", client),
        _per_second("Modbus TCP als Einheit", unit),
        Row(
            "Befehl und Antwort über ein Pty, durch Treiber und Leitung",
            seconds(line.our_median / ROUNDS),
            "pyserial allein",
            seconds(line.their_median / ROUNDS),
            line.ratio,
            1.5,
        ),
    ]


def _per_second(what: str, pair: Pair) -> Row:
    ours, theirs = (f"{REQUESTS / median:.0f} Fragen/s" for median in (pair.our_median, pair.their_median))
    return Row(what, ours, "pymodbus 3.16.1", theirs, 1 / pair.ratio, 1, fast=True)


def decoding(frames: int = FRAMES, repeats: int = REPEATS) -> Pair:
    """Seconds for the same stream in the same pieces, down to numbers."""
    world = World(people=(Person(140), Person(80, seated=True)))
    stream = b"".join(told(Radar(engineering=number % 2 == 0), world, number * 100_000) for number in range(frames))
    pieces = [stream[at : at + PIECE] for at in range(0, len(stream), PIECE)]

    def ours() -> float:
        parser, began_s = ld2410.Parser(), time.perf_counter()
        found = sum(len(parser.feed(piece)) for piece in pieces)
        assert found == frames
        return time.perf_counter() - began_s

    def theirs() -> float:
        parser, began_s, found = FrameStream(), time.perf_counter(), 0
        for piece in pieces:
            parser.push(piece)
            for frame in parser:
                found += TheirReport.parse(frame.data).data.basic.detection_distance > 0
        assert found == frames
        return time.perf_counter() - began_s

    return interleaved(ours, theirs, repeats)


def as_client(requests: int = REQUESTS, repeats: int = REPEATS) -> Pair:
    """Seconds for so many questions, one after the other, at our unit."""

    @contextlib.asynccontextmanager
    async def ours(port: int) -> AsyncIterator[Callable[[], Awaitable[object]]]:
        stream = await open_tcp("127.0.0.1", port)
        master = Master(stream, NetworkFraming(stream), "", chosen(OPTIONS, {"timeout_s": 5.0}))
        following = asyncio.create_task(master.follow())
        yield lambda: master.ask(Function.READ_INPUTS, 0, count=8)
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await stream.aclose()

    @contextlib.asynccontextmanager
    async def theirs(port: int) -> AsyncIterator[Callable[[], Awaitable[object]]]:
        client = AsyncModbusTcpClient("127.0.0.1", port=port)
        assert await client.connect()
        yield lambda: client.read_discrete_inputs(0, count=8)
        client.close()

    async def measured(
        which: Callable[[int], contextlib.AbstractAsyncContextManager[Callable[[], Awaitable[object]]]],
    ) -> float:
        async with contextlib.AsyncExitStack() as stack:
            address = await stack.enter_async_context(open_door(HostedWorld(), listen="tcp://127.0.0.1:0"))
            ask = await stack.enter_async_context(which(int(address.rpartition(":")[2])))
            await ask()
            began_s = time.perf_counter()
            for _ in range(requests):
                await ask()
            return time.perf_counter() - began_s

    return interleaved(lambda: asyncio.run(measured(ours)), lambda: asyncio.run(measured(theirs)), repeats)


def as_unit(requests: int = REQUESTS, repeats: int = REPEATS) -> Pair:
    """Seconds for so many questions of one bare client, one after the other."""

    async def asked(port: int) -> float:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        began_s = time.perf_counter()
        for number in range(requests):
            writer.write(modbus_tcp.encode_request(INPUTS, number))
            await reader.readexactly(10)
        took_s = time.perf_counter() - began_s
        writer.close()
        return took_s

    async def ours() -> float:
        async with open_door(HostedWorld(), listen="tcp://127.0.0.1:0") as address:
            return await asked(int(address.rpartition(":")[2]))

    async def theirs() -> float:
        bits, words = (
            [SimData(0, values=[False] * 16, datatype=DataType.BITS)],
            [SimData(0, datatype=DataType.REGISTERS)],
        )
        server = ModbusTcpServer(SimDevice(1, simdata=(bits, bits, words, words)), address=("127.0.0.1", 0))
        await server.serve_forever(background=True)
        try:
            return await asked(server.transport.sockets[0].getsockname()[1])
        finally:
            await server.shutdown()

    return interleaved(lambda: asyncio.run(ours()), lambda: asyncio.run(theirs()), repeats)


def over_a_line(rounds: int = ROUNDS, repeats: int = REPEATS) -> Pair:
    """Seconds for so many commands to the emulated radar, each with its answer."""
    begin = encode_command(ld2410.Command(ld2410.Code.CONFIG_ENABLE, b"\x01\x00"))
    command = encode_command(ld2410.Command(ld2410.Code.FIRMWARE))
    answer_length = len(encode_command(ld2410.Acknowledgement(ld2410.Code.FIRMWARE, data=bytes(8))))

    async def ours(path: str) -> float:
        async with open_ld2410(path, {}) as radar, radar.configured():
            began_s = time.perf_counter()
            for _ in range(rounds):
                await radar.ask(ld2410.Code.FIRMWARE)
            return time.perf_counter() - began_s

    def theirs(path: str) -> float:
        with serial.Serial(path, ld2410.BAUDRATE, timeout=5) as port:
            port.write(begin)
            port.read_until(COMMAND_FOOTER)
            port.reset_input_buffer()
            began_s = time.perf_counter()
            for _ in range(rounds):
                port.write(command)
                assert len(port.read(answer_length)) == answer_length
            return time.perf_counter() - began_s

    with a_radar() as path:
        return interleaved(lambda: asyncio.run(ours(path)), lambda: theirs(path), repeats)


@contextlib.contextmanager
def a_radar() -> Iterator[str]:
    """In a process of its own, as a device is; yields its path."""
    lisa = Path(sys.executable).with_name("lisa")
    with subprocess.Popen([str(lisa), "emulate", "presence"], stdout=subprocess.PIPE) as device:
        assert device.stdout is not None
        try:
            yield json.loads(device.stdout.readline())["path"]
        finally:
            device.terminate()
