"""Time is two things: `now_us`, monotonic microseconds, and `civil`, an aware date-time for opening hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SECOND_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Instant:
    """When something happened. `now_us` orders and measures; `civil` is what the clock on the wall shows."""

    now_us: int
    civil: datetime


PATIENCE_S = 30.0
"""So long whoever tests waits for what happens by itself: much more than it takes. See `transports.patience`."""
