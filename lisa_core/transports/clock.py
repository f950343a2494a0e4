"""The two times of a running program, read from the event loop so that a virtual loop gives virtual time."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from lisa_core.model.time import Instant


class Clock:
    """`now_us` is the loop's monotonic time; `civil` starts anywhere and runs along, and a scenario may set it."""

    def __init__(self, civil: datetime) -> None:
        self.set_civil(civil)

    def now_us(self) -> int:
        """Monotonic microseconds of the running loop."""
        return round(asyncio.get_running_loop().time() * 1_000_000)

    def set_civil(self, civil: datetime) -> None:
        """Set what the wall clock shows; `now_us` does not move. `civil` must be aware."""
        if civil.tzinfo is None:
            raise ValueError("civil time needs a time zone")
        self._civil = civil
        self._set_at_us: int | None = None

    def instant(self) -> Instant:
        """Both times at once."""
        now_us = self.now_us()
        if self._set_at_us is None:
            self._set_at_us = now_us
        return Instant(now_us, self._civil + timedelta(microseconds=now_us - self._set_at_us))
