"""Where an emulated device listens ("host:port" as the command line gives it, or a path), and who connects there.

A `Client` is one of several at a device on a network, over a line whose bytes suffer as the world says: what is said of
a serial line holds there too (`pty`). Who sends without end is read a piece at a time, so that everybody else has a
turn; to who never reads nothing more is said than the connection holds, and nothing more is taken. A device that is
unplugged, or plugged in elsewhere, loses its clients and takes none.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine
from functools import partial
from pathlib import Path

from emulator.world.attending import Attend, attending
from emulator.world.line_faults import MOST_LATE_S, LineFaults, Way
from lisa_core.domain.model.errors import HarnessError, LisaError
from lisa_core.host.address import place_of
from lisa_core.host.causes import cause
from lisa_core.host.program import beside
from lisa_core.host.temporary import temporary

MOST_CLIENTS = 8
"""One more is turned away."""
PIECE = 1024
MOST_OF_A_PATH = 107
"""Bytes that the path of a Unix socket has."""
_FOLDER = "lisa-run-12345678"
"""As long as the names of temporary folders are."""
UNREAD = 16_384
"""Bytes that the system keeps for a client that is late; it would make it megabytes."""


def bound_socket(listen: str) -> socket.socket:
    """Listen on "host:port" ("" = any free port of 127.0.0.1). Raises `LisaError` when that cannot be done."""
    host, _, port = (listen or "127.0.0.1:0").rpartition(":")
    if not (host and port.isascii() and port.isdigit() and len(port) < 6 and int(port) < 65536):
        raise LisaError(f"{listen!r} ist keine Adresse zum Lauschen: erwartet wird Rechner:Port, z. B. 127.0.0.1:0.")
    from lisa_core.web.asgi import listening_socket  # with all that serves pages: a booth in memory listens nowhere

    return listening_socket(host.strip("[]"), int(port))


def place_of_socket(bound: socket.socket) -> str:
    """Where it listens, as "host:port"."""
    return place_of(*bound.getsockname()[:2])


@contextlib.asynccontextmanager
async def attended(attend: Attend, listen: str) -> AsyncIterator[str]:
    """Attend whoever connects to "host:port" (as `bound_socket` has it); yields it. Raises `LisaError`."""
    bound = bound_socket(listen)
    async with attending(attend, partial(asyncio.start_server, sock=bound)):
        yield place_of_socket(bound)


@contextlib.asynccontextmanager
async def attended_at_path(attend: Attend, listen: str, name: str, limit: int = 65_536) -> AsyncIterator[str]:
    """Attend whoever connects to the Unix socket `listen`, or to one in a place of its own; yields its path.

    `limit`: so many bytes are read ahead. Raises `HarnessError` where there can be none; what stands there stays.
    """
    async with contextlib.AsyncExitStack() as stack:
        path = listen or str(stack.enter_context(temporary(place=_place_of(name))) / name)
        try:
            opened = partial(asyncio.start_unix_server, path=path, limit=limit)
            await stack.enter_async_context(attending(attend, opened))
        except OSError as error:
            text = f"Der Pfad {path!r} ist nicht zu haben ({cause(error)}): einen freien, kurzen nennen."
            raise HarnessError(text) from error
        stack.callback(Path(path).unlink, missing_ok=True)
        yield path


def _place_of(name: str) -> str:
    """Of a socket with this name: where temporary files are, unless its path were longer than one may be.

    Source: unix(7), sun_path.
    """
    usual = os.fsencode(f"{tempfile.gettempdir()}/{_FOLDER}/{name}")
    return "" if len(usual) <= MOST_OF_A_PATH else "/tmp"


class Client:
    """One connection, as its device has it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, faults: LineFaults) -> None:
        self._reader, self._writer, self._faults = reader, writer, faults
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, UNREAD)
        self._way = Way(MOST_LATE_S)

    async def read(self) -> bytes:
        """The next bytes; b"" at the end. Raises `ConnectionError` when the client has vanished."""
        await asyncio.sleep(0)
        await self._writer.drain()
        return await self._reader.read(PIECE)

    def write(self, data: bytes) -> None:
        """One message, or what becomes of it on its way; nothing to a client that is gone."""
        self._way.send(self._faults.pieces(data), self._arrive)

    def _arrive(self, data: bytes) -> None:
        if not self._writer.is_closing():
            self._writer.write(data)

    def cut(self) -> None:
        """As with a plug that is pulled."""
        self._writer.transport.abort()


@contextlib.asynccontextmanager
async def serve_clients(
    talk: Callable[[Client], Coroutine[None, None, None]], listen: str, faults: LineFaults
) -> AsyncIterator[str]:
    """Let `talk` attend each client at "host:port" ("127.0.0.1:0": any free one); yields the address like that."""
    clients = set[Client]()

    async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = Client(reader, writer, faults)
        if faults.unplugged:
            client.cut()
        elif len(clients) < MOST_CLIENTS:
            clients.add(client)
            try:
                await talk(client)
            finally:
                clients.discard(client)

    async with attended(attend, listen) as address, beside(_plug(faults, clients)):
        yield address


async def _plug(faults: LineFaults, clients: set[Client]) -> None:
    """Cut every connection whenever the plug is pulled, for ever."""
    while True:
        state = faults.world.state
        if faults.unplugged:
            for client in clients:
                client.cut()
        await faults.world.changed(state.revision)
