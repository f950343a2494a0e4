"""The link: JSON envelopes, idempotent by their number, resent after a reconnect. Sans-IO.

    {"v":1,"id":3,"ack":8,"type":"call.place","call":"templin-1-1/1","body":{"visit":"templin-1-1","token":""}}

`v` version of the link; `id` number of this message; `ack` number of the last message had from the other end; `type`
name of the message (`wire.message_names`); `call` the call it is about, or ""; `body` the message.

Numbering. Each end numbers its messages from 1 for the life of its program (its session). Messages that belong to no
session yet (hello, challenge, welcome, refused, ack ...) travel with id 0: they are neither counted, acknowledged nor
resent. So do the ways of picture and sound: each connection begins with new ones, before what is resent.

Acknowledging. Every envelope carries `ack`; an end that has nothing to say sends the message `ack` after a moment. What
is sent is kept until it is acknowledged. A number that is not above the last one had is a repetition and is dropped.

Resending. After a reconnect both say how far they have come (`seen` in hello and welcome), and send the rest again
under the same numbers:

    booth                                        exchange
      id 1  call.place          ----------->       seen 1
      id 2  visit.ended         ----- x            the connection is lost
      id 0  booth.hello seen 5  ----------->       up to 5 is acknowledged by this; 6 and later are sent again
                                <-----------       id 0  welcome seen 1
      id 2  visit.ended         ----------->       seen 2

The exchange acknowledges a message only once its consequences are on its disk (`holds`, `settled`): what it
acknowledged, a crash cannot take away. After one it takes up its sessions from its log (`backlog`, `last`). A booth or
desk that starts anew begins a new session. Where the exchange numbers anew, it names a new `line` in its welcome, and
the other end forgets what it had of the old one (`peer_restarted`).

Relayed messages also say where they come `from`: the line of their sender and their number there. If the exchange was
killed and is told again what it had relayed already, the receiving end knows the repetition by that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from lisa_core.domain.model.errors import ProtocolError, Side
from lisa_core.domain.model.ids import CallId
from lisa_core.domain.model.json_types import Json
from lisa_core.domain.model.values import MAX_ID_CHARS, from_json, to_json
from lisa_core.wire.json_text import bounded, json_text, read_json, write_json
from lisa_core.wire.message_names import MESSAGES, NAMES
from lisa_core.wire.messages import DeskState, Message, ServiceEntry

VERSION = 1
MAX_BYTES = 256_000
"""Maximum size of an envelope in bytes of UTF-8, coming in and going out alike."""
MAX_UNACKED = 10_000
"""Maximum number of messages that wait for their acknowledgement; nothing can be sent beyond it."""
MAX_UNACKED_BYTES = 32_000_000
"""The same in bytes, for the end in the middle: a whole case with all its pages is less."""
MAX_ORIGINS = 1_000
"""Maximum number of lines whose last relayed number is remembered: beyond it, the longest silent one is forgotten."""
NO_CALL = CallId("")
_NO_BODY, _NO_SERVICES = "null}", "[]}"
_UNNUMBERED = frozenset(
    {
        *("booth.hello", "booth.enrol", "booth.enrolled", "challenge", "proof"),
        *("desk.hello", "welcome", "refused", "ack", "call.ways"),
    }
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message as it travels; `origin` is the line and the number under which a relayed one was sent."""

    id: int
    ack: int
    call: CallId
    body: Message
    origin: tuple[str, int] | None = None


def encode(envelope: Envelope) -> str:
    """The envelope as text. Raises `ProtocolError(LOCAL)` for what the other end could not take, as above 256 kB."""
    body = envelope.body
    name = NAMES[type(body)]
    origin = {} if envelope.origin is None else {"from": envelope.origin}
    value = {
        "v": VERSION,
        "id": envelope.id,
        "ack": envelope.ack,
        **origin,
        "type": name,
        "call": envelope.call,
        "body": None if isinstance(body, DeskState) else to_json(body),
    }
    text = write_json(value, f"link: message {name}", max_bytes=MAX_BYTES)
    return _with_state(text, body) if isinstance(body, DeskState) else text


def without_ack(text: str) -> str:
    """The same envelope, acknowledging nothing: how a message is kept that may have to be sent again much later."""
    head, _, rest = text.partition(',"ack":')
    return f'{head},"ack":0{rest[rest.index(",") :]}'


class _Same:
    """A cache key by identity: the same object was written before, and need not be turned into text again."""

    __slots__ = ("value",)

    def __init__(self, value: DeskState | tuple[ServiceEntry, ...]) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value


@lru_cache(maxsize=8)
def _state_text(same: _Same) -> str:
    state = same.value
    assert isinstance(state, DeskState)
    text = json_text(to_json(replace(state, services=())), "link: desk.state")
    return f"{text.removesuffix(_NO_SERVICES)}{_catalogue_text(_Same(state.services))}}}"


@lru_cache(maxsize=8)
def _catalogue_text(same: _Same) -> str:
    return json_text(to_json(same.value), "link: catalogue")


def _with_state(text: str, state: DeskState) -> str:
    """The `text` of an envelope that has no body yet, with this one.

    Two hundred desks get the same: the numbers of the house until these change, the catalogue all day.
    """
    return bounded(f"{text.removesuffix(_NO_BODY)}{_state_text(_Same(state))}}}", "link: message desk.state", MAX_BYTES)


def decode(text: str) -> Envelope:
    """The envelope in `text`. Raises `ProtocolError(REMOTE)` for anything the link does not know."""
    data = read_json(text, "link", max_bytes=MAX_BYTES)
    if not isinstance(data, dict) or data.get("v") != VERSION:
        raise ProtocolError(f"link: not an envelope of version {VERSION}")
    kind: type[Message] | None = MESSAGES.get(str(data.get("type")))
    if kind is None:
        raise ProtocolError(f"link: unknown type {str(data.get('type'))[:60]!r}")
    number, ack, call = data.get("id", 0), data.get("ack", 0), data.get("call", "")
    if not (type(number) is int and type(ack) is int and isinstance(call, str) and number >= 0 and ack >= 0):
        raise ProtocolError("link: id and ack are numbers from 0, call is a string")
    if len(call) > MAX_ID_CHARS:
        raise ProtocolError(f"link: a call's name has at most {MAX_ID_CHARS} characters")
    body = from_json(kind, data.get("body", {}), str(data["type"]))
    return Envelope(number, ack, CallId(call), body, _origin(data.get("from")))


def _origin(data: Json) -> tuple[str, int] | None:
    match data:
        case None:
            return None
        case [str(line), int(number)] if len(line) <= MAX_ID_CHARS and type(number) is int:
            return line, number
        case _:
            raise ProtocolError("link: from is a line and a number")


class LinkEnd:
    """One end of one session: numbers what goes out, sorts out what comes in twice, keeps what is not acknowledged.

    An end that `holds` back acknowledges only what its owner has `settled`: what a crash can no longer take away. It is
    the exchange: nobody relays to it, so it believes no `from`, and its peers leave no large gaps in their numbers.
    A message sent as `newest` replaces the one of its kind that is not acknowledged yet.
    The other arguments take up a session again after a crash: `backlog` is what was sent before and not acknowledged,
    by number, and `last` must be as high as any number ever given out.
    """

    # One for each booth and desk that was ever connected, ten thousand after a restart: no deque before it is needed.
    __slots__ = ("_backlog", "_bytes", "_holds", "_last", "_newest", "_origins", "_unacked", "seen", "settled")

    def __init__(
        self, *, holds: bool = False, seen: int = 0, last: int = 0, backlog: Iterable[tuple[int, str]] = ()
    ) -> None:
        self.seen = self.settled = seen
        self._holds = holds
        self._last = last
        self._backlog = list(backlog)
        self._unacked: list[tuple[Envelope, int]] = []
        self._bytes = 0
        self._newest: dict[type[Message], Envelope] = {}
        self._origins: dict[str, int] = {}

    @property
    def last(self) -> int:
        """The number of the last message sent."""
        return self._last

    @property
    def unacked(self) -> tuple[int, ...]:
        """The numbers of the messages that the other end has not acknowledged."""
        former = [number for number, _ in self._backlog]
        return (*former, *(envelope.id for envelope in self._open())) if self._unacked or self._newest else (*former,)

    @property
    def acked_up_to(self) -> int:
        """The other end has had everything up to here."""
        if self._backlog:
            return self._backlog[0][0] - 1
        first = self._unacked[0][0].id if self._unacked else self._last + 1
        return min(first, *(envelope.id for envelope in self._newest.values())) - 1 if self._newest else first - 1

    @property
    def is_full(self) -> bool:
        """Whether the other end has acknowledged nothing for too long: nothing more can be sent."""
        many = len(self._backlog) + len(self._unacked) >= MAX_UNACKED
        return many or (self._holds and self._bytes >= MAX_UNACKED_BYTES)

    def send(
        self, body: Message, call: CallId = NO_CALL, origin: tuple[str, int] | None = None, *, newest: bool = False
    ) -> str:
        """Text to write now. Raises `ProtocolError(LOCAL)` for a message that is too large, or when `is_full`."""
        if NAMES[type(body)] in _UNNUMBERED:
            return encode(Envelope(0, self.settled, call, body))
        if self.is_full:
            raise ProtocolError(f"link: {len(self._unacked)} messages are unacknowledged", Side.LOCAL)
        envelope = Envelope(self._last + 1, self.settled, call, body, origin)
        text = encode(envelope)
        self._last += 1
        if newest:
            self._newest[type(body)] = envelope
        else:
            self._unacked.append((envelope, len(text)))
            self._bytes += len(text)
        return text

    def receive(self, text: str) -> Envelope | None:
        """What arrived, or None when it is a repetition. Raises `ProtocolError(REMOTE)`; the connection may stay."""
        envelope = decode(text)
        if self._holds and self.seen and envelope.id > self.seen + 2 * MAX_UNACKED:
            raise ProtocolError(f"link: message {envelope.id} comes after {self.seen}: too many are missing")
        self.acknowledged(envelope.ack)
        if envelope.id == 0:
            return envelope
        if envelope.id <= self.seen:
            return None
        self.seen = envelope.id
        if not self._holds:
            self.settled = envelope.id
        if envelope.origin is not None and not self._holds and self._is_repeated(*envelope.origin):
            return None
        return envelope

    def _is_repeated(self, line: str, number: int) -> bool:
        known = self._origins.pop(line, 0)
        self._origins[line] = max(known, number)
        while len(self._origins) > MAX_ORIGINS:
            del self._origins[next(iter(self._origins))]
        return number <= known

    def peer_restarted(self) -> None:
        """The other end numbers its messages from 1 again."""
        self.seen = self.settled = 0

    def acknowledged(self, up_to: int) -> None:
        """The other end has had everything up to this id."""
        if self._backlog and self._backlog[0][0] <= up_to:
            self._backlog = [sent for sent in self._backlog if sent[0] > up_to]
        if self._unacked and self._unacked[0][0].id <= up_to:
            had = next((n for n, (sent, _) in enumerate(self._unacked) if sent.id > up_to), len(self._unacked))
            self._bytes -= sum(size for _, size in self._unacked[:had])
            del self._unacked[:had]
        for kind in [kind for kind, envelope in self._newest.items() if envelope.id <= up_to]:
            del self._newest[kind]

    def resume(self, peer_seen: int, below: int = 0) -> list[str]:
        """What to write again after a reconnect, when the other end has had everything up to `peer_seen`.

        `below`: messages from this number on were not written yet; 0: all were.
        """
        self.acknowledged(peer_seen)
        written = (envelope for envelope in self._open() if not below or envelope.id < below)
        again = (encode(replace(envelope, ack=self.settled)) for envelope in written)
        return [*(text for _, text in self._backlog), *again]

    def holds_any(self, names: tuple[str, ...], after: int) -> bool:
        """Whether a message whose name begins with one of `names` is numbered above `after` and not acknowledged."""
        return any(e.id > after and NAMES[type(e.body)].startswith(names) for e, _ in self._unacked)

    def _open(self) -> list[Envelope]:
        """What was sent in this life and is not acknowledged, in order."""
        sent = (envelope for envelope, _ in self._unacked)
        return sorted((*sent, *self._newest.values()), key=lambda envelope: envelope.id)

    def withdraw(self, names: tuple[str, ...], call: CallId | None = None) -> None:
        """Do not resend messages whose name begins with one of `names` (of this call): their receiver is gone."""
        kept = [
            (e, size)
            for e, size in self._unacked
            if call not in (None, e.call) or not NAMES[type(e.body)].startswith(names)
        ]
        self._unacked, self._bytes = kept, sum(size for _, size in kept)
