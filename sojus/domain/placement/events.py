"""What happens in SoJuS: each act says who, when and what, so that it can be done again and counted later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    CaseId,
    FieldId,
    GroupId,
    PlaceId,
    ProviderId,
    RequestId,
    ReservationId,
    SearchId,
)
from sojus.domain.placement.records import NamelessProfile, Need, Part
from sojus.domain.placement.stay_events import Admit as Admit
from sojus.domain.placement.stay_events import Agree as Agree
from sojus.domain.placement.stay_events import Approve as Approve
from sojus.domain.placement.stay_events import ChangeStay as ChangeStay
from sojus.domain.placement.stay_events import CorrectContacts as CorrectContacts
from sojus.domain.placement.stay_events import Discharge as Discharge
from sojus.domain.placement.stay_events import Entered as Entered
from sojus.domain.placement.stay_events import MoveStay as MoveStay
from sojus.domain.placement.stay_events import RecordContacts as RecordContacts
from sojus.domain.placement.stay_events import TakeBack as TakeBack
from sojus.domain.register.entries import Given
from sojus.domain.search.wish import Search


@dataclass(frozen=True, slots=True)
class TakeIn:
    """A provider gives in entries of its register, all or nothing."""

    batch: tuple[Given, ...]


# --- reservations -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reserve:
    """An office takes these places, all or none: one part for each young person. `reservation`: a name that nobody has
    used. `span` may begin some days ago, where somebody had to be taken in at once. `contingent`: as in `Need`.
    `profile`: for whom, one of its people for each part, None: nobody has said. `alike`: where one of these places is
    taken meanwhile, the first of those that is free and of its group is as good."""

    reservation: ReservationId
    case: CaseId
    parts: tuple[Part, ...]
    span: Span
    contingent: int | None = None
    profile: NamelessProfile | None = None
    alike: tuple[PlaceId, ...] = ()


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
    """The office joins the waiting list of a group; as soon as it is its turn it has a reservation of this name.

    `profile`: for whom; only what fits them is given to them. None: nobody has said, and everything does."""

    reservation: ReservationId
    case: CaseId
    group: GroupId
    need: Need
    profile: NamelessProfile | None = None


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
    """The office takes what this provider offered; the others are withdrawn. `contingent`: as in `Need`, None: as the
    request says."""

    request: RequestId
    provider: ProviderId
    reservation: ReservationId
    contingent: int | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The office no longer asks."""

    request: RequestId


# --- saved searches ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeepSearch:
    """The office is told of each place that comes to fit, and of those that nobody has confirmed in the term."""

    search: SearchId
    name: str
    area: FieldId
    wish: Search


@dataclass(frozen=True, slots=True)
class DropSearch:
    """It is told no longer."""

    search: SearchId


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
    | TakeBack
    | Approve
    | RecordContacts
    | CorrectContacts
    | KeepSearch
    | DropSearch
    | Elapsed
)


def about_of(event: PlacementEvent) -> str:
    """The reservation, request, stay or saved search that it names; "" where it names none."""
    names = (getattr(event, name, "") for name in ("reservation", "request", "stay", "search"))
    return next((str(name) for name in names if name), "")


@dataclass(frozen=True, slots=True)
class Act:
    """One event with who did it and when. `at`: aware, on the wall clock of the place; its date is the civil day."""

    by: Actor
    at: datetime
    what: PlacementEvent
