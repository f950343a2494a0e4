"""What is to be given to the register, with the cell that it comes from; and what is found out on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sojus.domain.model.ids import PlaceId
from sojus.domain.register.book import Register
from sojus.domain.register.entries import Entry, Provider
from sojus.sheets.columns import Asked
from sojus.sheets.known import Owned
from sojus.sheets.rows import Notes, PlaceRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """One entry, and the row and heading to which people are sent about it."""

    row: int
    column: str
    entry: Entry


@dataclass(slots=True)
class EntryPlan:
    """`claimed`: ids that something in this file is already; `referred`: places that a row names by their Kennung.
    `settled`: the row of each place that was understood."""

    register: Register
    known: Owned
    provider: Provider
    notes: Notes
    today: date
    wanted: list[Wanted] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)
    referred: set[PlaceId] = field(default_factory=set)
    settled: dict[PlaceId, PlaceRow] = field(default_factory=dict)

    def want(self, row: PlaceRow, asked: Asked, entry: Entry) -> None:
        self.wanted.append(Wanted(row.number, self.notes.headings.name(asked), entry))
