"""On which day what was done for a case has ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from sojus.domain.model.ids import CaseId
from sojus.domain.placement.decisions import Party
from sojus.domain.placement.records import Admission, Request, RequestStage, Reservation, Stage
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements


def ends_of_cases(state: Placements) -> dict[tuple[Party, CaseId], date]:
    """The last day of each case; `date.max` while something of it is open."""
    ends: dict[tuple[Party, CaseId], date] = {}
    for row in _rows(state):
        case, end = (party(row.by), row.case), ended_on(state, row)
        ends[case] = max(ends.get(case, end), end)
    return ends


def ended_on(state: Placements, row: Reservation | Request | Admission) -> date:
    """`date.max` while it is open; of a reservation by which somebody came its stays say it: `date.min`."""
    match row:
        case Admission():
            return row.span.stop if row.ended else date.max
        case Reservation(stage=Stage.ADMITTED):
            return date.min
        case Reservation():
            is_open = row.stage.open
        case Request():
            is_open = row.stage is RequestStage.OPEN
    return date.max if is_open else state.day_of(row.ends_at)


def _rows(state: Placements) -> Iterator[Reservation | Request | Admission]:
    return chain(state.reservations.values(), state.requests.values(), state.stays.values())
