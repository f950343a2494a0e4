"""What waits for whoever asks: somebody has asked them and has no answer, or a stay goes on past its end unsaid."""

from __future__ import annotations

from sojus.domain.model.actors import Actor
from sojus.domain.placement.moves import is_house, party
from sojus.domain.placement.records import RequestStage, Stage
from sojus.domain.placement.state import Placements
from sojus.domain.rights import views as seen


def reservation(state: Placements, by: Actor, row: seen.ReservationSeen) -> bool:
    """Places are kept, and their house has not said whether it takes in."""
    return row.stage is Stage.HELD and is_house(state, by, row.provider)


def request(by: Actor, row: seen.RequestSeen) -> bool:
    """Its office has an offer to decide on; a house, which sees its own answer only, has not answered."""
    if row.stage is not RequestStage.OPEN:
        return False
    if row.office == party(by):
        return bool(row.proposals)
    return not row.proposals and not row.passed


def stay(by: Actor, row: seen.StaySeen) -> bool:
    """Its office is asked to agree to more; its house has entered no discharge by the planned end."""
    if row.ended:
        return False
    return row.wanted is not None if row.office == party(by) else row.overdue is not None


def count(state: Placements, by: Actor) -> int:
    """How many of all; made of the same views as the rows, and of those only that can be awaited at all."""
    own = state.rows_of(party(by))
    kept = (row for name in own.reservations if (row := state.reservations[name]).stage is Stage.HELD)
    asked = (ask for name in own.requests if (ask := state.requests[name]).stage is RequestStage.OPEN)
    there = (lives for name in own.stays if not (lives := state.stays[name]).ended)
    held = (seen.reservation_seen(state, by, row) for row in kept)
    requests = (seen.request_seen(state, by, row) for row in asked)
    stays = (seen.stay_seen(state, by, row) for row in there)
    return (
        sum(one is not None and reservation(state, by, one) for one in held)
        + sum(one is not None and request(by, one) for one in requests)
        + sum(one is not None and stay(by, one) for one in stays)
    )
