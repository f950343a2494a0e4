"""Frozen dataclasses <-> plain JSON values, strict: one place where the form of input from outside is checked.

The JSON values come from `wire.json_text`, which makes texts, numbers and depth safe; here ids are kept short.

How a type is read is worked out once and kept: reading a message costs a call per value, not a look at its type hints.
"""

from __future__ import annotations

import binascii
import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.json_types import Json
from lisa_core.domain.model.quick_records import quick_reader

T = TypeVar("T")
_Reader = Callable[[Json], Any]
_PLAIN = frozenset({str, int, bool, float})
_AS_THEY_ARE = frozenset({*_PLAIN, types.NoneType})
MAX_ID_CHARS = 200
"""What is an id becomes a key, a name in a log, a part of other ids."""


def to_json(value: object) -> Json:
    """A value of the model as JSON: dataclass -> object, enum -> its value, tuple -> list, bytes -> base64."""
    kind: Any = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if (names := _names(kind)) is not None:
        return {name: to_json(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return binascii.b2a_base64(value, newline=False).decode()
    return value


def from_json(kind: type[T], data: Json, where: str = "") -> T:
    """The value of type `kind` that `data` describes. Raises `ProtocolError` naming the place that does not fit."""
    known: Any = kind
    try:
        result: T = _reader(known)(data)
        return result
    except _Misfit as misfit:
        raise ProtocolError(f"{where or kind.__name__}{misfit.place}: {misfit.text}") from None


class _Misfit(Exception):
    """What does not fit, and where below the value that is read."""

    def __init__(self, text: str, place: str = "") -> None:
        super().__init__(text)
        self.text, self.place = text, place

    def within(self, step: str) -> _Misfit:
        return _Misfit(self.text, step + self.place)


def _expected(wanted: str, data: Json) -> _Misfit:
    return _Misfit(f"expected {wanted}, got {type(data).__name__}")


@cache
def _names(kind: object) -> tuple[str, ...] | None:
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else None


@cache
def _reader(kind: Any) -> _Reader:
    origin = typing.get_origin(kind)
    if isinstance(kind, typing.NewType):
        return _id if kind.__supertype__ is str else _reader(kind.__supertype__)
    if kind is Any:
        return lambda data: data
    if kind is None or kind is types.NoneType:
        return _only("null", lambda data: data is None)
    if origin in (typing.Union, types.UnionType):
        return _union(kind)
    if origin is tuple:
        return _tuple(_reader(typing.get_args(kind)[0]))
    if origin is dict or kind is dict:
        return _only("an object", lambda data: isinstance(data, dict))
    if dataclasses.is_dataclass(kind):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(kind)
    if kind is float:
        return _only("float", lambda data: type(data) in (float, int))
    if kind in _PLAIN:
        return _plain(kind)
    if kind is bytes:
        return _bytes
    raise TypeError(f"{kind!r} has no JSON form")


def _plain(kind: type) -> _Reader:
    def read(data: Json) -> Json:
        if type(data) is not kind:
            raise _expected(kind.__name__, data)
        return data

    return read


def _id(data: Json) -> str:
    if type(data) is not str:
        raise _expected("str", data)
    if len(data) > MAX_ID_CHARS:
        raise _Misfit(f"an id has at most {MAX_ID_CHARS} characters")
    return data


def _bytes(data: Json) -> bytes:
    if type(data) is not str:
        raise _expected("base64", data)
    try:
        return binascii.a2b_base64(data, strict_mode=True)
    except ValueError as error:
        raise _Misfit(f"no base64: {str(error)[:60]}") from None


def _only(wanted: str, fits: Callable[[Json], bool]) -> _Reader:
    def read(data: Json) -> Json:
        if not fits(data):
            raise _expected(wanted, data)
        return data

    return read


def _union(kind: object) -> _Reader:
    members = [member for member in typing.get_args(kind) if member is not types.NoneType]
    if len(members) != 1:
        raise TypeError(f"{kind!r}: a union needs a tagged form")
    inner = _reader(members[0])
    return lambda data: None if data is None else inner(data)


def _tuple(inner: _Reader) -> _Reader:
    def read(data: Json) -> tuple[Json, ...]:
        if not isinstance(data, list):
            raise _expected("a list", data)
        items = []
        for index, entry in enumerate(data):
            try:
                items.append(inner(entry))
            except _Misfit as misfit:
                raise misfit.within(f"[{index}]") from None
        return tuple(items)

    return read


def _member(kind: type[Enum]) -> _Reader:
    members = {member.value: member for member in kind}  # asking an Enum costs four times as much

    def read(data: Json) -> Enum:
        try:
            return members[data]
        except (KeyError, TypeError):
            known = ", ".join(str(member.value) for member in kind)
            raise _Misfit(f"{repr(data)[:60]} is none of {known}") from None

    return read


def _record(kind: Any) -> _Reader:
    hints = typing.get_type_hints(kind)
    readers = {name: _reader(hint) for name, hint in hints.items()}
    needed = tuple(
        field.name
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    )

    def read(data: Json) -> Json:
        if not isinstance(data, dict):
            raise _expected("an object", data)
        if not data.keys() <= readers.keys():
            unknown = min(data.keys() - readers.keys())
            raise _Misfit(f"unknown key {unknown[:40]!r}; known: {', '.join(readers)}")
        for name in needed:
            if name not in data:
                raise _Misfit(f"key {name!r} is missing")
        values = {}
        for name, entry in data.items():
            try:
                values[name] = readers[name](entry)
            except _Misfit as misfit:
                raise misfit.within(f".{name}") from None
        return kind(**values)

    return quick_reader(kind, hints, readers, MAX_ID_CHARS, read)
