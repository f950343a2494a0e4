"""Values of the core <-> plain JSON values, by their types: one place where the form of what is kept is checked.

    dataclass -> object, a kind of act or entry with its name under "is"     named tuple, tuple -> list
    frozenset -> sorted list     mapping -> object, in its order              date, moment -> ISO; duration -> µs

All fields are written, so that a default of a later version changes nothing of what was done. Reading is strict: a key
that nobody knows is of another version, and whoever passed over it would decide differently from whoever wrote it.

`lisa_core.domain.model.values` beside it reads what comes from outside: there defaults may be left out and unions have
no kinds; here whatever was decided once has to be the same value again.
"""

from __future__ import annotations

import contextlib
import dataclasses
import math
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from typing import TypeVar

from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.json_types import Json
from lisa_core.domain.model.values import MAX_ID_CHARS
from sojus.domain.model.ids import StayId
from sojus.store.names import NAMES

T = TypeVar("T")
Reader = Callable[[Json], Json]
IS = "is"
_SAME = frozenset({str, int, bool, float, types.NoneType})
_STAY_CHARS = MAX_ID_CHARS + 4
"""An admission is called by its reservation and a number (`placement.stays`)."""
_MICROSECOND = timedelta(microseconds=1)


class Misfit(LisaError):
    """A value that is not as it has to be; the message names its place."""


def plain(value: object) -> Json:
    """The JSON value of a value of the core. Raises `Misfit` for what has none."""
    kind = type(value)
    if kind in _SAME:
        return value
    if (names := _fields(typing.cast("Hashable", kind))) is not None:
        made = {IS: NAMES[kind]} if kind in NAMES else {}
        for name in names:
            made[name] = plain(getattr(value, name))
        return made
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    return _small(value)


def _small(value: object) -> Json:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # a moment as well
        return value.isoformat()
    if isinstance(value, timedelta):
        return value // _MICROSECOND
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, str):
        return str(value)
    raise Misfit(f"{type(value).__name__} has no form in which it is kept")


def value_of(kind: type[T], data: Json) -> T:
    """The value of this type that `data` describes. Raises `Misfit` naming the place that does not fit."""
    try:
        found: T = _reader(typing.cast("Hashable", kind))(data)
    except Misfit:
        raise
    except RecursionError:
        raise Misfit("nested too deeply") from None
    return found


@cache
def _fields(kind: Hashable) -> tuple[str, ...] | None:
    return tuple(one.name for one in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else None


# --- one reader for each type, made once ------------------------------------------------------------------------------


@cache
def _reader(kind: Hashable) -> Reader:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if isinstance(kind, typing.NewType):
        return _id(_STAY_CHARS if kind is StayId else MAX_ID_CHARS)
    if origin in (typing.Union, types.UnionType):
        return _one_of(inner)
    if origin is tuple:
        return _many(_reader(inner[0])) if inner[1:] == (...,) else _row(tuple, [_reader(one) for one in inner])
    if origin is frozenset:
        return lambda data: frozenset(_many(_reader(inner[0]))(data))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(_reader(inner[0]), _reader(inner[1]))
    return _class(kind) if isinstance(kind, type) else _LEAVES[kind]


def _class(kind: type) -> Reader:
    if dataclasses.is_dataclass(kind):
        return _record(kind)
    if issubclass(kind, Enum):
        return _member(kind)
    if issubclass(kind, tuple):  # with names, in their order
        return _row(lambda values: kind(*values), [_reader(one) for one in typing.get_type_hints(kind).values()])
    return _LEAVES[kind]


def _only(kind: type) -> Reader:
    def read(data: Json) -> Json:
        if type(data) is not kind:
            raise _unlike(kind.__name__, data)
        return data

    return read


def _id(most: int) -> Reader:
    """Of whatever kind: all are texts."""

    def read(data: Json) -> Json:
        if type(data) is not str:
            raise _unlike("str", data)
        if len(data) > most:
            raise Misfit(f"an id has at most {most} characters")
        return data

    return read


def _number(data: Json) -> float:
    if type(data) not in (int, float) or not math.isfinite(data):
        raise _unlike("number", data)
    return float(data)


def _parsed(name: str, parse: Callable[[Json], Json], kind: type = str) -> Reader:
    def read(data: Json) -> Json:
        if type(data) is kind:
            try:
                return parse(data)
            except (ValueError, OverflowError):
                pass
        raise _unlike(name, data)

    return read


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


_LEAVES: Mapping[object, Reader] = {
    str: _only(str),
    int: _only(int),
    bool: _only(bool),
    types.NoneType: _only(types.NoneType),
    float: _number,
    date: _parsed("day", date.fromisoformat),
    datetime: _parsed("moment with its zone", _moment),
    timedelta: _parsed("microseconds", lambda number: timedelta(microseconds=number), int),
}


def _many(inner: Reader) -> Reader:
    def read(data: Json) -> tuple[object, ...]:
        if type(data) is not list:
            raise _unlike("list", data)
        return tuple([inner(one) for one in data])

    return read


def _row(make: Callable[[Json], Json], inner: list[Reader]) -> Reader:
    def read(data: Json) -> Json:
        if type(data) is not list or len(data) != len(inner):
            raise _unlike(f"list of {len(inner)}", data)
        return make([read_one(one) for read_one, one in zip(inner, data, strict=True)])

    return read


def _mapping(name: Reader, inner: Reader) -> Reader:
    def read(data: Json) -> dict[str, object]:
        if type(data) is not dict:
            raise _unlike("object", data)
        return {name(key): inner(one) for key, one in data.items()}

    return read


def _member(kind: type[Enum]) -> Reader:
    members = {member.value: member for member in kind}

    def read(data: Json) -> Enum:
        if type(data) is str and data in members:
            return members[data]
        raise _unlike(kind.__name__, data)

    return read


def _record(kind: type) -> Reader:
    hints, name = typing.get_type_hints(kind), NAMES.get(kind)
    fields = [(one, _reader(hints[one])) for one in _fields(typing.cast("Hashable", kind)) or ()]
    keys = {one for one, _ in fields} | ({IS} if name else set())

    def read(data: Json) -> Json:
        if type(data) is not dict or data.keys() != keys or (name and data[IS] != name):
            raise Misfit(f"{kind.__name__} is kept as {', '.join(sorted(keys))}, not as {_keys(data)}")
        try:
            return kind(*[read_one(data[one]) for one, read_one in fields])
        except Misfit as misfit:
            raise Misfit(f"{kind.__name__}: {misfit}") from None

    return read


def _one_of(kinds: tuple[type, ...]) -> Reader:
    """Kinds with a name by it; others by the first that can read it: two of one form are ids, and one value."""
    if all(one in NAMES for one in kinds):
        named = {NAMES[one]: _reader(one) for one in kinds}

        def read_named(data: Json) -> Json:
            if type(data) is not dict or data.get(IS) not in named:
                raise Misfit(f"nobody knows the kind {str(data.get(IS) if type(data) is dict else data)[:60]!r}")
            return named[data[IS]](data)

        return read_named
    *first, last = [_reader(one) for one in sorted(kinds, key=lambda one: one is not types.NoneType)]

    def read(data: Json) -> Json:
        for read_one in first:
            with contextlib.suppress(Misfit):
                return read_one(data)
        return last(data)

    return read


def _unlike(wanted: str, data: Json) -> Misfit:
    return Misfit(f"expected {wanted}, got {type(data).__name__}")


def _keys(data: Json) -> str:
    return ", ".join(sorted(data))[:200] if type(data) is dict else type(data).__name__
