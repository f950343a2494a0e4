"""Where in a TOML file a key stands, and faults that would hide all others from a parser: doubles, impossible dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn

from lisa_core.config.toml_doubles import complete, without_doubles
from lisa_core.domain.model.errors import ProfileError

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_NAME = rf"({_PART}(?:\s*\.\s*{_PART})*)"
_HEADER = re.compile(rf"\s*\[\s*{_NAME}\s*\]\s*(?:#.*)?$")
_ENTRY = re.compile(rf"\s*\[\[\s*{_NAME}\s*\]\]\s*(?:#.*)?$")
_KEY = re.compile(rf"\s*{_NAME}\s*=")
_DATE = re.compile(r"(?<![\d\"'-])(\d{4})-(\d{2})-(\d{2})(?![\d\"'-])")
_SOME_DAY = "2000-01-01"
_TABLE_AGAIN = re.compile(r"-zeile-\d+")
_PIECE = re.compile(r""""([^"]*)"|'([^']*)'|([^\s"']+)""")
_LINE_END = re.compile(r"\r?\n")
"""TOML 1.0, Spec: nothing else ends a line; `splitlines` takes more for an end."""


@dataclass(slots=True)
class Lines:
    """`text` can be parsed although `faults` (line, sentence) were found; `numbers` leads from a key to its line."""

    text: str
    faults: list[tuple[int, str]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, key: str) -> int | None:
        """The line of `sites.templin.hours.mo`, or of the table that it is in, or of the first that is in it."""
        at = key
        while at and at not in self.numbers:
            at = at.rpartition(".")[0]
        inside = (number for name, number in self.numbers.items() if name.startswith(f"{key}."))
        return self.numbers.get(at) or next(inside, None)


def read_lines(text: str) -> Lines:
    """Look at each line: what is double or no day at all is noted and made harmless.

    Where a text goes over several lines nothing is looked at: what is in it only looks like keys.
    """
    if '"""' in text or "'''" in text:
        return Lines(text)
    found = Lines("")
    found.text = "\n".join(_looked_at(found, text)) + "\n"
    return found


def refuse(path: Path, faults: Iterable[tuple[int | None, str]]) -> NoReturn:
    """Raises a `ProfileError` with every fault (line, sentence) once, in the order of their lines."""
    ordered = sorted(dict.fromkeys(faults), key=lambda fault: fault[0] or 0)
    raise ProfileError("\n".join(f"{path}:{line}: {text}" if line else f"{path}: {text}" for line, text in ordered))


def as_written(text: str) -> str:
    """A sentence about a table that is double, with the name that stands in the file."""
    return _TABLE_AGAIN.sub("", text)


def is_table_again(key: str) -> bool:
    """Whether this key is the name that a double table was given."""
    return bool(_TABLE_AGAIN.search(key.rpartition(".")[2]))


def _looked_at(found: Lines, text: str) -> Iterator[str]:
    table = ""
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if header := _HEADER.match(line):
            table, line = _table(found, number, header[1], line)
        elif entry := _ENTRY.match(line):
            found.numbers.setdefault(_plain(entry[1]), number)
            table = f"{_plain(entry[1])}.{number}"
        elif key := _KEY.match(line):
            line = _pair(found, number, ".".join(filter(None, (table, _plain(key[1])))), line)
        yield line


def _plain(name: str) -> str:
    """Without quotes and without blanks around its dots."""
    return "".join("".join(groups) for groups in _PIECE.findall(name))


def _table(found: Lines, number: int, written: str, line: str) -> tuple[str, str]:
    """A table that is there already gets another name, so that its contents are looked at, too."""
    name = _plain(written)
    if name not in found.numbers:
        found.numbers[name] = number
        return name, line
    text = f"{name}: [{name}] steht schon in Zeile {found.numbers[name]}. Jeder Name darf nur einmal vorkommen."
    found.faults.append((number, as_written(text)))
    ending = f"-zeile-{number}"
    found.numbers[name + ending] = number
    quote = written[-1] if written[-1] in "\"'" else ""
    return name + ending, f"[{written.removesuffix(quote)}{ending}{quote}]"


def _pair(found: Lines, number: int, name: str, line: str) -> str:
    """A key and its value; if the key is there already it is left out, should that be possible."""
    line, doubles = without_doubles(_DATE.sub(partial(_day, found, number, name), line))
    for key in doubles:
        text = f"{name}: „{key}“ steht in dieser Zeile zweimal. Eines von beiden entfernen."
        found.faults.append((number, as_written(text)))
    first = found.numbers.setdefault(name, number)
    if first == number or not complete(line):
        return line
    key = name.rpartition(".")[2]
    text = f"{name}: „{key}“ steht schon in Zeile {first}. Eines von beiden entfernen."
    found.faults.append((number, as_written(text)))
    return ""


def _day(found: Lines, number: int, name: str, day: re.Match[str]) -> str:
    try:
        date(int(day[1]), int(day[2]), int(day[3]))
    except ValueError:
        found.faults.append((number, as_written(f"{name}: Den Tag {day[0]} gibt es nicht.")))
        return _SOME_DAY
    return day[0]
