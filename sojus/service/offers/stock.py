"""All that is offered, of all fields of work, and what it is called: what a search reads, without waiting for a turn.

One for each process. It is made of the register once, and then anew for the places that an act has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from sojus.domain.field.vocabulary import TraitValue, Vocabulary
from sojus.domain.model.days import Span
from sojus.domain.model.ids import FieldId, PlaceId, ProviderId, TraitId
from sojus.domain.register.book import Register
from sojus.domain.register.entries import Facility, Group, Place, Provider
from sojus.domain.register.offering import offer
from sojus.domain.search.offer import Offer, Rest
from sojus.domain.search.places import Places
from sojus.service.found import TraitView

CROWDED = 8
"""Spans of a place, free and closed; few have more than two."""


class Located(NamedTuple):
    """A place and where it is."""

    place: Place
    group: Group
    facility: Facility


class Shift(NamedTuple):
    """What a search saw of a place before and after; None: nothing."""

    place: PlaceId
    before: Offer | None
    after: Offer | None


@dataclass(slots=True)
class Stock:
    """`providers`, `located`: by their ids; also places that cannot be offered. `said`: traits with their words, by the
    identity of the mapping. Whoever has the lock may change it."""

    places: dict[FieldId, Places]
    located: dict[PlaceId, Located]
    providers: dict[ProviderId, Provider]
    today: date
    said: dict[int, tuple[Mapping[TraitId, TraitValue], tuple[TraitView, ...]]] = field(default_factory=dict)

    @property
    def vocabularies(self) -> dict[FieldId, Vocabulary]:
        return {area: places.vocabulary for area, places in self.places.items()}

    def offer(self, place: PlaceId) -> Offer | None:
        """None: there is no such place, or it cannot be offered."""
        known = self.located.get(place)
        return None if known is None else self.places[known.group.area].offer(place)

    def renew(self, register: Register, places: Iterable[PlaceId], today: date) -> list[Shift]:
        """Make these anew; what has really changed."""
        self.today = today
        shifts = (self._renew(register, place) for place in dict.fromkeys(places))
        seen = (Shift(place, _as_of(before, today), after) for place, before, after in shifts)
        return [one for one in seen if one.before != one.after]

    def crowded(self, today: date) -> list[PlaceId]:
        """Places with many spans of which some are over: made anew they cost a search less."""
        return [
            offer.place
            for places in self.places.values()
            for offer in places.offers()
            if len(offer.free) + len(offer.closed) > CROWDED
            and any(one.stop <= today for one in (*offer.free, *offer.closed))
        ]

    def name_provider(self, provider: Provider) -> None:
        self.providers[provider.id] = provider

    def _renew(self, register: Register, place: PlaceId) -> Shift:
        self.located[place] = _located(register, place)
        area = self.located[place].group.area
        after = offer(register, place, self.today)
        before = self.places[area].remove(place) if after is None else self.places[area].put(after)
        return Shift(place, before, after)


def stock(register: Register, today: date) -> Stock:
    """All of it, as it is in the register now."""
    made = Stock(
        {area: Places(vocabulary) for area, vocabulary in register.vocabularies.items()},
        {place: _located(register, place) for place in register.books},
        dict(register.providers),
        today,
    )
    for place, where in made.located.items():
        if (seen := offer(register, place, today)) is not None:
            made.places[where.group.area].put(seen)
    return made


def _located(register: Register, place: PlaceId) -> Located:
    own = register.books[place].place
    group = register.groups[own.group]
    return Located(own, group, register.facilities[group.facility])


def _as_of(offer: Offer | None, today: date) -> Offer | None:
    """Without the days before today: offers that were made on different days differ in these only."""
    if offer is None:
        return None
    return replace(
        offer,
        free=tuple(_ahead(one, today) for one in offer.free if one.stop > today),
        rest=tuple(Rest(_ahead(one.span, today), one.left) for one in offer.rest if one.span.stop > today),
        closed=tuple(one for one in offer.closed if one.stop > today),
        prices=offer.prices[max(0, sum(one.span.start <= today for one in offer.prices) - 1) :],
    )


def _ahead(span: Span, today: date) -> Span:
    return Span(max(span.start, today), span.end)
