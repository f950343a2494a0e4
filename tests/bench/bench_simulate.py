"""What a machine step costs in small and large nations: `python tests/bench/bench_simulate.py [booths ...]`.

Eight hours with all faults, six visits per booth, at least forty steps per visit, invariants and event log included, in
seconds of one core. Beside it, in the same run, a bare heap that takes out and puts in as many entries as the agenda.
"""

from __future__ import annotations

import heapq
import sys
import time
from dataclasses import dataclass

import lisa_core.harness.simulation.plan.people
from lisa_core.harness.simulation.play.order import SimulationOrder, play, prepare

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


def main(sizes: list[int]) -> int:
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
    sys.exit(main([int(text) for text in sys.argv[1:]] or [100, 10_000]))
