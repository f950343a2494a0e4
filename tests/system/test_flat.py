"""Memory and descriptors of both programs stay what they are, however many visitors come: measured from outside."""

from __future__ import annotations

import asyncio
import os
import statistics
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from tests.system.programs import Program, opened
from tests.system.visits import leave, open_place, talk

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="nur root zählt fremde Dateien: nicht geprüft")
LONG = os.environ.get("LISA_LONG") == "1"
VISITS = 2_000 if LONG else 8
"""Two hundred would take four minutes: a visit at the real programs lasts a second."""
WARM = VISITS // 4
GROWS_KB = 40.0 if LONG else 500.0
"""So much more per visit is nothing, since glibc takes and gives in steps of megabytes. It was 5 MB, later 0.3 MB."""


@dataclass
class Course:
    """What a program held after each visit."""

    program: Program
    memory_kb: list[int] = field(default_factory=list)
    descriptors: list[int] = field(default_factory=list)

    def note(self) -> None:
        status = Path(f"/proc/{self.program.pid}/status").read_text(encoding="ascii", errors="replace")
        [held] = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")]
        self.memory_kb.append(int(held))
        self.descriptors.append(sum(1 for _ in opened(self.program.pid)))

    def growth_kb(self) -> float:
        """By how much it grows with each visit, once everything has been needed that is ever needed."""
        warm = self.memory_kb[WARM:]
        if LONG:
            return statistics.linear_regression(range(len(warm)), warm).slope
        return statistics.median(later - earlier for earlier, later in pairwise(warm))  # one step of glibc is no growth


@pytest.mark.timeout(4 * 3600 if LONG else 120)
def test_memory_and_descriptors_do_not_grow_with_the_visits(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_place(tmp_path) as place:
            desk, screen = await place.desk("brandt"), await place.screen()
            courses = [Course(place.booth), Course(place.exchange)]
            for _ in range(VISITS):
                await talk(place, desk)
                await leave(place, desk, screen)
                for course in courses:
                    course.note()
            for course in courses:
                assert course.growth_kb() < GROWS_KB, course.memory_kb
                assert max(course.descriptors[WARM:]) <= max(course.descriptors[:WARM]) + 2, course.descriptors

    asyncio.run(scenario())
