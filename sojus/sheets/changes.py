"""What a batch would change, told to people: what is new, and each value that is not as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sojus.domain.field.speech import said
from sojus.domain.field.vocabulary import TraitValue, Vocabulary
from sojus.domain.model.days import Span, german_span
from sojus.domain.model.ids import GroupId, PlaceId, StayId, TraitId
from sojus.domain.register.book import Register
from sojus.domain.register.entries import (
    Closure,
    Confirmation,
    Facility,
    Group,
    Place,
    Provider,
    Rate,
    Removable,
    Removal,
    Stay,
)
from sojus.domain.register.ledger import reported
from sojus.domain.search.phrases import PER, euros
from sojus.sheets.columns import Column
from sojus.sheets.plan import Wanted

NONE = "nichts"
"""What stood there before, or will."""


class Difference(NamedTuple):
    """`row`: of the table; `name`: "Haus Eiche, Gruppe Nord, Zimmer 3"; `column`: what of it."""

    row: int
    name: str
    column: str
    old: str
    new: str


class Newcomer(NamedTuple):
    """What does not stand in the portal yet. `what`: Einrichtung, Gruppe, Platz."""

    row: int
    what: str
    name: str


def told(before: Register, after: Register, wanted: Iterable[Wanted]) -> Iterator[Newcomer | Difference]:
    """`after`: the register with the batch in it."""
    for one in wanted:
        yield from _told(before, after, one)


def _told(before: Register, after: Register, one: Wanted) -> Iterator[Newcomer | Difference]:
    match one.entry:
        case Facility() as facility:
            yield from _facility(before.facilities.get(facility.id), facility, one.row)
        case Group() as group:
            yield from _group(before, after, group, one.row)
        case Place() as place:
            yield from _place(before, after, place, one.row)
        case Rate() as rate:
            old = next((known for known in before.rates.get(rate.group, ()) if known.id == rate.id), None)
            name = group_name(after, rate.group)
            yield Difference(one.row, name, Column.CENTS.heading, _rate(old), _rate(rate))
        case Stay() | Closure() | Removal() as entry:
            yield _presence(before, after, entry, one.row)
        case Provider() | Confirmation():
            return


def _facility(old: Facility | None, new: Facility, row: int) -> Iterator[Newcomer | Difference]:
    if old is None:
        yield Newcomer(row, Column.FACILITY.heading, new.name)
        return
    yield from _pairs(row, new.name, [(Column.FACILITY.heading, old.name, new.name)])
    pairs = [
        (Column.NORTH.heading, _degrees(old.point.north), _degrees(new.point.north)),
        (Column.EAST.heading, _degrees(old.point.east), _degrees(new.point.east)),
        (Column.ADDRESS.heading, old.address or NONE, new.address or NONE),
        (Column.PHONE.heading, old.phone or NONE, new.phone or NONE),
    ]
    yield from _pairs(row, new.name, pairs)


def _group(before: Register, after: Register, new: Group, row: int) -> Iterator[Newcomer | Difference]:
    old, name = before.groups.get(new.id), group_name(after, new.id)
    if old is None:
        yield Newcomer(row, Column.GROUP.heading, name)
        return
    words = after.vocabularies[new.area]
    pairs = [
        (Column.GROUP.heading, old.name, new.name),
        (Column.KIND.heading, before.kind(old).name, words.kinds[new.kind].name),
        (Column.YOUNGEST.heading, str(old.ages.youngest), str(new.ages.youngest)),
        (Column.OLDEST.heading, str(old.ages.oldest), str(new.ages.oldest)),
        (Column.GENDERS.heading, _genders(words, old), _genders(words, new)),
    ]
    yield from _pairs(row, name, pairs)


def _place(before: Register, after: Register, new: Place, row: int) -> Iterator[Newcomer | Difference]:
    book, name = before.books.get(new.id), place_name(after, new.id)
    if book is None:
        yield Newcomer(row, Column.PLACE.heading, name)
        return
    old = book.place
    pairs = [
        (Column.PLACE.heading, old.name, new.name),
        (Column.CAPACITY.heading, str(old.capacity), str(new.capacity)),
    ]
    yield from _pairs(row, name, pairs)


def told_traits(before: Register, after: Register, rows: Mapping[PlaceId, int]) -> Iterator[Difference]:
    """Of each place that stood there before: traits are told as they are true of it, wherever they are kept."""
    for place, row in rows.items():
        if place not in before.books:
            continue
        words, old, new = after.vocabulary(place), traits_of(before, place), traits_of(after, place)
        pairs = [
            (trait.name, _trait(words, name, old.get(name)), _trait(words, name, new.get(name)))
            for name, trait in words.traits.items()
        ]
        yield from _pairs(row, place_name(after, place), pairs)


def traits_of(register: Register, place: PlaceId) -> Mapping[TraitId, TraitValue]:
    """All that is true of this place."""
    own = register.books[place].place
    return {**register.groups[own.group].traits, **own.traits}


def _presence(before: Register, after: Register, entry: Stay | Closure | Removal, row: int) -> Difference:
    book = before.books.get(entry.place)
    is_stay = isinstance(entry, Stay) or (isinstance(entry, Removal) and entry.what is Removable.STAY)
    if is_stay:
        ref = reported(StayId(entry.ref if isinstance(entry, Removal) else entry.id))
        spans = [(one.span, one.amount) for one in (book.taken if book else ()) if one.ref == ref]
        old = _stay(*spans[0]) if spans else NONE
        new = _stay(entry.span, entry.amount) if isinstance(entry, Stay) else NONE
        return Difference(row, place_name(after, entry.place), Column.OCCUPIED.heading, old, new)
    name = entry.ref if isinstance(entry, Removal) else entry.id
    stood = next((one for one in (book.closed if book else ()) if one.id == name), None)
    new = _closure(entry) if isinstance(entry, Closure) else NONE
    return Difference(row, place_name(after, entry.place), "Geschlossen", _closure(stood) if stood else NONE, new)


def _pairs(row: int, name: str, pairs: Iterable[tuple[str, str, str]]) -> Iterator[Difference]:
    for column, old, new in pairs:
        if old != new:
            yield Difference(row, name, column, old, new)


def group_name(register: Register, group: GroupId) -> str:
    """ "Haus Eiche, Gruppe Nord"."""
    found = register.groups[group]
    return f"{register.facilities[found.facility].name}, {found.name}"


def place_name(register: Register, place: PlaceId) -> str:
    """ "Haus Eiche, Gruppe Nord, Zimmer 3"."""
    own = register.books[place].place
    return f"{group_name(register, own.group)}, {own.name}"


def _degrees(number: float) -> str:
    return f"{number}".replace(".", ",")


def _genders(words: Vocabulary, group: Group) -> str:
    return "; ".join(word for key, word in words.genders.items() if key in group.genders)


def _rate(rate: Rate | None) -> str:
    return NONE if rate is None else f"{euros(rate.cents)} {PER[rate.unit]}, {german_span(rate.span)}"


def _stay(span: Span, amount: int) -> str:
    return f"belegt {german_span(span)}" + (f" ({amount})" if amount > 1 else "")


def _closure(one: Closure) -> str:
    return german_span(one.span) + (f" ({one.reason})" if one.reason else "")


def _trait(words: Vocabulary, name: TraitId, value: TraitValue | None) -> str:
    return NONE if value is None else said(words.traits[name], value)
