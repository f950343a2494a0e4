"""How long this program has waited for a processor: what came late meanwhile may be late through that alone.

Emulated devices, booth and desks of a run share one process, so on a machine with more to do than processors to do it
each of them is late. The kernel counts that for every thread (`schedstat`, second number, nanoseconds). What is
measured goes through several of them, one after the other (a picture is shown, encoded, sent, decoded, looked at), so
their waits add up; where they waited side by side that is too much, which makes a failure undecided and never a pass.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from pathlib import Path

from lisa_core.harness.loop.virtual_loop import VirtualLoop

MOST = 0.9
"""Maximum share of a measured time that counts as waiting."""
_THREADS = Path("/proc/self/task")

Waited = Mapping[str, float]
"""Thread -> seconds since it began."""


def waited() -> Waited:
    """What each thread of this program has waited for a processor; nothing in virtual time, nor where nobody counts."""
    found: dict[str, float] = {}
    if isinstance(asyncio.get_running_loop(), VirtualLoop):
        return found
    with contextlib.suppress(OSError):
        for thread in _THREADS.iterdir():
            with contextlib.suppress(OSError, ValueError, IndexError):  # it has just ended
                found[thread.name] = int((thread / "schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    return found


def held_up_s(before: Waited, now: Waited, within_s: float) -> float:
    """How many seconds of a measured time `within_s` waiting for a processor can explain."""
    all_s = sum(max(0.0, s - before.get(thread, 0.0)) for thread, s in now.items())
    return min(all_s, MOST * within_s)
