"""Tables of counts, of the state: only what the rights tell, small counts as they tell them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.days import german
from sojus.domain.model.units import Unit
from sojus.domain.register.entries import Group
from sojus.domain.rights.numbers import SMALL, CellKey, Numbers, numbers, total
from sojus.domain.rights.table import Right, has_right
from sojus.domain.rights.tenants import is_within
from sojus.service.figures import FiguresView, TableView
from sojus.service.own.reader import Reader, confirmed_last

COLUMNS = ("Landkreis", "Hilfeart", "gezählt in", "Umfang", "davon frei", "Menschen dort", "warten", "angefragt")
NOTE = (
    f"„weniger als {SMALL}“ heißt 0 bis {SMALL - 1}. Dann steht die genaue Zahl nicht da, und auch nicht, wie "
    "viel frei ist. Eine Summe, in der solche Zahlen stecken, ist eine Spanne: „4 bis 6“ heißt mindestens 4 und "
    "höchstens 6."
)
HOUSES = (
    *("Landkreis", "Träger", "Einrichtung", "Gruppe", "Hilfeart", "gezählt in", "Umfang", "belegt oder reserviert"),
    "bestätigt",
)
HOUSES_NOTE = "Hier steht für die Aufsicht genau, wie viel belegt ist, auch wenn es wenig ist; nicht, von wem."
UNITS: Mapping[Unit, str] = {
    Unit.BED: "Plätzen mit Bett",
    Unit.SEAT: "Plätzen ohne Bett",
    Unit.WEEKLY_HOURS: "Wochenstunden",
    Unit.CONTACTS: "Kontakten in der Woche",
}
UNKNOWN = "nicht genannt"


def figures(reader: Reader) -> FiguresView:
    """What whoever reads may see: one table for each field of work, and the houses of a Landesjugendamt."""
    cells = numbers(reader.state, reader.by, reader.names.tenants)
    words = reader.state.register.vocabularies
    tables = [
        _field(reader, one, {key: cell for key, cell in cells.items() if key.area == one.id}) for one in words.values()
    ]
    found = [one for one in tables if one.rows]
    if has_right(reader.by, Right.SUPERVISE):
        found.append(TableView("Einrichtungen", HOUSES_NOTE, HOUSES, tuple(_houses(reader))))
    return FiguresView(reader.state.today, tuple(found))


def _field(reader: Reader, words: Vocabulary, cells: Mapping[CellKey, Numbers]) -> TableView:
    rows = [_row(reader, words, key, cell) for key, cell in cells.items()]
    for unit, name in UNITS.items():
        of_unit = [cell for key, cell in cells.items() if words.kinds[key.kind].unit is unit]
        if len(of_unit) > 1:
            rows.append(("zusammen", "", name, *_counts(total(of_unit))))
    return TableView(words.name, NOTE, COLUMNS, tuple(rows))


def _row(reader: Reader, words: Vocabulary, key: CellKey, cell: Numbers) -> tuple[str | int, ...]:
    kind = words.kinds[key.kind]
    where = reader.names.tenant_name(key.tenant)
    return (where, f"{kind.name} ({kind.law})", UNITS[kind.unit], *_counts(cell))


def _counts(cell: Numbers) -> tuple[str | int, ...]:
    free = UNKNOWN if cell.free is None else cell.free
    return (cell.places, free, str(cell.there), str(cell.waiting), str(cell.asked))


def _houses(reader: Reader) -> Iterator[tuple[str | int, ...]]:
    register = reader.state.register
    for group in register.groups.values():
        facility = register.facilities[group.facility]
        provider = register.providers[facility.provider]
        books = list(register.books_of(group.id))
        if books and is_within(reader.names.tenants, provider.tenant, reader.by.tenant):
            where = reader.names.tenant_name(provider.tenant)
            kind = register.kind(group)
            there = sum(book.place.capacity for book in books)
            taken = sum(one.amount for book in books for one in book.taken if one.span.holds(reader.state.today))
            names = (where, provider.name, facility.name, group.name, kind.name, UNITS[kind.unit])
            yield (*names, there, taken, _confirmed(reader, group))


def _confirmed(reader: Reader, group: Group) -> str:
    oldest = confirmed_last(reader, group)
    return "noch nicht" if oldest is None else german(oldest.at.date())
