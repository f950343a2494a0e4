"""Who is connected: one `Peer` per booth or desk, which outlives its connections.

    send --> link (numbers it, keeps it) --> _waiting --flush--> outbox --> channel     out: held until durable
    take <-- link (drops repetitions) <----- pace <------------------------ channel     in: at most so many at once

Without a connection there is no outbox: what is flushed then lies in the link alone, and `greet` sends it again from
the number up to which the peer says it has heard.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.ids import CallId
from lisa_core.domain.model.media.media_ways import MediaWays
from lisa_core.domain.model.time import ahead_s
from lisa_core.exchange import texts
from lisa_core.exchange.peers.pace import UNREAD_BYTES, Pace, weight
from lisa_core.wire.channel import Channel
from lisa_core.wire.envelope import MAX_UNACKED_BYTES, NO_CALL, Envelope, LinkEnd
from lisa_core.wire.logger import Logger
from lisa_core.wire.messages import Ack, BoothHello, DeskHello, Message, Refused, Welcome
from lisa_core.wire.outbox import Outbox, both_ways
from lisa_core.wire.uplink import ACK_AFTER_S

log = Logger("lisa.exchange")

Take = Callable[[Envelope], None]
"""Gets each message of a peer; an `Ack` that comes this way is ours to send."""
Told = Callable[[str], None]
"""Gets the name of an entry for the administration."""
BEHIND = Refused("behind", texts.BEHIND)
TOO_FAST, UNREADABLE = "nachricht.zu_schnell", "nachricht.unlesbar"
"""Entries: of whom, and no content."""


@dataclass(slots=True, eq=False)
class Peer:
    """One booth or desk; `outbox` is None while it is not connected. Of its secret `hello` holds the hash.

    What it said up to `handled` has been dealt with; from `holding` on (0: nothing) it is not complete yet, and so not
    acknowledged. What is sent waits for `flush`, until that which made us say so is durable. One that is `given_up`,
    because it takes in nothing, hears nothing more; it begins anew with its next hello.
    """

    session: str
    hello: BoothHello | DeskHello
    line: str = field(default_factory=lambda: secrets.token_hex(4))
    link: LinkEnd = field(default_factory=lambda: LinkEnd(holds=True))
    outbox: Outbox | None = None
    handled: int = 0
    holding: int = 0
    pace: Pace = field(default_factory=Pace)
    given_up: bool = False
    warned: bool = False
    barred: bool = False
    """Its key is over: nothing that it said and nobody has dealt with counts."""
    clock: tuple[str, float] | None = None
    """What its clock showed, and the loop's time when that arrived."""
    clock_differs: bool = False
    waits_from: int = 0
    """The number of the first message that waits for `flush`; 0: none."""
    _waiting: list[tuple[str, type[Message] | None]] = field(default_factory=list)
    _ack_timer: asyncio.TimerHandle | None = None

    def hear_clock(self, civil: str) -> None:
        """Its clock shows this now."""
        if civil:
            self.clock = civil, asyncio.get_running_loop().time()

    def ahead_s(self, civil: datetime) -> float:
        """By how much its clock is ahead of ours, which shows `civil` now; 0 as long as it has not said."""
        if self.clock is None:
            return 0.0
        text, heard_s = self.clock
        since = timedelta(seconds=asyncio.get_running_loop().time() - heard_s)
        return ahead_s(text, civil.astimezone(UTC) - since) or 0.0

    @property
    def complete(self) -> int:
        """The number up to which everything it said is dealt with for good."""
        return self.holding - 1 if self.holding else self.handled

    @property
    def name(self) -> str:
        """Site or agent."""
        return self.hello.site if isinstance(self.hello, BoothHello) else self.hello.agent

    def send(
        self, body: Message, call: CallId = NO_CALL, origin: tuple[str, int] | None = None, *, newest: bool = False
    ) -> bool:
        """Send with the next `flush`, or after its next reconnect. False if it is too large for a message.

        `newest`: it takes the place of what was said of its kind before and has not arrived yet.
        """
        if self.link.is_full:
            self.give_up()
        if self.given_up:
            return True
        try:
            before = self.link.last
            text = self.link.send(body, call, origin, newest=newest)
        except ProtocolError as error:
            log.error("not sent", to=self.name, text=str(error))
            return False
        self._waiting.append((text, type(body) if newest else None))
        if self.link.last > before:
            self.waits_from = self.waits_from or self.link.last
        return True

    @property
    def said(self) -> str:
        """What was sent last and waits for `flush`, as it goes over the wire; it is held no longer than that."""
        return self._waiting[-1][0] if self._waiting else ""

    def flush(self) -> None:
        """Now it may be told."""
        if self.outbox is not None:
            for text, topic in self._waiting:
                self.outbox.put(text, topic)
            if self.outbox.size > MAX_UNACKED_BYTES:
                self.give_up()
        self._waiting.clear()
        self.waits_from = 0

    def acknowledge(self) -> None:
        """Say how far we have heard it for good; this has no number and overtakes what waits."""
        if self.outbox is not None:
            self.outbox.put(self.link.send(Ack()))

    def say(self, body: Message) -> None:
        """Say something now that depends on nothing and that is not said again."""
        if self.outbox is not None:
            self.outbox.put(self.link.send(body))

    def end(self, why: Refused) -> None:
        """End its connection, and say why."""
        if self.outbox is not None:
            self.outbox.end(self.link.send(why))

    def give_up(self) -> None:
        """The peer reads nothing: end its connection and drop what is kept for it."""
        if not self.given_up:
            log.error("given up", peer=self.name, unacknowledged=len(self.link.unacked))
            self.end(BEHIND)
            self.given_up = True
            self.link = LinkEnd(holds=True, seen=self.link.settled, last=self.link.last)
            self._waiting.clear()
            self.waits_from = 0

    def ack_soon(self, take: Take) -> None:
        """Acknowledge what came in, together with what comes next; until then `take` gets an `Ack` to send."""
        if self._ack_timer is None:
            self._ack_timer = asyncio.get_running_loop().call_later(ACK_AFTER_S, self._ack, take)

    def _ack(self, take: Take) -> None:
        self._ack_timer = None
        take(Envelope(0, 0, NO_CALL, Ack()))


def greet(peer: Peer, seen: int, name: str, office: str, civil: str = "", ways: MediaWays | None = None) -> Outbox:
    """Answer a hello, and send again what was not had yet. From here on what is sent goes over this connection.

    `ways` go first, since what is sent again may begin a leg. What waits for the disk waits for it here, too.
    """
    outbox = Outbox()
    outbox.put(peer.link.send(Welcome(peer.session, peer.link.settled, name, office, peer.line, civil)))
    if ways is not None:
        outbox.put(peer.link.send(ways))
    for text in peer.link.resume(seen, peer.waits_from):
        outbox.put(text)
    peer.outbox = outbox
    return outbox


async def converse(channel: Channel, peer: Peer, outbox: Outbox, take: Take, told: Told) -> None:
    """Hand every message of this connection to `take(envelope)` until it is lost or ended.

    `told` gets the name of an entry for whatever is no message, or comes faster than it may.
    """
    await both_ways(channel, outbox, _listen(channel, peer, outbox, take, told))


async def _listen(channel: Channel, peer: Peer, outbox: Outbox, take: Take, told: Told) -> None:
    while True:
        await outbox.below(UNREAD_BYTES)
        text = await channel.receive()
        if await peer.pace.next(weight(text, by_hand=isinstance(peer.hello, DeskHello))):
            told(TOO_FAST)
        if outbox.ended:
            return
        try:
            envelope = peer.link.receive(text)
        except ProtocolError as error:
            # What the link does not know is refused; the connection is kept.
            told(UNREADABLE)
            outbox.put(peer.link.send(Refused("protocol", str(error))))
            continue
        peer.ack_soon(take)  # an acknowledgement too: by the answer a page sees that the exchange is still there
        if envelope is not None and isinstance(envelope.body, Ack):
            peer.hear_clock(envelope.body.civil)
        elif envelope is not None:
            take(envelope)
