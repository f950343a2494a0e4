"""The one timer of the booth: it rings when the deadline of the visit's state passes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from lisa_core.domain.visit import events as e
from lisa_core.host.clock import Clock


class Deadline:
    """`passed` hears of it once, and never while `clock` is held; setting another time, or None, forgets the former."""

    def __init__(self, passed: Callable[[e.DeadlinePassed], None], clock: Clock) -> None:
        self._passed, self._clock = passed, clock
        self._set: tuple[int, asyncio.TimerHandle] | None = None

    def set(self, due_us: int | None, now_us: int) -> None:
        """Ring at `due_us`; a deadline that has passed already rings at once."""
        if self._set is not None and self._set[0] == due_us:
            return
        self.cancel()
        if due_us is not None:
            self._wait(due_us, max(0, due_us - now_us) / 1_000_000)

    def _wait(self, due_us: int, wait_s: float) -> None:
        self._set = (due_us, asyncio.get_running_loop().call_later(wait_s, self._ring, due_us))

    def _ring(self, due_us: int) -> None:
        if (late_s := self._clock.late_s(due_us)) is not None:
            self._wait(due_us, late_s)
            return
        self._passed(e.DeadlinePassed(due_us))

    def cancel(self) -> None:
        """Nothing rings any more."""
        if self._set is not None:
            self._set[1].cancel()
        self._set = None
