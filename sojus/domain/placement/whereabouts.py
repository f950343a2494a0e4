"""Where the places of a reservation are, and when it ends, as news says it: nothing beside a piece of news does."""

from __future__ import annotations

from sojus.domain.field.speech import row
from sojus.domain.model.days import german_moment
from sojus.domain.model.ids import GroupId
from sojus.domain.placement import words
from sojus.domain.placement.records import Reservation, sums
from sojus.domain.placement.state import Placements


def what_of(state: Placements, reservation: Reservation) -> str:
    """Its places in words, with group and house of each."""
    register, names = state.register, dict[GroupId, list[str]]()
    for place in sums(reservation.parts):
        known = register.books[place].place
        names.setdefault(known.group, []).append(known.name)
    groups = [(register.groups[group], words.places(some)) for group, some in names.items()]
    return row([words.where(some, one.name, register.facilities[one.facility].name) for one, some in groups])


def line_of(state: Placements, group: GroupId) -> str:
    """Whose waiting list it is."""
    known = state.register.groups[group]
    return f"{known.name}, {state.register.facilities[known.facility].name}"


def end_of(state: Placements, reservation: Reservation) -> str:
    """When it ends by itself, on the wall clock of the place."""
    return german_moment(reservation.ends_at.astimezone(state.zone))
