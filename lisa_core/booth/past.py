"""What the event log says of earlier runs of this booth: a visit not concluded, and how the last ones ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lisa_core.booth import names
from lisa_core.model.ids import SiteId, VisitId
from lisa_core.model.outcome import Outcome
from lisa_core.protocols.messages import VisitEnded
from lisa_core.store.journal import DAMAGED, Entry
from lisa_core.visit import events as e

TOLD_AGAIN = 50
"""So many ended visits are told to the exchange anew after a start; it knows which of them it has noted already."""

CLEAR: Mapping[str, Outcome] = {
    names.NAMES[e.HandedIn]: Outcome.UNCONFIRMED,
    names.NAMES[e.ApplicationReceived]: Outcome.APPLICATION,
    names.NAMES[e.NotHandedIn]: Outcome.TECHNICAL,
}
"""How a visit ends that was killed after this entry. What was on its way may be there: the exchange knows."""


@dataclass(frozen=True, slots=True)
class Past:
    """`open` is wiped first and ends with `outcome`: as it was to end, if that was clear before the kill.

    `copied`: she has her copy.
    """

    open: VisitId | None = None
    outcome: Outcome = Outcome.TECHNICAL
    ended: tuple[VisitEnded, ...] = ()
    copied: bool = False


def past(entries: Iterable[Entry], site: SiteId) -> Past:
    """Read the log from its beginning. One that lost entries may have lost a visit: it is wiped under a new name."""
    visit, outcome = "", Outcome.TECHNICAL
    ended: dict[str, Outcome] = {}
    copied: set[VisitId] = set()
    for number, entry in enumerate(entries, start=1):
        if entry.name == names.VISIT_BEGUN and entry.subject != visit:
            visit, outcome = entry.subject, Outcome.TECHNICAL
        elif entry.name == DAMAGED and not visit:
            visit, outcome = f"{site}-verloren-{number}", Outcome.TECHNICAL
        elif entry.name == names.VISIT_CORRECTED and entry.subject in ended:
            ended[entry.subject] = outcome_of(entry) or ended[entry.subject]
        elif entry.subject != visit:
            continue
        elif entry.name in CLEAR:
            outcome = CLEAR[entry.name]
        elif entry.name == names.COPY_HANDED_OUT:
            copied.add(VisitId(visit))
        elif entry.name == names.WIPE_BEGUN:
            outcome = outcome_of(entry) or Outcome.TECHNICAL
        elif entry.name == names.VISIT_ENDED:
            if known := outcome_of(entry):  # one of a newer version was told by that one
                ended[visit] = known
            visit = ""
    last = [VisitEnded(VisitId(one), how, one in copied) for one, how in [*ended.items()][-TOLD_AGAIN:]]
    return Past(VisitId(visit) if visit else None, outcome, tuple(last), VisitId(visit) in copied)


def outcome_of(entry: Entry) -> Outcome | None:
    """The outcome that an entry names; None for one that this version does not know."""
    return next((outcome for outcome in Outcome if outcome.value == entry.detail), None)
