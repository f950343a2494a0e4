"""Old keys of a TOML file, moved to where they belong before anything is checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lisa_core.domain.model.json_types import Json, JsonDict, JsonMap
from lisa_core.host.renames import Rename


@dataclass(frozen=True, slots=True)
class Moved:
    """A key that was found under its old name, both written out: no `*` in them."""

    row: Rename
    old: str
    new: str


def understood(raw: JsonMap, rows: Sequence[Rename]) -> tuple[JsonDict, list[Moved]]:
    """The same tables with each old key under its new name, and which those are. Where both stand, both stay."""
    data = _copy(raw)
    moved = []
    for row in rows:
        for old in list(_found(data, row.old.split("."))):
            stars = [name for name, part in zip(old, row.old.split("."), strict=True) if part == "*"]
            new = [stars.pop(0) if part == "*" else part for part in row.new.split(".")]
            if _move(data, old, new):
                moved.append(Moved(row, ".".join(old), ".".join(new)))
    return data, moved


def keys_of(data: JsonMap, pattern: str) -> Iterator[str]:
    """Every key that this old name means and that stands there."""
    return (".".join(names) for names in _found(data, pattern.split(".")))


def _found(data: JsonMap, path: Sequence[str]) -> Iterator[list[str]]:
    """Every key that is meant, as the names that lead to it."""
    first, rest = path[0], path[1:]
    for name in list(data) if first == "*" else [first]:
        if name not in data:
            continue
        if not rest:
            yield [name]
        elif isinstance(data[name], dict):
            yield from ([name, *more] for more in _found(data[name], rest))


def _move(data: JsonDict, old: Sequence[str], new: Sequence[str]) -> bool:
    source, target = data, data
    for name in old[:-1]:
        source = source[name]
    for name in new[:-1]:
        below = target.setdefault(name, {})
        if not isinstance(below, dict):
            return False
        target = below
    if new[-1] in target:
        return False
    target[new[-1]] = source.pop(old[-1])
    return True


def _copy(value: Json) -> Json:
    return {key: _copy(one) for key, one in value.items()} if isinstance(value, dict) else value
