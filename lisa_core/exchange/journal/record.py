"""What the exchange must not lose: each burst of its queue becomes durable with one commit, before anything is told.

The log gets every routing event with its time, so that the router can be replayed. Beside the log is kept what the
links need after a crash: which session a peer has, how far it was heard, and what it has not acknowledged yet.

    event, log            -> an entry                                            }
    put, joined           -> a value beside the log                              }  one transaction: `commit`, then
    send_durably          -> a message, numbered, and kept until acknowledged    }  `Peer.flush` lets the messages out
    send_volatile         -> a message, kept nowhere: the newest wins            }
    relay, send_unlogged  -> a message that rests on nothing: may also leave by `hold`, while nothing can be written
    handled, acknowledge  -> how far a peer was heard; it is told so after the commit

Of what we send, the link knows what was sent (`link.last`) and what the other end has acknowledged
(`link.acked_up_to`); of what we hear, what is durable here (`link.settled`): only that is acknowledged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from lisa_core.domain.model.errors import MachineError
from lisa_core.domain.model.ids import CallId
from lisa_core.domain.model.values import to_json
from lisa_core.domain.routing import events as e
from lisa_core.domain.routing.router import Router
from lisa_core.exchange.journal.names import SNAPSHOT, entry_of
from lisa_core.exchange.peers.peers import Peer
from lisa_core.host.clock import Clock
from lisa_core.store.journal import Entry, Journal
from lisa_core.wire.envelope import Envelope, without_ack
from lisa_core.wire.json_text import compact
from lisa_core.wire.messages import Ack, Message

SNAPSHOT_EVERY = 2_000
"""Minimum number of entries between two snapshots; more where a snapshot is large, so that it never costs much."""

PEER, SEEN, UNACKED, ROUTER, GENERATION, ENDED = "peer/", "seen/", "out/", "router", "generation", "ended/"
RECEIVED, OWED = "received/", "owed/"
"""The keys of what is kept beside the log."""
BOOTH, DESK = "booth/", "desk/"
"""What the name of a peer begins with; then comes the site or the agent."""


def unacked_key(line: str, number: int) -> str:
    """The key of an unacknowledged message; sorted by key, those of a line are in their order."""
    return f"{UNACKED}{line}/{number:020d}"


def parts_of(key: str) -> tuple[str, int]:
    """Line and number of the message under this key."""
    return key[len(UNACKED) : -21], int(key[-20:])


class Record:
    """Collect with `event`, `log`, `put`, `handled`, `send_durably`; `commit` makes it durable, and only then sends."""

    def __init__(self, journal: Journal, clock: Clock, peers: Mapping[str, Peer], now_us: int) -> None:
        self._journal, self._clock, self._now_us = journal, clock, now_us
        self._peers = dict(peers)
        self._unacked = {peer: list(peer.link.unacked) for peer in peers.values()}
        self._entries: list[tuple[str, str, str, str]] = []
        self._unwritten: list[Entry] = []
        self._firm: dict[Peer, None] = {}
        self._kept: dict[str, str | None] = {}
        self._touched: dict[Peer, None] = {}
        self._acks: dict[Peer, None] = {}
        self._snapshot_at = journal.count + SNAPSHOT_EVERY

    def event(self, event: e.RoutingEvent, now_us: int) -> None:
        """Add an entry for an event that the router has handled."""
        self._now_us = now_us
        name, subject, detail = entry_of(event)
        data = {"us": now_us, "event": type(event).__name__, **to_json(event)}
        self._entries.append((name, subject, detail, compact(data)))

    def log(self, name: str, subject: str, detail: str = "") -> None:
        """Add an entry that is no event of the router."""
        self._entries.append((name, subject, detail, ""))

    def put(self, key: str, text: str | None) -> None:
        """Keep a value beside the log under this key, or drop it (None)."""
        self._kept[key] = text

    def joined(self, key: str, peer: Peer) -> None:
        """A peer's connection is up. If it is a new session, what the former one has not acknowledged is dropped."""
        known = self._peers.get(key)
        if known is peer:
            return
        if known is not None:
            self._kept[SEEN + known.line] = None
            self._kept.update({unacked_key(known.line, number): None for number in self._unacked.pop(known, ())})
        self._peers[key] = peer
        self.put_peer(key, peer)

    def put_peer(self, key: str, peer: Peer) -> None:
        """Which session it has, and under which name its messages are numbered."""
        self._kept[PEER + key] = json.dumps({"line": peer.line, "hello": to_json(peer.hello)})

    def handled(self, peer: Peer, number: int) -> None:
        """A message of this peer has been dealt with."""
        self._touched[peer] = None
        peer.handled = max(peer.handled, number)

    def acknowledge(self, peer: Peer) -> None:
        """Tell this peer with the commit how far we have heard it for good."""
        self._touched[peer] = self._acks[peer] = None

    def send_durably(self, peer: Peer, body: Message, call: CallId) -> None:
        """Send with the commit, and until it is acknowledged keep it beside the log."""
        self._touched[peer] = self._firm[peer] = None
        before = peer.link.last
        peer.send(body, call)
        if peer.link.last > before:
            self._kept[unacked_key(peer.line, peer.link.last)] = without_ack(peer.said)
            self._unacked.setdefault(peer, []).append(peer.link.last)

    def send_volatile(self, peer: Peer, body: Message) -> None:
        """Send with the commit, and keep it nowhere: it is sent anew when the peer comes back, and the newest wins."""
        self._touched[peer] = self._firm[peer] = None
        peer.send(body, newest=True)

    def send_unlogged(self, peer: Peer, body: Message, call: CallId) -> None:
        """Send something that promises nothing: also while nothing can be written."""
        self._touched[peer] = None
        peer.send(body, call)

    def relay(self, sender: Peer, envelope: Envelope, to: Peer) -> bool:
        """Relay with the commit. Its content is written nowhere: after a crash the sender sends it again.

        It says where it comes from, so that who has had it before the crash does not take it twice. False: too large.
        """
        self._touched[to] = None
        return to.send(envelope.body, envelope.call, (sender.line, envelope.id))

    def commit(self) -> None:
        """Make all of it durable, then tell.

        Raises `MachineError` when it cannot be written. Then all of it waits for the next commit, and so do the
        messages that rest on it; only what rests on nothing is told (`hold`).
        """
        if self._entries or self._kept or self._acks or self._unwritten:
            try:
                self._write()
            except MachineError:
                self.hold()
                raise
        for peer in self._acks:
            peer.send(Ack())
        for peer in self._touched:
            peer.flush()
        self._acks.clear()
        self._touched.clear()
        self._firm.clear()

    def hold(self) -> None:
        """Tell what is written nowhere anyway: what is relayed, and acknowledgements of what was durable before.

        Messages of a link are numbered, so what comes after one that waits has to wait with it.
        """
        for peer in self._acks:
            peer.acknowledge()
        self._acks.clear()
        for peer in self._touched:
            if peer not in self._firm:
                peer.flush()

    def _write(self) -> None:
        settled = {peer: peer.complete for peer in self._touched if peer.complete > peer.link.settled}
        for peer, number in settled.items():
            self._kept[SEEN + peer.line] = str(number)
        for peer in self._touched:
            self._let_go(peer)
        at = self._clock.instant().civil.isoformat(timespec="milliseconds")
        self._unwritten += (Entry(at, *entry) for entry in self._entries)
        self._entries.clear()
        self._journal.append(self._unwritten, self._kept)
        for peer, number in settled.items():
            peer.link.settled = number
        self._unwritten.clear()
        self._kept.clear()

    def _let_go(self, peer: Peer) -> None:
        """Forget the messages that the peer has acknowledged."""
        unacked, acked = self._unacked.get(peer, []), peer.link.acked_up_to
        gone = [number for number in unacked if peer.given_up or number <= acked]
        del unacked[: len(gone)]
        self._kept.update({unacked_key(peer.line, number): None for number in gone})

    @property
    def snapshot_due(self) -> bool:
        """Whether there is much to replay since the last snapshot."""
        return self._journal.count >= self._snapshot_at

    def snapshot(self, router: Router) -> None:
        """Keep the router's state after a commit. Its hash stands in the log: an altered one is not believed."""
        number = self._journal.count + 1
        state = {"number": number, "us": self._now_us, "router": router.snapshot()}
        text = json.dumps(state, separators=(",", ":"), ensure_ascii=False)
        at = self._clock.instant().civil.isoformat(timespec="milliseconds")
        self._journal.append([Entry(at, SNAPSHOT, "", digest(text))], {ROUTER: text})
        self._snapshot_at = number + max(SNAPSHOT_EVERY, len(text) // 50)


def digest(text: str) -> str:
    """The SHA-256 (hex) under which a snapshot stands in the log."""
    return hashlib.sha256(text.encode()).hexdigest()
