"""The values of IPP: each has a tag that says its syntax, and what Python makes of its bytes (RFC 8010, 3.5.2 and 3.9).

Devices get lengths wrong. A value whose bytes do not fit its tag stays bytes, and is sent again as it came: one wrong
value must not lose the other hundred of an answer. Text that is no UTF-8 comes back the same, too ("surrogateescape").
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import IntEnum

from lisa_core.domain.model.errors import ProtocolError, Side

MAX_VALUE = 32_767
"""Bytes of one value, or of a name: the length is a SIGNED-SHORT (RFC 8010, 3.1.4)."""


class Tag(IntEnum):
    """The syntax of a value (RFC 8010, 3.5.2)."""

    UNSUPPORTED = 0x10
    UNKNOWN = 0x12
    NO_VALUE = 0x13
    NOT_SETTABLE = 0x15
    DELETE_ATTRIBUTE = 0x16
    ADMIN_DEFINE = 0x17
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    OCTETS = 0x30
    DATE_TIME = 0x31
    RESOLUTION = 0x32
    RANGE = 0x33
    COLLECTION = 0x34
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    URI_SCHEME = 0x46
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49
    MEMBER_NAME = 0x4A
    EXTENSION = 0x7F


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """Dots across and along the feed, for each inch (`units` 3) or centimetre (4)."""

    across: int
    along: int
    units: int = 3


@dataclass(frozen=True, slots=True)
class Localized:
    """A text or a name in a language of its own."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """A name and its values, one or more: with several it is a 1setOf."""

    name: str
    values: tuple[Value, ...]


Collection = tuple[Attribute, ...]
Data = int | bool | str | bytes | datetime | Range | Resolution | Localized | Collection | None


@dataclass(frozen=True, slots=True)
class Value:
    """One value. `tag` may be one that `Tag` does not know; then `data` is bytes, as with any that do not fit.

    None stands for what has no value ("unknown", "no-value").
    """

    tag: int
    data: Data = None


def attribute(name: str, tag: int, *data: Data) -> Attribute:
    """An attribute whose values share a syntax; without any the value is None."""
    return Attribute(name, tuple(Value(tag, one) for one in data or (None,)))


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def bytes_of(text: str) -> bytes:
    """Raises `ProtocolError` for what no bytes can stand for."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raise ProtocolError("IPP: a text holds half a character", Side.LOCAL) from None


def _integer(data: bytes) -> Data:
    return int(struct.unpack(">i", data)[0])


def _boolean(data: bytes) -> Data:
    return {b"\0": False, b"\1": True}[data]


def _range(data: bytes) -> Data:
    return Range(*struct.unpack(">ii", data))


def _resolution(data: bytes) -> Data:
    return Resolution(*struct.unpack(">iib", data))


def _localized(data: bytes) -> Data:
    size = int.from_bytes(data[:2], "big")
    text = data[4 + size :]
    if len(data) < 4 + size or int.from_bytes(data[2 + size : 4 + size], "big") != len(text):
        raise ValueError
    return Localized(text_of(data[2 : 2 + size]), text_of(text))


def _moment(data: bytes) -> Data:
    """DateAndTime of RFC 2579: year, month, day, hour, minute, second, tenths, direction from UTC, hours, minutes."""
    year, month, day, hour, minute, second, tenths, sign, hours, minutes = struct.unpack(">HBBBBBBcBB", data)
    if sign not in b"+-" or tenths > 9 or minutes > 59:
        raise ValueError
    away = timedelta(hours=hours, minutes=minutes)
    zone = timezone(away if sign == b"+" else -away)
    return datetime(year, month, day, hour, minute, second, tenths * 100_000, zone)


def _nothing(data: bytes) -> Data:
    return data or None


_READ: Mapping[int, Callable[[bytes], Data]] = {
    **dict.fromkeys(range(0x10, 0x20), _nothing),
    Tag.INTEGER: _integer,
    Tag.ENUM: _integer,
    Tag.BOOLEAN: _boolean,
    Tag.DATE_TIME: _moment,
    Tag.RESOLUTION: _resolution,
    Tag.RANGE: _range,
    Tag.TEXT_WITH_LANGUAGE: _localized,
    Tag.NAME_WITH_LANGUAGE: _localized,
    **dict.fromkeys(range(0x41, 0x4A), text_of),
}


def read_value(tag: int, data: bytes) -> Value:
    """The value that these bytes stand for. Collections are read by `message`."""
    try:
        return Value(tag, _READ[tag](data) if tag in _READ else data)
    except (struct.error, KeyError, ValueError, OverflowError):
        return Value(tag, data)


def value_bytes(value: Value) -> bytes:
    """The bytes of any value but a collection. Raises `ProtocolError` (ours) for one that cannot be sent."""
    try:
        data = _written(value.data)
    except struct.error:
        raise ProtocolError(f"IPP: {value.data!r} does not fit into 32 bits", Side.LOCAL) from None
    if len(data) > MAX_VALUE:
        raise ProtocolError(f"IPP: a value of {len(data)} bytes; {MAX_VALUE} are possible", Side.LOCAL)
    return data


def _written(data: Data) -> bytes:
    match data:
        case None:
            return b""
        case bytes():
            return data
        case bool():
            return bytes((data,))
        case int():
            return struct.pack(">i", data)
        case str():
            return bytes_of(data)
        case Range(low, high):
            return struct.pack(">ii", low, high)
        case Resolution(across, along, units):
            return struct.pack(">iib", across, along, units)
        case Localized(language, text):
            return b"".join(len(part).to_bytes(2, "big") + part for part in map(bytes_of, (language, text)))
        case datetime():
            return _moment_bytes(data)
        case _:
            raise ProtocolError("IPP: a collection stands where none can stand", Side.LOCAL)


def _moment_bytes(moment: datetime) -> bytes:
    away = moment.utcoffset() or timedelta()
    hours, minutes = divmod(abs(away) // timedelta(minutes=1), 60)
    date = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    return struct.pack(
        ">HBBBBBBcBB", *date, moment.microsecond // 100_000, b"-" if away < timedelta() else b"+", hours, minutes
    )
