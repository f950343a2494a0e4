"""The dialling end of the link: says hello, stays connected, resends after a loss. Booths and scripted desks use it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from lisa_core.model.errors import DeviceFault, LisaError, ProtocolError
from lisa_core.model.ids import CallId
from lisa_core.protocols.link import NO_CALL, Envelope, LinkEnd
from lisa_core.protocols.messages import Ack, Refused, Welcome
from lisa_core.transports.channel import Channel

Dial = Callable[[], Awaitable[Channel]]
Hello = Callable[[int], Any]
"""Given the highest id had so far, the hello message."""

FIRST_RETRY_S = 0.2
LAST_RETRY_S = 5.0
ACK_AFTER_S = 0.5


@dataclass(frozen=True, slots=True)
class LinkUp:
    """Connected. `fresh`: after a loss, and the exchange was started anew meanwhile.

    `took_s`: from our hello to its welcome.
    """

    welcome: Welcome
    fresh: bool = False
    took_s: float = 0.0


@dataclass(frozen=True, slots=True)
class LinkDown:
    why: str


class Uplink:
    """`inbox` yields what happened in order; `send` never blocks: while the link is down messages wait."""

    def __init__(self, dial: Dial, hello: Hello, civil: Callable[[], str] = str) -> None:
        """`civil`: what the clock shows, told with every acknowledgement."""
        self.inbox: asyncio.Queue[Envelope | LinkUp | LinkDown] = asyncio.Queue()
        self._dial, self._hello, self._civil = dial, hello, civil
        self._link = LinkEnd()
        self._line = ""
        self._written = 0
        self._outbox: asyncio.Queue[str] | None = None
        self._ack_timer: asyncio.TimerHandle | None = None

    def send(self, body: Any, call: CallId = NO_CALL) -> None:
        """Send, now or after the next reconnect."""
        text = self._link.send(body, call)
        if self._outbox is not None:
            self._written = self._link.last
            self._outbox.put_nowait(text)

    def unsent(self, names: tuple[str, ...]) -> bool:
        """Whether a message whose name begins so has certainly not left: there was no connection since it was sent."""
        return self._link.holds_any(names, self._written)

    def withdraw(self, names: tuple[str, ...]) -> None:
        """Do not send after a reconnect what was meant for somebody who is not there any more."""
        self._link.withdraw(names)

    async def run(self) -> None:
        """Stay connected until cancelled. Raises `LisaError` when the other end refuses the hello for good."""
        retry_s = FIRST_RETRY_S
        while True:
            try:
                channel = await self._dial()
            except DeviceFault:
                await asyncio.sleep(retry_s)
                retry_s = min(2 * retry_s, LAST_RETRY_S)
                continue
            try:
                await self._converse(channel)
            except DeviceFault as fault:
                self.inbox.put_nowait(LinkDown(str(fault)))
            finally:
                self._outbox = None
                await channel.aclose()
            retry_s = FIRST_RETRY_S
            await asyncio.sleep(retry_s)

    async def _converse(self, channel: Channel) -> None:
        began_s = asyncio.get_running_loop().time()
        await channel.send(self._link.send(self._hello(self._link.seen)))
        first = self._link.receive(await channel.receive())
        took_s = asyncio.get_running_loop().time() - began_s
        if first is not None and isinstance(first.body, Refused):
            raise LisaError(f"Die Vermittlung weist diese Verbindung ab: {first.body.text}")
        if first is None or not isinstance(first.body, Welcome):
            raise ProtocolError("link: the first message must be welcome")
        fresh = self._line not in ("", first.body.line)
        if first.body.line != self._line:
            self._line = first.body.line
            self._link.peer_restarted()
        outbox: asyncio.Queue[str] = asyncio.Queue()
        for text in self._link.resume(first.body.seen):
            outbox.put_nowait(text)
        self._outbox, self._written = outbox, self._link.last
        self.inbox.put_nowait(LinkUp(first.body, fresh, took_s))
        async with writing(channel, outbox):
            while True:
                envelope = self._link.receive(await channel.receive())
                if envelope is None or envelope.id:  # the exchange answers acknowledgements: that would never end
                    self._schedule_ack()
                if envelope is not None and not isinstance(envelope.body, Ack):
                    self.inbox.put_nowait(envelope)

    def _schedule_ack(self) -> None:
        if self._ack_timer is None:
            self._ack_timer = asyncio.get_running_loop().call_later(ACK_AFTER_S, self._ack)

    def _ack(self) -> None:
        self._ack_timer = None
        if self._outbox is not None:
            self._outbox.put_nowait(self._link.send(Ack(self._civil())))


@contextlib.asynccontextmanager
async def writing(channel: Channel, outbox: asyncio.Queue[str]) -> AsyncIterator[None]:
    """Write whatever is put into `outbox`; a loss shows at the reader, so the writer ends quietly."""

    async def write() -> None:
        with contextlib.suppress(DeviceFault):
            while True:
                await channel.send(await outbox.get())

    task = asyncio.create_task(write())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
