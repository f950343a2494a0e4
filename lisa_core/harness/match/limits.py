"""A step that blocks (it neither returns nor awaits) is broken into when its time is over."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.text.language import say

LATER_S, AGAIN_S = 3.0, 1.0
"""Seconds after the limit until the alarm (the loop's own limit tells more, and comes first), and its period."""


@contextlib.contextmanager
def blocking_for(limit_s: float, *, in_loop: bool) -> Iterator[None]:
    """Raises `HarnessError` in what runs here when it has not ended by then. 0: never; only in the main thread.

    An alarm of the operating system: nothing else reaches code that does not come back.
    """
    if not limit_s or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(_number: int, _frame: FrameType | None) -> None:
        what = "Der Schritt blockiert: Er hat nach {limit} s der echten Uhr nicht geendet."
        raise HarnessError(say(what, limit=f"{limit_s:g}"))

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, limit_s + (LATER_S if in_loop else 0.0), AGAIN_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
