"""The table that a provider fills in, made from a vocabulary: empty, or with all of its places as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sojus.domain.field.vocabulary import Trait, TraitKind, TraitValue, Vocabulary
from sojus.domain.model.days import Span
from sojus.domain.model.ids import FacilityId, ProviderId
from sojus.domain.model.units import Unit
from sojus.domain.register.book import PlaceBook, Register
from sojus.domain.register.entries import Group
from sojus.domain.register.ledger import Use
from sojus.sheets.changes import traits_of
from sojus.sheets.columns import SHEET, Column, trait_heading
from sojus.sheets.facts import per_word
from sojus.sheets.files.table import letters
from sojus.sheets.files.written import ColumnLook, Look, SheetWritten, Written, delimited, workbook
from sojus.sheets.known import rate_ahead
from sojus.sheets.presence import is_of_table

EXPLAINED, VALUES = "Erklärung", "Werte"
YES, NO = "ja", "nein"
OPEN = "offen"
Key = Column | str
"""What a column is about: one of all fields of work, or a trait by its name."""
_LOOKS: Mapping[Column, ColumnLook] = {
    Column.ID: ColumnLook(26, Look.TEXT),
    Column.KIND: ColumnLook(36),
    Column.FACILITY: ColumnLook(24, Look.TEXT),
    Column.ADDRESS: ColumnLook(36, Look.TEXT),
    Column.PHONE: ColumnLook(20, Look.TEXT),
    Column.GROUP: ColumnLook(24, Look.TEXT),
    Column.PLACE: ColumnLook(18, Look.TEXT),
    Column.GENDERS: ColumnLook(30),
    Column.CENTS: ColumnLook(12, Look.MONEY),
    Column.CLOSED_WHY: ColumnLook(24, Look.TEXT),
    **dict.fromkeys(
        (
            *(Column.RATE_FROM, Column.RATE_UNTIL, Column.OCCUPIED_FROM, Column.OCCUPIED_UNTIL),
            *(Column.CLOSED_FROM, Column.CLOSED_UNTIL),
        ),
        ColumnLook(16, Look.DAY),
    ),
}


@dataclass(frozen=True, slots=True)
class OwnStock:
    """What of a provider is written into a template. `stays`: also who is there; without, the table says nothing of it,
    and what group leaders enter meanwhile stays."""

    register: Register
    provider: ProviderId
    today: date
    stays: bool = False


def template_xlsx(words: Vocabulary, stock: OwnStock | None = None) -> bytes:
    """A workbook with the table, an explanation of each column, and the values that its cells offer."""
    offered = _offered(words)
    looks = [_look(words, asked, offered) for asked in _columns(words)]
    columns = list(offered.values())
    longest = max(map(len, columns), default=0)
    values = [[column[at] if at < len(column) else None for column in columns] for at in range(longest)]
    headings: list[Written] = [_heading(asked) for asked in offered]
    return workbook(
        (
            SheetWritten(SHEET, table_rows(words, stock), looks),
            SheetWritten(EXPLAINED, _explained(words), (ColumnLook(30), *[ColumnLook(70, Look.WRAPPED)] * 2)),
            SheetWritten(VALUES, [headings, *values], [ColumnLook(30)] * len(columns)),
        )
    )


def template_csv(words: Vocabulary, stock: OwnStock | None = None) -> bytes:
    """The table alone."""
    return delimited(table_rows(words, stock))


def table_rows(words: Vocabulary, stock: OwnStock | None) -> Sequence[Sequence[Written]]:
    """The headings, and a row for each place of this field of work."""
    columns = _columns(words)
    rows: list[Sequence[Written]] = [[_heading(asked) for asked in columns]]
    if stock is not None:
        rows += [[row.get(asked) for asked in columns] for row in _places(words, stock)]
    return rows


def _columns(words: Vocabulary) -> list[Key]:
    return [*Column, *(trait.name for trait in words.traits.values())]


def _heading(asked: Key) -> str:
    return asked.heading if isinstance(asked, Column) else trait_heading(asked)


def _places(words: Vocabulary, stock: OwnStock) -> Iterator[dict[Key, Written]]:
    register = stock.register
    houses = [one.id for one in register.facilities.values() if one.provider == stock.provider]
    groups: dict[FacilityId, list[Group]] = {house: [] for house in houses}
    for group in register.groups.values():
        if group.facility in groups and group.area == words.id:
            groups[group.facility].append(group)
    for of_house in groups.values():
        for group in of_house:
            shared = _of_group(words, stock, group)
            for book in register.books_of(group.id):
                yield {**shared, **_of_place(words, stock, book), **_closed(stock, book)}


def _of_group(words: Vocabulary, stock: OwnStock, group: Group) -> dict[Key, Written]:
    facility = stock.register.facilities[group.facility]
    rate = rate_ahead(stock.register, group.id, stock.today)
    row: dict[Key, Written] = {
        Column.PROVIDER: stock.register.providers[stock.provider].name,
        Column.FACILITY: facility.name,
        Column.NORTH: facility.point.north,
        Column.EAST: facility.point.east,
        Column.ADDRESS: facility.address or None,
        Column.PHONE: facility.phone or None,
        Column.GROUP: group.name,
        Column.AREA: words.name,
        Column.KIND: words.kinds[group.kind].name,
        Column.YOUNGEST: group.ages.youngest,
        Column.OLDEST: group.ages.oldest,
        Column.GENDERS: "; ".join(word for key, word in words.genders.items() if key in group.genders),
    }
    if rate is not None:
        row[Column.CENTS] = Decimal(rate.cents).scaleb(-2)
        row[Column.PER] = per_word(rate.unit)
        row[Column.RATE_FROM] = rate.span.start
        row[Column.RATE_UNTIL] = _last(rate.span)
    return row


def _of_place(words: Vocabulary, stock: OwnStock, book: PlaceBook) -> dict[Key, Written]:
    place = book.place
    row: dict[Key, Written] = {
        Column.ID: place.id,
        Column.PLACE: place.name,
        Column.CAPACITY: place.capacity,
    }
    for name, value in traits_of(stock.register, place.id).items():
        trait = words.traits[name]
        row[trait.name] = _told(trait, value)
    if stock.stays:
        row.update(_present(stock, book))
    return row


def _present(stock: OwnStock, book: PlaceBook) -> dict[Key, Written]:
    """As `presence.settle_stay` reads it."""
    unit = stock.register.kind(stock.register.groups[book.place.group]).unit
    now = [one for one in book.taken if one.use is not Use.RESERVED and one.span.stop > stock.today]
    mine = next((one for one in now if is_of_table(one, book.place)), None)
    begin = max(mine.span.start if mine is not None else stock.today, stock.today)
    others = [one for one in now if not is_of_table(one, book.place)]
    amount = (mine.amount if mine is not None else 0) + sum(one.amount for one in others if one.span.holds(begin))
    row: dict[Key, Written] = {Column.OCCUPIED: (YES if amount else NO) if unit is Unit.BED else amount}
    if mine is not None:
        row[Column.OCCUPIED_FROM] = mine.span.start
        row[Column.OCCUPIED_UNTIL] = _last(mine.span)
    return row


def _closed(stock: OwnStock, book: PlaceBook) -> dict[Key, Written]:
    found = next((one for one in book.closed if one.span.stop > stock.today), None)
    if found is None:
        return {}
    return {
        Column.CLOSED_FROM: found.span.start,
        Column.CLOSED_UNTIL: _last(found.span),
        Column.CLOSED_WHY: found.reason,
    }


def _last(span: Span) -> Written:
    return OPEN if span.end is None else span.last_day


def _told(trait: Trait, value: TraitValue) -> Written:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, tuple):
        first, last = value
        return first if first == last else f"{first} bis {last}"
    keys = {value} if isinstance(value, str) else value
    return "; ".join(word for key, word in (trait.values or {}).items() if key in keys)


# --- what is explained, and offered -----------------------------------------------------------------------------------


def _explained(words: Vocabulary) -> Sequence[Sequence[Written]]:
    rows: list[Sequence[Written]] = [["Spalte", "Bedeutung", "Was dort stehen kann"]]
    offered = _offered(words)
    rows += [[column.heading, column.means, "; ".join(offered.get(column, []))] for column in Column]
    rows += [[_heading(trait.name), _TRAITS[trait.kind], _values_of(trait)] for trait in words.traits.values()]
    rows.append([])
    rows += [[None, sentence] for sentence in _RULES]
    return rows


_RULES = (
    "Eine Zeile ist ein Platz. Was für eine Einrichtung oder Gruppe gilt, genügt in einer ihrer Zeilen.",
    "Eine leere Zelle lässt, was im Portal steht, wie es ist. Bei Merkmalen löscht „-“ die Angabe.",
    "Spalten, die Sie nicht brauchen, können Sie löschen. Nötig sind Einrichtung, Gruppe und Platz.",
    "Plätze, die nicht in der Tabelle stehen, bleiben im Portal, wie sie sind.",
    "Keine Namen und keine Geburtstage von Menschen eintragen.",
)
_TRAITS: Mapping[TraitKind, str] = {
    TraitKind.YES_NO: "ja oder nein",
    TraitKind.ONE_OF: "genau ein Wert",
    TraitKind.SEVERAL_OF: "ein oder mehrere Werte, mit Semikolon dazwischen",
    TraitKind.NUMBER: "eine Zahl, oder von einer bis zu einer anderen: 6 bis 8",
}


def _values_of(trait: Trait) -> str:
    if trait.kind is TraitKind.NUMBER:
        return f"{trait.range[0]} bis {trait.range[1]}"
    return f"{YES}; {NO}" if trait.kind is TraitKind.YES_NO else "; ".join((trait.values or {}).values())


def _offered(words: Vocabulary) -> dict[Key, list[str]]:
    """What cells offer to choose from, of those that have one value."""
    found: dict[Key, list[str]] = {
        Column.KIND: [kind.name for kind in words.kinds.values()],
        Column.GENDERS: list(words.genders.values()),
        Column.PER: [per_word(unit) for unit in dict.fromkeys(kind.rate for kind in words.kinds.values())],
        Column.OCCUPIED: [YES, NO],
    }
    for trait in words.traits.values():
        if trait.kind is TraitKind.YES_NO:
            found[trait.name] = [YES, NO]
        elif trait.kind is not TraitKind.NUMBER:
            found[trait.name] = list((trait.values or {}).values())
    return found


def _look(words: Vocabulary, asked: Key, offered: Mapping[Key, list[str]]) -> ColumnLook:
    look = _LOOKS.get(asked) if isinstance(asked, Column) else None
    if look is None:
        numbers = {trait.name for trait in words.traits.values() if trait.kind is TraitKind.NUMBER}
        look = ColumnLook(
            max(18, len(_heading(asked)) + 3), Look.TEXT if asked in numbers else Look.PLAIN
        )  # "6-8" is a day to a spreadsheet
    if asked not in offered:
        return look
    at = letters(list(offered).index(asked))
    return replace(look, offered=f"{VALUES}!${at}$2:${at}${1 + len(offered[asked])}")
