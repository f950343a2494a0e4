"""People who come together: whether all find a place in one group or one facility, and who would have which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sojus.domain.model.ids import FacilityId, GroupId, PlaceId
from sojus.domain.search.fitting import left_for, takes
from sojus.domain.search.offer import Offer
from sojus.domain.search.wish import Person, Search, Together

House = GroupId | FacilityId


def house_of(search: Search, offer: Offer) -> House:
    """Where they would be together."""
    return offer.group if search.together is Together.GROUP else offer.facility


def houses_for_all(search: Search, offers: Iterable[Offer], today: date) -> frozenset[House]:
    """The groups or facilities in which all of them find a place among these."""
    found: dict[House, list[Offer]] = defaultdict(list)
    for offer in offers:
        found[house_of(search, offer)].append(offer)
    return frozenset(house for house, here in found.items() if places_for(search, here, today))


def places_for(search: Search, offers: Sequence[Offer], today: date) -> tuple[PlaceId, ...]:
    """For each of the people a place, in their order; () where there is none for all of them.

    `offers` do all else that is wished. Each takes as many as it has seats, or hours, for on the days that are wished.
    """
    people = search.people
    room = {one.place: left_for(search, one, today) // search.amount for one in offers}
    seats = [one for one in sorted(offers, key=_id) for _ in range(min(len(people), room[one.place]))]
    if len(seats) < len(people):
        return ()
    holder: dict[int, int] = {}
    for number in range(len(people)):
        if not _is_seated(number, people, seats, holder, set()):
            return ()
    seat_of = {person: seat for seat, person in holder.items()}
    return tuple(seats[seat_of[number]].place for number in range(len(people)))


def _is_seated(
    number: int, people: tuple[Person, ...], seats: list[Offer], holder: dict[int, int], tried: set[int]
) -> bool:
    """One more gets a seat, if need be by moving others (Kuhn's augmenting path)."""
    for seat, offer in enumerate(seats):
        if seat in tried or not takes(offer, people[number]):
            continue
        tried.add(seat)
        if seat not in holder or _is_seated(holder[seat], people, seats, holder, tried):
            holder[seat] = number
            return True
    return False


def _id(offer: Offer) -> PlaceId:
    return offer.place
