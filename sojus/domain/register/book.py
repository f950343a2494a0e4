"""The register: everything that providers keep, in tables by id. The values in it are frozen, the tables are not.

Rule: only `intake` and `domain.placement` change a register, each after it has checked everything; whoever else has one
reads. A draft reads through to what it was made of and keeps what is new to itself until it is put into force: so a
batch of any size is checked against itself, and is taken in whole or not at all.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sojus.domain.field.vocabulary import KindOfHelp, Vocabulary
from sojus.domain.model.days import Span
from sojus.domain.model.ids import FacilityId, FieldId, GroupId, PlaceId, ProviderId, StayId
from sojus.domain.model.undo import Undo
from sojus.domain.register.entries import Closure, Facility, Group, Place, Provider, Rate, Removable
from sojus.domain.register.ledger import Ledger, Use, in_the_way, most_taken, reported
from sojus.domain.search.offer import Confirmed

K = TypeVar("K")
V = TypeVar("V")


class Hindrance(StrEnum):
    """Why a place cannot be had on some days: the end of "Der Platz ist ..."."""

    CLOSED = "geschlossen"
    RESERVED = "schon reserviert"
    OCCUPIED = "schon belegt"
    TOO_LITTLE = "nicht mehr in diesem Umfang frei"


@dataclass(frozen=True, slots=True)
class PlaceBook:
    """One place with what is taken of it, when it is closed, and who said last that this is so."""

    place: Place
    taken: Ledger = ()
    closed: tuple[Closure, ...] = ()
    confirmed: Confirmed | None = None

    def is_closed_on(self, day: date) -> bool:
        """Whether nobody is taken in on this day; who came before stays."""
        return any(one.span.holds(day) for one in self.closed)

    def hindrance(self, span: Span, amount: int = 1, but: str = "") -> Hindrance | None:
        """Why so much cannot be given away on these days, to whoever `but` is not; None: it can."""
        return Hindrance.CLOSED if self.is_closed_on(span.start) else self.lack(span, amount, but)

    def lack(self, span: Span, amount: int = 1, but: str = "") -> Hindrance | None:
        """The same for whoever is there: that it is closed does not matter to them."""
        if most_taken(self.taken, span, but) + amount <= self.place.capacity:
            return None
        other = in_the_way(self.taken, span, but)
        if other is None or self.place.capacity > 1:
            return Hindrance.TOO_LITTLE
        return Hindrance.RESERVED if other.use is Use.RESERVED else Hindrance.OCCUPIED

    def has(self, what: Removable, ref: str) -> bool:
        """Whether a closure, or a reported stay, of this id is entered here."""
        if what is Removable.CLOSURE:
            return any(one.id == ref for one in self.closed)
        return any(one.ref == reported(StayId(ref)) for one in self.taken)

    def with_ledger(self, taken: Ledger) -> PlaceBook:
        return replace(self, taken=taken)


@dataclass(slots=True)
class Register:
    """All providers of all tenants. `members`: the places of a group, in the order in which they came.

    `entered_at`: where each provider's closures and reported stays were entered last, by their ids; worked out of the
    rest. What was removed since may still be named in it: ask `place_of`.
    `vocabularies`: of each field of work, as they are configured: in their words groups are described.
    """

    vocabularies: Mapping[FieldId, Vocabulary]
    providers: MutableMapping[ProviderId, Provider] = field(default_factory=dict)
    facilities: MutableMapping[FacilityId, Facility] = field(default_factory=dict)
    groups: MutableMapping[GroupId, Group] = field(default_factory=dict)
    books: MutableMapping[PlaceId, PlaceBook] = field(default_factory=dict)
    members: MutableMapping[GroupId, tuple[PlaceId, ...]] = field(default_factory=dict)
    rates: MutableMapping[GroupId, tuple[Rate, ...]] = field(default_factory=dict)
    entered_at: MutableMapping[tuple[ProviderId, Removable, str], PlaceId] = field(default_factory=dict, compare=False)

    def draft(self) -> Register:
        """A register of its own that shows all of this one; what is written stays in it until `put_into_force`."""
        return Register(
            self.vocabularies,
            ChainMap({}, self.providers),
            ChainMap({}, self.facilities),
            ChainMap({}, self.groups),
            ChainMap({}, self.books),
            ChainMap({}, self.members),
            ChainMap({}, self.rates),
            ChainMap({}, self.entered_at),
        )

    def undo_by(self, undo: Undo) -> None:
        """From now on what is written in it can be undone."""
        self.providers, self.facilities = undo.table(self.providers), undo.table(self.facilities)
        self.groups = undo.table(self.groups)
        self.books, self.members = undo.table(self.books), undo.table(self.members)
        self.rates, self.entered_at = undo.table(self.rates), undo.table(self.entered_at)

    def put_into_force(self, draft: Register) -> None:
        """Take over what was written in a draft of this register."""
        _take_over(self.providers, draft.providers)
        _take_over(self.facilities, draft.facilities)
        _take_over(self.groups, draft.groups)
        _take_over(self.books, draft.books)
        _take_over(self.members, draft.members)
        _take_over(self.rates, draft.rates)
        _take_over(self.entered_at, draft.entered_at)

    def note_places(self) -> None:
        """Work out `entered_at` from the books."""
        for place, book in self.books.items():
            for closure in book.closed:
                self.entered_at[self.owner(place), Removable.CLOSURE, closure.id] = place
            for one in book.taken:
                if one.use is Use.REPORTED:
                    self.entered_at[self.owner(place), Removable.STAY, one.ref.removeprefix("/")] = place

    def drop_removed(self) -> None:
        """What was entered once and is nowhere any more."""
        for owner, what, ref in [one for one in self.entered_at if self.place_of(*one) is None]:
            self.entered_at.pop((owner, what, ref))

    def place_of(self, owner: ProviderId, what: Removable, ref: str) -> PlaceId | None:
        """Where this closure or reported stay of a provider is entered; None: nowhere."""
        place = self.entered_at.get((owner, what, ref))
        return place if place is not None and self.books[place].has(what, ref) else None

    def owner(self, place: PlaceId) -> ProviderId:
        return self.owner_of_group(self.books[place].place.group)

    def owner_of_group(self, group: GroupId) -> ProviderId:
        return self.facilities[self.groups[group].facility].provider

    def vocabulary(self, place: PlaceId) -> Vocabulary:
        """In whose words this place is described."""
        return self.vocabularies[self.groups[self.books[place].place.group].area]

    def kind(self, group: Group) -> KindOfHelp:
        return self.vocabularies[group.area].kinds[group.kind]

    def books_of(self, group: GroupId) -> Iterator[PlaceBook]:
        return (self.books[place] for place in self.members.get(group, ()))

    def enter(self, book: PlaceBook) -> None:
        self.books[book.place.id] = book


def _take_over(table: MutableMapping[K, V], drafted: MutableMapping[K, V]) -> None:
    if isinstance(drafted, ChainMap):
        table.update(drafted.maps[0])
