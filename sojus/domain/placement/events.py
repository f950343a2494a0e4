"""What happens in SoJuS: each act says who, when and what, so that it can be done again and counted later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, GroupId, PlaceId, ProviderId, RequestId, ReservationId, StayId
from sojus.domain.placement.records import NamelessProfile, Need, Part
from sojus.domain.register.entries import Given


@dataclass(frozen=True, slots=True)
class TakeIn:
    """A provider gives in entries of its register, all or nothing."""

    batch: tuple[Given, ...]


# --- reservations -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reserve:
    """An office takes these places, all or none: one part for each young person. `reservation`: a name that nobody has
    used. `span` may begin some days ago, where somebody had to be taken in at once. `contingent`: as in `Need`."""

    reservation: ReservationId
    case: CaseId
    parts: tuple[Part, ...]
    span: Span
    contingent: int | None = None


@dataclass(frozen=True, slots=True)
class Rebook:
    """The office wants the same places on other days; the provider is asked again. It counts as an extension."""

    reservation: ReservationId
    span: Span


@dataclass(frozen=True, slots=True)
class Extend:
    """The office needs more time; so often as the terms allow."""

    reservation: ReservationId


@dataclass(frozen=True, slots=True)
class Cancel:
    """The office no longer wants it, whether places are kept or it waits."""

    reservation: ReservationId


@dataclass(frozen=True, slots=True)
class Confirm:
    """The provider will take them in."""

    reservation: ReservationId


@dataclass(frozen=True, slots=True)
class Decline:
    """The provider will not, and says why."""

    reservation: ReservationId
    reason: str


@dataclass(frozen=True, slots=True)
class Join:
    """The office joins the waiting list of a group; as soon as it is its turn it has a reservation of this name."""

    reservation: ReservationId
    case: CaseId
    group: GroupId
    need: Need


# --- requests without a name ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ask:
    """The office asks several providers at once."""

    request: RequestId
    case: CaseId
    profile: NamelessProfile
    need: Need
    to: tuple[ProviderId, ...]


@dataclass(frozen=True, slots=True)
class Propose:
    """A provider offers places of its own for a request; again: these instead."""

    request: RequestId
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PassOver:
    """A provider has nothing for a request."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class Accept:
    """The office takes what this provider offered; the others are withdrawn."""

    request: RequestId
    provider: ProviderId
    reservation: ReservationId


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The office no longer asks."""

    request: RequestId


# --- stays ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Admit:
    """They came on this day, one of those that are reserved. `until`: the first day that is free again, as far as it
    is planned; None: as reserved, and never longer."""

    reservation: ReservationId
    day: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ChangeStay:
    """From now on it is to last until this day, which has yet to come, and takes so much. What is longer or more than
    the office approved is not done, but asked of it."""

    stay: StayId
    until: date | None
    amount: int


@dataclass(frozen=True, slots=True)
class Agree:
    """The office approves what the provider asked for with `ChangeStay`, or does not."""

    stay: StayId
    yes: bool


@dataclass(frozen=True, slots=True)
class MoveStay:
    """To another place of the same provider, from this day on."""

    stay: StayId
    place: PlaceId
    day: date


@dataclass(frozen=True, slots=True)
class Discharge:
    """The last day, planned or not: what happened is entered, whoever the place was given to meanwhile.

    `reason`: as typed, kept for the statistics.
    """

    stay: StayId
    day: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Approve:
    """The office approves so many contacts in all."""

    stay: StayId
    contingent: int


@dataclass(frozen=True, slots=True)
class RecordContacts:
    """The provider records contacts of one day, as far as they are approved."""

    stay: StayId
    day: date
    contacts: int = 1


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The moment that `machine.next_due` named has come, or a new day has begun."""


PlacementEvent = (
    TakeIn
    | Reserve
    | Rebook
    | Extend
    | Cancel
    | Confirm
    | Decline
    | Join
    | Ask
    | Propose
    | PassOver
    | Accept
    | Withdraw
    | Admit
    | ChangeStay
    | Agree
    | MoveStay
    | Discharge
    | Approve
    | RecordContacts
    | Elapsed
)


@dataclass(frozen=True, slots=True)
class Act:
    """One event with who did it and when. `at`: aware, on the wall clock of the place; its date is the civil day."""

    by: Actor
    at: datetime
    what: PlacementEvent
