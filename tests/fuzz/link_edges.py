"""What desks, booths, the exchange and pages send: the envelope of every message, and what pages say."""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.ids import AgentId, CallId, FormId, OfficeId, ServiceId, SiteId
from lisa_core.domain.model.values import to_json
from lisa_core.wire.envelope import Envelope, LinkEnd, decode, encode
from lisa_core.wire.message_names import MESSAGES
from tests.fuzz.edge import Edge
from tests.fuzz.mutation import damaged
from tests.fuzz.shapes import either, json_text

DEEPEST, LARGEST = 64, 2**63
_NAMED: dict[Any, str] = {
    SiteId: "templin",
    AgentId: "brandt",
    OfficeId: "wohngeldstelle",
    ServiceId: "mietzuschuss",
    FormId: "wohngeld_mietzuschuss",
    CallId: "besuch-1",
}
_SAID = {"start": "2026-11-24T10:00", "outcome": "antrag_gestellt", "key": "ab" * 32, "data": "AAAA", "value": "Müller"}


@cache
def messages() -> Sequence[bytes]:
    """An envelope of every message there is, as its sender writes it."""
    found = []
    for number, kind in enumerate(MESSAGES.values(), start=1):
        for full in (False, True):
            origin = ("0a1b2c3d", number) if full else None
            found.append(encode(Envelope(number, number - 1, CallId("besuch-1"), an(kind, full), origin)).encode())
    return found


def an(kind: Any, full: bool, name: str = "") -> Any:
    """A value of this type; `full`: with everything that may be left out."""
    if isinstance(kind, typing.NewType):
        return _NAMED.get(kind, "a1b2c3d4")
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        needed = [f for f in dataclasses.fields(kind) if full or f.default is f.default_factory is dataclasses.MISSING]
        made: Any = kind
        return made(**{field.name: an(hints[field.name], full, field.name) for field in needed})
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        inner = next(member for member in typing.get_args(kind) if member is not types.NoneType)
        return an(inner, full, name) if full else None
    if typing.get_origin(kind) is tuple:
        return (an(typing.get_args(kind)[0], full, name),) * (2 if full else 0)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return list(kind)[-1]
    if kind is dict or typing.get_origin(kind) is dict:
        return {"id": "x", "felder": [{"id": "name", "label": "Name"}]} if full else {}
    return {str: _SAID.get(name, "probe"), int: 3, bool: full, float: 0.5}[kind]


def take_envelope(data: bytes, chance: Random) -> None:
    """What an end of the link takes it can write down, relay, and read again as the same."""
    envelope = decode(text_of(data))
    checked(to_json(envelope.body))
    checked([envelope.id, envelope.ack, envelope.call, list(envelope.origin or ())])
    again = encode(envelope)
    again.encode()
    assert encode(decode(again)) == again


def text_of(data: bytes) -> str:
    """As text; half an emoji stays what it is, other damage becomes what a WebSocket would not let through either."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def checked(value: Any, depth: int = 0) -> None:
    """Nothing in it that a log, a database, a page or another program could not take."""
    assert depth <= DEEPEST, "nested too deep"
    if isinstance(value, str):
        value.encode()
        assert "\0" not in value, "a text with NUL in it"
    elif isinstance(value, dict):
        for key, inner in value.items():
            checked(key, depth + 1)
            checked(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            checked(inner, depth + 1)
    elif isinstance(value, int | float):
        assert -LARGEST <= value <= LARGEST, f"the number {str(value)[:40]}"


def take_conversation(data: bytes, chance: Random) -> None:
    """One end of a session that hears this message after others: it counts, and holds no more for it."""
    end = LinkEnd(holds=True)
    for number in range(1, 4):
        end.send(an(MESSAGES["desk.ready"], True))
        end.receive(encode(Envelope(number, 0, CallId(""), an(MESSAGES["desk.pause"], True))))
    try:
        heard = end.receive(text_of(data))
    finally:
        assert end.seen < LARGEST
        assert len(end.unacked) <= 3
    if heard is not None and heard.id:
        assert end.receive(encode(dataclasses.replace(heard))) is None, "the same message taken twice"


EDGES = (
    Edge("link", messages, either(json_text, json_text, damaged), take_envelope, 38_000, (ProtocolError,)),
    Edge("link-session", messages, either(json_text, damaged), take_conversation, 50_000, (ProtocolError,)),
)
