"""Which place each row is about: by its Kennung, or by the names of facility, group and place."""

from __future__ import annotations

from collections.abc import Iterable

from sojus.domain.model.ids import PlaceId
from sojus.domain.register.book import Register
from sojus.domain.register.entries import Provider
from sojus.sheets.cells import Misread, name, text
from sojus.sheets.columns import Column, folded
from sojus.sheets.files.table import CellValue, Line
from sojus.sheets.known import Owned
from sojus.sheets.rows import Notes, PlaceRow

_NAMED = ((Column.FACILITY, "facility"), (Column.GROUP, "group"), (Column.PLACE, "name"))
GroupKey = tuple[str, str]


def identified(
    lines: Iterable[Line], notes: Notes, register: Register, known: Owned, provider: Provider
) -> dict[GroupKey, list[PlaceRow]]:
    """Rows by facility and group, in their order. What does not say which place it is about is noted and left out."""
    groups: dict[GroupKey, list[PlaceRow]] = {}
    seen: dict[object, PlaceRow] = {}
    for line in lines:
        row = PlaceRow(line)
        _check_provider(row, notes, provider)
        row.ref = notes.read(row, Column.ID, lambda value: _ref(value, known))
        for column, field in _NAMED:
            setattr(row, field, notes.read(row, column, name) or "")
        if row.ref is not None:
            _fill(row, notes, register, known)
        _note_missing(row, notes)
        if row.facility and row.group and row.name:
            row.doubled = _is_doubled(row, notes, seen)
            groups.setdefault((folded(row.facility), folded(row.group)), []).append(row)
    return groups


def _check_provider(row: PlaceRow, notes: Notes, provider: Provider) -> None:
    said = notes.read(row, Column.PROVIDER, text)
    if said is not None and folded(said) not in (folded(provider.name), folded(provider.id)):
        why = f"Hier steht der Träger „{said[:60]}“; angemeldet ist „{provider.name}“."
        notes.wrong(row, Column.PROVIDER, why, "Nur eigene Plätze einlesen.")


def _ref(value: CellValue, known: Owned) -> PlaceId:
    place = PlaceId(text(value))
    if place not in known.books:
        raise Misread(f"Die Kennung „{place[:40]}“ hat keiner Ihrer Plätze.", "Bei neuen Plätzen leer lassen.")
    return place


def _fill(row: PlaceRow, notes: Notes, register: Register, known: Owned) -> None:
    """A place stays in its group, whatever it is called now."""
    assert row.ref is not None
    place = known.books[row.ref].place
    group = register.groups[place.group]
    facility = register.facilities[group.facility]
    for column, said, stands in ((Column.FACILITY, row.facility, facility.name), (Column.GROUP, row.group, group.name)):
        if said and folded(said) != folded(stands):
            why = f"Der Platz mit dieser Kennung steht im Portal in „{stands}“."
            notes.wrong(row, column, why, "Dort lassen, oder die Kennung leeren: dann wird er neu angelegt.")
    row.facility, row.group, row.name = facility.name, group.name, row.name or place.name


def _note_missing(row: PlaceRow, notes: Notes) -> None:
    for column, field in _NAMED:
        if not getattr(row, field):
            notes.wrong(row, column, "Hier fehlt der Name.", "Einen Namen eintragen, oder die ganze Zeile löschen.")


def _is_doubled(row: PlaceRow, notes: Notes, seen: dict[object, PlaceRow]) -> bool:
    """Whether another row is about this place already."""
    name_key = (folded(row.facility), folded(row.group), folded(row.name))
    keys: list[object] = [name_key]
    if row.ref is not None:
        keys.append(row.ref)
    other = next((seen[key] for key in keys if key in seen), None)
    if other is not None:
        column = Column.PLACE if name_key in seen else Column.ID
        why = f"„{row.name}“ steht schon in Zeile {other.number}."
        notes.wrong(row, column, why, "Eine der beiden Zeilen löschen, oder den Platz anders nennen.")
        return True
    seen.update(dict.fromkeys(keys, row))
    return False
