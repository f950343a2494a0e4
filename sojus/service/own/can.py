"""What whoever asks can do now with a reservation, a request or a stay: as the machine would allow it."""

from __future__ import annotations

from collections.abc import Iterator

from sojus.domain.model.actors import Actor
from sojus.domain.model.units import Unit
from sojus.domain.placement.moves import is_house, party
from sojus.domain.placement.records import RequestStage, Stage
from sojus.domain.placement.state import Placements
from sojus.domain.placement.stay.take_backs import last_day_to_take_back
from sojus.domain.rights.views import RequestSeen, ReservationSeen, StaySeen
from sojus.service.mine import Can


def with_reservation(state: Placements, by: Actor, row: ReservationSeen) -> Iterator[Can]:
    if row.office == party(by):
        if row.stage.keeps and row.extended < state.terms.extensions:
            yield from (Can.EXTEND, Can.REBOOK)
        if row.stage.open:
            yield Can.CANCEL
    if is_house(state, by, row.provider) and row.stage.keeps:
        if row.stage is Stage.HELD:
            yield Can.CONFIRM
        yield Can.DECLINE
        yield Can.ADMIT


def with_request(state: Placements, by: Actor, row: RequestSeen) -> Iterator[Can]:
    if row.stage is not RequestStage.OPEN:
        return
    if row.office == party(by):
        if row.proposals:
            yield Can.ACCEPT
        yield Can.WITHDRAW
    if by.provider in row.to and is_house(state, by, by.provider):
        yield Can.PROPOSE
        if by.provider not in row.passed:
            yield Can.PASS


def with_stay(state: Placements, by: Actor, row: StaySeen) -> Iterator[Can]:
    is_bed = state.register.kind(state.register.groups[state.register.books[row.place].place.group]).unit is Unit.BED
    if row.office == party(by) and not row.ended:
        if row.wanted is not None:
            yield Can.AGREE
        if not is_bed:
            yield Can.APPROVE
    kept = state.stays[row.id]
    if is_house(state, by, row.provider) and not kept.taken_back:
        if not row.ended:
            yield from (Can.CHANGE, Can.MOVE, Can.DISCHARGE)
        if not is_bed:
            yield Can.CONTACTS
        if kept.contacts:
            yield Can.CORRECT
        in_time = state.today <= last_day_to_take_back(state, kept)
        if in_time and (kept.discharged_on is not None or not (kept.moves or kept.contacts)):
            yield Can.TAKE_BACK
