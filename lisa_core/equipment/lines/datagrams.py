"""Datagrams to one device and back (UDP). Whatever is lost on the way is not noticed here: who asks, asks again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.lines.stream import DatagramLine, put_newest
from lisa_core.equipment.lines.tapped.tap import present_tap
from lisa_core.host.causes import cause

BACKLOG = 64
"""Maximum number of datagrams that are kept while nobody reads; the newest."""


class Datagrams:
    """An open way to one address."""

    def __init__(self, where: str, transport: asyncio.DatagramTransport, received: _Received) -> None:
        self._where, self._transport, self._received = where, transport, received

    async def read(self) -> bytes:
        """The next datagram. Raises `DeviceFault` `link.missing` when the system says that nobody is there."""
        found = await self._received.queue.get()
        if isinstance(found, OSError):
            text = f"{self._where}: Dort antwortet niemand ({cause(found)}). Strom, Netz und Adresse prüfen."
            raise DeviceFault("link.missing", text, retryable=True)
        return found

    def write(self, data: bytes) -> None:
        """Send one; it may be lost."""
        with contextlib.suppress(OSError):
            self._transport.sendto(data)


class _Received(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.queue: asyncio.Queue[bytes | OSError] = asyncio.Queue(BACKLOG)

    def datagram_received(self, data: bytes, addr: object) -> None:
        put_newest(self.queue, data)

    def error_received(self, exc: Exception) -> None:
        if isinstance(exc, OSError):
            put_newest(self.queue, exc)


@contextlib.asynccontextmanager
async def open_datagrams(host: str, port: int, where: str) -> AsyncIterator[DatagramLine]:
    """Open a way to this address; `where` is what faults call it. Raises `DeviceFault` `link.missing`."""
    opened: list[asyncio.DatagramTransport] = []

    async def dial() -> Datagrams:
        loop = asyncio.get_running_loop()
        try:
            transport, received = await loop.create_datagram_endpoint(_Received, remote_addr=(host, port))
        except OSError as error:
            text = f"{where}: Dorthin führt kein Weg ({cause(error)}). Name und Netz prüfen."
            raise DeviceFault("link.missing", text, retryable=True) from error
        opened.append(transport)
        return Datagrams(where, transport, received)

    tap = present_tap()
    try:
        yield await (tap.datagrams(dial) if tap else dial())
    finally:
        for transport in opened:
            transport.close()
