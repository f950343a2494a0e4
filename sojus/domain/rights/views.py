"""What somebody sees of a row: an office all of its own, a provider what it needs to take somebody in; others nothing.

A view is made of the row, of who asks and of nothing that a page says, so a page cannot show more than there is in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, GroupId, PlaceId, ProviderId, RequestId, ReservationId, StayId
from sojus.domain.placement.decisions import Party
from sojus.domain.placement.moves import is_house
from sojus.domain.placement.records import (
    Admission,
    Grant,
    NamelessProfile,
    Need,
    Part,
    Proposal,
    Request,
    RequestStage,
    Reservation,
    Stage,
)
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements
from sojus.domain.rights.knowing import is_expected_or_there


@dataclass(frozen=True, slots=True)
class ReservationSeen:
    """Of a `records.Reservation`. `office`: who asked. `case`: None where it is not to be known again. `profile`: to a
    provider as long as it has to decide, or somebody is to come or is there; None as well where nobody has said."""

    id: ReservationId
    office: Party
    case: CaseId | None
    need: Need
    stage: Stage
    ends_at: datetime
    group: GroupId | None
    parts: tuple[Part, ...]
    provider: ProviderId | None
    extended: int
    profile: NamelessProfile | None


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """Of a `records.Request`. A provider sees itself alone in `to`, `proposals` and `passed`, no case, and the profile
    (None) only as long as somebody is looked for."""

    id: RequestId
    office: Party
    case: CaseId | None
    profile: NamelessProfile | None
    need: Need
    to: tuple[ProviderId, ...]
    ends_at: datetime
    stage: RequestStage
    proposals: tuple[Proposal, ...]
    passed: tuple[ProviderId, ...]


@dataclass(frozen=True, slots=True)
class StaySeen:
    """Of a `records.Admission`. `case`: None where it is not to be known again. `contacts`: how many are recorded."""

    id: StayId
    office: Party
    case: CaseId | None
    provider: ProviderId
    place: PlaceId
    amount: int
    admitted_on: date
    span: Span
    wanted: Grant | None
    contingent: int | None
    contacts: int
    ended: bool
    overdue: date | None
    discharged_on: date | None
    taken_back: bool


def reservation_seen(state: Placements, actor: Actor, row: Reservation) -> ReservationSeen | None:
    """All of the own office; a provider what is reserved with it, but nobody who only waits. None: nothing."""
    whole = ReservationSeen(
        *(row.id, party(row.by), row.case, row.need, row.stage, row.ends_at, row.group, row.parts),
        *(row.provider, row.extended, row.profile),
    )
    if party(actor) == whole.office:
        return whole
    if not is_house(state, actor, row.provider):
        return None
    if is_expected_or_there(state, row):
        return whole
    return replace(whole, case=None, profile=row.profile if row.stage is Stage.HELD else None)


def request_seen(state: Placements, actor: Actor, row: Request) -> RequestSeen | None:
    """All of the own office; a provider what it was asked, and its own answer. None: nothing."""
    whole = RequestSeen(
        *(row.id, party(row.by), row.case, row.profile, row.need, row.to, row.ends_at),
        *(row.stage, row.proposals, row.passed),
    )
    if party(actor) == whole.office:
        return whole
    house = actor.provider
    if house not in row.to or not is_house(state, actor, house):
        return None
    return replace(
        whole,
        case=None,
        profile=row.profile if row.stage is RequestStage.OPEN else None,
        to=tuple(one for one in row.to if one == house),
        proposals=tuple(one for one in row.proposals if one.provider == house),
        passed=tuple(one for one in row.passed if one == house),
    )


def stay_seen(state: Placements, actor: Actor, row: Admission) -> StaySeen | None:
    """All of the own office, and all at a provider's own places; when it has ended, without the case there."""
    whole = StaySeen(
        *(row.id, party(row.by), row.case, row.provider, row.place, row.amount, row.admitted_on, row.span),
        *(row.wanted, row.contingent, row.used, row.ended, row.overdue, row.discharged_on, row.taken_back),
    )
    if party(actor) == whole.office:
        return whole
    if not is_house(state, actor, row.provider):
        return None
    return replace(whole, case=None) if row.ended else whole
