"""The kinds of lines between LISA and an adapter, and their form as JSON: `{"type":"call","id":3,"method":"set",...}`.

    LISA                                          adapter
      hello  version 1, slot "lamp"   ---------->
                                      <----------   hello   version 1, who the device is, what it can do
      ping   id 1                     ---------->
                                      <----------   pong    id 1, its clock
      call   id 2 "show" colour       ---------->
                                      <----------   answer  id 2  (or fault: code, text)
      call   id 3 "reports"           ---------->
                                      <----------   event   id 3, a value; as often as there is one
      stop   id 3                     ---------->
                                      <----------   end     id 3  (or earlier, by itself)
      call   id 4 "play", give id 4 a value, as often as there is one, end id 4: what is to be heard

Ids of calls and pings count from 1, each for itself. What a line may hold beside that is said by the slot: here a value
is any JSON. Unknown keys and types are refused: what nobody understands has no effect that anybody could see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.json_types import Json, JsonDict
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.domain.model.values import from_json, to_json
from lisa_core.wire.json_text import read_json, write_json

VERSION = 1
MAX_LINE = 8 * 1024 * 1024
"""Bytes of the longest line: a picture of 1920 x 1080 in base64 fits."""
SHORT_LINE = 64 * 1024
"""The same for slots whose values hold no bytes."""
MAX_DEPTH = 8
MAX_WORDS = 32
"""So many abilities may be named."""


@dataclass(frozen=True, slots=True)
class SlotHello:
    """LISA begins: which version it speaks, and for which slot of which kind it wants a device."""

    version: int
    slot: str
    protocol: str


@dataclass(frozen=True, slots=True)
class SlotPing:
    """Answer at once, also while you report."""

    id: int


@dataclass(frozen=True, slots=True)
class SlotCall:
    """Do this. `args` by name, as the slot's protocol has them."""

    id: int
    method: str
    args: JsonDict


@dataclass(frozen=True, slots=True)
class SlotGive:
    """One more value of what is handed over while the call `id` runs."""

    id: int
    value: Json


@dataclass(frozen=True, slots=True)
class SlotEnd:
    """Nothing more is handed over to the call `id`."""

    id: int


@dataclass(frozen=True, slots=True)
class SlotStop:
    """Nobody waits any more for the call `id`: say `end`, and nothing else of it."""

    id: int


@dataclass(frozen=True, slots=True)
class AdapterHello:
    """The adapter is there: `identity` is its device, `can` what that can do beyond the protocol of the slot."""

    version: int
    slot: str
    identity: DeviceIdentity = DeviceIdentity()
    can: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AdapterPong:
    """The answer to a ping; `at_us` is the adapter's own clock in microseconds, from wherever it counts."""

    id: int
    at_us: int


@dataclass(frozen=True, slots=True)
class AdapterAnswer:
    """The call `id` is done; `value` is what it gives, null where it gives nothing."""

    id: int
    value: Json = None


@dataclass(frozen=True, slots=True)
class AdapterEvent:
    """One of the values that the call `id` reports."""

    id: int
    value: Json


@dataclass(frozen=True, slots=True)
class AdapterEnd:
    """The call `id` reports nothing more."""

    id: int


@dataclass(frozen=True, slots=True)
class AdapterFault:
    """The call `id` has failed: `code` is one of the slot's, `text` a sentence for people, without personal data."""

    id: int
    code: str
    text: str
    retryable: bool = True


FromSlot: TypeAlias = SlotHello | SlotPing | SlotCall | SlotGive | SlotEnd | SlotStop
FromAdapter: TypeAlias = AdapterHello | AdapterPong | AdapterAnswer | AdapterEvent | AdapterEnd | AdapterFault
FROM_SLOT: Mapping[str, type[FromSlot]] = {
    "hello": SlotHello,
    "ping": SlotPing,
    "call": SlotCall,
    "give": SlotGive,
    "end": SlotEnd,
    "stop": SlotStop,
}
FROM_ADAPTER: Mapping[str, type[FromAdapter]] = {
    "hello": AdapterHello,
    "pong": AdapterPong,
    "answer": AdapterAnswer,
    "event": AdapterEvent,
    "end": AdapterEnd,
    "fault": AdapterFault,
}
_NAMES: Mapping[type, str] = {kind: name for table in (FROM_SLOT, FROM_ADAPTER) for name, kind in table.items()}


def encode(message: FromSlot | FromAdapter, max_bytes: int = MAX_LINE) -> bytes:
    """The message as one line, without its end. Raises `ProtocolError(LOCAL)` for what the other end cannot take."""
    value = {"type": _NAMES[type(message)], **to_json(message)}
    return write_json(value, "adapter", max_bytes=max_bytes).encode()


def decode(line: bytes, table: Mapping[str, type[FromAdapter]] = FROM_ADAPTER) -> FromAdapter:
    """The message in one line. Raises `ProtocolError` with what is wrong in it, without its content."""
    data = read_line(line, max_bytes=MAX_LINE, max_depth=MAX_DEPTH)
    if not isinstance(data, dict):
        raise ProtocolError("kein JSON-Objekt")
    kind = data.pop("type", None)
    if not isinstance(kind, str) or kind not in table:
        known = ", ".join(table)
        raise ProtocolError(f"den Typ {str(kind)[:40]!r} gibt es nicht; es gibt {known}")
    return from_json(table[kind], data, kind)


def read_line(line: bytes, *, max_bytes: int, max_depth: int) -> Json:
    """The JSON in one line. Raises `ProtocolError` with why it is none, or not one that is taken here."""
    try:
        return read_json(line, "", max_bytes=max_bytes, max_depth=max_depth)
    except ProtocolError as error:
        why = str(error).removeprefix(": ").removeprefix("not JSON: ")
        raise ProtocolError(f"kein JSON, das hier gilt ({why})") from None
