"""What the event log says of earlier runs of this booth: a visit not concluded, and how the last ones ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lisa_core.booth import names
from lisa_core.model.ids import SiteId, VisitId
from lisa_core.model.outcome import Outcome
from lisa_core.store.journal import DAMAGED, Entry
from lisa_core.visit import events as e

TOLD_AGAIN = 50
"""So many ended visits are told to the exchange anew after a start; it knows which of them it has noted already."""


@dataclass(frozen=True, slots=True)
class Past:
    """`open` is wiped first and ends with `outcome`: as it was to end, if that was clear before the kill."""

    open: VisitId | None = None
    outcome: Outcome = Outcome.TECHNICAL
    ended: tuple[tuple[VisitId, Outcome], ...] = ()


def past(entries: Iterable[Entry], site: SiteId) -> Past:
    """Read the log from its beginning. One that lost entries may have lost a visit: it is wiped under a new name."""
    visit, outcome = "", Outcome.TECHNICAL
    ended: list[tuple[VisitId, Outcome]] = []
    for number, entry in enumerate(entries, start=1):
        if entry.name == names.VISIT_BEGUN and entry.subject != visit:
            visit, outcome = entry.subject, Outcome.TECHNICAL
        elif entry.name == DAMAGED and not visit:
            visit, outcome = f"{site}-verloren-{number}", Outcome.TECHNICAL
        elif entry.subject != visit:
            continue
        elif entry.name == names.NAMES[e.ApplicationReceived]:
            outcome = Outcome.APPLICATION
        elif entry.name == names.WIPE_BEGUN:
            outcome = Outcome(entry.detail)
        elif entry.name == names.VISIT_ENDED:
            ended.append((VisitId(visit), Outcome(entry.detail)))
            visit = ""
    return Past(VisitId(visit) if visit else None, outcome, tuple(ended[-TOLD_AGAIN:]))
