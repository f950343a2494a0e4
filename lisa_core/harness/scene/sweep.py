"""Between two scenarios on a wire: what the one before left goes, without looking through all that stays.

Pictures of a scenario lie in rings that only the collector finds. Once, when everything is imported, what there is is
set aside (`gc.freeze`), so that it is not looked through before each scenario. glibc is told to have few arenas for the
many threads that code pictures, and to take a page at 300 dpi from the system and give it back at once.
`python -m tests.bench features` says what a worker needs.
"""

from __future__ import annotations

import ctypes
import gc
from functools import cache

from lisa_core.host.allocator import on_glibc

BLOCK_BYTES = 16 * 1024 * 1024
ARENAS = 2
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
"""Numbers of glibc's `mallopt`."""


def sweep() -> None:
    """Let go of what the scenario before has left; the first time, set aside what all of them share."""
    _settle()
    gc.collect()


@cache
def _settle() -> None:
    if on_glibc():
        libc = ctypes.CDLL(None)
        libc.mallopt(_MMAP_THRESHOLD, BLOCK_BYTES)
        libc.mallopt(_ARENA_MAX, ARENAS)
    gc.collect()
    gc.freeze()
