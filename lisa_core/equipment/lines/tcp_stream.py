"""A stream of bytes over TCP, for devices that speak their own protocol on a network (Modbus TCP)."""

from __future__ import annotations

import asyncio
import contextlib
import socket

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.lines.stream import NetworkStream
from lisa_core.equipment.lines.tapped.tap import present_tap
from lisa_core.host.address import place_of
from lisa_core.host.causes import cause

CONNECT_S = 3.0
"""Seconds for a connection: a device that is there takes it at once."""
AGAIN_S = 0.5
"""Seconds between two tries to connect again."""
UNHEARD_MS = 5_000
"""After this long without an acknowledgement the system gives a connection up: its device has lost power or cable."""
BACKLOG = 64 * 1024
"""Maximum number of bytes that are kept while nobody reads; then the other end has to wait."""


class _Connection(asyncio.Protocol):
    """One connection, good until it is lost."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._received = bytearray()
        self._lost: DeviceFault | None = None
        self._reader: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        connection: socket.socket = transport.get_extra_info("socket")
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            with contextlib.suppress(OSError):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNHEARD_MS)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._transport and len(self._received) > BACKLOG:
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lose(self.gone(cause(exc) if exc else "aufgelegt"))

    def gone(self, why: str) -> DeviceFault:
        text = f"{self._where}: Die Verbindung ist weg ({why}). Kabel und Strom prüfen."
        return DeviceFault("link.lost", text, retryable=True)

    def lose(self, fault: DeviceFault) -> None:
        self._lost = self._lost or fault
        if self._transport:
            self._transport.abort()
        self._wake()

    async def read(self) -> bytes:
        while not self._received:
            if self._lost:
                raise self._lost
            self._reader = asyncio.get_running_loop().create_future()
            await self._reader
        data = bytes(self._received)
        self._received.clear()
        if self._transport and len(data) > BACKLOG:
            self._transport.resume_reading()
        return data

    def write(self, data: bytes) -> None:
        if self._lost:
            raise self._lost
        assert self._transport is not None
        self._transport.write(data)
        if self._transport.get_write_buffer_size() > BACKLOG:
            self.lose(self.gone("die Gegenseite nimmt nichts mehr ab"))

    def _wake(self) -> None:
        if self._reader and not self._reader.done():
            self._reader.set_result(None)


class TcpStream:
    """A connection that may be lost, and made again. Fulfils `NetworkStream`; one reader."""

    def __init__(self, host: str, port: int, line: _Connection) -> None:
        self._host, self._port, self._line = host, port, line
        self._closed = False

    async def read(self) -> bytes:
        return await self._line.read()

    async def write(self, data: bytes) -> None:
        self._line.write(data)

    def drop(self, fault: DeviceFault) -> None:
        """Give the connection up, for this reason. The next one is made by `again`."""
        self._line.lose(fault)

    async def again(self) -> None:
        while not self._closed:
            await asyncio.sleep(AGAIN_S)
            with contextlib.suppress(DeviceFault):
                self._line = await _connect(self._host, self._port)
                break
        if self._closed:
            closed = self._line.gone("selbst geschlossen")
            self._line.lose(closed)
            raise closed

    async def aclose(self) -> None:
        self._closed = True
        self._line.lose(self._line.gone("selbst geschlossen"))


async def open_tcp(host: str, port: int) -> NetworkStream:
    """Connect. Fault `link.missing` when nobody takes the connection."""

    async def dial() -> TcpStream:
        return TcpStream(host, port, await _connect(host, port))

    tap = present_tap()
    return await (tap.stream(dial) if tap else dial())


async def _connect(host: str, port: int) -> _Connection:
    where = f"Netzwerkgerät {place_of(host, port)!r}"
    try:
        async with asyncio.timeout(CONNECT_S):
            loop = asyncio.get_running_loop()
            _, line = await loop.create_connection(lambda: _Connection(where), host, port)
    except (OSError, TimeoutError, UnicodeError) as error:  # the last for a name that can be none
        text = f"{where}: Nicht erreichbar ({cause(error)}). Eingeschaltet, Adresse richtig?"
        raise DeviceFault("link.missing", text, retryable=True) from error
    return line
