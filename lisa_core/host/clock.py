"""The two times of a running program, read from the event loop so that a virtual loop gives virtual time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, tzinfo

from lisa_core.domain.model.time import Instant


def now_us() -> int:
    """Monotonic microseconds of the running loop."""
    return round(asyncio.get_running_loop().time() * 1_000_000)


class Clock:
    """`now_us` is the loop's monotonic time. `civil` is what the computer's clock shows in a time zone whenever it is
    asked, so that it is right when summer time changes and when somebody sets it; or it is played: it starts anywhere,
    runs along with `now_us`, and a scenario may set it.
    """

    def __init__(self, civil: datetime | tzinfo) -> None:
        """A time to play from, or the zone of the place. Raises `ValueError` for a time without a zone."""
        self._zone: tzinfo | None = None
        if isinstance(civil, datetime):
            self.set_civil(civil)
        else:
            self._zone = civil

    def now_us(self) -> int:
        """Monotonic microseconds of the running loop."""
        return now_us()

    def set_civil(self, civil: datetime) -> None:
        """Play from here what the wall clock shows; `now_us` does not move. `civil` must be aware."""
        if civil.tzinfo is None:
            raise ValueError("civil time needs a time zone")
        self._zone, self._place = None, civil.tzinfo
        self._utc = civil.astimezone(UTC)  # hours are counted where every hour comes once
        self._set_at_us: int | None = None

    def instant(self) -> Instant:
        """Both times at once."""
        at_us = now_us()
        if self._zone is not None:
            return Instant(at_us, datetime.now(self._zone))
        if self._set_at_us is None:
            self._set_at_us = at_us
        utc = self._utc + timedelta(microseconds=at_us - self._set_at_us)
        return Instant(at_us, utc.astimezone(self._place))
