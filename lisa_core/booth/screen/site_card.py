"""What stands on the free booth's screen as on its door: the place, when it is open, and what for. Pure."""

from __future__ import annotations

from datetime import date, time

from lisa_core.booth.screen import texts
from lisa_core.domain.model.directory import Directory, Site, WeeklyHours
from lisa_core.domain.model.screen import SiteCard

_DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


def site_card(site: Site, directory: Directory, today: date) -> SiteCard:
    """`today`: services that begin later are not named yet."""
    offered = [one.name for one in directory.services.values() if one.valid_from <= today]
    lines = (*_lines(site.hours, "{}"), *_lines(site.appointment_hours, texts.BY_APPOINTMENT))
    hours = tuple(line for _, line in sorted(lines))
    return SiteCard(site.name, directory.name, hours, tuple(dict.fromkeys(offered)))


def _lines(hours: WeeklyHours, said: str) -> tuple[tuple[int, str], ...]:
    """One line for all days with the same hours, "Mo bis Mi, Fr 8:30–16 Uhr", and the first of these days."""
    same: dict[tuple[tuple[time, time], ...], list[int]] = {}
    for day in sorted(hours):
        if hours[day]:
            same.setdefault(hours[day], []).append(day)
    return tuple((days[0], said.format(f"{_days(days)} {_spans(spans)} Uhr")) for spans, days in same.items())


def _spans(spans: tuple[tuple[time, time], ...]) -> str:
    return " und ".join(f"{_clock(begin)}–{_clock(end)}" for begin, end in spans)


def _days(days: list[int]) -> str:
    """Three or more in a row as "Mo bis Mi"."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    told = [
        f"{_DAYS[run[0]]} bis {_DAYS[run[-1]]}" if len(run) > 2 else ", ".join(_DAYS[day] for day in run)
        for run in runs
    ]
    return ", ".join(told)


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}" if at.minute else f"{at.hour}"
