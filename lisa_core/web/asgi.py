"""Serving an ASGI application on the running loop: one listening socket, no signal handlers, ended by a flag."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial

import uvicorn

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.host.address import place_of
from lisa_core.host.causes import cause
from lisa_core.web import texts
from lisa_core.web.server_limits import (
    BoundedHttp,
    BoundedSocket,
    Silent,
    allow_descriptors,
    at_once,
    be_sparing,
    most_connections,
)
from lisa_core.web.tls_door import AT_ONCE, PER_S, WAITING, TlsDoor
from lisa_core.web.turns import Turns
from lisa_core.wire.channel import MAX_BYTES

TICK_S = 1.0
FAREWELL_S = 0.1
"""Seconds that answers which are being given may take to their end when the server ends."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def listening_socket(host: str, port: int, *, outside: bool = False) -> socket.socket:
    """A listening socket. Raises `LisaError` for an address beyond loopback unless `outside`, `MachineError` when the
    port is taken."""
    if host not in LOOPBACK and not outside:
        raise LisaError(texts.OUTSIDE.format(host, port))
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if error.errno == errno.EACCES:  # of those below 1024
            raise MachineError(texts.PORT_DENIED.format(port)) from error
        taken = error.errno == errno.EADDRINUSE
        why = "ist schon belegt" if taken else f"kann nicht benutzt werden ({cause(error)})"
        raise MachineError(f"Der Port {port} auf {host} {why}: einen anderen wählen, 0 nimmt einen freien.") from error


@contextlib.asynccontextmanager
async def serve(
    app: Callable[..., Awaitable[None]],
    bound: socket.socket,
    *,
    tls: ssl.SSLContext | None = None,
    http: type[BoundedHttp] = BoundedHttp,
) -> AsyncIterator[str]:
    """Serve `app` on a listening socket; yields the address as `host:port`. Open connections are cut at the end.

    `http`: what a connection is, where it is something more than usual.
    """
    allow_descriptors()
    be_sparing()
    # At once, what is said: asyncio sees to that only for sockets that were made by the name of their protocol. Else
    # the second of two small messages waits until the other end has acknowledged the first, which takes up to 40 ms.
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        app,
        http=http,
        ws=BoundedSocket,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # else whoever is on this computer says from where it comes
        backlog=at_once(),
        ws_max_size=MAX_BYTES,
        ws_per_message_deflate=False,  # a compressor remembers the last 32 kB of what was said
        ws_ping_interval=None,  # `BoundedSocket` asks by itself
    )
    config.load()
    if tls is not None:
        config.http_protocol_class = partial(_behind_tls, tls, http)  # type: ignore[assignment]  # called like a class
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    try:
        yield place_of(*bound.getsockname()[:2])
    finally:
        server.end()
        await asyncio.gather(serving, return_exceptions=True)
        left = set(server.server_state.tasks)
        for task in left:  # a request that is being answered
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        bound.close()


def _behind_tls(
    tls: ssl.SSLContext, http: type[BoundedHttp], *, app_state: dict[str, object], **more: object
) -> TlsDoor:
    """What uvicorn calls for each connection: the handshake, and behind it HTTP as usual."""
    most = min(WAITING, most_connections() // 2)
    silent, turns = app_state.setdefault("silent", Silent()), app_state.setdefault("turns", Turns(PER_S, AT_ONCE, most))
    assert isinstance(silent, Silent)
    assert isinstance(turns, Turns)
    return TlsDoor(tls, partial(http, app_state=app_state, **more), silent, turns)  # type: ignore[arg-type]  # uvicorn's own


def _unless_cut(record: logging.LogRecord) -> bool:
    """A request that is cut because everything ends is no error of whoever answers it."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


logging.getLogger("uvicorn.error").addFilter(_unless_cut)


class _Server(uvicorn.Server):
    """Ends when it is told to. uvicorn's own looks every tenth of a second, and then waits another one in any case."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._end = asyncio.Event()

    def end(self) -> None:
        """Serve no longer."""
        self.should_exit = self.force_exit = True
        self._end.set()

    async def main_loop(self) -> None:
        while not await self.on_tick(0):  # sets the date of the answers
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(TICK_S):
                    await self._end.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell every connection; whoever answers one has a moment to end by itself."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if answering := set(self.server_state.tasks):
            await asyncio.wait(answering, timeout=FAREWELL_S)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """SIGINT and SIGTERM belong to the program that embeds the server."""
        yield
