"""One sheet as values: rows as the spreadsheet counts them, cells by their column, and how much of it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lisa_core.domain.model.errors import LisaError

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 20_001
"""The headings, and 20,000 places."""
MOST_COLUMNS = 200
MOST_CHARACTERS = 2_000
"""Of one cell."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is worked out by spreadsheets when they read CSV; an apostrophe before it keeps it a text."""
_LETTERS = 26


class UnfitFile(LisaError):
    """The file as a whole is no table that can be read: what it is, and what to do."""


class Broken(NamedTuple):
    """A cell in which the spreadsheet itself has no value: "#NV", a formula that nobody has worked out."""

    shown: str
    why: str


CellValue = str | float | bool | date | Broken
"""What a cell holds. Of CSV only texts; a number of a spreadsheet is a float, a day a date without a time."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `number`: from 1, as the spreadsheet counts; `cells`: by column from 0, those that hold something."""

    number: int
    cells: Mapping[int, CellValue]


@dataclass(frozen=True, slots=True)
class SheetTable:
    """The rows of one sheet in which something stands, in order."""

    lines: tuple[Line, ...]


def letters(column: int) -> str:
    """What a spreadsheet calls this column: 0 is "A", 26 is "AA"."""
    name, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, _LETTERS)
        name = chr(ord("A") + last) + name
    return name


def check_size(line: int, column: int, text: str = "") -> None:
    """Raises `UnfitFile` for a cell beyond the bounds."""
    if column >= MOST_COLUMNS:
        raise UnfitFile(f"In Zeile {line} steht etwas in Spalte {letters(column)}; mehr als {MOST_COLUMNS} geht nicht.")
    if len(text) > MOST_CHARACTERS:
        raise UnfitFile(
            f"In Zeile {line}, Spalte {letters(column)} stehen {len(text)} Zeichen; "
            f"mehr als {MOST_CHARACTERS} geht nicht."
        )


def check_rows(count: int) -> None:
    """Raises `UnfitFile` for more rows than are taken at once."""
    if count > MOST_ROWS:
        raise UnfitFile(f"Die Tabelle hat mehr als {MOST_ROWS - 1} Plätze. Bitte auf mehrere Dateien verteilen.")
