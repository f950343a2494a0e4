"""How a visit ended, as the exchange settles and writes it: the office's inbox knows better than the booth. Pure.

Used by `exchange.inbox` and by the exchange of a simulation.
"""

from __future__ import annotations

from lisa_core.domain.model.ids import VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.exchange.journal.names import CAME_IN, OWED_BY_POST, VISIT_ENDED, Entry


def settle(told: Outcome, received: bool) -> Outcome:
    """The outcome that counts. `received`: an office has an application of this visit."""
    if received:
        return Outcome.APPLICATION
    return Outcome.TECHNICAL if told is Outcome.UNCONFIRMED else told


def arrival(visit: VisitId, number: str) -> Entry:
    """An application is there."""
    return (CAME_IN, visit, number)


def ending(visit: VisitId, outcome: Outcome, owed: str) -> list[Entry]:
    """A visit is over; `owed`: number of the application whose copy the citizen did not get."""
    entries: list[Entry] = [(VISIT_ENDED, visit, outcome.value)]
    if owed:
        entries.append((OWED_BY_POST, visit, owed))
    return entries
