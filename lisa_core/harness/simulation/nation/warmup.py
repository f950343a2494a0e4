"""Whether a simulation has to warm up before its figures count, looked at with MSER.

A day of offices begins and ends with empty booths, in life as here: it is a terminating simulation, and leaving out its
quiet first hour would tell citizens another day than the one they meet (Law, Simulation Modeling and Analysis, chapter
9). What could warm up is what days hand on to each other. So the rule looks at the mean waits of whole days, over all
Landkreise and replications as Welch does: MSER (White, "An Effective Truncation Heuristic for Bias Reduction in
Simulation Output", 1997) leaves out as many of the first as make the rest's standard error least; more than half is no
answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from lisa_core.harness.simulation.play.totals import Totals

FEWEST_DAYS = 10
"""With fewer, chance decides."""


def daily_means_us(totals: Totals) -> list[float]:
    """The mean wait of each day that had any."""
    return [total_us / count for _, (count, total_us) in sorted(totals.days.items()) if count]


def mser(values: Sequence[float]) -> int | None:
    """How many of the first values are better left out; None when they are too few to say, or never settle."""
    if len(values) < FEWEST_DAYS:
        return None
    errors = [_error(values[cut:]) for cut in range(len(values) - 1)]
    best = errors.index(min(errors))
    return best if best <= len(values) // 2 else None


def _error(rest: Sequence[float]) -> float:
    mean = fmean(rest)
    return sum((value - mean) ** 2 for value in rest) / len(rest) ** 2
