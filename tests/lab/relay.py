"""The cable of a device on the network: a port at which it is to be had as long as the cable is plugged in."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator


class Cable:
    """Between whoever asks and a port of this computer."""

    def __init__(self, port: int) -> None:
        self._behind, self.port = port, 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def plug(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    async def unplug(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
            for one in list(self._open):
                one.transport.abort()

    async def _serve(self, come: asyncio.StreamReader, go: asyncio.StreamWriter) -> None:
        their_come, their_go = await asyncio.open_connection("127.0.0.1", self._behind)
        both = {go, their_go}
        self._open |= both
        try:
            await asyncio.gather(_pass_on(come, their_go), _pass_on(their_come, go))
        finally:
            self._open -= both
            for one in both:
                one.close()


async def _pass_on(come: asyncio.StreamReader, go: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await come.read(65_536):
            go.write(data)
            await go.drain()
        go.write_eof()


@contextlib.asynccontextmanager
async def cable(port: int) -> AsyncIterator[Cable]:
    """One that is plugged in."""
    made = Cable(port)
    await made.plug()
    try:
        yield made
    finally:
        await made.unplug()
