"""What a search sees of one place, seat or contingent of hours at one moment: the value where register and search meet.

The register makes it, the search reads it. Nothing of a person is in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from sojus.domain.field.vocabulary import TraitValue
from sojus.domain.model.ages import Ages
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    FacilityId,
    FieldId,
    GenderId,
    GroupId,
    KindId,
    PlaceId,
    ProviderId,
    TenantId,
    TraitId,
)
from sojus.domain.model.units import RateUnit


class Point(NamedTuple):
    """Degrees north and east."""

    north: float
    east: float

    @property
    def on_earth(self) -> bool:
        """Whether there are such degrees; never of what is no number or without an end."""
        return -90 <= self.north <= 90 and -180 <= self.east <= 180


class Price(NamedTuple):
    """A rate (Entgelt), and the days on which it holds."""

    cents: int
    unit: RateUnit
    span: Span


class Rest(NamedTuple):
    """So much is left on each of these days."""

    span: Span
    left: int


class Confirmed(NamedTuple):
    """Who said last that this is so, and when. `at`: aware, on the wall clock of the place: its date is the civil day
    that people are told. `by`: the name of a provider, no person."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """One place of one field of work, as it is now."""

    place: PlaceId
    group: GroupId
    facility: FacilityId
    provider: ProviderId
    tenant: TenantId
    area: FieldId
    """The field of work in whose words the rest is said."""
    kind: KindId
    ages: Ages
    genders: frozenset[GenderId]
    point: Point
    prices: tuple[Price, ...]
    """In order, no two on one day; at least one."""
    free: tuple[Span, ...]
    """In order, none touches another; without an end: as far as anybody knows it stays free. Empty: it is not."""
    rest: tuple[Rest, ...] = ()
    """All days of `free` again, by how many seats, weekly hours or contacts are left on them; (): one on each."""
    closed: tuple[Span, ...] = ()
    """On these days nobody is taken in; who came before stays. In order."""
    traits: Mapping[TraitId, TraitValue] = field(default_factory=dict)
    """A trait that is not there: nobody has said."""
    confirmed: Confirmed | None = None

    def price_on(self, day: date) -> Price:
        """The price that holds on this day; else the last that did before it; else the first that will."""
        begun = [one for one in self.prices if one.span.start <= day]
        return begun[-1] if begun else self.prices[0]

    def left_in(self, span: Span) -> int:
        """How much is left on all of these days."""
        if not any(one.start <= span.start and span.stop <= one.stop for one in self.free):
            return 0
        return min((one.left for one in self.rest if one.span.overlaps(span)), default=1)

    def is_closed_on(self, day: date) -> bool:
        return any(one.holds(day) for one in self.closed)
