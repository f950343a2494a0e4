"""What a simulation measures: waits, abandonment, outcomes per site, load per office. Integers only."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lisa_core.domain.model.ids import OfficeId, SiteId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.visit import states as s
from lisa_core.harness.simulation.plan.days import SECOND_US
from lisa_core.harness.simulation.world.observations import ANSWERED_US, NOT_RUNG_US
from lisa_core.harness.simulation.world.stage import Program

SERVICE_LEVEL_US = 20 * SECOND_US


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a simulation had counted when a day was over."""

    visits: int = 0
    called: int = 0
    abandoned: int = 0
    answered: int = 0


class Figures:
    """Waits run from the first ring to the first human face, in microseconds."""

    def __init__(self, groups: Mapping[SiteId, SiteId]) -> None:
        self._groups = groups
        self.waits = array("q")
        self.rung = array("q")
        """When each of the waits began."""
        self.waited_at: list[SiteId] = []
        """And where, by the groups of sites that were handed in."""
        self.visits = 0
        self.called = 0
        self.abandoned = 0
        self.outcomes: dict[SiteId, Counter[Outcome]] = {}
        """By the groups of sites that were handed in."""
        self.answers: Counter[OfficeId] = Counter()

    def begun(self, booth: Program, visit: VisitId) -> None:
        self.visits += 1

    def placed(self, booth: Program, visit: VisitId, now_us: int) -> None:
        """A call is placed; one that is placed again does not begin to wait again."""
        if booth.observed.rang_us == NOT_RUNG_US:
            booth.observed.rang_us = now_us
            self.called += 1

    def answered(self, booth: Program, state: s.Talking, now_us: int) -> None:
        self.answers[state.office] += 1
        if booth.observed.rang_us >= 0:
            self.waits.append(now_us - booth.observed.rang_us)
            self.rung.append(booth.observed.rang_us)
            self.waited_at.append(self._groups[booth.site.id])
            booth.observed.rang_us = ANSWERED_US

    def concluded(self, booth: Program, visit: VisitId, outcome: Outcome) -> None:
        if booth.observed.rang_us >= 0:
            self.abandoned += 1
        booth.observed.rang_us = NOT_RUNG_US
        self.outcomes.setdefault(self._groups[booth.site.id], Counter())[outcome] += 1

    def mark(self) -> Mark:
        return Mark(self.visits, self.called, self.abandoned, len(self.waits))

    # --- what is said -----------------------------------------------------------------------------------------------

    def mean_wait_us(self) -> int:
        return sum(self.waits) // len(self.waits) if self.waits else 0

    def p95_wait_us(self) -> int:
        """The smallest wait that at least 95 % did not exceed."""
        ordered = sorted(self.waits)
        return ordered[-(-95 * len(ordered) // 100) - 1] if ordered else 0

    def service_level_permille(self) -> int:
        """How many of all who were called for saw a human within 20 seconds."""
        quick = sum(wait <= SERVICE_LEVEL_US for wait in self.waits)
        return quick * 1000 // self.called if self.called else 1000

    def abandonment_permille(self) -> int:
        return self.abandoned * 1000 // self.called if self.called else 0
