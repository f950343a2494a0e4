"""What of a provider stands in the portal, by its name; and the ids of what does not stand there yet.

An id is made of the provider and the names above a thing, so the same file makes the same ids. What was renamed in the
portal since is found by that id, as long as nothing else in the file is it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Protocol

from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import FacilityId, GroupId, PlaceId, ProviderId
from sojus.domain.register.book import PlaceBook, Register
from sojus.domain.register.entries import Facility, Group, Provider, Rate
from sojus.sheets.columns import folded


@dataclass(slots=True)
class Owned:
    """Of one provider; several things of one name are several."""

    facilities: Mapping[str, Sequence[Facility]]
    groups: Mapping[tuple[FacilityId, str], Sequence[Group]]
    places: Mapping[tuple[GroupId, str], Sequence[PlaceBook]]
    books: Mapping[PlaceId, PlaceBook]


def provider_of(register: Register, by: Actor) -> Provider | None:
    """Who brings a table, as it stands in the portal; None: not there yet, or another tenant has one of that id."""
    known = register.providers.get(by.provider) if by.provider else None
    return known if known is not None and known.tenant == by.tenant else None


def known_of(register: Register, provider: ProviderId) -> Owned:
    """All that this provider has given in."""
    facilities: dict[str, list[Facility]] = defaultdict(list)
    groups: dict[tuple[FacilityId, str], list[Group]] = defaultdict(list)
    places: dict[tuple[GroupId, str], list[PlaceBook]] = defaultdict(list)
    books: dict[PlaceId, PlaceBook] = {}
    ours: set[FacilityId] = set()
    for facility in register.facilities.values():
        if facility.provider == provider:
            facilities[folded(facility.name)].append(facility)
            ours.add(facility.id)
    for group in register.groups.values():
        if group.facility in ours:
            groups[group.facility, folded(group.name)].append(group)
            for book in register.books_of(group.id):
                places[group.id, folded(book.place.name)].append(book)
                books[book.place.id] = book
    return Owned(dict(facilities), dict(groups), dict(places), books)


def rate_ahead(register: Register, group: GroupId, day: date) -> Rate | None:
    """What holds on this day; else the next that will; None: neither is known."""
    return next((one for one in register.rates.get(group, ()) if one.span.stop > day), None)


def made_id(taken: Container[str], *parts: str) -> str:
    """An id of these names, which is none of `taken`: opaque, 24 characters, the same each time."""
    return next(one for number in count() if (one := _digest(*parts, str(number))) not in taken)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(("sojus.sheets", *map(folded, parts))).encode()).hexdigest()[:24]


class HasName(Protocol):
    @property
    def name(self) -> str: ...


def name_kept(said: str, known: HasName | None) -> str:
    """The name as it stands in the portal, if it is the same but for case and blanks."""
    return known.name if known is not None and folded(known.name) == folded(said) else said
