"""A provider's own groups and places, as a group leader's phone shows them, and what she does with one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import FacilityId, GroupId, PlaceId, StayId
from sojus.service.found import Freshness, State


class PlaceAct(StrEnum):
    """The last part of the portal's address for it."""

    CLOSE = "close"
    OPEN = "open"
    OCCUPY = "occupy"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class PlaceWish:
    """Something with one place. `from_`: the first day that it is so; `until`: the first that it is so no longer.

    `ref`: the closure or reported stay that is meant (`OwnPlaceView.closure`, `reported`): to open, free or change it.
    """

    key: str
    by: Actor
    place: PlaceId
    what: PlaceAct
    from_: date
    until: date | None = None
    reason: str = ""
    ref: str = ""
    amount: int = 1


@dataclass(frozen=True, slots=True)
class ReachWish:
    """How a house is reached from now on. None: as it was; "": nobody has said, or nobody is to know."""

    key: str
    by: Actor
    facility: FacilityId
    phone: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class OwnPlaceView:
    """`state`: today, `until` which day; `sentence`: that in words. `stay`: the admission there, `reported`: the stay
    that the provider gave in, `closure`: by which it is closed; of several the first."""

    place: PlaceId
    name: str
    capacity: int
    left: int
    state: State
    until: date | None
    sentence: str
    stay: StayId | None
    reported: StayId | None
    closure: str | None
    can: tuple[PlaceAct, ...]


@dataclass(frozen=True, slots=True)
class OwnGroupView:
    """`phone`, `address`: of the facility. `kind`, `unit`: which help, and what it is counted in. `confirmed`: when and
    by whom all places were confirmed last, of the one for which it is longest ago."""

    group: GroupId
    name: str
    facility: FacilityId
    facility_name: str
    phone: str
    address: str
    area: str
    kind: str
    unit: str
    confirmed: str
    freshness: Freshness
    places: tuple[OwnPlaceView, ...]
