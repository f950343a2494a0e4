"""A step that blocks (it neither returns nor awaits) is broken into when its time is over."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.text.language import say

LATER_S, AGAIN_S = 3.0, 1.0
"""Seconds after the limit until the alarm (the loop's own limit tells more, and comes first), and its period."""


class StepLimit:
    """Raises `HarnessError` in what runs between `begin` and `end` when that takes too long; in the main thread only.

    An alarm of the operating system: nothing else reaches code that does not come back. Its handler stays from step to
    step, since setting one costs more than many a step.
    """

    def __init__(self) -> None:
        self._limit_s = 0.0
        self._before: Callable[[int, FrameType | None], object] | int | None = None
        self._hears = False

    def install(self) -> None:
        """Take the signal over, where there is one."""
        main = threading.current_thread() is threading.main_thread()
        if main and hasattr(signal, "setitimer") and not self._hears:
            self._before, self._hears = signal.signal(signal.SIGALRM, self._late), True

    def uninstall(self) -> None:
        """Whoever had it before has it again."""
        if self._hears:
            signal.signal(signal.SIGALRM, self._before)
            self._hears = False

    def begin(self, limit_s: float, *, in_loop: bool) -> None:
        """From now on, for so many seconds of the real clock; 0: for ever."""
        if not limit_s or not self._hears:
            return
        if signal.getsignal(signal.SIGALRM) != self._late:  # a step before has taken it
            signal.signal(signal.SIGALRM, self._late)
        self._limit_s = limit_s
        signal.setitimer(signal.ITIMER_REAL, limit_s + (LATER_S if in_loop else 0.0), AGAIN_S)

    def end(self) -> None:
        if self._hears:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _late(self, _number: int, _frame: FrameType | None) -> None:
        what = "Der Schritt blockiert: Er hat nach {limit} s der echten Uhr nicht geendet."
        raise HarnessError(say(what, limit=f"{self._limit_s:g}"))
