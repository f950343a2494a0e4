"""Days of operation and opening hours on the simulation's own clock: microseconds since midnight of its first day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lisa_core.domain.model.directory import Directory, Site
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import SiteId
from lisa_core.domain.routing.calendar import Opening, opening

SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
DAY_US = 24 * 60 * MINUTE_US
_NO_HOLIDAYS: Collection[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are simulated. A day here has 24 hours, also the two of the year that have not."""

    first: date
    zone: ZoneInfo
    days: tuple[int, ...]
    """Days of operation, counted from the first."""

    def civil(self, now_us: int) -> datetime:
        """What the clock on the wall shows."""
        return datetime.combine(self.first, time(), self.zone) + timedelta(microseconds=now_us)

    def spans(self, site: Site, day: int, holidays: Collection[date]) -> tuple[tuple[int, int], ...]:
        """From when to when somebody may come to a site on a day, in microseconds of the simulation."""
        at = self.first + timedelta(days=day)
        if at < site.opened_on or at in holidays:
            return ()
        weekday = at.weekday()
        hours = sorted(site.hours.get(weekday) or site.appointment_hours.get(weekday, ()))
        return tuple((day * DAY_US + _of_day(begin), day * DAY_US + _of_day(end)) for begin, end in hours)


def _of_day(clock: time) -> int:
    return (clock.hour * 60 + clock.minute) * MINUTE_US


def choose_days(directory: Directory, zone: ZoneInfo, count: int) -> Calendar:
    """The first `count` days of operation from the Monday on which all sites are open and all services offered."""
    if not 1 <= count <= 366:
        raise LisaError(f"{count} Tage lassen sich nicht simulieren: bitte 1 bis 366 angeben.")
    begun = (service.valid_from for service in directory.services.values())
    newest = max((*(site.opened_on for site in directory.sites.values()), *begun))
    first = newest + timedelta(days=-newest.weekday() % 7)
    calendar = Calendar(first, zone, ())
    days: list[int] = []
    for day in range(366 * 8):
        if len(days) == count:
            break
        if any(calendar.spans(site, day, holidays_of(directory, site)) for site in _schedules(directory).values()):
            days.append(day)
    return Calendar(first, zone, tuple(days))


def holidays_of(directory: Directory, site: Site) -> Collection[date]:
    return directory.holidays.get(site.land, _NO_HOLIDAYS)


def _schedules(directory: Directory) -> Mapping[tuple[int, int], Site]:
    """One site per schedule: copies share their hours."""
    return {(id(site.hours), id(site.appointment_hours)): site for site in directory.sites.values()}


class Hours:
    """Whether a site is open, looked up once a minute for all sites that share a schedule."""

    __slots__ = ("_calendar", "_directory", "_minute", "_opening", "_site")

    def __init__(self, calendar: Calendar, directory: Directory, site: Site) -> None:
        self._calendar, self._directory, self._site = calendar, directory, site
        self._minute, self._opening = -1, Opening(False)

    def expecting(self, now_us: int, starts: Collection[datetime]) -> Opening:
        """The same for one site at which somebody is expected."""
        return opening(self._site, self._calendar.civil(now_us), holidays_of(self._directory, self._site), starts)

    def at(self, now_us: int) -> Opening:
        minute = now_us // MINUTE_US
        if minute != self._minute:
            civil = self._calendar.civil(now_us)
            self._minute = minute
            self._opening = opening(self._site, civil, holidays_of(self._directory, self._site))
        return self._opening


def hours_of(calendar: Calendar, directory: Directory) -> dict[SiteId, Hours]:
    """One `Hours` per site, shared by those with one schedule."""
    shared: dict[tuple[int, int, date, str], Hours] = {}
    found: dict[SiteId, Hours] = {}
    for site in directory.sites.values():
        key = (id(site.hours), id(site.appointment_hours), site.opened_on, site.land)
        if key not in shared:
            shared[key] = Hours(calendar, directory, site)
        found[site.id] = shared[key]
    return found
