"""Whether a value is what its annotations say: a stream that somebody touched can hold a number where a name belongs.

`messages_read.read` builds records of whatever stands in the messages; only here is looked whether that fits.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from functools import cache


def misfit(value: object, hint: object = None, name: str = "") -> str:
    """The name of the first field that holds something of another type; "" where all fit. Of a dataclass all fields."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type) and hint in (None, type(value)):
        hints = _hints(type(value))
        return next(filter(None, (misfit(getattr(value, one), hints[one], one) for one in hints)), "")
    return "" if hint is None or _fits(value, hint, name) else name or "?"


def _fits(value: object, hint: object, name: str) -> bool:
    kind, inner = typing.get_origin(hint), typing.get_args(hint)
    if kind in (typing.Union, types.UnionType):
        return any(_fits(value, one, name) for one in inner)
    if kind is typing.Literal:
        return value in inner if isinstance(value, str) else False
    if kind is tuple:
        return isinstance(value, tuple) and _each(value, inner, name)
    if kind is frozenset:
        return isinstance(value, frozenset) and all(_fits(one, inner[0], name) for one in value)
    if not isinstance(hint, type):
        return True
    if hint is int and isinstance(value, bool):
        return False
    return isinstance(value, hint) and not (dataclasses.is_dataclass(hint) and misfit(value))


def _each(value: tuple[object, ...], inner: tuple[object, ...], name: str) -> bool:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return all(_fits(one, inner[0], name) for one in value)
    return len(value) == len(inner) and all(_fits(one, hint, name) for one, hint in zip(value, inner, strict=True))


@cache
def _hints(kind: type) -> Mapping[str, object]:
    """The types of the fields of a dataclass, by name."""
    found = typing.get_type_hints(kind)
    return {field.name: found[field.name] for field in dataclasses.fields(kind)}
