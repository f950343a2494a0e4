"""What the event log alone knows of visits and applications: for when what lies beside it is damaged."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from lisa_core.domain.model.ids import SiteId, VisitId
from lisa_core.exchange.journal.names import CAME_IN, OWED_BY_POST, PAPERS_CAME_IN, READ, VISIT_ENDED
from lisa_core.store.inbox import NO_VISIT
from lisa_core.store.journal import Entry

AFTER_THE_TIME = len("20261123-100004-")
"""Where in a number the site begins."""
REMEMBERED = 100
"""Maximum number of ended visits, and of applications, that are remembered per site."""


@dataclass(slots=True)
class Remembered:
    """By number of an application: its visit, and whether the citizen has the copy (absent: not reported yet)."""

    ended: list[str] = field(default_factory=list)
    visits: dict[str, VisitId] = field(default_factory=dict)
    copies: dict[str, bool] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)

    def visit_of(self, number: str) -> VisitId:
        """In which visit of its own site it came; "" if nobody knows."""
        visit, site = self.visits.get(number, NO_VISIT), number[AFTER_THE_TIME:].rpartition("-")[0]
        return visit if visit.startswith(f"{site}-") else NO_VISIT

    @property
    def owed(self) -> list[str]:
        """The numbers of what goes by post and was read by nobody yet."""
        return [number for number, copy in self.copies.items() if not copy and number not in self.read]


def remembered(entries: Iterable[Entry]) -> Remembered:
    """From the whole log, in its order."""
    found, newest = Remembered(), dict[str, str]()
    for entry in entries:
        if entry.name in (CAME_IN, PAPERS_CAME_IN):
            found.visits[entry.detail] = VisitId(entry.subject)
            newest[entry.subject] = entry.detail
        elif entry.name == VISIT_ENDED:
            found.ended.append(entry.subject)
            if entry.subject and (number := newest.get(entry.subject)):
                found.copies.setdefault(number, True)
        elif entry.name == OWED_BY_POST:
            found.copies[entry.detail] = False
        elif entry.name == READ:
            found.read.add(entry.detail)
    return found


def per_site(names: Iterable[str], sites: Collection[SiteId], start: int = 0) -> dict[SiteId, list[str]]:
    """Names by the site that each has from `start` on, before a dash; of each site the newest."""
    found: dict[SiteId, list[str]] = {}
    for name in names:
        fitting = [site for site in sites if name.startswith(f"{site}-", start)]
        if fitting:
            found.setdefault(max(fitting, key=len), []).append(name)
    return {site: known[-REMEMBERED:] for site, known in found.items()}


def with_kept(logged: dict[SiteId, list[str]], kept: dict[SiteId, list[str]]) -> dict[SiteId, list[str]]:
    """What the log knows and what was kept, which may be newer than the end of a log that was cut short."""
    return {
        site: [*dict.fromkeys((*logged.get(site, ()), *kept.get(site, ())))][-REMEMBERED:]
        for site in (*logged, *(site for site in kept if site not in logged))
    }
