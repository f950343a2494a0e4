"""A channel of text messages between two programs: a pair in memory, or a WebSocket that was dialled."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI
from websockets.protocol import State

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.wire.heartbeat import Beat, Heartbeat


class Channel(Protocol):
    """Ordered text messages. Both methods raise `DeviceFault("link.lost")` once the other end is gone."""

    async def send(self, text: str) -> None: ...

    async def receive(self) -> str: ...

    async def aclose(self) -> None: ...


@contextlib.asynccontextmanager
async def closing(channel: Channel) -> AsyncIterator[None]:
    """However the body ends, the other end notices."""
    try:
        yield
    finally:
        await channel.aclose()


def lost(why: str) -> DeviceFault:
    """The fault of a channel that is gone."""
    return DeviceFault("link.lost", f"the link is gone: {why}", retryable=True)


class MemoryChannel:
    """One end of a pair."""

    def __init__(self, inbox: asyncio.Queue[str | None], outbox: asyncio.Queue[str | None]) -> None:
        self._inbox, self._outbox = inbox, outbox
        self._closed = False

    async def send(self, text: str) -> None:
        if self._closed:
            raise lost("closed")
        self._outbox.put_nowait(text)

    async def receive(self) -> str:
        text = None if self._closed else await self._inbox.get()
        if text is None:
            self._closed = True
            raise lost("closed")
        return text

    async def aclose(self) -> None:
        self._closed = True
        self._outbox.put_nowait(None)
        self._inbox.put_nowait(None)


def memory_channels() -> tuple[MemoryChannel, MemoryChannel]:
    """Two ends of one channel in this process."""
    there: asyncio.Queue[str | None] = asyncio.Queue()
    back: asyncio.Queue[str | None] = asyncio.Queue()
    return MemoryChannel(there, back), MemoryChannel(back, there)


class WebSocketChannel:
    """A dialled WebSocket."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    async def send(self, text: str) -> None:
        try:
            await self._connection.send(text)
        except ConnectionClosed as error:
            raise lost(str(error)) from error

    async def receive(self) -> str:
        try:
            message = await self._connection.recv()
        except ConnectionClosed as error:
            raise lost(str(error)) from error
        if not isinstance(message, str):
            raise lost("a binary message came; the link carries text only")
        return message

    async def aclose(self) -> None:
        await self._connection.close()


MAX_BYTES = 1_000_000
"""Of one WebSocket message, whatever it carries."""


class _Connection(ClientConnection):
    """One that is given up by our own rules: the library's ping waits behind what cannot be written."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._heartbeat = Heartbeat(self.loop.time())
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        self._heartbeat.heard(self.loop.time())
        super().data_received(data)

    async def keepalive(self) -> None:
        while self.protocol.state is State.OPEN:
            beat, wait_s = self._heartbeat.look(self.loop.time())
            if beat is Beat.GIVE_UP:
                self.transport.abort()
                return
            if beat is Beat.ASK:
                self.protocol.send_ping(b"")
                self.send_data()
            await asyncio.sleep(wait_s)


async def dial(url: str) -> WebSocketChannel:
    """Dial `ws://...`. Raises `DeviceFault("link.lost")` when nobody answers there."""
    try:
        connection = await connect(
            url,
            max_size=MAX_BYTES,
            open_timeout=10,
            close_timeout=1,
            create_connection=_Connection,
            proxy=None,
            compression=None,  # a compressor remembers the last 32 kB of what was said until the connection ends
        )
        return WebSocketChannel(connection)
    except (OSError, InvalidHandshake, InvalidURI, TimeoutError) as error:
        raise lost(f"{url} does not answer ({error})") from error
