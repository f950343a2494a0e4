"""A channel of text messages between two programs: a pair in memory, or a WebSocket that was dialled."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from lisa_core.wire.lost_link import lost as lost

if TYPE_CHECKING:
    import ssl

    from lisa_core.wire.websocket import WebSocketChannel


class Channel(Protocol):
    """Ordered text messages. Both methods raise `DeviceFault("link.lost")` once the other end is gone."""

    async def send(self, text: str) -> None: ...

    async def receive(self) -> str: ...

    async def aclose(self) -> None: ...


@runtime_checkable
class OverTls(Protocol):
    """A channel whose other end has shown a certificate."""

    @property
    def certificate(self) -> str:
        """Its SHA-256 (hex); "" where the channel is not encrypted."""
        ...


def certificate_of(channel: Channel) -> str:
    """What the other end of a channel has shown."""
    return channel.certificate if isinstance(channel, OverTls) else ""


@contextlib.asynccontextmanager
async def closing(channel: Channel) -> AsyncIterator[None]:
    """However the body ends, the other end notices."""
    try:
        yield
    finally:
        await channel.aclose()


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


MAX_BYTES = 1_000_000
"""Of one WebSocket message, whatever it carries."""


async def dial(url: str, cookie: str = "", tls: ssl.SSLContext | None = None) -> WebSocketChannel:
    """Dial `ws://...`, or `wss://...` with `tls`, which says whom to trust; `cookie` says who it is.

    Raises `DeviceFault("link.lost")` when nobody answers there, or somebody who is not to be trusted.
    """
    from lisa_core.wire.websocket import dialled  # in memory nobody dials

    return await dialled(url, MAX_BYTES, cookie, tls)
