"""Lines over TCP to a program of others that listens: we dial."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.host.address import place_of
from lisa_core.host.causes import cause

CONNECT_S = 3.0
"""Seconds for a connection: a program that is there takes it at once."""
PIECE = 64 * 1024
FULL = 64 * 1024
"""Bytes that it has not taken yet, from which on what is late is left out."""


class TcpLines:
    """One connection, until it is lost. One reader; who writes waits until it is taken."""

    last_words = ""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._lost = "hat die Verbindung beendet"

    async def read(self) -> bytes:
        """What it says next; empty when it will say nothing more."""
        try:
            return await self._reader.read(PIECE)
        except OSError as error:
            self._lost = f"ist nicht mehr zu erreichen ({cause(error)})"
            return b""

    def put(self, data: bytes) -> None:
        """Hand it over; whether it is taken, `taken` waits for."""
        self._writer.write(data)

    async def taken(self) -> None:
        """Return once what was handed over is taken, or never will be: reading says so."""
        with contextlib.suppress(OSError):
            await self._writer.drain()

    @property
    def is_full(self) -> bool:
        """Whether it takes less than it is told."""
        return self._writer.transport.get_write_buffer_size() > FULL

    async def why(self) -> str:
        """Why it says nothing more, as words of a sentence, once `read` has said so."""
        return self._lost


@contextlib.asynccontextmanager
async def tcp_lines(host: str, port: int, max_line: int) -> AsyncIterator[TcpLines]:
    """Dial. Fault `adapter.missing` when nobody takes the connection."""
    try:
        async with asyncio.timeout(CONNECT_S):
            reader, writer = await asyncio.open_connection(host, port, limit=max_line)
    except (OSError, TimeoutError, UnicodeError) as error:  # the last for a name that can be none
        text = f"Dort ist kein Adapter: {place_of(host, port)} ({cause(error)}). Läuft er, und stimmt die Adresse?"
        raise DeviceFault("adapter.missing", text, retryable=True) from error
    try:
        yield TcpLines(reader, writer)
    finally:
        writer.transport.abort()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
