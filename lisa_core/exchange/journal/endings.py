"""How a visit ended, as the exchange settles and writes it: the office's inbox knows better than the booth. Pure.

Used by `exchange.inbox` and by the exchange of a simulation.
"""

from __future__ import annotations

from lisa_core.domain.model.ids import VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.exchange.journal.names import CAME_IN, OWED_BY_POST, PAPERS_CAME_IN, VISIT_ENDED, Entry
from lisa_core.exchange.journal.numbers import is_of_papers_only, outcome_of


def settle(told: Outcome, number: str) -> Outcome:
    """The outcome that counts. `number`: of what an office has of this visit, or ""."""
    if number:
        return outcome_of(number)
    return Outcome.TECHNICAL if told is Outcome.UNCONFIRMED else told


def arrival(visit: VisitId, number: str) -> Entry:
    """An application is there, or papers without one."""
    return (PAPERS_CAME_IN if is_of_papers_only(number) else CAME_IN, visit, number)


def ending(visit: VisitId, outcome: Outcome, owed: str) -> list[Entry]:
    """A visit is over; `owed`: number of the application whose copy the citizen did not get."""
    entries: list[Entry] = [(VISIT_ENDED, visit, outcome.value)]
    if owed:
        entries.append((OWED_BY_POST, visit, owed))
    return entries
