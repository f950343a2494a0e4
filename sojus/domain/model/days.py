"""Civil days and spans of them: half open, so that one ends on the day on which the next may begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `start` on, up to `end`, which no longer belongs to it; None: for as long as nobody ends it."""

    start: date
    end: date | None = None

    @property
    def stop(self) -> date:
        """The end as a day that can be compared: the first that no longer belongs to it."""
        return self.end or date.max

    @property
    def last_day(self) -> date:
        """The last that belongs to it, the day before its end; of one without an end the last that there is."""
        return date.max if self.end is None else date.fromordinal(max(self.end.toordinal() - 1, 1))

    @property
    def empty(self) -> bool:
        """Whether no day belongs to it: then it is none that anybody could mean."""
        return self.end is not None and self.end <= self.start

    def holds(self, day: date) -> bool:
        return self.start <= day < self.stop

    def overlaps(self, other: Span) -> bool:
        """Whether a day belongs to both."""
        return self.start < other.stop and other.start < self.stop


def german(day: date) -> str:
    """As people here write it: "01.12.2026"."""
    return f"{day:%d.%m.%Y}"


def german_moment(at: datetime) -> str:
    """ "03.12.2026, 13:00 Uhr", of the wall clock of the place. Where a day ends it is still that day: "24:00 Uhr"."""
    if at.time() == time():
        return f"{german(at.date() - timedelta(days=1))}, 24:00 Uhr"
    return f"{german(at.date())}, {at:%H:%M} Uhr"


def german_span(span: Span) -> str:
    """ "vom 01.12.2026 an", "vom 01.12.2026 bis zum 04.12.2026" with the last day that belongs to it."""
    if span.end is None:
        return f"vom {german(span.start)} an"
    return f"vom {german(span.start)} bis zum {german(span.last_day)}"
