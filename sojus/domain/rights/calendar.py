"""What somebody sees of one place: its days, and of whose they are only what is the own business.

An office sees of any place on which days how much is taken, and which of it is its own; the provider all of its own
places; a Landesjugendamt the places of its Land, nobody's of it by name; others nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import ReservationId
from sojus.domain.placement.moves import is_house
from sojus.domain.placement.records import stay_of
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements
from sojus.domain.register.book import PlaceBook
from sojus.domain.register.entries import Closure, Place
from sojus.domain.register.ledger import Taken, Use
from sojus.domain.rights.table import Right, has_right
from sojus.domain.rights.tenants import Tenants, is_within


class Load(NamedTuple):
    """On these days so much of the place is kept (`reserved`) or in use, by whomever."""

    span: Span
    amount: int
    reserved: bool


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """`own`: what of the ledger is known with its name: that of the own cases, or all at a provider's own places.

    `others`: the rest, in order, without saying whose. `closed`: reasons and ids only where the place is one's own.
    """

    place: Place
    own: tuple[Taken, ...]
    others: tuple[Load, ...]
    closed: tuple[Span, ...]
    closures: tuple[Closure, ...] = ()


def place_seen(state: Placements, actor: Actor, book: PlaceBook, tenants: Tenants) -> PlaceSeen | None:
    """None: nothing."""
    owner = state.register.owner(book.place.id)
    spans = tuple(one.span for one in book.closed)
    if is_house(state, actor, owner):
        return PlaceSeen(book.place, book.taken, (), spans, book.closed)
    if has_right(actor, Right.SEARCH):
        own = tuple(one for one in book.taken if _is_own(state, actor, one))
    elif has_right(actor, Right.SUPERVISE) and is_within(tenants, state.register.providers[owner].tenant, actor.tenant):
        own = ()
    else:
        return None
    return PlaceSeen(book.place, own, tuple(_loads(one for one in book.taken if one not in own)), spans)


def _is_own(state: Placements, actor: Actor, taken: Taken) -> bool:
    match taken.use:
        case Use.RESERVED:
            return party(state.reservations[ReservationId(taken.ref)].by) == party(actor)
        case Use.ADMITTED:
            return party(state.stays[stay_of(taken.ref)].by) == party(actor)
        case Use.REPORTED:
            return False


def _loads(taken: Iterable[Taken]) -> Iterator[Load]:
    """Added up for each day, so that of a course with many seats nobody's days stand by themselves."""
    rows = list(taken)
    days = sorted({day for one in rows for day in (one.span.start, one.span.stop)})
    for start, stop in pairwise(days):
        for reserved in (False, True):
            of_them = (one for one in rows if (one.use is Use.RESERVED) is reserved)
            if amount := sum(one.amount for one in of_them if one.span.holds(start)):
                yield Load(Span(start, None if stop == date.max else stop), amount, reserved)
