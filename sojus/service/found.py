"""What a search, a place and a change of an open search look like to whoever asked. Nothing of a person is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sojus.domain.model.ids import FacilityId, GroupId, PlaceId, ProviderId, TenantId


class Freshness(StrEnum):
    """Whether the provider has confirmed the place within the term of the vocabulary."""

    FRESH = "fresh"
    STALE = "stale"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class PriceView:
    """`unit`: "day", "hour" ...; `sentence`: "216,88 € je Tag (Stand 30.11.2026)"."""

    cents: int
    unit: str
    sentence: str


@dataclass(frozen=True, slots=True)
class TraitView:
    """`value` in words: "spricht Arabisch und Persisch"."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class NamedPlace:
    place: PlaceId
    place_name: str


@dataclass(frozen=True, slots=True)
class HitView:
    """One place as a line of a list. Sentences are German; `km` None where nobody said from where.

    `reasons`: why it stands where it stands; `unfulfilled`: preferences that it does not fulfil. `with_`: of a search
    for several, a place for each of them in this house, in their order. `confirmed_on`: the civil day, None: never.
    `alike`: where such places come once, the others that differ from it in their names only."""

    place: PlaceId
    place_name: str
    group: GroupId
    group_name: str
    facility: FacilityId
    facility_name: str
    provider: ProviderId
    provider_name: str
    tenant: TenantId
    price: PriceView
    km: float | None
    front: bool
    freshness: Freshness
    confirmed: str
    free: str
    left: int
    reasons: tuple[str, ...]
    unfulfilled: tuple[str, ...]
    point: tuple[float, float]
    traits: tuple[TraitView, ...]
    with_: tuple[PlaceId, ...] = ()
    confirmed_on: date | None = None
    alike: tuple[NamedPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class MissView:
    """So many places fail this wish first."""

    count: int
    sentence: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """`id`: of the open search, for `Service.changes`; `at`: the number of the log's last entry that it knows.
    `hits`: the first ones, `more`: how many places there are besides these and those alike."""

    id: str
    at: int
    today: date
    total: int
    hits: tuple[HitView, ...]
    more: int
    misses: tuple[MissView, ...]


@dataclass(frozen=True, slots=True)
class FullView:
    """Where somebody could wait: a place of each group that fits in all but that nothing is free then. `more`: whether
    there are groups besides these."""

    groups: tuple[HitView, ...]
    more: bool


class State(StrEnum):
    """What a place is on some days, without saying for whom."""

    FREE = "frei"
    TAKEN = "belegt"
    KEPT = "reserviert"
    CLOSED = "geschlossen"


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """Days with one state, half open; `left`: how much can still be had on each of them."""

    from_: date
    until: date | None
    state: State
    left: int


@dataclass(frozen=True, slots=True)
class RateView:
    from_: date
    until: date | None
    cents: int
    unit: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PlacePage:
    """One place with what is known of it. `hit`: as a search for its own kind of help shows it, also if it is not free.
    `address`, `phone`: of its house, "" where it has not said. `takes`: for whom its group is, in words. `calendar`:
    all days from today on, in order; the last row has no end. `waits`: what it means to join the waiting list of its
    group, where it is not free on the days that are looked for, else ""."""

    at: int
    hit: HitView
    capacity: int
    area: str
    kind: str
    kind_name: str
    address: str
    phone: str
    takes: str
    calendar: tuple[CalendarRow, ...]
    rates: tuple[RateView, ...]
    waits: str


class Move(StrEnum):
    """What became of a place in an open search."""

    COME = "come"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class ChangeView:
    """`at`: the entry of the log that did it. `hit`: None of one that is gone. `number`: its rank now, from 1."""

    at: int
    place: PlaceId
    what: Move
    hit: HitView | None
    sentence: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class TouchedView:
    """Something of a place is different since the entry `at`."""

    at: int
    place: PlaceId


@dataclass(frozen=True, slots=True)
class NewsView:
    """Something of an office's or a provider's own changed. `ref`: the reservation, request or stay."""

    at: int
    what: str
    ref: str
    sentence: str
