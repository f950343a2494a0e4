"""Places of a table: what is true of all places of a group stands with the group, what differs with the place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sojus.domain.field.vocabulary import KindOfHelp, TraitValue
from sojus.domain.model.ids import PlaceId, TraitId
from sojus.domain.model.units import Unit
from sojus.domain.register.book import PlaceBook
from sojus.domain.register.entries import Confirmation, Group, Place
from sojus.sheets.columns import Column, folded
from sojus.sheets.known import made_id, name_kept
from sojus.sheets.plan import EntryPlan
from sojus.sheets.presence import settle_closure, settle_stay
from sojus.sheets.rows import PlaceRow

Traits = Mapping[TraitId, TraitValue]


def find_place(plan: EntryPlan, row: PlaceRow, group: Group) -> tuple[PlaceId, PlaceBook | None]:
    """By its Kennung, by its name in its group, else by the id that its name makes."""
    if row.ref is not None:
        return row.ref, plan.known.books[row.ref]
    called = plan.known.places.get((group.id, folded(row.name)), ())
    named = [book for book in called if book.place.id not in plan.referred]  # by its Kennung that is another row
    if len(named) > 1:
        why = f"Im Portal heißen hier mehrere Plätze „{row.name}“."
        plan.notes.wrong(row, Column.PLACE, why, "In die Spalte Kennung eintragen, welcher gemeint ist.")
    if named:
        return named[0].place.id, named[0]
    made = PlaceId(made_id(plan.claimed, plan.provider.id, group.id, row.name))
    return made, plan.register.books.get(made)


def settle_group_and_places(plan: EntryPlan, rows: list[PlaceRow], group: Group, known: Group | None) -> None:
    """Enter both. `group`: as its rows want it, with the traits that it has by now."""
    kind = plan.register.vocabularies[group.area].kinds[group.kind]
    told = {one.place.id: _told(one, known) for one in plan.register.books_of(group.id)} if known else {}
    made: dict[PlaceId, tuple[PlaceRow, Place, PlaceBook | None]] = {}
    for row in (row for row in rows if not row.doubled):
        name, book = find_place(plan, row, group)
        plan.claimed.add(name)
        capacity = _capacity(plan, row, book, kind)
        if capacity is None:
            continue
        traits = {**told.get(name, group.traits), **row.traits}
        told[name] = {trait: value for trait, value in traits.items() if value is not None}
        place = Place(name, group.id, name_kept(row.name, book.place if book else None), capacity)
        made[name] = row, place, book
    shared = _shared(told, group.traits)
    group = replace(group, traits=shared)
    if group != known:
        plan.want(rows[0], Column.GROUP, group)
    for row, place, book in made.values():
        place = replace(place, traits=_own(told[place.id], shared))
        if book is None or place != book.place:
            plan.want(row, Column.CAPACITY if row.capacity is not None else Column.PLACE, place)
        settle_stay(plan, row, place, book)
        settle_closure(plan, row, place, book)
        plan.settled[place.id] = row
    _keep_others(plan, rows[0], group, {name: told[name] for name in told.keys() - made.keys()})
    _confirm(plan, group, {name: row for name, (row, _, _) in made.items()})


def _keep_others(plan: EntryPlan, row: PlaceRow, group: Group, told: Mapping[PlaceId, Traits]) -> None:
    """Places that the table does not name say what they said, whatever their group says now."""
    for name, traits in told.items():
        place = plan.register.books[name].place
        if {**group.traits, **place.traits} != traits:
            plan.want(row, Column.GROUP, replace(place, traits=_own(traits, group.traits)))


def _confirm(plan: EntryPlan, group: Group, rows: Mapping[PlaceId, PlaceRow]) -> None:
    """Who says whether a place is occupied says that all is so."""
    places = tuple(name for name, row in rows.items() if row.occupied is not None)
    if places:
        plan.want(next(iter(rows.values())), Column.OCCUPIED, Confirmation(group.id, places))


def _told(book: PlaceBook, group: Group) -> Traits:
    return {**group.traits, **book.place.traits}


def _shared(told: Mapping[PlaceId, Traits], order: Traits) -> Traits:
    """What all say alike."""
    if not told:
        return order
    first, *others = told.values()
    return {
        trait: value for trait, value in first.items() if all(trait in one and one[trait] == value for one in others)
    }


def _own(told: Traits, shared: Traits) -> Traits:
    return {trait: value for trait, value in told.items() if trait not in shared or shared[trait] != value}


def _capacity(plan: EntryPlan, row: PlaceRow, book: PlaceBook | None, kind: KindOfHelp) -> int | None:
    if row.capacity is not None:
        return row.capacity
    if book is not None:
        return book.place.capacity
    if kind.unit is Unit.BED:
        return 1
    plan.notes.wrong(
        row, Column.CAPACITY, "Bei einem neuen Platz dieser Hilfeart fehlt der Umfang.", Column.CAPACITY.means
    )
    return None
