"""What uvicorn leaves open: how long a request may take to be said, how many connections there may be, dead sockets.

Its `limit_concurrency` counts WebSockets and refuses plain requests only; for the head of a request it waits for ever.
"""

from __future__ import annotations

import asyncio
import logging
import resource
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from lisa_core.wire.heartbeat import Beat, Heartbeat

HEAD_S = 10.0
"""Seconds until the head of a request must be complete; a connection without a request lives no longer either."""
FAREWELL_S = 5.0
"""Seconds until a client that was told of the end, and does not read it, is cut off."""
MOST_DESCRIPTORS = 65_536
MAX_CONNECTIONS, MAX_SILENT, AT_ONCE = 2_000, 200, 128
"""Maximum numbers of connections of one server; of connections that have said nothing yet (one more, and the oldest is
closed); and of connections that are accepted at one go, before they are counted."""
SAME_LINES, PER_S = 5, 60.0


def allow_descriptors() -> None:
    """As many open files as the machine lets this program have; what is usual is meant for programs with few."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    if wanted > soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def be_sparing() -> None:
    """No flood of lines, whatever comes over the network."""
    for name in ("uvicorn.error", "asyncio", "websockets.server"):
        logger = logging.getLogger(name)
        if not any(isinstance(each, Sparing) for each in logger.filters):
            logger.addFilter(Sparing())


class Sparing(logging.Filter):
    """The same line a few times a minute only."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        line = str(record.msg)[:40]
        since_s, times = self._seen.get(line, (record.created, 0))
        if record.created - since_s > PER_S:
            since_s, times = record.created, 0
        if len(self._seen) > 1_000:
            self._seen.clear()
        self._seen[line] = (since_s, times + 1)
        return times < SAME_LINES


def _descriptors() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_DESCRIPTORS if soft == resource.RLIM_INFINITY else soft


def most_connections() -> int:
    """Connections of one server: several share the descriptors of a program."""
    return max(8, min(MAX_CONNECTIONS, _descriptors() // 4))


def at_once() -> int:
    """The backlog."""
    return max(8, min(AT_ONCE, _descriptors() // 8))


class Silent:
    """The connections of a server that have said nothing, oldest first. Kept in uvicorn's state, which they share."""

    def __init__(self) -> None:
        self._transports: dict[asyncio.Transport, None] = {}

    def came(self, transport: asyncio.Transport) -> None:
        self._transports[transport] = None
        while len(self._transports) > min(MAX_SILENT, most_connections() // 2):
            oldest = next(iter(self._transports))
            del self._transports[oldest]
            oldest.abort()

    def spoke(self, transport: asyncio.Transport) -> None:
        """Or has gone."""
        self._transports.pop(transport, None)


class BoundedHttp(H11Protocol):
    """A connection that has to say what it wants."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._silent: Silent = self.app_state.setdefault("silent", Silent())
        self._unwritten = -1
        self._head_timer = self.loop.call_later(HEAD_S, self._look)
        self._silent.came(transport)
        if len(self.connections) > most_connections():
            transport.abort()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is not None:
            self._silent.spoke(self.transport)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._head_timer.cancel()
        self._silent.spoke(self.transport)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        self._head_timer.cancel()
        super().handle_websocket_upgrade(event)

    def _look(self) -> None:
        """A request that is being answered takes its time; uvicorn itself ends a connection that rests after one.

        One that is to end after what was written to it, and of which nothing is read, is cut.
        """
        before, self._unwritten = self._unwritten, self.transport.get_write_buffer_size()
        if self.transport.is_closing() and self._unwritten == before:
            self.transport.abort()
            return
        cycle: Any = self.cycle
        answering = cycle is not None and not cycle.response_complete
        if answering or self.timeout_keep_alive_task is not None:
            self._head_timer = self.loop.call_later(HEAD_S, self._look)
        else:
            self.transport.abort()


class BoundedSocket(WebSocketsSansIOProtocol):
    """A WebSocket that is gone when it is over, also if the other end does not read that.

    uvicorn's own ping takes for dead whom the application has not read from for a while: its answer is not read either.
    """

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._spoke()

    def send_receive_event_to_app(self) -> None:
        super().send_receive_event_to_app()
        self._spoke()

    def data_received(self, data: bytes) -> None:
        self._heartbeat.heard(self.loop.time())
        super().data_received(data)

    def connection_made(self, transport: Any) -> None:
        self._heartbeat, self._unwritten = Heartbeat(self.loop.time()), 0
        super().connection_made(transport)

    def start_keepalive(self) -> None:
        self._beat()

    def _beat(self) -> None:
        """Nobody is taken for silent whom we do not read from, as long as what is written to it is taken."""
        if self.close_sent or self.transport.is_closing():
            return
        before, self._unwritten = self._unwritten, self.transport.get_write_buffer_size()
        if self.read_paused and (self._unwritten == 0 or self._unwritten != before):
            self._heartbeat.heard(self.loop.time())
        beat, wait_s = self._heartbeat.look(self.loop.time())
        if beat is Beat.GIVE_UP:
            self.transport.abort()
            return
        if beat is Beat.ASK:
            self.conn.send_ping(b"")
            self.transport.write(b"".join(self.conn.data_to_send()))
            self._unwritten = self.transport.get_write_buffer_size()
        self.ping_timer = self.loop.call_later(wait_s, self._beat)

    async def run_asgi(self) -> None:
        await super().run_asgi()
        self.loop.call_later(FAREWELL_S, self.transport.abort)

    def _spoke(self) -> None:
        silent: Silent | None = self.app_state.get("silent")
        if silent is not None:
            silent.spoke(self.transport)
