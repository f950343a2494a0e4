"""Before a connection may speak, its TLS handshake: bounded in time and number as whatever else says nothing.

A connection that waits for its turn is not silent: it is not read yet. After a start all come at once, and the one that
has waited longest must not be the first to go.

asyncio's own server counts a connection only after its handshake, for which it waits a minute: until then whoever opens
sockets and is silent would have as many as there are descriptors.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from typing import Protocol

from lisa_core.web.turns import Turns

HANDSHAKE_S = 5.0
PER_S, AT_ONCE = 50.0, 4
"""Handshakes a second of one server, and at once: with what follows one takes up to 7 ms in which nobody else is heard.
After a start 300 booths and desks are back in six seconds."""
WAITING = 400
"""Maximum number of connections that wait for their turn: eight seconds of them. Whoever would wait longer has given up
by then, as booths do after ten, and would cost a turn all the same; so it is told at once and comes again."""


class CountsSilent(Protocol):
    """Who has said nothing yet; the oldest goes when there are too many."""

    def came(self, transport: asyncio.Transport) -> None: ...

    def spoke(self, transport: asyncio.Transport) -> None: ...


class TlsDoor(asyncio.Protocol):
    """A connection whose handshake is going on; what `made` gives takes it over afterwards."""

    _shaking: set[asyncio.Task[None]] = set()  # noqa: RUF012  # of all of them: asyncio itself does not hold tasks

    def __init__(
        self, tls: ssl.SSLContext, made: Callable[[], asyncio.Protocol], silent: CountsSilent, turns: Turns
    ) -> None:
        self._tls, self._made, self._silent, self._turns = tls, made, silent, turns
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()  # nothing may be read before the handshake reads it
        self._task = task = asyncio.get_running_loop().create_task(self._shake(transport))
        self._shaking.add(task)
        task.add_done_callback(self._shaking.discard)

    def connection_lost(self, exc: Exception | None) -> None:
        """Before its turn."""
        if self._task is not None:
            self._task.cancel()

    async def _shake(self, transport: asyncio.Transport) -> None:
        early = _Early()
        try:
            await self._turns.turn(str((transport.get_extra_info("peername") or ("",))[0]))
            self._silent.came(transport)
            spoken = await asyncio.get_running_loop().start_tls(
                transport, early, self._tls, server_side=True, ssl_handshake_timeout=HANDSHAKE_S
            )
        except OSError:  # too many, no TLS, another version, no answer, or gone: whoever it was knows
            transport.abort()
            return
        finally:
            self._silent.spoke(transport)
        if spoken is not None and not early.lost:
            protocol = self._made()
            spoken.set_protocol(protocol)
            protocol.connection_made(spoken)
            if early.data:
                protocol.data_received(bytes(early.data))
            if early.ended:
                spoken.close()


class _Early(asyncio.Protocol):
    """Keeps what arrives together with the end of the handshake."""

    def __init__(self) -> None:
        self.data, self.ended, self.lost = bytearray(), False, False

    def data_received(self, data: bytes) -> None:
        self.data += data

    def eof_received(self) -> None:
        self.ended = True

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
