"""Signals that wait: around what must not be broken into, and is too short for anybody to wait for."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Collection, Iterator


@contextlib.contextmanager
def held(numbers: Collection[signal.Signals]) -> Iterator[None]:
    """What comes while the body runs is heard after it; a process that begins in it begins with these blocked.

    Blocking alone is not enough: a library's thread that does not block them gets them then, and Python runs the
    handler in the main thread all the same, in the middle of the body. For the main thread, as `signal.signal` is.
    """
    came: list[int] = []
    before = {number: handler for number in numbers if (handler := signal.getsignal(number)) is not None}
    mask: Collection[int] = ()
    try:
        for number in before:
            signal.signal(number, lambda number, frame: came.append(number))
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for one in came:
            signal.raise_signal(one)
