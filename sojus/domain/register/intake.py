"""Takes in what a provider gives, one entry or a file of them: all is checked, and all is taken in or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import FacilityId, GroupId, Help, PlaceId
from sojus.domain.register import entries as e
from sojus.domain.register.book import PlaceBook, Register
from sojus.domain.register.checks import CHECKS, Unknown, reasons
from sojus.domain.register.ledger import entered
from sojus.domain.register.offering import offer
from sojus.domain.register.renewal import strike, strike_old, taken_by
from sojus.domain.search.offer import Confirmed, Offer

_RANK = {kind: rank for rank, kind in enumerate(CHECKS)}


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of a batch: its mistakes, in their order there, or the places of which something changed.

    `before`: what a search saw, on the day `eve`, of those that give help that is watched; None: nothing."""

    mistakes: tuple[e.Mistake, ...] = ()
    changed: tuple[PlaceId, ...] = ()
    before: Mapping[PlaceId, Offer | None] = field(default_factory=dict)


def take_in(
    register: Register,
    batch: Sequence[e.Given],
    by: Actor,
    at: datetime,
    watched: Collection[Help] = (),
    eve: date = date.min,
) -> Intake:
    """Check all entries and take them in, or none of them. The same batch again changes nothing but confirmations;
    with a removal in it, it may be refused: what that names is not there any more.

    The order of a batch does not matter. `at`: aware, on the wall clock of the place.
    """
    draft, changed = register.draft(), dict[PlaceId, None]()
    houses: Houses = {}
    found: list[tuple[int, e.Mistake]] = []
    lost: set[str] = set()
    told = dict(_doubles(batch))
    fresh: type | None = None
    for index in sorted(range(len(batch)), key=lambda index: _RANK[type(batch[index].entry)]):
        entry, where = batch[index].entry, batch[index].where
        if fresh is not type(entry):
            fresh = type(entry)
            changed.update(dict.fromkeys(strike_old(draft, fresh, batch, by.provider)))
        if index in told:
            found.append((index, e.Mistake(where, told[index])))
            continue
        try:
            wrong = [(index, e.Mistake(where, why)) for why in reasons(draft, entry, by, at.date())]
        except Unknown as unknown:
            if not lost & _belongs_to(entry):  # what it belongs to stands in the batch and is told there
                found.append((index, e.Mistake(where, str(unknown))))
            lost.add(_name(entry)[1])
            continue
        found += wrong
        if not wrong or not _replaces(draft, entry):
            changed.update(dict.fromkeys(_enter(draft, entry, by, at, houses)))
    if found:
        return Intake(tuple(mistake for _, mistake in sorted(found, key=lambda one: one[0])))
    help_at = {place: draft.groups[draft.books[place].place.group].help for place in changed} if watched else {}
    before = {place: _seen(register, place, eve) for place, one in help_at.items() if one in watched}
    register.put_into_force(draft)
    return Intake(changed=tuple(changed), before=before)


def _seen(register: Register, place: PlaceId, day: date) -> Offer | None:
    return offer(register, place, day) if place in register.books else None


def _doubles(batch: Sequence[e.Given]) -> Iterator[tuple[int, str]]:
    first: dict[tuple[object, str], str] = {}
    for index, given in enumerate(batch):
        name = _name(given.entry)
        if name in first:
            yield index, f"„{name[1]}“ steht schon hier: {first[name]}."
        else:
            first[name] = given.where


def _name(entry: e.Entry) -> tuple[object, str]:
    match entry:
        case e.Confirmation():
            return e.Confirmation, entry.group
        case e.Removal():
            return entry.what, entry.ref
        case _:
            return type(entry), entry.id


def _belongs_to(entry: e.Entry) -> set[str]:
    names = (getattr(entry, name, "") for name in ("provider", "facility", "group", "place"))
    return {name for name in names if name}


def _replaces(draft: Register, entry: e.Entry) -> bool:
    """Whether others hang on what was there before it: then they are judged by that, if this one cannot be so.

    Else whoever said that a house of others is theirs would hear about its places in the same batch."""
    match entry:
        case e.Provider():
            return entry.id in draft.providers
        case e.Facility():
            return entry.id in draft.facilities
        case e.Group():
            return entry.id in draft.groups
        case _:
            return isinstance(entry, e.Place) and entry.id in draft.books


# --- entering, each says of which places something changed ------------------------------------------------------------


Houses = dict[FacilityId, list[GroupId]]
"""The groups of each facility; worked out once for all facilities of a batch, before any of its groups is entered."""


def _enter(draft: Register, entry: e.Entry, by: Actor, at: datetime, houses: Houses) -> Iterable[PlaceId]:
    if isinstance(entry, e.Facility):
        return _enter_facility(draft, entry, houses)
    if isinstance(entry, e.Confirmation):
        return _enter_confirmation(draft, entry, Confirmed(_said_by(draft, by), at))
    return ENTERING[type(entry)](draft, entry)


def _said_by(draft: Register, by: Actor) -> str:
    known = by.provider and draft.providers.get(by.provider)
    return known.name if known else by.office


def _enter_provider(draft: Register, entry: e.Provider) -> Iterable[PlaceId]:
    draft.providers[entry.id] = entry
    return ()


def _enter_facility(draft: Register, entry: e.Facility, houses: Houses) -> Iterable[PlaceId]:
    old = draft.facilities.get(entry.id)
    draft.facilities[entry.id] = entry
    if old is None or old == entry:
        return ()
    if not houses:
        for group in draft.groups.values():
            houses.setdefault(group.facility, []).append(group.id)
    return [place for group in houses.get(entry.id, ()) for place in draft.members.get(group, ())]


def _enter_group(draft: Register, entry: e.Group) -> Iterable[PlaceId]:
    if draft.groups.get(entry.id) == entry:
        return ()
    draft.groups[entry.id] = entry
    return draft.members.get(entry.id, ())


def _enter_place(draft: Register, entry: e.Place) -> Iterable[PlaceId]:
    old = draft.books.get(entry.id)
    if old is not None and old.place == entry:
        return ()
    if old is None:
        draft.members[entry.group] = (*draft.members.get(entry.group, ()), entry.id)
    draft.enter(replace(old, place=entry) if old else PlaceBook(entry))
    return (entry.id,)


def _enter_rate(draft: Register, entry: e.Rate) -> Iterable[PlaceId]:
    known = draft.rates.get(entry.group, ())
    if entry in known:
        return ()
    others = [one for one in known if one.id != entry.id]
    draft.rates[entry.group] = tuple(sorted([*others, entry], key=_start))
    return draft.members.get(entry.group, ())


def _enter_removal(draft: Register, entry: e.Removal) -> Iterable[PlaceId]:
    return strike(draft, entry.place, entry.what, entry.ref)


def _enter_closure(draft: Register, entry: e.Closure) -> Iterable[PlaceId]:
    book = draft.books[entry.place]
    if entry in book.closed:
        return ()
    draft.enter(replace(book, closed=tuple(sorted([*book.closed, entry], key=_start))))
    draft.entered_at[draft.owner(entry.place), e.Removable.CLOSURE, entry.id] = entry.place
    return (entry.place,)


def _enter_stay(draft: Register, entry: e.Stay) -> Iterable[PlaceId]:
    book, new = draft.books[entry.place], taken_by(entry)
    if new in book.taken:
        return ()
    draft.enter(book.with_ledger(entered(book.taken, new)))
    draft.entered_at[draft.owner(entry.place), e.Removable.STAY, entry.id] = entry.place
    return (entry.place,)


def _enter_confirmation(draft: Register, entry: e.Confirmation, confirmed: Confirmed) -> Iterable[PlaceId]:
    places = entry.places or draft.members.get(entry.group, ())
    for place in places:
        if place in draft.books:
            draft.enter(replace(draft.books[place], confirmed=confirmed))
    return places


def _start(one: e.Rate | e.Closure) -> tuple[object, str]:
    return one.span.start, one.id


ENTERING: Mapping[type, Callable[..., Iterable[PlaceId]]] = {
    e.Provider: _enter_provider,
    e.Group: _enter_group,
    e.Place: _enter_place,
    e.Rate: _enter_rate,
    e.Removal: _enter_removal,
    e.Closure: _enter_closure,
    e.Stay: _enter_stay,
}


def groups_of(register: Register, places: Iterable[PlaceId]) -> tuple[GroupId, ...]:
    """The groups of these places, each once, in order."""
    return tuple(dict.fromkeys(register.books[place].place.group for place in places))
