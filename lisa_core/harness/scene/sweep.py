"""Between two scenarios on a wire: what the one before left goes, without looking through all that stays.

Pictures of a scenario lie in rings that only the collector finds. What there is when something was imported since the
last time is set aside (`gc.freeze`), so that it is not looked through before each scenario: before the first one that
is what all share, before the second also what a booth on wire has loaded. glibc is told to have few arenas for the
many threads that code pictures, and to take a page at 300 dpi from the system and give it back at once.
`python -m tests.bench features` says what a worker needs.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from functools import cache

from lisa_core.host.allocator import on_glibc

BLOCK_BYTES = 16 * 1024 * 1024
ARENAS = 2
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
"""Numbers of glibc's `mallopt`."""


def sweep() -> None:
    """Let go of what the scenario before has left, and set aside what was imported for it and stays."""
    _use_few_arenas()
    gc.collect()
    _set_aside(len(sys.modules))


@cache
def _set_aside(modules: int) -> None:  # once for each number of them
    gc.freeze()


@cache
def _use_few_arenas() -> None:
    if on_glibc():
        libc = ctypes.CDLL(None)
        libc.mallopt(_MMAP_THRESHOLD, BLOCK_BYTES)
        libc.mallopt(_ARENA_MAX, ARENAS)
