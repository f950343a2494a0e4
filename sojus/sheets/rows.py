"""The rows of a table: which place each is about, and what its cells say, every cell that says nothing usable noted.

An empty cell leaves what is known as it is. So a file with three columns is as good as one with thirty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sojus.domain.field.vocabulary import TraitValue
from sojus.domain.model.ids import FieldId, GenderId, KindId, PlaceId, TraitId
from sojus.sheets.cells import Misread
from sojus.sheets.columns import Asked, Headings, folded
from sojus.sheets.files.table import CellValue, Line
from sojus.sheets.mistakes import MOST_NOTED, SheetMistake, TooManyMistakes

T = TypeVar("T")
NO_DAY = date.max
""" "offen", "nein": no day on purpose; an empty cell is None."""
KindKey = tuple[FieldId, KindId]


@dataclass(slots=True)
class PlaceRow:
    """One row with a place. Names as they are written; what else it says, None: nothing (or nothing usable).

    `ref`: the place that stands in the portal by its Kennung. `doubled`: another row is about the same. `wrong`: what
    is noted already, cell by cell.
    """

    line: Line
    facility: str = ""
    group: str = ""
    name: str = ""
    ref: PlaceId | None = None
    doubled: bool = False
    kind: KindKey | None = None
    north: float | None = None
    east: float | None = None
    address: str | None = None
    phone: str | None = None
    youngest: int | None = None
    oldest: int | None = None
    genders: frozenset[GenderId] | None = None
    capacity: int | None = None
    cents: int | None = None
    rate_from: date | None = None
    rate_until: date | None = None
    occupied: int | None = None
    occupied_from: date | None = None
    occupied_until: date | None = None
    closed_from: date | None = None
    closed_until: date | None = None
    closed_why: str | None = None
    traits: dict[TraitId, TraitValue | None] = field(default_factory=dict)
    wrong: set[Asked] = field(default_factory=set)

    @property
    def number(self) -> int:
        return self.line.number

    @property
    def key(self) -> str:
        """The name of the place as it is compared."""
        return folded(self.name)


@dataclass(slots=True)
class Notes:
    """All mistakes of one table, in whatever order they were found."""

    headings: Headings
    mistakes: list[SheetMistake] = field(default_factory=list)

    def wrong(self, row: PlaceRow, asked: Asked, why: str, do: str) -> None:
        """Note it; of one cell only the first. Raises `TooManyMistakes`."""
        if asked not in row.wrong:
            if len(self.mistakes) >= MOST_NOTED:
                raise TooManyMistakes
            row.wrong.add(asked)
            self.mistakes.append(SheetMistake(row.number, self.headings.name(asked), why, do))

    def cell(self, row: PlaceRow, asked: Asked) -> CellValue | None:
        """What stands there, None: nothing."""
        at = self.headings.at.get(asked)
        return None if at is None else row.line.cells.get(at)

    def read(self, row: PlaceRow, asked: Asked, read: Callable[[CellValue], T]) -> T | None:
        """The cell as `read` takes it; None where nothing stands, or nothing that it takes, which is noted."""
        value = self.cell(row, asked)
        if value is None:
            return None
        try:
            return read(value)
        except Misread as misread:
            self.wrong(row, asked, misread.why, misread.do)
            return None


def agreed(
    rows: list[PlaceRow], asked: Asked, said: Callable[[PlaceRow], T | None], notes: Notes, what: str
) -> T | None:
    """What rows say that is one for all of them; None: none of them says it.

    Where they differ, that which most say counts (of as many the first), and each other cell is a mistake.
    """
    counts: dict[T, list[PlaceRow]] = {}
    for row in rows:
        if (value := said(row)) is not None:
            counts.setdefault(value, []).append(row)
    if not counts:
        return None
    first = max(counts, key=lambda value: len(counts[value]))
    for value, others in counts.items():
        if value != first:
            for row in others:
                why = f"In Zeile {counts[first][0].number} steht dazu etwas anderes; {what} gilt nur eines."
                notes.wrong(row, asked, why, "Überall dasselbe eintragen, oder die Zelle leeren.")
    return first


def first_with(rows: list[PlaceRow], asked: Asked, notes: Notes) -> PlaceRow:
    """The row where something can be said about this: the first in which it stands, else the first."""
    return next((row for row in rows if notes.cell(row, asked) is not None), rows[0])


def is_noted(rows: list[PlaceRow], asked: Asked) -> bool:
    """Whether one of these rows has a mistake in this column already: then nothing is missing."""
    return any(asked in row.wrong for row in rows)
