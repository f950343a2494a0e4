"""Clients that write without end, never read, or vanish: the device goes on, and nothing of it grows."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any, cast

import pytest

from emulator.devices.door import open_door
from emulator.devices.head.wires import open_camera_head
from emulator.devices.listener import Client
from emulator.devices.pty import open_pty
from emulator.devices.rfc2217.server import served
from emulator.world.line_faults import LineFaults
from emulator.world.live_world import HostedWorld, serve_world
from lisa_core.equipment.codecs.modbus_pdu import Function, Request
from lisa_core.equipment.codecs.modbus_tcp import encode_request

MOST = 12_000_000
"""More bytes than all buffers on the way hold together; of the world's one is as long as its longest messages."""


@contextlib.asynccontextmanager
async def _port_server() -> AsyncIterator[str]:
    async with open_pty() as line, served(line.path, "rfc2217://127.0.0.1:0") as address:
        yield address


TALKERS: dict[str, tuple[Callable[[], contextlib.AbstractAsyncContextManager[str]], bytes]] = {
    "modbus tcp": (
        lambda: open_door(HostedWorld(), listen="tcp://127.0.0.1:0"),
        encode_request(Request(1, Function.READ_HOLDING, 0x8000), 7),
    ),
    "visca tcp": (
        lambda: open_camera_head(HostedWorld(), listen="socket://127.0.0.1:0"),
        bytes.fromhex("81 09 00 02 ff"),
    ),
    "rfc2217": (_port_server, bytes.fromhex("ff fa 2c 00 ff f0")),
    "world": (lambda: serve_world(HostedWorld()), b'{"id": 1, "act": "sitz"}\n'),
}
"""What each answers, and how it is asked."""


@pytest.mark.parametrize("talker", TALKERS)
def test_of_who_never_reads_nothing_more_is_taken(talker: str) -> None:
    opened, question = TALKERS[talker]

    async def scenario() -> None:
        async with opened() as address:
            with socket.socket() as client:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
                client.connect(("127.0.0.1", int(address.rpartition(":")[2])))
                client.setblocking(False)
                assert await _taken(client, question) < MOST

    asyncio.run(asyncio.wait_for(scenario(), 60))


async def _taken(client: socket.socket, question: bytes) -> int:
    """How many bytes are taken until nothing more is."""
    taken = refused = 0
    while taken < MOST and refused < 300:
        begun = taken % len(question)
        try:
            taken, refused = taken + client.send((question * 200)[begun:]), 0
        except BlockingIOError:
            refused += 1
        await asyncio.sleep(0)
    return taken


def test_everybody_else_has_a_turn_beside_who_writes_without_end() -> None:
    async def scenario() -> None:
        loop, turns = asyncio.get_running_loop(), list[str]()
        async with open_pty() as line:
            client = os.open(line.path, os.O_RDWR | os.O_NOCTTY)
            os.write(client, b"x" * 4000)
            loop.call_soon(turns.append, "pty")
            assert await line.read()
            os.close(client)
        reader, faults = asyncio.StreamReader(), LineFaults(HostedWorld(), "door")
        reader.feed_data(b"x" * 4000)
        loop.call_soon(turns.append, "tcp")
        assert await Client(reader, cast("Any", _Writer()), faults).read()
        assert turns == ["pty", "tcp"]

    asyncio.run(scenario())


class _Writer:
    def get_extra_info(self, name: str) -> socket.socket:
        return socket.socket()

    async def drain(self) -> None:
        """All is sent."""


def test_who_vanishes_in_the_middle_is_not_talked_to_any_more(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        async with open_door(HostedWorld(), listen="tcp://127.0.0.1:0") as address:
            where, question = ("127.0.0.1", int(address.rpartition(":")[2])), TALKERS["modbus tcp"][1]
            for cut in range(1, len(question), 4):
                with socket.create_connection(where) as client:
                    client.sendall(question * 50 + question[:cut])
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # as one that crashes
                await asyncio.sleep(0)
            reader, writer = await asyncio.open_connection(*where)
            writer.write(question)
            assert await reader.readexactly(11)
            writer.close()

    asyncio.run(asyncio.wait_for(scenario(), 60))
    assert not caplog.messages
