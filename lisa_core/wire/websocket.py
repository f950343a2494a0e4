"""A channel of text messages over a WebSocket that was dialled."""

from __future__ import annotations

import asyncio
import hashlib
import ssl

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI
from websockets.protocol import State

from lisa_core.wire.heartbeat import Beat, Heartbeat
from lisa_core.wire.lost_link import lost


class WebSocketChannel:
    """A dialled WebSocket."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    @property
    def certificate(self) -> str:
        """SHA-256 (hex) of what the other end has shown; "" without TLS."""
        tls = self._connection.transport.get_extra_info("ssl_object")
        shown = tls.getpeercert(binary_form=True) if isinstance(tls, ssl.SSLObject) else None
        return hashlib.sha256(shown).hexdigest() if shown else ""

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


async def dialled(url: str, max_bytes: int, cookie: str = "", tls: ssl.SSLContext | None = None) -> WebSocketChannel:
    """Dial `ws://...` or `wss://...`. Raises `DeviceFault("link.lost")` when nobody answers there."""
    try:
        connection = await connect(
            url,
            ssl=tls,
            max_size=max_bytes,
            additional_headers={"Cookie": cookie} if cookie else None,
            open_timeout=10,
            close_timeout=1,
            create_connection=_Connection,
            proxy=None,
            compression=None,  # a compressor remembers the last 32 kB of what was said until the connection ends
        )
        return WebSocketChannel(connection)
    except (OSError, InvalidHandshake, InvalidURI, TimeoutError) as error:
        raise lost(f"{url} does not answer ({error})") from error
