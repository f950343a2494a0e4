"""What is mine, of an office or of a provider: reservations, waiting, requests, stays, each with what I can do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sojus.domain.model.ids import (
    CaseId,
    FieldId,
    GroupId,
    KindId,
    PlaceId,
    ProviderId,
    RequestId,
    ReservationId,
    StayId,
)
from sojus.domain.model.units import Unit


class Can(StrEnum):
    """An act that is possible for whoever asks, now; the last part of the portal's address for it."""

    EXTEND = "extend"
    REBOOK = "rebook"
    CANCEL = "cancel"
    CONFIRM = "confirm"
    DECLINE = "decline"
    ADMIT = "admit"
    PROPOSE = "propose"
    PASS = "pass"
    ACCEPT = "accept"
    WITHDRAW = "withdraw"
    CHANGE = "change"
    MOVE = "move"
    DISCHARGE = "discharge"
    AGREE = "agree"
    """Or not: the provider asks for longer, or more, than was approved."""
    APPROVE = "approve"
    CONTACTS = "contacts"
    CORRECT = "correct"
    """Other contacts of a day than those that are recorded."""
    TAKE_BACK = "takeback"
    """Of a stay that has ended the discharge, of any other the admission: it was entered by mistake."""


@dataclass(frozen=True, slots=True)
class PartView:
    """So much of one place, with its names. `phone`: of the facility, "" where it has not said."""

    place: PlaceId
    place_name: str
    group_name: str
    facility_name: str
    phone: str
    amount: int


@dataclass(frozen=True, slots=True)
class OwnReservation:
    """`state`: a word of `records.Stage`. `office_name`: who asked, `provider_name`: whose places. `place`: the first,
    of several `parts`; `place_name`: of all. `case`: None where it is not to be known. `profile`, `remark`: for whom,
    in words without a name; "" where it is not to be seen any more. `awaited`, as in the
    others: it waits for whoever reads."""

    id: ReservationId
    case: CaseId | None
    state: str
    office_name: str
    provider: ProviderId | None
    provider_name: str
    place: PlaceId | None
    place_name: str
    group_name: str
    parts: tuple[PartView, ...]
    profile: str
    remark: str
    from_: date
    until: date | None
    ends_at: datetime
    sentence: str
    awaited: bool
    can: tuple[Can, ...]


@dataclass(frozen=True, slots=True)
class OwnWaiting:
    """`phone`: of the facility. `position`: on the list of the group, from 1. `profile`, `remark`: for whom, in words
    without a name."""

    id: ReservationId
    case: CaseId | None
    state: str
    group: GroupId
    group_name: str
    facility_name: str
    phone: str
    position: int
    profile: str
    remark: str
    from_: date
    until: date | None
    count: int
    amount: int
    ends_at: datetime
    sentence: str
    can: tuple[Can, ...]


@dataclass(frozen=True, slots=True)
class ProposalView:
    """What a provider offers for a request."""

    provider: ProviderId
    provider_name: str
    parts: tuple[PartView, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class AskedHouse:
    """Where whoever was asked can be called. `phone`: "" where the house has not said."""

    facility_name: str
    phone: str


@dataclass(frozen=True, slots=True)
class AskedView:
    """A provider that was asked. `facilities`: its houses with this kind of help; `answer`: in words, "" where the
    request is over and none came."""

    provider: ProviderId
    provider_name: str
    facilities: tuple[AskedHouse, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """`profile`: for whom, in words without a name; "" where it is not to be seen any more. `asked`: how many
    providers, `to`: these; to a provider it alone, `to` empty, only its own answer, and no case. `free`: what it could
    offer now. `unit`: what the help is counted in, `contingent`: how many contacts are approved for each, None: nobody
    has said."""

    id: RequestId
    case: CaseId | None
    state: str
    office_name: str
    profile: str
    remark: str
    asked: int
    to: tuple[AskedView, ...]
    proposals: tuple[ProposalView, ...]
    free: tuple[PartView, ...]
    from_: date
    until: date | None
    count: int
    amount: int
    unit: Unit | None
    contingent: int | None
    ends_at: datetime
    sentence: str
    awaited: bool
    can: tuple[Can, ...]


@dataclass(frozen=True, slots=True)
class OwnStay:
    """`phone`: of the facility. `area`, `kind`, `unit`: the help, in whose words somebody is discharged, and what it is
    counted in. `discharged_on`: the day that was entered for it. `wanted`: what the provider asks for beyond what is
    approved, in words; "" where it asks for nothing."""

    id: StayId
    case: CaseId | None
    state: str
    office_name: str
    provider: ProviderId
    provider_name: str
    place: PlaceId
    place_name: str
    group_name: str
    facility_name: str
    phone: str
    area: FieldId
    kind: KindId
    unit: Unit
    amount: int
    admitted_on: date
    discharged_on: date | None
    from_: date
    until: date | None
    contingent: int | None
    wanted: str
    sentence: str
    awaited: bool
    can: tuple[Can, ...]


@dataclass(frozen=True, slots=True)
class MineView:
    """The newest first; all that is open, and of what has ended the last hundred of each. `at`: as of which entry."""

    at: int
    reservations: tuple[OwnReservation, ...]
    waiting: tuple[OwnWaiting, ...]
    requests: tuple[OwnRequest, ...]
    stays: tuple[OwnStay, ...]


@dataclass(frozen=True, slots=True)
class NameView:
    """A name that somebody was told has changed since `day`. `case`: None where they need not know it any more."""

    case: CaseId | None
    day: date
    sentence: str
