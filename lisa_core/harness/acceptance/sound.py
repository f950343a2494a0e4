"""Whether a value is what its annotations say: a stream that somebody touched can hold a number where a name belongs.

`messages_read.read` builds records of whatever stands in the messages; only here is looked whether that fits.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from functools import cache

Fits = Callable[[object], bool]


def misfit(value: object) -> str:
    """The name of the first field of this dataclass, or of one in it, that holds something of another type; "" where
    all fit."""
    kind: type = type(value)
    for name, fits in _fields(kind):
        if not fits(found := getattr(value, name)):
            inner = misfit(found) if dataclasses.is_dataclass(found) and not isinstance(found, type) else ""
            return inner or name
    return ""


@cache
def _fields(kind: type) -> tuple[tuple[str, Fits], ...]:
    """What each field of a dataclass has to be, asked once: a run has tens of thousands of values."""
    hints = typing.get_type_hints(kind)
    return tuple((field.name, _fits(hints[field.name])) for field in dataclasses.fields(kind))


@cache
def _fits(hint: object) -> Fits:
    kind, inner = typing.get_origin(hint), typing.get_args(hint)
    if kind in (typing.Union, types.UnionType):
        several = tuple(map(_fits, inner))
        return lambda value: any(one(value) for one in several)
    if kind is typing.Literal:
        return lambda value: isinstance(value, str) and value in inner
    if kind is tuple:
        return _fits_tuple(inner)
    if kind is frozenset:
        each = _fits(inner[0])
        return lambda value: isinstance(value, frozenset) and all(map(each, value))
    if not isinstance(hint, type):
        return lambda value: True
    if hint is int:
        return lambda value: isinstance(value, int) and not isinstance(value, bool)
    if dataclasses.is_dataclass(hint):
        return lambda value: isinstance(value, hint) and not misfit(value)
    return lambda value: isinstance(value, hint)


def _fits_tuple(inner: tuple[object, ...]) -> Fits:
    several = tuple(map(_fits, inner[:1] if inner[1:] == (Ellipsis,) else inner))
    if inner[1:] == (Ellipsis,):
        return lambda value: isinstance(value, tuple) and all(map(several[0], value))
    return lambda value: isinstance(value, tuple) and len(value) == len(several) and _each(several, value)


def _each(several: tuple[Fits, ...], values: tuple[object, ...]) -> bool:
    return all(fits(one) for fits, one in zip(several, values, strict=True))
