"""What a machine step costs in small and large nations: `python -m tests.bench.bench_simulate [booths ...]`.

Eight hours with all faults, six visits per booth, at least forty steps per visit, invariants and event log included, in
seconds of one core. Beside it, in the same run, a bare heap that takes out and puts in as many entries as the agenda.

`rows()` compares one Landkreis of 50 booths with the build before; `--older PLACE` names a checkout that is set up.
"""

from __future__ import annotations

import argparse
import heapq
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import lisa_core.harness.simulation.plan.people
from lisa_core.harness.simulation.play.order import SimulationOrder, play, prepare
from tests.bench.older import Build, older, this
from tests.bench.pair import REPEATS, Cost, Row, cost, interleaved, interleaved_costs, seconds

LIMIT_S = 60
GROWTH_LIMIT = 1.3
SMALL_REPEATS = 5


@dataclass(frozen=True)
class Figure:
    """One size; `bare_s` is what the bare heap took for as many acts."""

    booths: int
    visits: int
    steps: int
    broken: int
    took_s: float
    bare_s: float

    @property
    def step_us(self) -> float:
        return self.took_s / self.steps * 1_000_000

    def __str__(self) -> str:
        per_visit = self.steps / self.visits
        return (
            f"{self.booths} Büros: {self.visits} Besuche, {self.steps} Schritte ({per_visit:.1f} je Besuch), "
            f"{self.broken} verletzt, {self.took_s:.1f} s, {self.steps / self.took_s:.0f} Schritte/s, "
            f"{self.step_us:.1f} µs je Schritt, das {self.took_s / self.bare_s:.1f}-fache eines bloßen Heaps"
        )


def measure(booths: int, seed: int = 7) -> Figure:
    """One day of so many booths."""
    prepared = prepare(SimulationOrder(booths, 1, seed, "all"), lisa_core.harness.simulation.plan.people)
    began_s = time.process_time()
    result = play(prepared)
    took_s = time.process_time() - began_s
    broken = sum(result.invariants.broken.values())
    return Figure(booths, result.figures.visits, result.steps, broken, took_s, bare_heap(booths, result.acts))


def bare_heap(booths: int, acts: int) -> float:
    """Seconds for a heap five entries per booth wide: the least that any simulation of events must do."""
    heap = [(number * 7919 % 1_000_003, number, None) for number in range(5 * booths)]
    heapq.heapify(heap)
    began_s = time.process_time()
    for number in range(acts):
        at, _, nothing = heapq.heappop(heap)
        heapq.heappush(heap, (at + number * 7919 % 1_000_003, number, nothing))
    return time.process_time() - began_s


def growth(small: Figure, large: Figure) -> float:
    """How much dearer a step is in the large nation."""
    return large.step_us / small.step_us


LANDKREIS, GOAL = 50, 1.6
PLAYED = """
import json, resource, sys, time
import lisa_core.harness.simulation.plan.people as people
from lisa_core.harness.simulation.play.order import SimulationOrder, play, prepare
booths, seed, faults = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
prepared = prepare(SimulationOrder(booths, 1, seed, faults), people)
before = resource.getrusage(resource.RUSAGE_SELF)
result = play(prepared)
after = resource.getrusage(resource.RUSAGE_SELF)
held_kb = (after.ru_maxrss - before.ru_maxrss) / booths
print(json.dumps([after.ru_utime - before.ru_utime, result.digest, result.steps, held_kb]))
"""
"""In both builds: user seconds of playing alone, what came of it, and kilobytes of memory that a booth took."""


def played(build: Build, seed: int, faults: str, booths: int = LANDKREIS) -> tuple[float, str, int, float]:
    command = [build.python, "-c", PLAYED, str(booths), str(seed), faults]
    told = subprocess.run(command, cwd=build.place, check=True, capture_output=True, text=True).stdout
    took_s, digest, steps, held_kb = json.loads(told)
    return took_s, digest, steps, held_kb


def rows(before: Build | None = None, repeats: int = REPEATS, booths: int = LANDKREIS) -> list[Row]:
    """For the table of docs/leistung.md: as fast as the build before, with the start of the process and without."""
    builds = this(), before or older()
    found = []
    for faults in ("none", "all"):
        what = f"lisa simulate, ein Landkreis von {booths} Büros, ein Tag, --faults {faults}, ein Kern"
        runs = interleaved_costs(*(_command(build, booths, faults) for build in builds), repeats).pair(_cpu_s)
        found.append(_row(f"{what}: ganzer Aufruf (CPU)", runs.our_median, runs.their_median))
        alone = interleaved(*(_alone(build, booths, faults) for build in builds), repeats)
        found.append(_row(f"{what}: ohne Start (CPU)", alone.our_median, alone.their_median))
    return found


def _command(build: Build, booths: int, faults: str) -> Callable[[], Cost]:
    words = [build.lisa, "simulate", "--booths", str(booths), "--days", "1", "--seed", "7", "--faults", faults]
    return lambda: cost(words, Path(tempfile.gettempdir()))


def _alone(build: Build, booths: int, faults: str) -> Callable[[], float]:
    return lambda: played(build, 7, faults, booths)[0]


def _cpu_s(found: Cost) -> float:
    return found.cpu_s


def _row(what: str, ours_s: float, theirs_s: float) -> Row:
    return Row(what, seconds(ours_s), "vorher", seconds(theirs_s), theirs_s / ours_s, GOAL, fast=True)


def held(before: Build, booths: int) -> tuple[float, float]:
    """Kilobytes of memory that a booth of so many takes, here and before."""
    ours, theirs = (
        statistics.median(played(build, 7, "none", booths)[3] for _ in range(3)) for build in (this(), before)
    )
    return ours, theirs


def main(words: list[str]) -> int:
    reader = argparse.ArgumentParser(prog="python -m tests.bench.bench_simulate", description=__doc__)
    reader.add_argument("sizes", nargs="*", type=int, default=[100, 10_000], help="booths")
    reader.add_argument(
        "--older", type=Path, help="checkout of the build before, set up: compare one Landkreis with it"
    )
    wish = reader.parse_args(words)
    if wish.older is None:
        return growing(wish.sizes)
    before = Build(wish.older, wish.older.name)
    found = rows(before)
    print("\n".join(map(str, found)))
    ours_kb, theirs_kb = held(before, 2_000)
    print(
        f"Speicher je Büro bei 2000: {ours_kb:.1f} kB, vorher {theirs_kb:.1f} kB: das {ours_kb / theirs_kb:.2f}-fache"
    )
    return 0 if all(row.held for row in found) else 1


def growing(sizes: list[int]) -> int:
    figures = []
    for booths in sizes:
        # What is over in a moment is measured several times; the best is what the machine can do.
        best = min((measure(booths) for _ in range(SMALL_REPEATS if booths <= 1_000 else 1)), key=lambda f: f.took_s)
        figures.append(best)
        print(best, flush=True)
    grown = growth(figures[0], figures[-1])
    print(f"Ein Schritt kostet das {grown:.2f}-fache (Grenze {GROWTH_LIMIT}); Grenze für 10000 Büros: {LIMIT_S} s")
    return int(grown >= GROWTH_LIMIT or any(figure.took_s > LIMIT_S for figure in figures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
