"""All placements as they stand after an entry of the log, as one value: a snapshot, so that a start replays little.

Tables are written in their order: replicas go through them in it. What is worked out of the rest is left out.
"""

from __future__ import annotations

import gc
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from heapq import heapify

from sojus.domain.model.ids import GroupId, PlaceId, RequestId, ReservationId
from sojus.domain.placement.records import Admission, KeptSearch, Request, Reservation
from sojus.domain.placement.state import Placements
from sojus.domain.register.book import PlaceBook, Register
from sojus.domain.register.entries import Facility, Group, Provider, Rate
from sojus.store.entries import Rules, zone_of
from sojus.store.plain import plain, value_of


@dataclass(frozen=True, slots=True)
class PlacementTables:
    """The tables of `Placements` and its register, each value once, by the rules that hold."""

    rules: Rules
    now: datetime
    today: date
    providers: tuple[Provider, ...]
    facilities: tuple[Facility, ...]
    groups: tuple[Group, ...]
    books: tuple[PlaceBook, ...]
    members: Mapping[GroupId, tuple[PlaceId, ...]]
    rates: Mapping[GroupId, tuple[Rate, ...]]
    reservations: tuple[Reservation, ...]
    lists: Mapping[GroupId, tuple[ReservationId, ...]]
    requests: tuple[Request, ...]
    stays: tuple[Admission, ...]
    proposed: Mapping[PlaceId, tuple[RequestId, ...]]
    searches: tuple[KeptSearch, ...]
    reminded: Mapping[GroupId, date]
    turns: int


def tables(state: Placements) -> PlacementTables:
    """As it is now: the values are frozen, so copying the tables is enough."""
    kept = state.register
    return PlacementTables(
        rules=rules_of(state),
        now=state.now,
        today=state.today,
        providers=tuple(kept.providers.values()),
        facilities=tuple(kept.facilities.values()),
        groups=tuple(kept.groups.values()),
        books=tuple(kept.books.values()),
        members=dict(kept.members),
        rates=dict(kept.rates),
        reservations=tuple(state.reservations.values()),
        lists=dict(state.lists),
        requests=tuple(state.requests.values()),
        stays=tuple(state.stays.values()),
        proposed={place: tuple(names) for place, names in state.proposed.items()},
        searches=tuple(state.searches.values()),
        reminded=dict(state.reminded),
        turns=state.turns,
    )


def placements(of: PlacementTables) -> Placements:
    """A state that goes on from there."""
    register = Register(
        {one.id: one for one in of.rules.vocabularies},
        {one.id: one for one in of.providers},
        {one.id: one for one in of.facilities},
        {one.id: one for one in of.groups},
        {one.place.id: one for one in of.books},
        dict(of.members),
        dict(of.rates),
    )
    register.note_places()
    state = Placements(
        register,
        of.rules.terms,
        {one.id: one for one in of.reservations},
        dict(of.lists),
        {one.id: one for one in of.requests},
        {one.id: one for one in of.stays},
        of.now,
        of.today,
        zone_of(of.rules),
        {},
        dict(of.reminded),
        of.turns,
        {place: dict.fromkeys(names) for place, names in of.proposed.items()},
    )
    for search in of.searches:
        state.keep_search(search)
    state.index.note_all(register, of.reservations, of.requests, of.stays)
    due = [(one.due_at, "reservation", str(one.id)) for one in of.reservations]
    due += [(one.due_at, "request", str(one.id)) for one in of.requests]
    due += [(one.due_at, "stay", str(one.id)) for one in of.stays]
    state.ends = [(one.span.end, one.id) for one in of.stays if one.due_at is not None and one.span.end is not None]
    heapify(state.ends)
    state.alarms = [(at, kind, name) for at, kind, name in due if at is not None]
    heapify(state.alarms)
    return state


def rules_of(state: Placements) -> Rules:
    """By which the next act will be decided."""
    return Rules(tuple(state.register.vocabularies.values()), state.terms, str(state.zone))


def digest(state: Placements) -> str:
    """The same of two replicas if everything in them is the same, also the order of their tables."""
    return hashlib.sha256(_text(tables(state))).hexdigest()


def packed(of: PlacementTables) -> bytes:
    """As it is kept."""
    return zlib.compress(_text(of), 1)


def unpacked(data: bytes) -> PlacementTables:
    """What `packed` has made. Raises `LisaError`, `ValueError` or `zlib.error` for what it has not."""
    with _no_collection():  # a million new values, none of them garbage: looking through them costs as much again
        return value_of(PlacementTables, json.loads(zlib.decompress(data)))


def _text(of: PlacementTables) -> bytes:
    return json.dumps(plain(of), ensure_ascii=False, separators=(",", ":")).encode()


@contextmanager
def _no_collection() -> Iterator[None]:
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
