"""A program looked at from outside, each second: memory, descriptors, what it has computed, what it has waited for.

How much memory grows says `Growth`: the slope of the medians of short stretches of time, by Theil and Sen, with the
95 % interval of Kendall's test. One step, as glibc takes them, is no slope; stretches hardly know of each other.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import statistics
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.load.rhythm import later
from tests.system.programs import opened

STRETCHES = 24
Z_95 = 1.96


@dataclass(frozen=True)
class Spent:
    """Seconds for which a main thread had a processor, and for which it was ready and had none."""

    ran_s: float
    waited_s: float

    @property
    def held_up(self) -> float:
        """The share without one."""
        return self.waited_s / (self.ran_s + self.waited_s)

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.ran_s + other.ran_s, self.waited_s + other.waited_s)

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.ran_s - other.ran_s, self.waited_s - other.waited_s)


@dataclass
class Course:
    """What a process held and did, by the second."""

    pid: int
    every_s: float = 1.0
    memory_kb: list[int] = field(default_factory=list)
    descriptors: list[int] = field(default_factory=list)

    def note(self) -> None:
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii", errors="replace")
        self.memory_kb.append(next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")))
        self.descriptors.append(sum(1 for _ in opened(self.pid)))

    def spent(self) -> Spent:
        """Since it began."""
        ran, waited, _ = Path(f"/proc/{self.pid}/schedstat").read_text(encoding="ascii").split()
        return Spent(int(ran) / 1e9, int(waited) / 1e9)

    @contextlib.asynccontextmanager
    async def noted(self) -> AsyncIterator[None]:
        """Meanwhile."""

        async def again() -> None:
            while True:
                self.note()
                await later(self.every_s)

        task = asyncio.create_task(again())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@dataclass(frozen=True)
class Growth:
    """Of a row of figures, for each step of it."""

    least: float
    middle: float
    most: float


def growth(values: Sequence[float]) -> Growth:
    """How much they grow with each step, from `least` to `most` with 95 % confidence."""
    size = max(1, len(values) // STRETCHES)
    pieces = [values[start : start + size] for start in range(0, len(values) - size + 1, size)]
    points = [statistics.median(piece) for piece in pieces]
    n = len(points)
    slopes = sorted((points[b] - points[a]) / (b - a) / size for a in range(n) for b in range(a + 1, n))
    spread = Z_95 * math.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    low, high = int((len(slopes) - spread) / 2), math.ceil((len(slopes) + spread) / 2)
    return Growth(slopes[max(0, low)], statistics.median(slopes), slopes[min(len(slopes) - 1, high)])
