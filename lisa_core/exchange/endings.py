"""How a visit ended, as the exchange settles and writes it: the office's inbox knows better than the booth. Pure.

Used by `exchange.intake`, `exchange.executor` and the exchange of a simulation.
"""

from __future__ import annotations

from lisa_core.exchange.names import Entry
from lisa_core.model.ids import VisitId
from lisa_core.model.outcome import Outcome


def settle(told: Outcome, received: bool) -> Outcome:
    """The outcome that counts. `received`: an office has an application of this visit."""
    if received:
        return Outcome.APPLICATION
    return Outcome.TECHNICAL if told is Outcome.UNCONFIRMED else told


def arrival(visit: VisitId, number: str) -> Entry:
    """An application is there."""
    return ("antrag.eingegangen", visit, number)


def ending(visit: VisitId, outcome: Outcome, owed: str) -> list[Entry]:
    """A visit is over; `owed`: number of the application whose copy the citizen did not get."""
    entries: list[Entry] = [("besuch.beendet", visit, outcome.value)]
    if owed:
        entries.append(("beleg.nicht_ausgehaendigt", visit, owed))
    return entries
