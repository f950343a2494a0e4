"""Time is two things: `now_us`, monotonic microseconds, and `civil`, an aware date-time for opening hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SECOND_US = 1_000_000
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
"""As people read them, Monday first; configurations name them by their first two letters."""
CLOCKS_DIFFER_S = 2.0
"""Beyond that, booth and exchange say that their clocks differ."""
PATIENCE_S = 30.0
"""Seconds that a test waits for what happens by itself: much more than it takes. See `host.patience`."""


@dataclass(frozen=True, slots=True)
class Instant:
    """When something happened. `now_us` orders and measures; `civil` is what the clock on the wall shows."""

    now_us: int
    civil: datetime


def moment_of(text: str) -> datetime | None:
    """A date-time with its offset from UTC, from ISO text that somebody else wrote; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo is not None and 1970 < found.year < 9000 else None
    except ValueError:
        return None


def local_time_of(text: str) -> datetime | None:
    """A local date-time without offset, as appointments have it, from ISO text; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo is None else None
    except ValueError:
        return None


def ahead_s(theirs: str, ours: datetime) -> float | None:
    """By how many seconds their clock is ahead of ours (aware); None if they have not said what it shows."""
    said = moment_of(theirs)
    return None if said is None else (said - ours).total_seconds()
