"""A provider's own groups and places, as a group leader's phone shows them."""

from __future__ import annotations

from dataclasses import dataclass

from sojus.domain.model.ids import FacilityId, GroupId, PlaceId, StayId
from sojus.service.found import Freshness, State


@dataclass(frozen=True, slots=True)
class OwnPlaceView:
    """`state`: today; `sentence`: until when, in words. `stay`: the admission there, `reported`: the stay that the
    provider gave in, `closure`: by which it is closed."""

    place: PlaceId
    name: str
    capacity: int
    left: int
    state: State
    sentence: str
    stay: StayId | None = None
    reported: StayId | None = None
    closure: str | None = None


@dataclass(frozen=True, slots=True)
class OwnGroupView:
    """`confirmed`: when and by whom all places were confirmed last, of the one for which it is longest ago."""

    group: GroupId
    name: str
    facility: FacilityId
    facility_name: str
    kind_name: str
    confirmed: str
    freshness: Freshness
    waiting: int
    places: tuple[OwnPlaceView, ...]
