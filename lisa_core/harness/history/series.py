"""One scenario over the runs that are kept: its verdicts, how often they changed sides, how long it usually takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from lisa_core.harness.history.brief import BAD, BriefRun, BriefScenario, Key
from lisa_core.harness.report.live_view import SYMBOLS
from lisa_core.harness.report.record import Verdict

UNSTABLE = "~"
"""The mark of a run whose repetitions did not all end the same."""
FLAKY = 3
"""Changes of side from which on a scenario is called unstable: broken once and mended once are two."""
ENOUGH = 5
"""Number of passed runs without which nothing is said about what is usual."""
SPREADS = 3
LEAST_US = 10_000
"""Slower is what takes longer than ever, by `SPREADS` standard deviations and by what is told of a time at all."""
_SIGMA = 1.4826
"""From the median deviation to the standard deviation of a normal distribution (Rousseeuw and Croux, 1993)."""


@dataclass(frozen=True, slots=True)
class Usual:
    """How long a scenario takes that passes: `slow_us` is the longest that is nothing to speak of."""

    median_us: int
    slow_us: int
    runs: int


@dataclass(frozen=True, slots=True)
class Series:
    """One scenario in each run that had it, oldest first."""

    seen: tuple[tuple[BriefRun, BriefScenario], ...]

    @property
    def last(self) -> BriefScenario:
        return self.seen[-1][1]

    @property
    def marks(self) -> str:
        """One sign for each run."""
        return "".join(mark_of(one) for _, one in self.seen)

    @property
    def changes(self) -> int:
        """How often it went from passed to not passed or back, by itself: what was not checked is left out, and what
        says something else, or runs at other devices, is another series."""
        alike: dict[object, list[bool]] = {}
        for run, one in self.seen:
            if one.verdict is Verdict.PASSED or one.verdict in BAD:
                alike.setdefault((run.kind, one.wording), []).append(one.verdict in BAD)
        return sum(one is not other for sides in alike.values() for one, other in pairwise(sides))

    @property
    def flaky(self) -> bool:
        """Whether it is unstable: within one run, or from run to run."""
        return self.changes >= FLAKY or any(one.unstable for _, one in self.seen)

    @property
    def verdict(self) -> Verdict:
        """The newest that says anything, else NOT_CHECKED."""
        said = (one.verdict for _, one in reversed(self.seen) if one.verdict is Verdict.PASSED or one.verdict in BAD)
        return next(said, Verdict.NOT_CHECKED)

    def usual(self, kind: tuple[str, str]) -> Usual | None:
        """How long it takes in runs of this kind, where enough of them are known."""
        times = [one.duration_us for run, one in self.seen if run.kind == kind and one.verdict is Verdict.PASSED]
        if len(times) < ENOUGH:
            return None
        middle = median(times)
        spread = _SIGMA * median(abs(one - middle) for one in times)
        slow = max(*times, middle + max(SPREADS * spread, LEAST_US))
        return Usual(round(middle), round(slow), len(times))


def series(runs: Iterable[BriefRun]) -> Mapping[Key, Series]:
    """Every scenario of these runs, in the order of the newest that has it."""
    seen: dict[Key, list[tuple[BriefRun, BriefScenario]]] = {}
    ordered: dict[Key, None] = {}
    listed = list(runs)
    for run in reversed(listed):
        ordered |= dict.fromkeys(run.scenarios)
    for run in listed:
        for key, one in run.scenarios.items():
            seen.setdefault(key, []).append((run, one))
    return {key: Series(tuple(seen[key])) for key in ordered}


def mark_of(one: BriefScenario) -> str:
    return UNSTABLE if one.unstable else SYMBOLS[one.verdict][0]


def flaky(all_of_them: Mapping[Key, Series]) -> Sequence[Series]:
    """Those that are unstable."""
    return [one for one in all_of_them.values() if one.flaky]
