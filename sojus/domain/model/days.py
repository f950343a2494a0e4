"""Civil days and spans of them: half open, so that one ends on the day on which the next may begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `start` on, up to `end`, which no longer belongs to it; None: for as long as nobody ends it."""

    start: date
    end: date | None = None

    @property
    def last(self) -> date:
        """The end as a day that can be compared."""
        return self.end or date.max

    @property
    def empty(self) -> bool:
        """Whether no day belongs to it: then it is none that anybody could mean."""
        return self.end is not None and self.end <= self.start

    def holds(self, day: date) -> bool:
        return self.start <= day < self.last

    def overlaps(self, other: Span) -> bool:
        """Whether a day belongs to both."""
        return self.start < other.last and other.start < self.last


def german(day: date) -> str:
    """As people here write it: "01.12.2026"."""
    return f"{day:%d.%m.%Y}"


def german_span(span: Span) -> str:
    """ "vom 01.12.2026 an", "vom 01.12.2026 bis zum 04.12.2026" with the last day that belongs to it."""
    if span.end is None:
        return f"vom {german(span.start)} an"
    last = date.fromordinal(max(span.end.toordinal() - 1, 1))
    return f"vom {german(span.start)} bis zum {german(last)}"
