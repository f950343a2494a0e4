"""Serial lines: a pty on the loop, a socket and RFC 2217 in threads; how each is lost and what is left behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import select
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
import serial
from serial.rfc2217 import PortManager
from serial.urlhandler import protocol_socket

from emulator.devices.pty import open_pty
from lisa_core.domain.model.errors import DeviceFault, LisaError, ProfileError
from lisa_core.equipment.lines import serial as serial_module
from lisa_core.equipment.lines import serial_faults
from lisa_core.equipment.lines.null_modem import memory_pair
from lisa_core.equipment.lines.serial import open_serial
from lisa_core.equipment.lines.stream import ByteStream

SET_CONTROL = re.compile(rb"\xff\xfa,\x05.\xff\xf0", re.DOTALL)
"""What a client sets a control line with (RFC 2217: COM-PORT-OPTION 44, SET-CONTROL 5)."""


async def _read(stream: ByteStream, count: int) -> bytes:
    data = b""
    async with asyncio.timeout(60):
        while len(data) < count:
            data += await stream.read()
    return data


async def _lost(stream: ByteStream) -> str:
    with pytest.raises(DeviceFault) as caught:
        await _read(stream, 1_000_000)
    return caught.value.code


def test_a_line_outlives_its_clients() -> None:
    async def scenario() -> None:
        async with open_pty() as line:
            line.write(b"nobody hears this")
            for baudrate, parity in ((9600, "N"), (256_000, "E"), (256_000, "E")):
                client = await open_serial(line.path, baudrate=baudrate, parity=parity)
                await client.write(bytes(range(256)))
                assert await line.read() == bytes(range(256))
                line.write(bytes(range(256)))
                assert await _read(client, 256) == bytes(range(256))
                line.write(b"left unread")
                await client.aclose()
                await client.aclose()

    asyncio.run(scenario())


def test_a_slow_reader_loses_the_oldest_and_keeps_the_newest() -> None:
    async def scenario() -> None:
        async with open_pty() as line:
            client = await open_serial(line.path, baudrate=9600)
            for number in range(10_000):
                line.write(b"%08d" % number)
            assert line.overruns
            got = await client.read()
            while not got.endswith(b"00009999"):
                got += await _read(client, 1)
            assert not got.startswith(b"00000000")
            await client.aclose()

    asyncio.run(scenario())


def test_unplugging_and_closing_end_a_pending_read() -> None:
    async def scenario() -> None:
        async with open_pty() as line:
            client = await open_serial(line.path, baudrate=9600)
            other = asyncio.create_task(_lost(client))
            await asyncio.sleep(0)
            await client.aclose()
            assert await other == "link.lost"
            client = await open_serial(line.path, baudrate=9600)
        assert await _lost(client) == "link.lost"
        with pytest.raises(DeviceFault, match="Kabel"):
            await client.write(b"?")
        await client.aclose()

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("/dev/ttyNotThere", "link.missing"),
        ("socket://127.0.0.1:1", "link.missing"),
    ],
)
def test_what_cannot_be_opened(url: str, code: str) -> None:
    with pytest.raises(DeviceFault, match=url) as caught:
        asyncio.run(open_serial(url, baudrate=9600))
    assert caught.value.code == code


@pytest.mark.parametrize("url", ["/dev/null", "/dev", __file__, f"{__file__}/x", "nonsense://x", "ttyUSB0"])
def test_what_can_never_be_a_line(url: str) -> None:
    with pytest.raises(ProfileError, match=re.escape(url)) as caught:
        asyncio.run(open_serial(url, baudrate=9600))
    assert "Could not" not in str(caught.value)


def _held_line(held: contextlib.ExitStack) -> str:
    master, slave = os.openpty()
    held.callback(os.close, master)
    held.callback(os.close, slave)
    return os.ttyname(slave)


def _held_socket(held: contextlib.ExitStack) -> str:
    server = held.enter_context(socket.create_server(("127.0.0.1", 0)))
    return f"socket://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("network", [False, True])
def test_a_line_that_takes_nothing_any_more_is_lost(network: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sends waits for no answer yet: nothing else would ever tell that the line is held."""
    monkeypatch.setattr(serial_module, "WRITE_S", 0.1)

    async def scenario() -> None:
        with contextlib.ExitStack() as held:
            client = await open_serial(_held_socket(held) if network else _held_line(held), baudrate=9600)
            async with asyncio.timeout(60):
                with pytest.raises(DeviceFault) as caught:
                    await client.write(bytes(20_000_000))
                await client.aclose()
            assert caught.value.code == "link.lost"
            assert "nichts mehr angenommen" in str(caught.value)

    asyncio.run(scenario())


def test_a_port_has_one_user() -> None:
    async def scenario() -> None:
        async with open_pty() as line:
            client = await open_serial(line.path, baudrate=9600)
            with pytest.raises(DeviceFault, match="anderes Programm"):
                await open_serial(line.path, baudrate=9600)
            await client.aclose()

    asyncio.run(scenario())


def test_a_line_under_a_chosen_name(tmp_path: Path) -> None:
    async def scenario() -> None:
        name = tmp_path / "radar"
        async with open_pty(str(name)) as line:
            assert line.path == str(name)
            client = await open_serial(str(name), baudrate=9600)
            await client.aclose()
            with pytest.raises(LisaError, match="freien Pfad"):
                async with open_pty(str(name)):
                    pass

    asyncio.run(scenario())
    assert not list(tmp_path.iterdir())


@contextlib.asynccontextmanager
async def _echo(manager: bool, seen: dict[str, object]) -> AsyncIterator[str]:
    """A serial port behind TCP that sends everything back; with RFC 2217 it notes the settings asked for."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        port = serial.serial_for_url("loop://")
        telnet = PortManager(port, writer) if manager else None
        while data := await reader.read(1000):
            writer.write(_through(telnet, data))
            if b"hang up" in data:
                break
            seen.update(baudrate=port.baudrate, parity=port.parity)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


def _through(telnet: PortManager | None, data: bytes) -> bytes:
    return b"".join(telnet.escape(b"".join(telnet.filter(data)))) if telnet else data


@pytest.mark.parametrize("scheme", ["socket", "rfc2217"])
def test_a_port_on_another_machine(scheme: str) -> None:
    async def scenario() -> None:
        seen: dict[str, object] = {}
        async with _echo(scheme == "rfc2217", seen) as address:
            client = await open_serial(f"{scheme}://{address}", baudrate=128_000, parity="E")
            await client.write(bytes(range(256)))
            assert await _read(client, 256) == bytes(range(256))
            if scheme == "rfc2217":
                assert seen == {"baudrate": 128_000, "parity": "E"}
            await client.write(b"hang up")
            assert await _read(client, 7) == b"hang up"  # its last bytes
            assert await _lost(client) == "link.lost"
            await client.aclose()

    before = set(threading.enumerate())
    asyncio.run(scenario())
    left = set(threading.enumerate()) - before
    for thread in left:
        thread.join(5)  # it is on its way out; none may stay
    assert not [thread.name for thread in left if thread.is_alive()]


def test_memory_streams() -> None:
    async def scenario() -> None:
        near, far = memory_pair()
        await near.write(b"to far")
        assert await far.read() == b"to far"
        await far.write(b"last words")
        await far.aclose()
        assert await near.read() == b"last words"
        assert await _lost(near) == "link.lost"

    asyncio.run(scenario())


@contextlib.asynccontextmanager
async def _server(
    answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[str]:
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def _taken(telnet: bool, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """As ser2net speaks to the second client of a port, in two pieces; for RFC 2217 its telnet speaks first."""
    writer.write(b"\xff\xfb\x03\xff\xfd\x2cPort already" if telnet else b"Port already")
    await writer.drain()
    await asyncio.sleep(0)
    writer.write(b" in use\r\n")
    writer.close()


@pytest.mark.parametrize(("scheme", "options"), [("socket", ""), ("rfc2217", "?timeout=0.2")])
def test_a_port_on_another_machine_that_somebody_else_has(scheme: str, options: str) -> None:
    """What the server says is no byte of the device, and trying again helps."""

    async def scenario() -> None:
        async with _server(partial(_taken, bool(options))) as address:
            with pytest.raises(DeviceFault, match="anderes Programm") as caught:
                await _first_bytes(f"{scheme}://{address}{options}")
            assert (caught.value.code, caught.value.retryable) == ("link.busy", True)

    asyncio.run(scenario())


async def _first_bytes(url: str) -> bytes:
    client = await open_serial(url, baudrate=9600)
    try:
        return await client.read()
    finally:
        await client.aclose()


def test_bytes_that_begin_like_a_sentence_are_the_device_s() -> None:
    async def device(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"Port 7")
        await writer.drain()
        await reader.read()
        writer.close()

    async def scenario() -> None:
        async with _server(device) as address:
            client = await open_serial(f"socket://{address}", baudrate=9600)
            assert await _read(client, 6) == b"Port 7"
            await client.aclose()

    asyncio.run(scenario())


def test_a_server_that_does_not_answer_for_the_control_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """As ser2net in front of a pty: the cure is told, and works."""
    monkeypatch.setattr(serial_faults, "HEAR_S", 0.1)  # it says nothing of being busy

    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        telnet = PortManager(serial.serial_for_url("loop://"), writer)
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(1000):
                writer.write(_through(telnet, SET_CONTROL.sub(b"", data)))
        writer.close()

    async def scenario() -> None:
        async with _server(deaf) as address:
            with pytest.raises(DeviceFault, match=r"\?ign_set_control"):
                await open_serial(f"rfc2217://{address}?timeout=1", baudrate=9600)
            client = await open_serial(f"rfc2217://{address}?timeout=60&ign_set_control", baudrate=9600)
            await client.aclose()

    asyncio.run(scenario())


@pytest.mark.parametrize("piece", [1, 100])
def test_a_telnet_server_where_raw_bytes_are_expected(piece: int) -> None:
    """As ser2net with `accepter: telnet` begins: the cure is told, and none of it is taken for the device's."""
    greeting = bytes.fromhex("fffb03 fffd03 fffb01 fffe01 fffd00 fffb00") + b"\xf4\xf3"

    async def telnet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for at in range(0, len(greeting), piece):
            writer.write(greeting[at : at + piece])
            await writer.drain()
        await reader.read()
        writer.close()

    async def scenario() -> None:
        async with _server(telnet) as address:
            with pytest.raises(DeviceFault, match=f"rfc2217://{address} binden.*accepter: tcp") as caught:
                await _first_bytes(f"socket://{address}")
            assert (caught.value.code, caught.value.retryable) == ("link.refused", False)

    asyncio.run(scenario())


@pytest.mark.parametrize("first", [b"\xff\xfd\x03A", b"\xff\x00", b"\xff\xff\xfb"])
def test_bytes_that_begin_like_telnet_are_the_device_s(first: bytes) -> None:
    async def device(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        await reader.read()
        writer.close()

    async def scenario() -> None:
        async with _server(device) as address:
            client = await open_serial(f"socket://{address}", baudrate=9600)
            assert await _read(client, len(first)) == first
            await client.aclose()

    asyncio.run(scenario())


def test_a_line_that_is_closed_while_it_writes_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a plug that comes and goes: who reads has noticed and opens anew, while somebody still writes."""

    class LateSelect:
        """pyserial asks it whether the network has taken the bytes; meanwhile the port is closed."""

        writing = threading.Event()

        def select(
            self, reading: list[socket.socket], writing: list[socket.socket], *rest: object, **kept: object
        ) -> tuple[list[object], ...]:
            if writing:
                self.writing.set()
                while writing[0].fileno() >= 0:  # until it is closed
                    pass
            return select.select(reading, writing, [], 0)

    async def closed_in_the_middle(address: str) -> str:
        stream = await open_serial(f"socket://{address}", baudrate=9600)
        late = LateSelect()
        monkeypatch.setattr(protocol_socket, "select", late)
        writing = asyncio.create_task(stream.write(b"asked"))
        await asyncio.to_thread(late.writing.wait)
        await stream.aclose()
        with pytest.raises(DeviceFault) as lost:
            await writing
        return lost.value.code

    with contextlib.ExitStack() as held:
        address = _held_socket(held).partition("//")[2]
        assert asyncio.run(asyncio.wait_for(closed_in_the_middle(address), 60)) == "link.lost"


def test_who_writes_is_told_what_the_server_said_also_where_it_is_read_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal and the end of the line come together; on a busy machine the write fails before all is read."""
    read_on, come = threading.Event(), serial_module._come

    def late(port: serial.Serial) -> bytes:
        read_on.wait()
        return come(port)

    async def write_on(stream: ByteStream) -> None:
        while True:
            await stream.write(b"asked")

    async def scenario() -> None:
        monkeypatch.setattr(serial_module, "_come", late)
        async with _server(partial(_taken, False)) as address:
            stream = await open_serial(f"socket://{address}", baudrate=9600)
            asyncio.get_running_loop().call_later(0.1, read_on.set)
            with pytest.raises(DeviceFault, match="anderes Programm") as caught:
                await write_on(stream)
            assert caught.value.code == "link.busy"
            await stream.aclose()

    try:
        asyncio.run(asyncio.wait_for(scenario(), 60))
    finally:
        read_on.set()
