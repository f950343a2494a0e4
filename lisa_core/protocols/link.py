"""The link: JSON envelopes `{v, id, ack, type, call, body}`, idempotent by id, resent after a reconnect. Sans-IO.

Each end numbers its messages from 1 for the life of its program (its session). `ack` is the highest id had from the
other end. After a reconnect both say how far they have come (`seen` in hello and welcome) and resend the rest. Messages
that belong to no session yet (hello, welcome, refused, ack) travel with id 0 and are never resent.

A relayed message also says where it comes `from`: the line of its sender and its number there. If what stands between
the ends was killed and is told again what it had passed on already, the receiving end knows it by that.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from lisa_core.model.errors import ProtocolError, Side
from lisa_core.model.ids import CallId
from lisa_core.protocols.messages import MESSAGES, NAMES
from lisa_core.protocols.values import from_json, to_json

VERSION = 1
MAX_BYTES = 256_000
MAX_UNACKED = 10_000
NO_CALL = CallId("")
_UNNUMBERED = frozenset({"booth.hello", "desk.hello", "welcome", "refused", "ack"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message as it travels; `origin` is the line and the number under which a relayed one was sent."""

    id: int
    ack: int
    call: CallId
    body: Any
    origin: tuple[str, int] | None = None


def encode(envelope: Envelope) -> str:
    """The envelope as text. Raises `ProtocolError(LOCAL)` above 256 kB."""
    origin = {} if envelope.origin is None else {"from": envelope.origin}
    text = json.dumps(
        {
            "v": VERSION,
            "id": envelope.id,
            "ack": envelope.ack,
            **origin,
            "type": NAMES[type(envelope.body)],
            "call": envelope.call,
            "body": to_json(envelope.body),
        },
        separators=(",", ":"),
        ensure_ascii=False,
    )
    if len(text) > MAX_BYTES // 4 and len(text.encode()) > MAX_BYTES:
        name = NAMES[type(envelope.body)]
        raise ProtocolError(f"link: message {name} is larger than {MAX_BYTES} bytes", Side.LOCAL)
    return text


def decode(text: str) -> Envelope:
    """The envelope in `text`. Raises `ProtocolError(REMOTE)` for anything the link does not know."""
    if len(text) > MAX_BYTES:
        raise ProtocolError(f"link: message of {len(text)} characters, at most {MAX_BYTES} bytes are taken")
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ProtocolError(f"link: not JSON: {error}") from error
    if not isinstance(data, dict) or data.get("v") != VERSION:
        raise ProtocolError(f"link: not an envelope of version {VERSION}")
    kind = MESSAGES.get(str(data.get("type")))
    if kind is None:
        raise ProtocolError(f"link: unknown type {data.get('type')!r}")
    number, ack, call = data.get("id", 0), data.get("ack", 0), data.get("call", "")
    if not (type(number) is int and type(ack) is int and isinstance(call, str) and number >= 0 and ack >= 0):
        raise ProtocolError("link: id and ack are numbers from 0, call is a string")
    body: Any = from_json(kind, data.get("body", {}), str(data["type"]))
    return Envelope(number, ack, CallId(call), body, _origin(data.get("from")))


def _origin(data: Any) -> tuple[str, int] | None:
    match data:
        case None:
            return None
        case [str(line), int(number)]:
            return line, number
        case _:
            raise ProtocolError("link: from is a line and a number")


class LinkEnd:
    """One end of one session: numbers what goes out, sorts out what comes in twice, keeps what is not acknowledged.

    An end that `holds` back acknowledges only what it was told is `settled`: what a crash can no longer take away.
    The other arguments take up a session again after a crash: `backlog` is what was sent before and not acknowledged,
    by number, and `last` must be as high as any number ever given out.
    """

    def __init__(
        self, *, holds: bool = False, seen: int = 0, last: int = 0, backlog: Iterable[tuple[int, str]] = ()
    ) -> None:
        self.seen = self.settled = seen
        self._holds = holds
        self._last = last
        self._backlog = deque(backlog)
        self._unacked: deque[Envelope] = deque()
        self._origins: dict[str, int] = {}

    @property
    def last(self) -> int:
        """The number of the last message sent."""
        return self._last

    @property
    def unacked(self) -> tuple[int, ...]:
        """The numbers of the messages that the other end has not acknowledged."""
        return (*(number for number, _ in self._backlog), *(envelope.id for envelope in self._unacked))

    @property
    def acked(self) -> int:
        """The other end has had everything up to here."""
        if self._backlog:
            return self._backlog[0][0] - 1
        return self._unacked[0].id - 1 if self._unacked else self._last

    def send(self, body: Any, call: CallId = NO_CALL, origin: tuple[str, int] | None = None) -> str:
        """Text to write now. Raises `ProtocolError(LOCAL)` when the other end acknowledged nothing for too long."""
        if NAMES[type(body)] in _UNNUMBERED:
            return encode(Envelope(0, self.settled, call, body))
        if len(self._unacked) >= MAX_UNACKED:
            raise ProtocolError(f"link: {MAX_UNACKED} messages are unacknowledged", Side.LOCAL)
        envelope = Envelope(self._last + 1, self.settled, call, body, origin)
        text = encode(envelope)
        self._last += 1
        self._unacked.append(envelope)
        return text

    def receive(self, text: str) -> Envelope | None:
        """What arrived, or None when it is a repetition. Raises `ProtocolError(REMOTE)`; the connection may stay."""
        envelope = decode(text)
        self.acknowledged(envelope.ack)
        if envelope.id == 0:
            return envelope
        if envelope.id <= self.seen:
            return None
        self.seen = envelope.id
        if not self._holds:
            self.settled = envelope.id
        if envelope.origin is not None:
            line, number = envelope.origin
            if number <= self._origins.get(line, 0):
                return None
            self._origins[line] = number
        return envelope

    def peer_restarted(self) -> None:
        """The other end numbers its messages from 1 again."""
        self.seen = self.settled = 0

    def acknowledged(self, up_to: int) -> None:
        """The other end has had everything up to this id."""
        while self._backlog and self._backlog[0][0] <= up_to:
            self._backlog.popleft()
        while self._unacked and self._unacked[0].id <= up_to:
            self._unacked.popleft()

    def resume(self, peer_seen: int) -> list[str]:
        """What to write again after a reconnect, when the other end has had everything up to `peer_seen`."""
        self.acknowledged(peer_seen)
        again = (encode(replace(envelope, ack=self.settled)) for envelope in self._unacked)
        return [*(text for _, text in self._backlog), *again]

    def holds_any(self, names: tuple[str, ...], after: int) -> bool:
        """Whether a message whose name begins so is numbered above `after` and not acknowledged."""
        return any(e.id > after and NAMES[type(e.body)].startswith(names) for e in self._unacked)

    def withdraw(self, names: tuple[str, ...], call: CallId | None = None) -> None:
        """Do not resend messages whose names begin so (of this call): whom they were for is not there any more."""
        self._unacked = deque(
            e for e in self._unacked if call not in (None, e.call) or not NAMES[type(e.body)].startswith(names)
        )
