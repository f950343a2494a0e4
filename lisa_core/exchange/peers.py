"""Who is connected: one `Peer` per booth or desk, which outlives its connections."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from lisa_core.model.errors import DeviceFault, ProtocolError
from lisa_core.model.ids import CallId
from lisa_core.model.time import ahead_s
from lisa_core.protocols.link import NO_CALL, Envelope, LinkEnd, decode
from lisa_core.protocols.messages import Ack, BoothHello, DeskHello, Refused, Welcome
from lisa_core.transports.channel import Channel
from lisa_core.transports.uplink import ACK_AFTER_S, writing

Take = Callable[[Envelope], None]
"""Gets each message of a peer; an `Ack` that comes this way is ours to send."""


@dataclass(slots=True, eq=False)
class Peer:
    """One booth or desk; `outbox` is None while it is not connected.

    What it said up to `handled` has been dealt with; from `holding` on (0: nothing) it is not complete yet, and so not
    acknowledged. What is sent waits for `flush`, until that which made us say so is durable.
    """

    session: str
    hello: BoothHello | DeskHello
    line: str = field(default_factory=lambda: secrets.token_hex(4))
    link: LinkEnd = field(default_factory=lambda: LinkEnd(holds=True))
    outbox: asyncio.Queue[str] | None = None
    handled: int = 0
    holding: int = 0
    clock: tuple[str, float] | None = None
    """What its clock showed, and the loop's time when that arrived."""
    clock_differs: bool = False
    _waiting: list[str] = field(default_factory=list)
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

    def send(self, body: Any, call: CallId = NO_CALL, origin: tuple[str, int] | None = None) -> None:
        """Send with the next `flush`, or after its next reconnect."""
        self._waiting.append(self.link.send(body, call, origin))

    def flush(self) -> None:
        """Now it may be told."""
        if self.outbox is not None:
            for text in self._waiting:
                self.outbox.put_nowait(text)
        self._waiting.clear()

    def acknowledge(self) -> None:
        """Say how far we have heard it for good; this has no number and overtakes what waits."""
        if self.outbox is not None:
            self.outbox.put_nowait(self.link.send(Ack()))

    def ack_soon(self, take: Take) -> None:
        """Acknowledge what came in, together with what comes next; until then `take` gets an `Ack` to send."""
        if self._ack_timer is None:
            self._ack_timer = asyncio.get_running_loop().call_later(ACK_AFTER_S, self._ack, take)

    def _ack(self, take: Take) -> None:
        self._ack_timer = None
        take(Envelope(0, 0, NO_CALL, Ack()))


async def greet(
    channel: Channel, peers: dict[Any, Peer], name: str, office: str, hello: Any, key: Any, civil: str = ""
) -> tuple[Peer, bool]:
    """Answer a hello. Returns the peer and whether it is fresh (newly started); the older connection is cut."""
    known = peers.get(key)
    fresh = known is None or known.session != hello.session
    peer = Peer(hello.session, hello) if known is None or fresh else known
    if known is not None and known.outbox is not None:
        known.outbox = None
    peers[key] = peer
    await channel.send(peer.link.send(Welcome(peer.session, peer.link.settled, name, office, peer.line, civil)))
    return peer, fresh


async def converse(channel: Channel, peer: Peer, seen: int, take: Take) -> None:
    """Hand every message of this connection to `take(envelope)` until it is lost or another took its place."""
    outbox: asyncio.Queue[str] = asyncio.Queue()
    for text in peer.link.resume(seen):
        outbox.put_nowait(text)
    peer.outbox = outbox
    async with writing(channel, outbox):
        while peer.outbox is outbox:
            text = await channel.receive()
            try:
                envelope = peer.link.receive(text)
            except ProtocolError as error:
                # What the link does not know is refused; the connection is kept.
                outbox.put_nowait(peer.link.send(Refused("protocol", str(error))))
                continue
            peer.ack_soon(take)  # an acknowledgement too: by the answer a page sees that the exchange is still there
            if envelope is not None and isinstance(envelope.body, Ack):
                peer.hear_clock(envelope.body.civil)
            elif envelope is not None:
                take(envelope)


async def first_hello(channel: Channel, kind: type) -> Any:
    """The hello of a new connection. Raises `ProtocolError` for anything else, `DeviceFault` when it is lost."""
    try:
        body = decode(await channel.receive()).body
    except ProtocolError as error:
        await refuse(channel, str(error))
        raise
    if not isinstance(body, kind):
        await refuse(channel, f"the first message must be a {kind.__name__}")
        raise ProtocolError("link: no hello")
    return body


async def refuse(channel: Channel, text: str) -> None:
    """Say why this connection is not wanted, if anybody still listens."""
    try:
        await channel.send(LinkEnd().send(Refused("hello", text)))
    except DeviceFault:
        return
