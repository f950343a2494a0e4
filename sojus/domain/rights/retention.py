"""When of whom a case was is forgotten: by a term, after the last thing that was done with it has ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sojus.domain.model.ids import CaseId
from sojus.domain.placement.decisions import Party
from sojus.domain.placement.over.ends import ends_of_cases
from sojus.domain.placement.records import Admission, Request, RequestStage, Reservation
from sojus.domain.placement.state import Placements


@dataclass(frozen=True, slots=True)
class Retention:
    """Terms for what is known of persons, in days; a Landkreis sets its own.

    `unused`: since the case was entered, where nothing was done with it. `ended`: since the last stay, reservation or
    request of it ended. `audit_years`: whole calendar years after the one in which somebody saw something.
    """

    unused: timedelta = timedelta(days=90)
    ended: timedelta = timedelta(days=180)
    audit_years: int = 1


class KnownCase(NamedTuple):
    """A case of which a name is known, and since when."""

    owner: Party
    case: CaseId
    created: date


def forgotten_on(state: Placements, known: Iterable[KnownCase], terms: Retention) -> dict[KnownCase, date | None]:
    """The day on which each is to be forgotten if nothing more happens; None: something of it is still open."""
    ends = ends_of_cases(state)
    return {one: _due(one, ends, terms) for one in known}


def still_open(state: Placements, owner: Party, case: CaseId) -> Iterator[Reservation | Request | Admission]:
    """What of this case of an office is not over: as long as there is any of it, nobody forgets of whom it is."""
    rows = state.rows_of(owner)
    kept = (state.reservations[name] for name in state.index.current.get((owner, case), ()))
    yield from (one for one in kept if one.stage.open)
    asked = (state.requests[name] for name in rows.requests)
    yield from (one for one in asked if one.case == case and one.stage is RequestStage.OPEN)
    stays = (state.stays[name] for name in rows.stays)
    yield from (one for one in stays if one.case == case and not one.ended)


def audit_begins(today: date, terms: Retention) -> date:
    """Who saw what before this day is forgotten."""
    return date(today.year - terms.audit_years, 1, 1)


def _due(known: KnownCase, ends: dict[tuple[Party, CaseId], date], terms: Retention) -> date | None:
    end = ends.get((known.owner, known.case))
    if end == date.max:
        return None
    return max(known.created + terms.unused, date.min if end is None else end + terms.ended)
