"""Every kind of act and entry is read as it was written, and nothing else is read."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from datetime import date
from enum import Enum
from random import Random
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from lisa_core.domain.model.values import MAX_ID_CHARS
from sojus.domain.placement import events as e
from sojus.domain.register.entries import Entry
from sojus.store import postgres, sqlite
from sojus.store.entries import Rules, _Deed
from sojus.store.log import FORM
from sojus.store.names import NAMES, RULES
from sojus.store.plain import Misfit, plain, value_of
from sojus.store.tables import PlacementTables
from tests.sojus.portal_to_kill import reserve

LONG = os.environ.get("LISA_LONG") == "1"
NAMES_OF_FORM = (14, "da27b979f30c013c")
"""Raise `FORM` with whatever is renamed, comes or goes, and put both here. Rules of the machine are in no name."""
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
    str: lambda chance: chance.choice(("", 'ä\n"', "\U0001f333", "is", "x" * 180)) + str(chance.randrange(1 << 60)),
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
    wrong.append({**good, "reservation": "r" * (MAX_ID_CHARS + 1)})
    others: list[Any] = [*wrong, None, [], "reserve", 1]
    for one in others:
        with pytest.raises(Misfit):
            value_of(kind, one)


def test_with_another_form_of_what_is_kept_its_number_is_another() -> None:
    """Tables, kinds, fields and words of choices; else a process would find no file of another version."""
    seen: dict[type, list[str]] = {}
    for kind in (*NAMES, Rules, _Deed, PlacementTables):
        note_names(kind, seen)
    kept = [sorted(NAMES.values()), RULES, sqlite._TABLES, postgres._TABLES, sorted(seen.values())]
    digest = hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:16]
    assert (FORM, digest) == NAMES_OF_FORM, "and if only the wording of a statement is another: the digest alone"


def note_names(kind: Any, seen: dict[type, list[str]]) -> None:
    """Of this type, and of all that it is made of."""
    for inner in get_args(kind):
        note_names(inner, seen)
    if not isinstance(kind, type) or kind in seen:
        return
    if issubclass(kind, Enum):
        seen[kind] = [str(one.value) for one in kind]
    elif names := getattr(kind, "_fields", getattr(kind, "__match_args__", ())):
        seen[kind] = list(names)
        for inner in get_type_hints(kind).values():
            note_names(inner, seen)
