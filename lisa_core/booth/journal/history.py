"""What the event log says of earlier runs of this booth: a visit not concluded, and how the last ones ended.

`Past` reads entry by entry. The booth's program reads a whole log at its start (`history`); a simulated booth reads
each
entry as it is written, so that both take up their work from the same reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from lisa_core.booth.journal import names
from lisa_core.domain.model.ids import SiteId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.visit import events as e
from lisa_core.store.journal import DAMAGED, Entry
from lisa_core.wire.messages import VisitEnded

TOLD_AGAIN = 50
"""Maximum number of ended visits that are told to the exchange again after a start; it knows which it has noted."""

CLEAR: Mapping[str, Outcome] = {
    names.NAMES[e.HandedIn]: Outcome.UNCONFIRMED,
    names.NAMES[e.ApplicationReceived]: Outcome.APPLICATION,
    names.NAMES[e.NotHandedIn]: Outcome.TECHNICAL,
    names.PAPERS_NAMES[e.HandedIn]: Outcome.UNCONFIRMED,
    names.PAPERS_NAMES[e.ApplicationReceived]: Outcome.PAPERS,
    names.PAPERS_NAMES[e.NotHandedIn]: Outcome.TECHNICAL,
}
"""How a visit ends that was killed after this entry. What was on its way may be there: the exchange knows."""


class Past:
    """`open` is wiped first and ends with `outcome`: as it was to end, if that was clear before the kill."""

    __slots__ = ("_copied", "_ended", "_site", "_wiping", "open", "outcome")

    def __init__(self, site: SiteId) -> None:
        self.open: VisitId | None = None
        self.outcome = Outcome.TECHNICAL
        self._site = site
        self._wiping = False
        self._ended: dict[str, Outcome] = {}
        self._copied: set[str] = set()

    @property
    def copied(self) -> bool:
        """Whether the citizen of the open visit has the copy of the application."""
        return self.open in self._copied

    @property
    def ended(self) -> tuple[VisitEnded, ...]:
        """How the last visits ended, as messages to the exchange."""
        return tuple(VisitEnded(VisitId(one), how, one in self._copied) for one, how in self._ended.items())

    def read(self, number: int, name: str, subject: str, detail: str) -> None:
        """The next entry, under its number. Where the log lost entries, the visit in them is wiped by a new name."""
        if (reading := _READING.get(name)) is not None:
            reading(self, number, name, subject, detail)

    def _begin(self, number: int, name: str, subject: str, detail: str) -> None:
        if subject == self.open:
            return
        if self._wiping:  # an older version wrote the end of the visit before it under the id of this one
            self._end(self.open or "", self.outcome)
        self._take_up(subject)

    def _damaged(self, number: int, name: str, subject: str, detail: str) -> None:
        if self.open is None:
            self._take_up(f"{self._site}-verloren-{number}")

    def _take_up(self, visit: str) -> None:
        self.open, self.outcome, self._wiping = VisitId(visit), Outcome.TECHNICAL, False

    def _corrected(self, number: int, name: str, subject: str, detail: str) -> None:
        if subject in self._ended:
            self._ended[subject] = outcome_of(detail) or self._ended[subject]

    def _becomes_clear(self, number: int, name: str, subject: str, detail: str) -> None:
        if subject == self.open:
            self.outcome = CLEAR[name]

    def _copy_handed_out(self, number: int, name: str, subject: str, detail: str) -> None:
        if subject == self.open:
            self._copied.add(subject)

    def _wipes(self, number: int, name: str, subject: str, detail: str) -> None:
        if subject == self.open:
            self.outcome, self._wiping = outcome_of(detail) or Outcome.TECHNICAL, True

    def _concludes(self, number: int, name: str, subject: str, detail: str) -> None:
        if subject == self.open and self._wiping:  # every visit is wiped before it ends
            self._end(subject, outcome_of(detail))
            self.open = None

    def _end(self, visit: str, outcome: Outcome | None) -> None:
        self._wiping = False
        if outcome is not None:  # one of a newer version was told by that one
            self._ended[visit] = outcome
        while len(self._ended) > TOLD_AGAIN:
            gone = next(iter(self._ended))
            del self._ended[gone]
            self._copied.discard(gone)


_READING: Mapping[str, Callable[[Past, int, str, str, str], None]] = {
    DAMAGED: Past._damaged,
    names.VISIT_BEGUN: Past._begin,
    names.VISIT_CORRECTED: Past._corrected,
    names.COPY_HANDED_OUT: Past._copy_handed_out,
    names.WIPE_BEGUN: Past._wipes,
    names.VISIT_ENDED: Past._concludes,
    **dict.fromkeys(CLEAR, Past._becomes_clear),
}
REMEMBERED = frozenset(_READING)
"""The names of the entries that mean anything here."""


def past(entries: Iterable[Entry], site: SiteId) -> Past:
    """Read the log from its beginning."""
    found = Past(site)
    for number, entry in enumerate(entries, start=1):
        found.read(number, entry.name, entry.subject, entry.detail)
    return found


def outcome_of(detail: str) -> Outcome | None:
    """The outcome that an entry names; None for one that this version does not know."""
    return next((outcome for outcome in Outcome if outcome.value == detail), None)
