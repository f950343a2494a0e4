"""The dialling end of the link: says hello, stays connected, resends after a loss. Booths and scripted desks use it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from lisa_core.domain.model.errors import DeviceFault, LisaError, ProtocolError
from lisa_core.domain.model.ids import CallId
from lisa_core.wire.channel import Channel, closing, lost
from lisa_core.wire.envelope import NO_CALL, Envelope, LinkEnd
from lisa_core.wire.logger import Logger
from lisa_core.wire.messages import Ack, BoothHello, BoothProof, Challenge, DeskHello, Message, Refused, Welcome
from lisa_core.wire.outbox import Outbox, both_ways

log = Logger("lisa.link")

Dial = Callable[[], Awaitable[Channel]]
Hello = Callable[[int], BoothHello | DeskHello]
"""Given the highest id had so far, the hello message."""
Prove = Callable[[BoothHello | DeskHello, Challenge, Channel], BoothProof]
"""What answers a challenge on this channel, after this hello."""

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


@dataclass(frozen=True, slots=True)
class LinkBarred:
    """The other end says that this booth may not speak there, and so will every time until somebody has mended it."""

    why: str


class Uplink:
    """`inbox` yields what happened in order; `send` never blocks: while the link is down messages wait."""

    def __init__(self, dial: Dial, hello: Hello, civil: Callable[[], str] = str, prove: Prove | None = None) -> None:
        """`civil`: what the clock shows, sent with every acknowledgement. `prove`: with it challenges are answered."""
        self.inbox: asyncio.Queue[Envelope | LinkUp | LinkDown | LinkBarred] = asyncio.Queue()
        self._dial, self._hello, self._civil, self._prove = dial, hello, civil, prove
        self._link = LinkEnd()
        self._line = ""
        self._written = 0
        self._outbox: Outbox | None = None
        self._up = asyncio.Event()
        self._ack_timer: asyncio.TimerHandle | None = None
        self._refused = ""

    def send(self, body: Message, call: CallId = NO_CALL) -> bool:
        """Send, now or after the next reconnect. False, and nothing else happens, if no message can hold it."""
        try:
            text = self._link.send(body, call)
        except ProtocolError as error:
            log.error("not sent", text=str(error))
            return False
        if self._outbox is not None:
            self._written = self._link.last
            self._outbox.put(text)
        return True

    def unsent(self, names: tuple[str, ...]) -> bool:
        """Whether a message named by one of these beginnings has certainly not left: no connection since `send`."""
        return self._link.holds_any(names, self._written)

    async def up(self) -> None:
        """Wait until it is connected."""
        await self._up.wait()

    def renew(self) -> None:
        """Let go of the connection and dial anew: what it rests on may be gone, and that shows late by itself."""
        if self._outbox is not None:
            self._outbox.cut.set()

    def withdraw(self, names: tuple[str, ...]) -> None:
        """Do not send after a reconnect messages whose name begins with one of `names`: their receiver is gone."""
        self._link.withdraw(names)

    async def run(self) -> None:
        """Stay connected until cancelled. Raises `LisaError` when the other end refuses the hello for good."""
        retry_s = FIRST_RETRY_S
        while True:
            try:
                channel = await self._dial()
                async with closing(channel):
                    await self._converse(channel)
            except DeviceFault:
                """Nobody answers, or somebody else is there: later again, and later each time."""
            except _Lost as loss:
                self.inbox.put_nowait(LinkDown(str(loss)))
                retry_s = FIRST_RETRY_S
                if loss.taken:
                    await asyncio.Event().wait()
            finally:
                self._outbox = None
                self._up.clear()
            await asyncio.sleep(retry_s)
            retry_s = min(2 * retry_s, LAST_RETRY_S)

    async def _converse(self, channel: Channel) -> None:
        began_s = asyncio.get_running_loop().time()
        welcome = await self._greeted(channel)
        took_s = asyncio.get_running_loop().time() - began_s
        fresh = self._line not in ("", welcome.line)
        if welcome.line != self._line:
            self._line = welcome.line
            self._link.peer_restarted()
        outbox = Outbox()
        for text in self._link.resume(welcome.seen):
            outbox.put(text)
        self._outbox, self._written = outbox, self._link.last
        self._refused = ""
        self._up.set()
        self.inbox.put_nowait(LinkUp(welcome, fresh, took_s))
        try:
            await both_ways(channel, outbox, self._listen(channel))
        except DeviceFault as fault:
            raise _Lost(str(fault)) from None
        raise _Lost("the other end has closed")

    async def _greeted(self, channel: Channel) -> Welcome:
        """Say hello. Raises `DeviceFault` when it is to be tried again, `LisaError` when that helps nobody."""
        hello = self._hello(self._link.seen)
        await channel.send(self._link.send(hello))
        first = await self._first(channel)
        if isinstance(first, Challenge) and self._prove is not None:
            await channel.send(self._link.send(self._prove(hello, first, channel)))
            first = await self._first(channel)
        match first:
            case Welcome() as welcome:
                return welcome
            case Refused(code="hello", text=text) if self._line and isinstance(hello, BoothHello):
                self._bar(text)  # it was welcome before: somebody has changed something there
                raise lost(text)
            case Refused(code="hello" | "session", text=text):
                raise LisaError(f"Die Vermittlung weist diese Verbindung ab: {text}")
            case Refused(code="key", text=text):
                self._bar(text)
                raise lost(text)
            case Refused(text=text):
                if text != self._refused:
                    self._refused = text
                    log.error("refused", text=f"Die Vermittlung weist diese Verbindung ab: {text}")
                raise lost(text)
            case _:
                raise lost("the first message must be welcome")

    def _bar(self, text: str) -> None:
        """Say once that this booth may not speak there; with another reason once more."""
        if text != self._refused:
            self._refused = text
            log.error("refused", text=f"Die Vermittlung weist diese Verbindung ab: {text}")
            self.inbox.put_nowait(LinkBarred(text))

    async def _first(self, channel: Channel) -> Message | None:
        try:
            first = self._link.receive(await channel.receive())
        except ProtocolError as error:
            raise lost(f"the first message is none of ours: {error}") from None
        return first.body if first else None

    async def _listen(self, channel: Channel) -> None:
        while True:
            text = await channel.receive()
            try:
                envelope = self._link.receive(text)
            except ProtocolError as error:
                log.error("not understood", text=str(error))
                continue
            if envelope is None or envelope.id:  # the exchange answers acknowledgements: that would never end
                self._schedule_ack()
            if envelope is None or isinstance(envelope.body, Ack):
                continue
            self.inbox.put_nowait(envelope)
            if isinstance(envelope.body, Refused) and envelope.body.code in ("taken", "session"):
                raise _Lost(envelope.body.text, taken=True)
            if isinstance(envelope.body, Refused) and envelope.body.code == "key":
                self._bar(envelope.body.text)

    def _schedule_ack(self) -> None:
        if self._ack_timer is None:
            self._ack_timer = asyncio.get_running_loop().call_later(ACK_AFTER_S, self._ack)

    def _ack(self) -> None:
        self._ack_timer = None
        if self._outbox is not None:
            self._outbox.put(self._link.send(Ack(self._civil())))


class _Lost(Exception):
    """A connection that was up is gone; `taken`: somebody goes on elsewhere, and this end has to stay down."""

    def __init__(self, text: str, *, taken: bool = False) -> None:
        super().__init__(text)
        self.taken = taken
