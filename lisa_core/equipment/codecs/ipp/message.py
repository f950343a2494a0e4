"""Messages of IPP, requests and responses alike: an incremental reader and the bytes of one (RFC 8010, 3).

What is wrong in the structure ends the message with `ProtocolError`; a value that does not fit its tag does not. Sizes
are bounded: printers were seen to answer with 100 kB, half of it media-col-database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lisa_core.domain.model.errors import ProtocolError, Side
from lisa_core.equipment.codecs.ipp.values import (
    MAX_VALUE,
    Attribute,
    Collection,
    Data,
    Tag,
    Value,
    bytes_of,
    read_value,
    text_of,
    value_bytes,
)

MAX_HEAD = 1024 * 1024
"""Bytes of a message without its document."""
MAX_VALUES = 50_000
"""Values of a message, those within collections too."""
MAX_DEPTH = 8
"""Collections within collections; the standards know three."""
_HEAD = 8
_END = 0x03
_TRIPLE = 5
_LAST_DELIMITER = 0x0F


@dataclass(frozen=True, slots=True)
class Group:
    """Attributes that belong together; `tag` says of what (`words.GroupTag`, or one of tomorrow)."""

    tag: int
    attributes: Collection = ()

    def all(self, name: str) -> tuple[Data, ...]:
        """The values of an attribute; none where it is missing."""
        return next((tuple(value.data for value in one.values) for one in self.attributes if one.name == name), ())


@dataclass(frozen=True, slots=True)
class Message:
    """A request or a response. `code` is an operation or a status."""

    code: int
    request_id: int
    groups: tuple[Group, ...] = ()
    version: tuple[int, int] = (2, 0)

    def group(self, tag: int) -> Group:
        """The first group of this kind; an empty one where there is none."""
        return next((group for group in self.groups if group.tag == tag), Group(tag))


def write_message(message: Message) -> bytes:
    """The bytes of a message; a document follows them as it is. Raises `ProtocolError` (ours) for one that has none."""
    try:
        head = bytes(message.version) + message.code.to_bytes(2, "big") + message.request_id.to_bytes(4, "big")
    except (OverflowError, ValueError):
        raise ProtocolError("IPP: version, code or request-id is too large", Side.LOCAL) from None
    if any(not 0 < group.tag <= _LAST_DELIMITER or group.tag == _END for group in message.groups):
        raise ProtocolError("IPP: the tag of a group is none", Side.LOCAL)
    parts = (bytes((group.tag,)) + b"".join(_attributes(group.attributes, 0)) for group in message.groups)
    return head + b"".join(parts) + bytes((_END,))


def _attributes(attributes: Collection, depth: int) -> Iterator[bytes]:
    for one in attributes:
        if not one.name or not one.values:
            raise ProtocolError("IPP: an attribute has a name and a value", Side.LOCAL)
        name = one.name if depth == 0 else ""
        if depth:
            yield _triple(Tag.MEMBER_NAME, b"", bytes_of(one.name))
        for value in one.values:
            yield from _value(value, bytes_of(name), depth)
            name = ""


def _value(value: Value, name: bytes, depth: int) -> Iterator[bytes]:
    if value.tag != Tag.COLLECTION:
        if not Tag.UNSUPPORTED <= value.tag <= 0xFF or value.tag in (Tag.END_COLLECTION, Tag.MEMBER_NAME):
            raise ProtocolError(f"IPP: {value.tag} is no tag of a value", Side.LOCAL)
        yield _triple(value.tag, name, value_bytes(value))
        return
    if not isinstance(value.data, tuple) or depth >= MAX_DEPTH:
        raise ProtocolError("IPP: a collection is none, or too deep", Side.LOCAL)
    yield _triple(Tag.COLLECTION, name, b"")
    yield from _attributes(value.data, depth + 1)
    yield _triple(Tag.END_COLLECTION, b"", b"")


def _triple(tag: int, name: bytes, value: bytes) -> bytes:
    if len(name) > MAX_VALUE or len(value) > MAX_VALUE:
        raise ProtocolError(f"IPP: a name or value of more than {MAX_VALUE} bytes", Side.LOCAL)
    return b"%c%b%b%b%b" % (tag, len(name).to_bytes(2, "big"), name, len(value).to_bytes(2, "big"), value)


def read_message(data: bytes) -> tuple[Message, bytes]:
    """A whole message and what follows it, the document. Raises `ProtocolError` for one that is none or has no end."""
    reader = MessageReader()
    message = reader.feed(data)
    if message is None:
        raise ProtocolError("IPP: the message breaks off")
    return message, reader.rest


class MessageReader:
    """Reads one message that arrives in pieces of any size. After it, `rest` is what came of the document so far."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._at = 0
        self._head: Message | None = None
        self._groups: list[Group] = []
        self._open = _Attributes()
        self._values = 0
        self.rest = b""

    def feed(self, data: bytes) -> Message | None:
        """The message once its end is there. Raises `ProtocolError`; then it is to be fed no more."""
        self._buffer += data
        if self._head is None:
            if len(self._buffer) < _HEAD:
                return None
            self._head, self._at = _head(bytes(self._buffer[:_HEAD])), _HEAD
        while self._at < len(self._buffer):
            if (tag := self._buffer[self._at]) > _LAST_DELIMITER:
                if not self._take_value(tag):
                    break
            elif tag == _END:
                return self._finished()
            else:
                self._begin_group(tag)
        if len(self._buffer) > MAX_HEAD:
            raise ProtocolError(f"IPP: more than {MAX_HEAD} bytes without an end of the attributes")
        return None

    def _begin_group(self, tag: int) -> None:
        if tag == 0:
            raise ProtocolError("IPP: a group with the tag 0")
        self._close_group()
        self._groups.append(Group(tag))
        self._at += 1

    def _close_group(self) -> None:
        attributes = self._open.finished()
        if self._groups:
            self._groups[-1] = replace(self._groups[-1], attributes=attributes)

    def _take_value(self, tag: int) -> bool:
        """False when there is more to come first."""
        name_end = self._at + 3 + int.from_bytes(self._buffer[self._at + 1 : self._at + 3], "big")
        end = name_end + 2 + int.from_bytes(self._buffer[name_end : name_end + 2], "big")
        if len(self._buffer) < self._at + _TRIPLE or len(self._buffer) < name_end + 2 or len(self._buffer) < end:
            return False
        if not self._groups:
            raise ProtocolError("IPP: an attribute before the first group")
        self._values += 1
        if end > MAX_HEAD or self._values > MAX_VALUES:
            raise ProtocolError(f"IPP: more than {MAX_VALUES} values or {MAX_HEAD} bytes")
        name = text_of(bytes(self._buffer[self._at + 3 : name_end]))
        self._open.take(tag, name, bytes(self._buffer[name_end + 2 : end]))
        self._at = end
        return True

    def _finished(self) -> Message:
        self._close_group()
        self.rest = bytes(self._buffer[self._at + 1 :])
        self._buffer.clear()
        assert self._head is not None
        return replace(self._head, groups=tuple(self._groups))


def _head(data: bytes) -> Message:
    code, request_id = int.from_bytes(data[2:4], "big"), int.from_bytes(data[4:8], "big")
    return Message(code, request_id, version=(data[0], data[1]))


class _Attributes:
    """The attributes of a group as they come; the innermost open collection is the last of `_levels`."""

    def __init__(self) -> None:
        self._levels: list[list[tuple[str, list[Value]]]] = [[]]

    def take(self, tag: int, name: str, data: bytes) -> None:
        depth = len(self._levels) - 1
        if depth and name:
            raise ProtocolError("IPP: an attribute with a name within a collection")
        if tag == Tag.END_COLLECTION:
            self._close()
        elif tag == Tag.MEMBER_NAME:
            if not depth or not data:
                raise ProtocolError("IPP: a member outside of a collection, or without a name")
            self._levels[-1].append((text_of(data), []))
        else:
            if name:
                self._levels[-1].append((name, []))
            self._add(tag, data, depth)

    def _add(self, tag: int, data: bytes, depth: int) -> None:
        if not self._levels[-1]:
            raise ProtocolError("IPP: a value without an attribute before it")
        if tag == Tag.COLLECTION:
            if depth >= MAX_DEPTH:
                raise ProtocolError(f"IPP: collections more than {MAX_DEPTH} deep")
            self._levels.append([])
        else:
            self._levels[-1][-1][1].append(read_value(tag, data))

    def _close(self) -> None:
        if len(self._levels) < 2:
            raise ProtocolError("IPP: the end of a collection that has not begun")
        members = _closed(self._levels.pop())
        self._levels[-1][-1][1].append(Value(Tag.COLLECTION, members))

    def finished(self) -> Collection:
        """All of them; the next group begins with none."""
        if len(self._levels) > 1:
            raise ProtocolError("IPP: a collection without its end")
        found, self._levels = self._levels[0], [[]]
        return _closed(found)


def _closed(found: list[tuple[str, list[Value]]]) -> Collection:
    if any(not values for _, values in found):
        raise ProtocolError("IPP: a member of a collection without a value")
    return tuple(Attribute(name, tuple(values)) for name, values in found)
