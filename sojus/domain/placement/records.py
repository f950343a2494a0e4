"""What is kept of a reservation, a request without a name, and an admission. Frozen: each change is a new value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    NO_REASON,
    CaseId,
    DischargeId,
    FieldId,
    GroupId,
    KindId,
    PlaceId,
    ProviderId,
    RequestId,
    ReservationId,
    SearchId,
    StayId,
)
from sojus.domain.search.wish import Person, Search, TraitWish


class Part(NamedTuple):
    """What one young person has of one place: a bed, a seat, so many hours or contacts a week."""

    place: PlaceId
    amount: int = 1


def sums(parts: Iterable[Part]) -> dict[PlaceId, int]:
    """How much these take of each place, in the order in which the places come."""
    found: dict[PlaceId, int] = {}
    for place, amount in parts:
        found[place] = found.get(place, 0) + amount
    return found


@dataclass(frozen=True, slots=True)
class Need:
    """How many young people (siblings: more than one) need how much each (1 bed or seat; hours, contacts), and when.

    `contingent`: how many contacts the office approves for each of them, None: it has not said yet.
    """

    span: Span
    count: int = 1
    amount: int = 1
    contingent: int | None = None


class Stage(Enum):
    """How far a reservation has come."""

    WAITING = "wartet"
    HELD = "reserviert"
    """The place is kept; the provider has not answered yet."""
    CONFIRMED = "bestätigt"
    ADMITTED = "aufgenommen"
    DECLINED = "abgelehnt"
    CANCELLED = "abgesagt"
    EXPIRED = "verfallen"

    @property
    def keeps(self) -> bool:
        """Whether places are kept for it."""
        return self in (Stage.HELD, Stage.CONFIRMED)

    @property
    def open(self) -> bool:
        """Whether it can still end in some way."""
        return self is Stage.WAITING or self.keeps


@dataclass(frozen=True, slots=True)
class Reservation:
    """Places kept for an office until `ends_at`, or its turn on the waiting list of a group. Moments are UTC. Of one
    that was given up, `ends_at` is when that was.

    `parts`: one for each young person; places by name (`Reserve`) may be of several sizes, then `need.amount` is the
    most. `asked_at`, `answered_at`: when the provider was asked and answered, to be measured. `extended`: also by other
    days (`Rebook`).

    `group`: whose list it is or was on, None: it never waited. `turn`: the lower ones come first there; it goes back
    to it until `waits_until`, and is not given again what it was declined at, `declined_at`.

    `profile`: for whom, in words without a name, None: nobody has said.
    """

    id: ReservationId
    case: CaseId
    by: Actor
    need: Need
    stage: Stage
    ends_at: datetime
    group: GroupId | None = None
    parts: tuple[Part, ...] = ()
    provider: ProviderId | None = None
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    remind_at: datetime | None = None
    extended: int = 0
    turn: int = 0
    waits_until: datetime | None = None
    declined_at: tuple[PlaceId, ...] = ()
    ended_by: ReservationId | None = None
    """Somebody came by that one, and this waits no longer."""
    profile: NamelessProfile | None = None

    @property
    def stay_ids(self) -> tuple[StayId, ...]:
        """What the stays of those for whom it is are called once they came, in the order of `parts`."""
        return tuple(StayId(f"{self.id}/{number}") for number, _ in enumerate(self.parts, 1))

    @property
    def due_at(self) -> datetime | None:
        """When something of it happens by itself."""
        if not self.stage.open:
            return None
        return min(self.ends_at, self.remind_at) if self.remind_at else self.ends_at


@dataclass(frozen=True, slots=True)
class NamelessProfile:
    """For whom help is sought, as far as a provider has to know to answer; no name, no place, no day of birth.

    In the words of the field of work `area`, as a search is; one of `people` for each whom the need counts.
    """

    area: FieldId
    kind: KindId
    people: tuple[Person, ...]
    traits: tuple[TraitWish, ...] = ()
    remark: str = ""


class Proposal(NamedTuple):
    """What a provider answered to a request: these places. They are not kept for it."""

    provider: ProviderId
    parts: tuple[Part, ...]
    at: datetime


class RequestStage(Enum):
    """How far a request has come."""

    OPEN = "offen"
    PLACED = "vermittelt"
    WITHDRAWN = "zurückgezogen"
    EXPIRED = "verfallen"


@dataclass(frozen=True, slots=True)
class Request:
    """One profile without a name, asked of several providers at once. `passed`: who has said no. `ends_at`: as in
    `Reservation`."""

    id: RequestId
    case: CaseId
    by: Actor
    profile: NamelessProfile
    need: Need
    to: tuple[ProviderId, ...]
    asked_at: datetime
    ends_at: datetime
    stage: RequestStage = RequestStage.OPEN
    proposals: tuple[Proposal, ...] = ()
    passed: tuple[ProviderId, ...] = ()

    @property
    def due_at(self) -> datetime | None:
        return self.ends_at if self.stage is RequestStage.OPEN else None


class Grant(NamedTuple):
    """What an office approves for one young person: up to this day, which is free again (None: no end), and so much."""

    until: date | None
    amount: int

    def covers(self, other: Grant) -> bool:
        """Whether that is neither longer nor more."""
        return (other.until or date.max) <= (self.until or date.max) and other.amount <= self.amount


class Contacts(NamedTuple):
    """So many on this day."""

    day: date
    number: int


@dataclass(frozen=True, slots=True)
class Admission:
    """One young person is there, since `span.start` at this place; first came `admitted_on`.

    `granted`: what the office approved; `wanted`: what the provider asks for beyond that, and has not yet.
    `contingent`: how many contacts are approved, None: nobody has approved any. `ended`: discharged, the end is a fact;
    `reason`: why; `end_before`: what was planned then. `taken_back`: nobody came, it was entered by mistake.
    `entered_on`: when the provider entered the admission, or later the discharge.
    `overdue`: the end that was planned, and passed without a discharge; from then on `span` has none. `ends_at`: when
    the planned end comes (UTC). `moves`: how often they moved.
    """

    id: StayId
    reservation: ReservationId
    case: CaseId
    by: Actor
    provider: ProviderId
    place: PlaceId
    amount: int
    admitted_on: date
    span: Span
    granted: Grant
    wanted: Grant | None = None
    contingent: int | None = None
    contacts: tuple[Contacts, ...] = ()
    ended: bool = False
    discharged_on: date | None = None
    reason: DischargeId = NO_REASON
    end_before: date | None = None
    taken_back: bool = False
    entered_on: date | None = None
    overdue: date | None = None
    ends_at: datetime | None = None
    moves: int = 0

    @property
    def used(self) -> int:
        """How many contacts are recorded."""
        return sum(one.number for one in self.contacts)

    @property
    def ref(self) -> str:
        """What the days at this place are called in its ledger: whoever comes back is there a second time."""
        return f"{self.reservation}/{self.moves}/{self.id.removeprefix(f'{self.reservation}/')}"

    @property
    def due_at(self) -> datetime | None:
        """When its planned end comes and nobody is discharged yet."""
        return None if self.ended else self.ends_at


def stay_of(ref: str) -> StayId:
    """Whose days those of this name are, in a ledger."""
    reservation, _, first = ref.split("/", 2)
    return StayId(f"{reservation}/{first}")


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """A search that its office is told about, in the words of the field of work `area`."""

    id: SearchId
    by: Actor
    name: str
    area: FieldId
    wish: Search
