"""The two times of a running program, read from the event loop so that a virtual loop gives virtual time."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, tzinfo

from lisa_core.domain.model.time import Instant


def now_us() -> int:
    """Monotonic microseconds of the running loop."""
    return round(asyncio.get_running_loop().time() * 1_000_000)


def shown_time(at: str, zone: tzinfo | None = None) -> str:
    """An ISO time with its offset as lists show it, to the second: all in one zone (None: of this machine)."""
    return datetime.fromisoformat(at).astimezone(zone).isoformat(" ", "seconds")


LOOK_S = 0.1
"""How often a timer looks whether a held clock runs again."""


class Clock:
    """`now_us` is the loop's monotonic time, without the time in which the clock was held. `civil` is what the
    computer's clock shows in a time zone whenever it is asked, so that it is right when summer time changes and when
    somebody sets it; or it is played: it starts anywhere, runs along with `now_us`, and a scenario may set it.
    """

    def __init__(self, civil: datetime | tzinfo) -> None:
        """A time to play from, or the zone of the place. Raises `ValueError` for a time without a zone."""
        self._zone: tzinfo | None = None
        self._stood_us = 0
        self._held_at_us: int | None = None
        if isinstance(civil, datetime):
            self.set_civil(civil)
        else:
            self._zone = civil

    def now_us(self) -> int:
        """Monotonic microseconds of the running loop; they stand still while the clock is held."""
        return (now_us() if self._held_at_us is None else self._held_at_us) - self._stood_us

    @property
    def is_held(self) -> bool:
        """Whether it stands."""
        return self._held_at_us is not None

    def hold(self) -> None:
        """Let it stand: no deadline passes. Connections, media and heartbeats have the loop's time, and go on."""
        if self._held_at_us is None:
            self._held_at_us = now_us()

    def go_on(self) -> None:
        """Let it run again, from where it stands."""
        if self._held_at_us is not None:
            self._stood_us += now_us() - self._held_at_us
            self._held_at_us = None

    def late_s(self, due_us: int) -> float | None:
        """For a timer that rings: in how many seconds to look again, as the clock was held; None: it is due."""
        if self._held_at_us is not None:
            return LOOK_S
        left_s = (due_us - self.now_us()) / 1_000_000
        return left_s if self._stood_us and left_s > 0 else None

    @contextlib.asynccontextmanager
    async def timeout(self, seconds: float | None) -> AsyncIterator[None]:
        """As `asyncio.timeout`; the time in which the clock is held does not count."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(None) as limit:
            if seconds is None:
                yield
                return
            due_us = self.now_us() + round(seconds * 1_000_000)
            timer: asyncio.TimerHandle

            def ring() -> None:
                nonlocal timer
                if (late_s := self.late_s(due_us)) is not None:
                    timer = loop.call_later(late_s, ring)
                else:
                    limit.reschedule(loop.time())

            timer = loop.call_later(seconds, ring)
            try:
                yield
            finally:
                timer.cancel()

    def set_civil(self, civil: datetime) -> None:
        """Play from here what the wall clock shows; `now_us` does not move. `civil` must be aware."""
        if civil.tzinfo is None:
            raise ValueError("civil time needs a time zone")
        self._zone, self._place = None, civil.tzinfo
        self._utc = civil.astimezone(UTC)  # hours are counted where every hour comes once
        self._set_at_us: int | None = None

    def instant(self) -> Instant:
        """Both times at once."""
        at_us = self.now_us()
        if self._zone is not None:
            return Instant(at_us, datetime.now(self._zone))
        if self._set_at_us is None:
            self._set_at_us = at_us
        utc = self._utc + timedelta(microseconds=at_us - self._set_at_us)
        return Instant(at_us, utc.astimezone(self._place))
