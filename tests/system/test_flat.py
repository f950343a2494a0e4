"""Memory and descriptors of both programs stay what they are, however many visitors come: measured from outside."""

from __future__ import annotations

import asyncio
import os
import statistics
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from emulator.devices.presence import open_presence
from lisa_core.desk.client import DeskClient
from tests.system.programs import LIMIT_S, Program, need_root, opened
from tests.system.visits import Place, Screen, open_place

LONG = os.environ.get("LISA_LONG") == "1"
VISITS = 2_000 if LONG else 100
WARM = VISITS // 4
GROWS_KB = 40.0
"""So much more per visit is nothing, since glibc takes and gives in steps of megabytes. It was 5 MB, later 0.3 MB."""
AT_ONCE = "presence_debounce_ms = 1\nabsence_debounce_ms = 1\n"
QUICK_RADAR = {"presence": partial(open_presence, period_s=0.02)}
"""Nothing here is about how long a citizen takes: who enters or leaves is seen at once."""


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
        """By how much it grows with each visit, after those that need everything for the first time."""
        return slope(self.memory_kb[WARM:])

    def more_open(self) -> float:
        """How many descriptors more it holds at the end of all visits than after the first quarter, by the slope."""
        return slope(self.descriptors[WARM:]) * (VISITS - WARM)

    def moments_with_more(self) -> int:
        """After how many visits it held clearly more than ever in the first quarter: a file is open for a moment when
        it is looked at, and now and then that is the moment in which we count."""
        return sum(many > max(self.descriptors[:WARM]) + 2 for many in self.descriptors[WARM:])


def slope(values: list[int]) -> float:
    """The median of the slopes over a fifth of them: a step that happens once, as glibc takes them, is no slope."""
    apart = len(values) // 5
    return statistics.median((then - now) / apart for now, then in zip(values, values[apart:], strict=False))


def test_one_step_is_no_growth_wherever_it_comes_and_steady_growth_is_also_in_steps() -> None:
    for at in range(150):
        assert slope([120_000 + 20_000 * (visit > at) for visit in range(150)]) == 0
    for every in (1, 5, 20):
        grown = slope([120_000 + 80 * (visit // every) * every for visit in range(150)])
        assert grown > GROWS_KB, every


@pytest.mark.timeout(3600 if LONG else 300)
def test_memory_and_descriptors_do_not_grow_with_the_visits(tmp_path: Path) -> None:
    need_root("zählt fremde Dateien")

    async def scenario() -> None:
        async with open_place(tmp_path, AT_ONCE, QUICK_RADAR) as place:
            desk, screen = await place.desk("brandt"), await place.screen()
            courses = [Course(place.booth), Course(place.exchange)]
            for _ in range(VISITS):
                await visit(place, desk, screen)
                for course in courses:
                    course.note()
            for course in courses:
                print(f"{course.growth_kb():.1f} kB and {course.more_open():.2f} descriptors", course.memory_kb[-1])
                assert course.growth_kb() < GROWS_KB, course.memory_kb
                assert course.more_open() < 1, course.descriptors
                assert course.moments_with_more() <= (VISITS - WARM) // 20, course.descriptors

    asyncio.run(scenario())


async def visit(place: Place, desk: DeskClient, screen: Screen) -> None:
    """She comes in, is answered, and goes: each as soon as what was before it has been noticed."""
    await desk.until(lambda d: d.state == "bereit", "bereit", LIMIT_S)
    for act in ("open_door", "enter", "sit"):
        await place.world.act(act)
    await desk.until(lambda d: d.offer, "es klingelt", LIMIT_S)
    await place.world.act("close_door")
    desk.accept()
    await desk.until(lambda d: d.leg, "das Gespräch steht", LIMIT_S)
    desk.hang_up()
    await desk.until(lambda d: d.ended, "das Gespräch ist vorbei", LIMIT_S)
    for act in ("open_door", "leave"):
        await place.world.act(act)
    await screen.until(lambda view: view["scene"] == "frei")
    await place.world.act("close_door")
