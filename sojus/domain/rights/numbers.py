"""What a ministry, a Landesjugendamt and decision makers see: counts, and none by which one young person could be told.

    cells -> told        a count of young people below 3 becomes "0 to 2", whatever it is
    told  -> everything  totals are added up from what was told, and what would follow by subtraction is not said

So nothing that anybody sees depends on whether a small count is 0, 1 or 2: no other table has to be kept secret
for it, and no difference of two of them leads back to it. The price is that totals are said from ... to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import FieldId, KindId, TenantId
from sojus.domain.model.units import Unit
from sojus.domain.placement.records import RequestStage
from sojus.domain.placement.state import Placements
from sojus.domain.register.book import PlaceBook
from sojus.domain.rights.table import Right, has_right
from sojus.domain.rights.tenants import Tenants, is_within

SMALL = 3
"""Fewer young people than this are not told from none."""


class CellKey(NamedTuple):
    """Of what is counted: one kind of help in one Landkreis."""

    tenant: TenantId
    area: FieldId
    kind: KindId


@dataclass(slots=True)
class Cell:
    """Exact, and for nobody's eyes. `places`, `free`: in the unit of the kind; `there`, `waiting`, `asked`: people."""

    places: int = 0
    free: int = 0
    there: int = 0
    waiting: int = 0
    asked: int = 0


class Count(NamedTuple):
    """From `least` to `most`, both possible."""

    least: int
    most: int

    def __str__(self) -> str:
        """As people read it."""
        if self.least == self.most:
            return str(self.least)
        return f"weniger als {SMALL}" if self == HIDDEN else f"{self.least} bis {self.most}"


HIDDEN = Count(0, SMALL - 1)


@dataclass(frozen=True, slots=True)
class Numbers:
    """`places`: offered in all, full or not. `free`: today; None: it would say how many are there.

    `there`: people who have a place today, reserved or in use. `waiting`: on waiting lists. `asked`: in open requests
    of this Landkreis' offices.
    """

    places: int
    free: int | None
    there: Count
    waiting: Count
    asked: Count


def numbers(state: Placements, actor: Actor, tenants: Tenants) -> dict[CellKey, Numbers]:
    """Of all that is in the tenant of whoever asks; nothing for whoever has no right to it."""
    if not has_right(actor, Right.NUMBERS):
        return {}
    cells = count_cells(state)
    mine = {key: cell for key, cell in cells.items() if is_within(tenants, key.tenant, actor.tenant)}
    return {key: told(mine[key]) for key in sorted(mine)}


def told(cell: Cell) -> Numbers:
    """What of a cell may be seen."""
    there, waiting, asked = map(_count, (cell.there, cell.waiting, cell.asked))
    return Numbers(cell.places, None if there == HIDDEN else cell.free, there, waiting, asked)


def total(rows: Iterable[Numbers]) -> Numbers:
    """Added up from what was told. `free`: None as soon as one is."""
    made = Numbers(0, 0, *(Count(0, 0),) * 3)
    for one in rows:
        free = None if one.free is None or made.free is None else made.free + one.free
        made = Numbers(
            made.places + one.places,
            free,
            _sum(made.there, one.there),
            _sum(made.waiting, one.waiting),
            _sum(made.asked, one.asked),
        )
    return made


def count_cells(state: Placements) -> Mapping[CellKey, Cell]:
    """All cells, exact."""
    cells: dict[CellKey, Cell] = {}
    register = state.register
    for book in register.books.values():
        group = register.groups[book.place.group]
        owner = register.providers[register.owner_of_group(group.id)]
        cell = cells.setdefault(CellKey(owner.tenant, group.area, group.kind), Cell())
        _add_book(state, cell, book, register.kind(group).unit)
    for key, people in _waiting(state):
        cells.setdefault(key, Cell()).waiting += people
    for key, people in _asked(state):
        cells.setdefault(key, Cell()).asked += people
    return cells


def _add_book(state: Placements, cell: Cell, book: PlaceBook, unit: Unit) -> None:
    today = [one for one in book.taken if one.span.holds(state.today)]
    cell.places += book.place.capacity
    cell.there += sum(one.amount if unit.one_each else 1 for one in today)
    if not book.is_closed_on(state.today):
        cell.free += book.place.capacity - sum(one.amount for one in today)


def _waiting(state: Placements) -> Iterator[tuple[CellKey, int]]:
    for name, line in state.lists.items():
        group = state.register.groups[name]
        tenant = state.register.providers[state.register.owner_of_group(name)].tenant
        people = sum(state.reservations[one].need.count for one in line)
        yield CellKey(tenant, group.area, group.kind), people


def _asked(state: Placements) -> Iterator[tuple[CellKey, int]]:
    for one in state.requests.values():
        if one.stage is RequestStage.OPEN:
            yield CellKey(one.by.tenant, one.profile.area, one.profile.kind), one.need.count


def _count(people: int) -> Count:
    return HIDDEN if people < SMALL else Count(people, people)


def _sum(one: Count, other: Count) -> Count:
    return Count(one.least + other.least, one.most + other.most)
