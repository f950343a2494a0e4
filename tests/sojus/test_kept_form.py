"""Every kind of act and entry is read as it was written, and nothing else is read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from enum import Enum
from random import Random
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from sojus.domain.placement import events as e
from sojus.domain.register.entries import Entry
from sojus.store.plain import Misfit, plain, value_of
from tests.sojus.portal_to_kill import reserve

LONG = os.environ.get("LISA_LONG") == "1"
KINDS: tuple[Any, ...] = (*get_args(e.PlacementEvent), *get_args(Entry))


def invented(kind: Any, chance: Random) -> Any:
    """Some value of this type."""
    inner, some = get_args(kind), range(chance.randrange(3))
    if (leaf := LEAVES.get(getattr(kind, "__supertype__", kind))) is not None:
        return leaf(chance)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return chance.choice(list(kind))
    if (origin := get_origin(kind)) in (Union, UnionType):
        return invented(chance.choice(inner), chance)
    if origin is tuple and inner[1:] != (...,):
        return tuple(invented(one, chance) for one in inner)
    if origin in (tuple, frozenset):
        return origin(invented(inner[0], chance) for _ in some)
    if origin is not None:
        return {invented(inner[0], chance): invented(inner[1], chance) for _ in some}
    hints = get_type_hints(kind)
    return kind(*(invented(hints[name], chance) for name in getattr(kind, "_fields", kind.__match_args__)))


LEAVES: dict[object, Callable[[Random], Any]] = {
    str: lambda chance: chance.choice(("", 'ä\n"', "\U0001f333", "is")) + str(chance.randrange(1 << 60)),
    int: lambda chance: chance.choice((0, -1, 1 << 70, chance.randrange(1 << 30))),
    bool: lambda chance: chance.random() < 0.5,
    float: lambda chance: chance.choice((0.0, -1e-300, chance.random(), 53)),
    date: lambda chance: date.fromordinal(chance.randrange(1, date.max.toordinal())),
    NoneType: lambda chance: None,
}


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_can_be_said_is_read_as_it_was_written(kind: Any) -> None:
    union: Any = e.PlacementEvent if kind in get_args(e.PlacementEvent) else Entry
    for seed in range(500 if LONG else 20):
        value = invented(kind, Random(seed))
        assert value_of(union, json.loads(json.dumps(plain(value)))) == value


def test_what_another_version_wrote_is_refused_whole() -> None:
    good: Any = plain(reserve("r"))
    kind: Any = e.PlacementEvent
    assert value_of(kind, good) == reserve("r")
    wrong = [{**good, "new": 1}, {**good, "is": "later"}, {**good, "span": {"start": "2026-12-01"}}]
    wrong += [{**good, key: value} for key, value in (("reservation", 3), ("parts", [["b"]]), ("span", None))]
    wrong += [{key: value for key, value in good.items() if key != name} for name in good]
    others: list[Any] = [*wrong, None, [], "reserve", 1]
    for one in others:
        with pytest.raises(Misfit):
            value_of(kind, one)
