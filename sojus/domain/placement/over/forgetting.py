"""What is over leaves the state, on a new day: it stands in the log for good, and no rule asks for it any more.

What ended stays for as long as a mistake in it can be taken back (`over_days`); the last thing of a case for as long as
of whom that is may be known (`ended_days`), so whoever may ask, correct or delete a name finds it there. All replicas
let go of the same on the same day, for it is an act that begins one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sojus.domain.model.ids import CaseId, ReservationId
from sojus.domain.placement.decisions import Party
from sojus.domain.placement.over.ends import ended_on, ends_of_cases
from sojus.domain.placement.records import Admission, Request, Reservation
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements
from sojus.domain.register.ledger import Taken, Use


class Limits(NamedTuple):
    """What ended on this day or before it leaves; `last_of_case`: also if nothing of its case ended later."""

    over: date
    last_of_case: date
    ends: dict[tuple[Party, CaseId], date]


def forget(state: Placements) -> None:
    """As of `today`, which has just begun."""
    limits = Limits(state.today - state.terms.over, state.today - state.terms.over_last, ends_of_cases(state))
    stays = defaultdict[ReservationId, list[Admission]](list)
    for stay in state.stays.values():
        stays[stay.reservation].append(stay)
    gone = [row for row in state.reservations.values() if _leaves(state, row, stays.get(row.id, ()), limits)]
    for row in gone:
        state.drop(row, stays.get(row.id, ()))
    for request in [one for one in state.requests.values() if _is_over(state, one, limits)]:
        state.drop_request(request)
    _forget_days(state, {row.id for row in gone}, limits.over)
    state.drop_alarms()


def _leaves(state: Placements, row: Reservation, stays: Collection[Admission], limits: Limits) -> bool:
    """With its stays, or none of them. Who waits no longer because somebody came waits again if that is taken back."""
    if row.ended_by is not None and row.waits_until is not None and row.waits_until > state.now:
        return False
    return _is_over(state, row, limits) and all(_is_over(state, one, limits) for one in stays)


def _is_over(state: Placements, row: Reservation | Request | Admission, limits: Limits) -> bool:
    end = ended_on(state, row)
    entered = row.entered_on if isinstance(row, Admission) and row.entered_on is not None else end
    is_last = end >= limits.ends[party(row.by), row.case]
    return max(end, entered) <= (limits.last_of_case if is_last else limits.over)


def _forget_days(state: Placements, gone: Collection[ReservationId], last: date) -> None:
    """Of those who left, and of what a provider gave in that has passed; no search looks at it any more."""
    for book in tuple(state.register.books.values()):
        taken = tuple(one for one in book.taken if not _has_passed(one, gone, last))
        closed = tuple(one for one in book.closed if one.span.stop > last)
        if (len(taken), len(closed)) != (len(book.taken), len(book.closed)):
            state.register.enter(replace(book, taken=taken, closed=closed))
    state.register.drop_removed()


def _has_passed(one: Taken, gone: Collection[ReservationId], last: date) -> bool:
    match one.use:
        case Use.ADMITTED:
            return ReservationId(one.ref.split("/", 1)[0]) in gone
        case Use.REPORTED:
            return one.span.stop <= last
        case Use.RESERVED:
            return False
