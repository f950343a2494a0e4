"""By what factor programs were slowed: so much longer than they had a processor were they ready to have one.

What has to happen within a time does so within that factor more on a machine that has more to do than processors to
do it. The load average knows only of the last minute. The kernel counts for every thread, in nanoseconds, how long it
ran and how long it waited for that (`schedstat`).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

LOOK_S = 0.05
"""How often the counts are read: those of a thread go with it."""


@dataclass
class Slowed:
    """`factor` is 1.0 where nobody had to wait, and until it is over."""

    factor: float = 1.0


@contextmanager
def slowed(*pids: int) -> Iterator[Slowed]:
    """Meanwhile, the threads of these processes and of this one."""
    all_pids, found, over = (*pids, os.getpid()), Slowed(), threading.Event()
    began = _spent(all_pids)
    latest = dict(began)

    def look() -> None:
        while not over.wait(LOOK_S):
            latest.update(_spent(all_pids))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield found
    finally:
        over.set()
        looking.join()
        latest.update(_spent(all_pids))
        ran, waited = (
            sum(now[which] - began.get(thread, (0, 0))[which] for thread, now in latest.items()) for which in (0, 1)
        )
        found.factor = 1.0 + waited / max(ran, 1)


def _spent(pids: Sequence[int]) -> Mapping[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for pid in pids:
        with suppress(OSError):  # it has ended
            for thread in Path(f"/proc/{pid}/task").iterdir():
                with suppress(OSError, ValueError):
                    ran, waited, _ = (thread / "schedstat").read_text(encoding="ascii").split()
                    found[thread.name] = int(ran), int(waited)
    return found
