"""Who reads the state, and what of it is called how for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sojus.domain.field.speech import row
from sojus.domain.model.actors import Actor
from sojus.domain.model.days import german_moment
from sojus.domain.model.ids import ProviderId
from sojus.domain.placement.moves import is_house
from sojus.domain.placement.records import Part
from sojus.domain.placement.state import Placements
from sojus.domain.register.entries import Group
from sojus.domain.search.offer import Confirmed
from sojus.service.directory import Directory
from sojus.service.mine import PartView


@dataclass(frozen=True, slots=True)
class Reader:
    """`zone`: in which times are said."""

    state: Placements
    by: Actor
    names: Directory
    zone: tzinfo | None

    def moment(self, at: datetime) -> str:
        """ "03.12.2026, 13:00 Uhr"."""
        return german_moment(at.astimezone(self.zone))

    def provider_name(self, provider: ProviderId | None) -> str:
        known = None if provider is None else self.state.register.providers.get(provider)
        return known.name if known else ""

    def part(self, part: Part) -> PartView:
        """So much of a place, with its names."""
        register = self.state.register
        place = register.books[part.place].place
        group = register.groups[place.group]
        house = register.facilities[group.facility]
        return PartView(place.id, place.name, group.name, house.name, house.phone, part.amount)


def own_groups(reader: Reader) -> tuple[Group, ...]:
    """Of the provider who reads, in the order in which they came; of nobody else any."""
    register, house = reader.state.register, reader.by.provider
    if house not in register.providers or not is_house(reader.state, reader.by, house):
        return ()
    facilities = {one.id for one in register.facilities.values() if one.provider == house}
    return tuple(one for one in register.groups.values() if one.facility in facilities)


def confirmed_last(reader: Reader, group: Group) -> Confirmed | None:
    """Of the place of the group for which it is longest ago; None: one was never confirmed, or there is none."""
    said = [book.confirmed for book in reader.state.register.books_of(group.id)]
    known = [one for one in said if one is not None]
    return min(known, key=lambda one: one.at) if known and len(known) == len(said) else None


def named(parts: Iterable[PartView]) -> str:
    """ "„Zimmer 1“ und „Zimmer 2“", each once."""
    names = dict.fromkeys(f"„{one.place_name}“" for one in parts)
    return row(names) if names else ""
