"""A port server in front of an emulated serial device: its line over TCP, with speed and parity (RFC 2217).

It opens the device's line as any client does, once a client of its own is there, and closes it with that client. So
what holds for the line holds here: a client at another speed or parity hears rubbish, and a device that is unplugged
takes the connection with it. A second client is told what ser2net says, and turned away.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import termios
from collections.abc import AsyncIterator

from emulator.devices.listener import UNREAD, attended
from emulator.devices.rfc2217.telnet import PortServer, escape, greeting
from emulator.devices.terminal import client_settings, set_settings
from emulator.devices.uart import LineSettings

SCHEME = "rfc2217://"
TAKEN = b"Port already in use\r\n"
CHUNK = 4096
MOST_WAITING = 4096
"""Bytes of the line that wait for a slow client; more are lost at the line, as in the field."""


@contextlib.asynccontextmanager
async def served(path: str, listen: str) -> AsyncIterator[str]:
    """Serve the line at `path` at `listen` (rfc2217://host:port); yields the address. Raises `LisaError`."""
    turn = asyncio.Lock()

    async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if turn.locked():
            writer.write(greeting() + TAKEN)
            return
        async with turn:
            with contextlib.suppress(termios.error):  # the line is gone: so is the connection
                await _connect(path, reader, writer)

    async with attended(attend, listen.removeprefix(SCHEME)) as place:
        yield SCHEME + place


async def _connect(path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    line = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        client = PortServer(client_settings(line) or LineSettings(9600))
        writer.transport.set_write_buffer_limits(high=MOST_WAITING)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, UNREAD)
        writer.write(greeting())
        outward = asyncio.create_task(_outward(line, writer, client))
        inward = asyncio.create_task(_inward(line, reader, writer, client))
        both = (outward, inward)
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)
    finally:
        os.close(line)


async def _outward(line: int, writer: asyncio.StreamWriter, client: PortServer) -> None:
    """From the line to the client, until either is gone."""
    while True:
        await _ready(line)
        data = os.read(line, CHUNK)
        if not data:
            return
        if not client.paused:
            writer.write(escape(data))
            await writer.drain()


async def _inward(line: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, client: PortServer) -> None:
    while data := await reader.read(CHUNK):
        await asyncio.sleep(0)  # everybody else on this loop has a turn, also beside one who writes without end
        heard = client.feed(data)
        if heard.settings is not None:
            set_settings(line, heard.settings)
        writer.write(heard.answer)
        await writer.drain()  # to a client that never reads nothing more is said, and nothing more is taken
        with contextlib.suppress(BlockingIOError):  # a device that does not read loses what comes
            os.write(line, heard.line)


async def _ready(line: int) -> None:
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    loop.add_reader(line, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(line)
