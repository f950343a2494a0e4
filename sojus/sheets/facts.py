"""What the cells of a row say, in the words of the vocabulary of its group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches

from lisa_core.domain.model.nearest import nearest_word
from sojus.domain.field.vocabulary import KindOfHelp, Trait, TraitKind, TraitValue, Vocabulary
from sojus.domain.model.ages import OLDEST
from sojus.domain.model.days import german
from sojus.domain.model.ids import FieldId, GenderId
from sojus.domain.model.units import RateUnit, Unit
from sojus.domain.register.checks import EARLIEST, LATEST, MOST
from sojus.domain.register.entries import Group
from sojus.domain.register.facility_checks import MOST_ADDRESS, phone_fault
from sojus.domain.search.phrases import COUNTED, PER
from sojus.sheets import cells
from sojus.sheets.cells import Misread
from sojus.sheets.columns import Column, folded
from sojus.sheets.files.table import CellValue
from sojus.sheets.rows import NO_DAY, KindKey, Notes, PlaceRow, agreed, is_noted

MOST_NORTH, MOST_EAST = 90, 180
Words = Mapping[FieldId, Vocabulary]
UNREAD = "Was sonst bei der Gruppe steht, wird erst dann geprüft."


def read_facility(row: PlaceRow, notes: Notes) -> None:
    """Where the facility is and how it is reached."""
    row.north = notes.read(row, Column.NORTH, lambda value: cells.degrees(value, MOST_NORTH))
    row.east = notes.read(row, Column.EAST, lambda value: cells.degrees(value, MOST_EAST))
    row.address = notes.read(row, Column.ADDRESS, _address)
    row.phone = notes.read(row, Column.PHONE, _phone)


def read_kind(rows: list[PlaceRow], notes: Notes, words: Words, known: Group | None) -> KindKey | None:
    """The field of work and kind of help of a group; None: nobody says it, which is noted."""
    for row in rows:
        area = notes.read(row, Column.AREA, lambda value: _area(value, words))
        within = {area: words[area]} if area is not None else words
        row.kind = notes.read(row, Column.KIND, lambda value, within=within: _kind(value, within, known))  # type: ignore[misc]  # a default binds what the loop changes
    found = agreed(rows, Column.KIND, lambda row: row.kind, notes, "für eine Gruppe")
    if found is not None:
        return found
    if known is None and not is_noted(rows, Column.KIND) and not is_noted(rows, Column.AREA):
        do = "Die Hilfeart eintragen, wie sie in der Vorlage erklärt ist."
        notes.wrong(rows[0], Column.KIND, "Bei einer neuen Gruppe fehlt die Hilfeart.", do)
    return (known.area, known.kind) if known is not None else None


def _area(value: CellValue, words: Words) -> FieldId:
    return FieldId(cells.one_of(value, {one.id: one.name for one in words.values()}))


def _kind(value: CellValue, words: Words, known: Group | None) -> KindKey:
    said = cells.text(value)
    found = {
        (area.id, kind.id): kind.name
        for area in words.values()
        for kind in area.kinds.values()
        if folded(said) in (folded(kind.name), folded(kind.id), folded(kind.law))
    }
    if not found:
        found = _begun(said, words)
    if known is not None and (known.area, known.kind) in found:
        return known.area, known.kind
    if len(found) > 1:
        do = f"Genauer eintragen: {' oder '.join(list(found.values())[:4])}."
        raise Misread(f"„{said[:60]}“ ist nicht eindeutig.", do)
    if not found:
        raise Misread(f"Die Hilfeart „{said[:60]}“ gibt es nicht.", _meant(said[:60], words))
    return next(iter(found))


def _meant(said: str, words: Words) -> str:
    """The kind that is meant, or the three most like it: all of them would fill a screen."""
    names = [kind.name for area in words.values() for kind in area.kinds.values()]
    if near := nearest_word(said, names):
        return f"Meinten Sie „{near}“? {UNREAD}"
    like = get_close_matches(said, names, n=3, cutoff=0)
    return f"Ähnlich heißen: {'; '.join(like)}. Alle stehen in der Vorlage. {UNREAD}"


def _begun(said: str, words: Words) -> dict[KindKey, str]:
    """Kinds whose name begins so, or whose section of the law: "Heimerziehung", "§ 34"."""
    begin = (f"{folded(said)} ", f"{folded(said)},")
    return {
        (area.id, kind.id): kind.name
        for area in words.values()
        for kind in area.kinds.values()
        if any(folded(name).startswith(begin) for name in (kind.name, kind.law))
    }


def read_rest(row: PlaceRow, notes: Notes, words: Vocabulary, kind: KindOfHelp) -> None:
    """All cells but those that say which place it is, and of what kind."""
    row.youngest = notes.read(row, Column.YOUNGEST, lambda value: cells.whole(value, 0, OLDEST))
    row.oldest = notes.read(row, Column.OLDEST, lambda value: cells.whole(value, 0, OLDEST))
    row.genders = notes.read(row, Column.GENDERS, lambda value: _genders(value, words))
    row.capacity = notes.read(row, Column.CAPACITY, lambda value: _capacity(value, kind))
    row.cents = notes.read(row, Column.CENTS, cells.cents)
    notes.read(row, Column.PER, lambda value: _check_per(value, kind))
    row.rate_from = notes.read(row, Column.RATE_FROM, day)
    row.rate_until = notes.read(row, Column.RATE_UNTIL, _day_or_open)
    row.occupied = notes.read(row, Column.OCCUPIED, lambda value: _occupied(value, kind))
    row.occupied_from = notes.read(row, Column.OCCUPIED_FROM, day)
    row.occupied_until = notes.read(row, Column.OCCUPIED_UNTIL, _day_or_open)
    row.closed_from = notes.read(row, Column.CLOSED_FROM, _day_or_no)
    row.closed_until = notes.read(row, Column.CLOSED_UNTIL, _day_or_open)
    row.closed_why = notes.read(row, Column.CLOSED_WHY, cells.text)
    for trait in _asked(notes.headings.at, words):
        said = notes.read(row, folded(trait.name), lambda value, trait=trait: _trait(value, trait))  # type: ignore[misc]  # a default binds what the loop changes
        if said is not None:
            row.traits[trait.id] = said[0]
    _note_strange(row, notes, words)


def _asked(at: Iterable[object], words: Vocabulary) -> list[Trait]:
    return [trait for trait in words.traits.values() if folded(trait.name) in at]


def _note_strange(row: PlaceRow, notes: Notes, words: Vocabulary) -> None:
    """Traits that another field of work has."""
    ours = {folded(trait.name) for trait in words.traits.values()}
    for asked in notes.headings.at:
        if isinstance(asked, str) and asked not in ours and notes.cell(row, asked) is not None:
            notes.wrong(row, asked, f"Dieses Merkmal gibt es in „{words.name}“ nicht.", "Die Zelle leeren.")


def day(value: CellValue) -> date:
    """A day that somebody can mean."""
    found = cells.day(value)
    if not EARLIEST <= found <= LATEST:
        raise Misread(f"Den {german(found)} kann niemand meinen.", "Das Jahr prüfen.")
    return found


def _day_or_open(value: CellValue) -> date:
    return NO_DAY if cells.day_or_open(value) is None else day(value)


def _day_or_no(value: CellValue) -> date:
    return NO_DAY if cells.day_or_no(value) is None else day(value)


def _address(value: CellValue) -> str:
    """ "": it is not to be known any more."""
    said = cells.text(value)
    if folded(said) in cells.NOTHING:
        return ""
    if len(said) > MOST_ADDRESS:
        raise Misread(f"Die Anschrift hat mehr als {MOST_ADDRESS} Zeichen.", "Kürzer fassen.")
    if not any(letter.isalpha() for letter in said):
        raise Misread(f"„{said[:40]}“ ist keine Anschrift.", "Straße, Nummer und Ort eintragen.")
    return said


def _phone(value: CellValue) -> str:
    """ "": there is none any more. A number of a spreadsheet has lost its 0, whatever it was."""
    said = cells.text(value)
    if folded(said) in cells.NOTHING:
        return ""
    if not isinstance(value, str):
        raise Misread(f"Hier steht {said[:40]}, und keine Telefonnummer mit ihrer 0.", cells.AS_TEXT)
    if fault := phone_fault(said):
        raise Misread(fault, "Mit Vorwahl eintragen: 030 23125 001 oder +49 30 23125 001.")
    return said


def _genders(value: CellValue, words: Vocabulary) -> frozenset[GenderId]:
    return frozenset(
        GenderId(key) for key in cells.several_of(value, {str(key): word for key, word in words.genders.items()})
    )


def _capacity(value: CellValue, kind: KindOfHelp) -> int:
    if kind.unit is not Unit.BED:
        return cells.whole(value, 1, MOST)
    found = cells.whole(value, 0, MOST)
    if found != 1:
        raise Misread(f"Ein Bett ist genau ein Platz, nicht {found}.", "Für jedes Bett eine eigene Zeile.")
    return found


def per_word(unit: RateUnit) -> str:
    """What a rate is for, in one word: "Tag"."""
    return PER[unit].removeprefix("je ")


def _check_per(value: CellValue, kind: KindOfHelp) -> None:
    """A kind of help is paid by one unit only: the cell may say so, and nothing else."""
    said = folded(cells.text(value)).removeprefix("je ").removeprefix("pro ")
    found = next((unit for unit in RateUnit if said in _forms(per_word(unit))), None)
    if found is None:
        do = f"Eintragen: {per_word(kind.rate)}."
        raise Misread(f"„{cells.text(value)[:40]}“ ist hier nicht bekannt.", do)
    if found is not kind.rate:
        raise Misread(f"„{kind.name}“ wird {PER[kind.rate]} bezahlt.", f"Eintragen: {per_word(kind.rate)}.")


def _forms(word: str) -> tuple[str, ...]:
    """One, and several of it: Tag, Tage; Stunde, Stunden."""
    small = folded(word)
    return small, f"{small}e", f"{small}n"


def _occupied(value: CellValue, kind: KindOfHelp) -> int:
    """How much of the place is taken."""
    if folded(cells.text(value)) in cells.NO | cells.NOTHING:
        return 0
    if kind.unit is Unit.BED:
        return int(cells.yes_no(value))
    if folded(cells.text(value)) in cells.YES - {"1"}:
        raise Misread("Hier fehlt, wie viel davon belegt ist.", f"Die Zahl der {COUNTED[kind.unit][1]} eintragen.")
    return cells.whole(value, 0, MOST)


def _trait(value: CellValue, trait: Trait) -> tuple[TraitValue | None]:
    """In a tuple, since None is something said as well: "-", nothing is known of it any more."""
    if folded(cells.text(value)) in cells.NOTHING:
        return (None,)
    if trait.kind is TraitKind.YES_NO:
        return (cells.yes_no(value),)
    if trait.kind is TraitKind.NUMBER:
        return (cells.between(value, trait.range),)
    if trait.kind is TraitKind.ONE_OF:
        return (cells.one_of(value, trait.values or {}),)
    return (cells.several_of(value, trait.values or {}),)
