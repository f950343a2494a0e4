"""What came of one Landkreis or of many, as sums: folded in any order they are the same, and their size has a bound.

Waits are kept as how often each tenth of a second came up, so a nation's year is as small as its day, and what is
printed to a tenth is as exact as if every wait had been kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lisa_core.domain.model.ids import OfficeId, SiteId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.harness.simulation.plan.days import DAY_US, MINUTE_US
from lisa_core.harness.simulation.play.run import SimulationResult, SimulationWorld
from lisa_core.harness.simulation.rules.figures import SERVICE_LEVEL_US, Figures, Mark

TENTH_US = 100_000
HOUR_US = 60 * MINUTE_US


@dataclass(slots=True)
class Waits:
    """`tenths` counts the waits by their length in tenths of a second; `quick` are those within the service level."""

    count: int = 0
    total_us: int = 0
    quick: int = 0
    tenths: Counter[int] = field(default_factory=Counter)

    def take(self, wait_us: int) -> None:
        self.count += 1
        self.total_us += wait_us
        self.quick += wait_us <= SERVICE_LEVEL_US
        self.tenths[round(wait_us / TENTH_US)] += 1

    def add(self, other: Waits) -> None:
        self.count += other.count
        self.total_us += other.total_us
        self.quick += other.quick
        self.tenths.update(other.tenths)

    def mean_us(self) -> int:
        return self.total_us // self.count if self.count else 0

    def p95_us(self) -> int:
        """The smallest wait that at least 95 % did not exceed, to a tenth of a second."""
        wanted = -(-95 * self.count // 100)
        for tenth in sorted(self.tenths):
            wanted -= self.tenths[tenth]
            if wanted <= 0:
                return tenth * TENTH_US
        return 0


@dataclass(slots=True)
class Totals:
    """Sums over `kreise` Landkreise. Visits, calls and waits are those of the days that count (warm-up), all else of
    every day. `waits` by the group of sites and the hour in which it rang, `days` by the day of operation.
    """

    kreise: int = 0
    begun: int = 0
    """Visits of every day."""
    visits: int = 0
    called: int = 0
    abandoned: int = 0
    waits: dict[tuple[SiteId, int], Waits] = field(default_factory=dict)
    days: dict[int, tuple[int, int]] = field(default_factory=dict)
    """How many waits, and their sum in microseconds; warm-up included."""
    outcomes: dict[SiteId, Counter[Outcome]] = field(default_factory=dict)
    answers: Counter[OfficeId] = field(default_factory=Counter)
    talk_us: Counter[OfficeId] = field(default_factory=Counter)
    duty_us: Counter[OfficeId] = field(default_factory=Counter)
    checked: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    steps: int = 0

    def add(self, other: Totals) -> None:
        """Fold in what came of others."""
        self.kreise += other.kreise
        self.begun += other.begun
        self.visits += other.visits
        self.called += other.called
        self.abandoned += other.abandoned
        self.steps += other.steps
        for place, waits in other.waits.items():
            self.waits.setdefault(place, Waits()).add(waits)
        for day, (count, total_us) in other.days.items():
            before = self.days.get(day, (0, 0))
            self.days[day] = (before[0] + count, before[1] + total_us)
        for site, outcomes in other.outcomes.items():
            self.outcomes.setdefault(site, Counter()).update(outcomes)
        for mine, theirs in zip(self._by_office(), other._by_office(), strict=True):
            mine.update(theirs)
        self.checked.update(other.checked)
        self.broken.update(other.broken)

    def _by_office(self) -> tuple[Counter[OfficeId], ...]:
        return self.answers, self.talk_us, self.duty_us

    # --- what is said -----------------------------------------------------------------------------------------------

    def all_waits(self) -> Waits:
        return self._joined(list(self.waits))

    def at_hour(self, hour: int) -> Waits:
        return self._joined([place for place in self.waits if place[1] == hour])

    def at_site(self, site: SiteId) -> Waits:
        return self._joined([place for place in self.waits if place[0] == site])

    def hours(self) -> list[int]:
        """The hours of the day in which somebody was called for, without a gap."""
        found = [hour for _, hour in self.waits]
        return list(range(min(found), max(found) + 1)) if found else []

    def _joined(self, places: list[tuple[SiteId, int]]) -> Waits:
        joined = Waits()
        for place in places:
            joined.add(self.waits[place])
        return joined

    def service_level_permille(self) -> int:
        """How many of all who were called for saw a human within 20 seconds."""
        return self.all_waits().quick * 1000 // self.called if self.called else 1000

    def abandonment_permille(self) -> int:
        return self.abandoned * 1000 // self.called if self.called else 0

    def load_permille(self, office: OfficeId) -> int:
        """How much of their time on duty the agents of this office talked."""
        return self.talk_us[office] * 1000 // self.duty_us[office] if self.duty_us[office] else 0


def totals_of(world: SimulationWorld, result: SimulationResult, marks: list[Mark], warmup: int = 0) -> Totals:
    """The sums of one Landkreis; its first `warmup` days count for no wait, call or visit."""
    figures = result.figures
    left_out = marks[warmup - 1] if 0 < warmup <= len(marks) else Mark()
    found = Totals(
        kreise=1,
        begun=figures.visits,
        visits=figures.visits - left_out.visits,
        called=figures.called - left_out.called,
        abandoned=figures.abandoned - left_out.abandoned,
        outcomes=figures.outcomes,
        answers=figures.answers,
        checked=Counter(result.invariants.checked),
        broken=Counter(result.invariants.broken),
        steps=result.steps,
    )
    for number in range(left_out.answered, len(figures.waits)):
        place = figures.waited_at[number], figures.rung[number] % DAY_US // HOUR_US
        found.waits.setdefault(place, Waits()).take(figures.waits[number])
    found.days = dict(_days(figures, marks))
    for agent in world.directory.agents.values():
        found.talk_us[agent.office] += result.talk_us.get(agent.id, 0)
        found.duty_us[agent.office] += result.duty_us.get(agent.id, 0)
    return found


def _days(figures: Figures, marks: list[Mark]) -> Iterator[tuple[int, tuple[int, int]]]:
    begin = 0
    for day, mark in enumerate(marks):
        waits = figures.waits[begin : mark.answered]
        yield day, (len(waits), sum(waits))
        begin = mark.answered
