"""Where in a TOML file a key stands, also in tables of tables that come again and again."""

from __future__ import annotations

import re
from collections.abc import Mapping

Path = tuple[int | str, ...]
"""The way to a value: ("anforderung", 2, "grenze", "hoechstens")."""

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*([A-Za-z0-9_."'-]+)\s*=""")


def places(text: str) -> dict[Path, int]:
    """The line of each table and key, from 1. What stands in a text over several lines may look like keys."""
    found: dict[Path, int] = {}
    counted: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _table(counted, _names(header[2]), again=header[1] == "[[")
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_names(key[1])), number)
    return found


def line_of(found: Mapping[Path, int], where: Path) -> int:
    """The line of this value, or of the table that it is in; 0 where nothing leads to it."""
    for length in range(len(where), 0, -1):
        if line := found.get(where[:length]):
            return line
    return 0


def _names(text: str) -> list[str]:
    return [name.strip().strip("\"'") for name in text.split(".")]


def _table(counted: dict[Path, int], names: list[str], *, again: bool) -> Path:
    way: Path = ()
    for place, name in enumerate(names, start=1):
        way = (*way, name)
        if again and place == len(names):
            counted[way] = counted.get(way, -1) + 1
        if way in counted:
            way = (*way, counted[way])
    return way
