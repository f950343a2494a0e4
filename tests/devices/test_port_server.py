"""Emulated serial devices behind RFC 2217: pyserial, which others wrote, and our drivers, as clients."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import serial
from hypothesis import given
from hypothesis import strategies as st

from emulator.devices.door import open_door
from emulator.devices.presence import open_presence
from emulator.devices.pty import open_pty
from emulator.devices.rfc2217.server import served
from emulator.devices.rfc2217.telnet import Heard, PortServer, escape, greeting
from emulator.devices.uart import LineSettings
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.readings import LampColour
from lisa_core.equipment.codecs.ld2410 import REPORT_HEADER
from lisa_core.equipment.drivers.modbus_io import open_modbus_io
from tests.peers.clients import Client

ACCEPTED = (
    Client(
        "presence",
        "pyserial (RFC 2217)",
        "3.5",
        "PyPI",
        "client",
        "test_speed_and_parity_travel",
        "reports over a port server; another speed is garbled",
    ),
)
WAIT_S = 60
CLIENT = bytes.fromhex("fffb2c fffd2c fffd00 fffd63 fffa2c 01 0003e800 fff0 fffa2c 03 03 fff0 41 ffff fffa2c 08 fff0")
"""It agrees to the option and to binary, asks for an unknown option, sets 256,000 and even, says "A" and FF, pauses."""


@contextlib.asynccontextmanager
async def radar() -> AsyncIterator[tuple[HostedWorld, str]]:
    world = HostedWorld()
    async with open_presence(world) as path, served(path, "rfc2217://127.0.0.1:0") as address:
        yield world, address


async def within(address: str, look: Callable[[serial.Serial], bytes], **settings: Any) -> bytes:
    def connected() -> bytes:
        with serial.serial_for_url(address, timeout=WAIT_S, **settings) as port:
            return look(port)

    return await asyncio.to_thread(connected)


def to_a_report(port: serial.Serial) -> bytes:
    heard: bytes = port.read_until(REPORT_HEADER)
    return heard


def test_speed_and_parity_travel() -> None:
    async def run() -> None:
        async with radar() as (_, address):
            assert (await within(address, to_a_report, baudrate=256_000)).endswith(REPORT_HEADER)
            few = await within(address, lambda port: port.read(64), baudrate=115_200)
            assert len(few) == 64
            assert REPORT_HEADER not in few
            few = await within(address, lambda port: port.read(64), baudrate=256_000, parity="O")
            assert REPORT_HEADER not in few
            assert (await within(address, to_a_report, baudrate=256_000)).endswith(REPORT_HEADER)

    asyncio.run(run())


def test_what_the_line_cannot_do_is_said() -> None:
    async def run() -> None:
        async with radar() as (_, address):
            with pytest.raises(ValueError, match="datasize"):
                await within(address, to_a_report, baudrate=256_000, bytesize=7)
            with pytest.raises(ValueError, match="parity"):
                await within(address, to_a_report, baudrate=256_000, parity="M")
            assert (await within(address, to_a_report, baudrate=256_000)).endswith(REPORT_HEADER)

    asyncio.run(run())


def test_the_second_client_is_turned_away_and_an_unplugged_line_hangs_up() -> None:
    async def run() -> None:
        async with contextlib.AsyncExitStack() as stack:
            line = await stack.enter_async_context(open_pty())
            address = await stack.enter_async_context(served(line.path, "rfc2217://127.0.0.1:0"))
            host, port = address.removeprefix("rfc2217://").split(":")
            first, kept = await asyncio.open_connection(host, port)
            assert await first.readexactly(len(greeting())) == greeting()
            second, _ = await asyncio.open_connection(host, port)
            assert (await second.read()).endswith(b"Port already in use\r\n")
            line.write(b"\xff\x01")
            assert await first.readexactly(3) == b"\xff\xff\x01"
            await stack.aclose()
            assert await first.read() == b""
            kept.close()

    asyncio.run(run())


def test_our_driver_switches_through_it() -> None:
    async def run() -> None:
        world = HostedWorld()
        async with (
            open_door(world) as path,
            served(path, "rfc2217://127.0.0.1:0") as address,
            open_modbus_io(address, {}) as unit,
        ):
            await unit.lamp(red=2, yellow=3, green=4).show(LampColour.GREEN)
            assert world.state.lamp == LampColour.GREEN.value

    asyncio.run(run())


def test_no_free_port_is_a_sentence() -> None:
    async def run() -> None:
        async with radar() as (_, address):
            with pytest.raises(LisaError, match=address.rpartition(":")[2]):
                async with served("/dev/null", address):
                    pass

    asyncio.run(run())


@given(st.data())
def test_cuts_change_nothing(data: st.DataObject) -> None:
    whole, pieces = PortServer(LineSettings(9600)), PortServer(LineSettings(9600))
    heard, line, answer = whole.feed(CLIENT), b"", b""
    rest = CLIENT
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        part, rest = pieces.feed(rest[:size]), rest[size:]
        line, answer = line + part.line, answer + part.answer
    assert (line, answer) == (heard.line, heard.answer) == (b"A\xff", answer)
    assert pieces.settings == heard.settings == LineSettings(256_000, "E")
    assert whole.paused
    assert bytes.fromhex("fffc63") in answer  # declined
    assert bytes.fromhex("fffa2c65 0003e800 fff0 fffa2c67 03 fff0") in answer


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_nothing(data: bytes) -> None:
    server = PortServer(LineSettings(9600))
    assert len(server.feed(data).line) <= len(data)
    assert PortServer(LineSettings(9600)).feed(escape(data)) == Heard(line=data)
