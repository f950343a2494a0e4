"""Opening hours: those of the host's house and of the office, without the Land's public holidays; what opens next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lisa_core.domain.model.directory import Office, Site, WeeklyHours

_LOOK_AHEAD_DAYS = 370
EARLY, LATE = timedelta(minutes=15), timedelta(minutes=15)
"""How long before and after its start an appointment opens a booth in its hours by appointment."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether the booth is open now and, if not, when it opens next (None: not within a year)."""

    open_now: bool
    next_opening: datetime | None = None


def opening(
    site: Site, civil: datetime, holidays: Collection[date], appointments: Collection[datetime] = ()
) -> Opening:
    """The state of a site at `civil` (aware, in the site's own time zone).

    In its hours by appointment it is open only around `appointments` (starts at this site, aware or local).
    """
    starts = sorted(start if start.tzinfo else start.replace(tzinfo=civil.tzinfo) for start in appointments)
    if _within(_intervals(site, site.hours, civil.date(), holidays), civil.time()):
        return Opening(True)
    expected = any(start - EARLY <= civil <= start + LATE for start in starts)
    if expected and _within(_intervals(site, site.appointment_hours, civil.date(), holidays), civil.time()):
        return Opening(True)
    coming = [start for start in starts if start > civil and house_open(site, start, holidays)]
    return Opening(False, min([*coming[:1], *_next_begin(site, civil, holidays)], default=None))


def house_open(site: Site, local: datetime, holidays: Collection[date]) -> bool:
    """Whether the house of this site is open then, be it for appointments only."""
    return any(
        _within(_intervals(site, hours, local.date(), holidays), local.time())
        for hours in (site.hours, site.appointment_hours)
    )


def office_open(office: Office, local: datetime, holidays: Collection[date]) -> bool:
    """Whether this office may be called then. One without hours of its own may be at any time."""
    day = local.date()
    if day < office.valid_from:
        return False
    return not office.hours or (day not in holidays and _within(office.hours.get(day.weekday(), ()), local.time()))


def next_office_opening(office: Office, local: datetime, holidays: Collection[date]) -> datetime | None:
    """When it opens after `local`; None: not within a year."""
    first = max(local.date(), office.valid_from)
    for days in range(_LOOK_AHEAD_DAYS):
        day = first + timedelta(days=days)
        begins = [begin for begin, _ in office.hours.get(day.weekday(), ())] if office.hours else [time(0)]
        for begin in sorted(begins):
            at = datetime.combine(day, begin, tzinfo=local.tzinfo)
            if at > local and (not office.hours or day not in holidays):
                return at
    return None


def shared_hours(first: WeeklyHours, second: WeeklyHours) -> WeeklyHours:
    """When both are open; hours that are empty leave the others as they are."""
    if not first or not second:
        return first or second
    shared = {
        day: tuple(
            (max(a[0], b[0]), min(a[1], b[1]))
            for a in sorted(first[day])
            for b in sorted(second[day])
            if max(a[0], b[0]) < min(a[1], b[1])
        )
        for day in sorted(first.keys() & second.keys())
    }
    return {day: intervals for day, intervals in shared.items() if intervals}


def _next_begin(site: Site, civil: datetime, holidays: Collection[date]) -> list[datetime]:
    """The next beginning of hours in which nobody needs an appointment; empty when there is none within a year."""
    for days in range(_LOOK_AHEAD_DAYS):
        day = civil.date() + timedelta(days=days)
        for begin, _ in _intervals(site, site.hours, day, holidays):
            at = datetime.combine(day, begin, tzinfo=civil.tzinfo)
            if at > civil:
                return [at]
    return []


def _within(intervals: Collection[tuple[time, time]], clock: time) -> bool:
    return any(begin <= clock < end for begin, end in intervals)


def _intervals(site: Site, hours: WeeklyHours, day: date, holidays: Collection[date]) -> tuple[tuple[time, time], ...]:
    if day < site.opened_on or day in holidays:
        return ()
    return tuple(sorted(hours.get(day.weekday(), ())))
