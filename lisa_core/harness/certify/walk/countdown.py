"""How far a certification is: „3 von 40, noch etwa 12 min“, after each scenario."""

from __future__ import annotations

import time

import pytest
from pluggy import HookRelay

from lisa_core.harness.certify.walk.estimate import estimated
from lisa_core.harness.report.record import RunRecord, ScenarioRecord, Verdict
from lisa_core.harness.settings import real_slots

_US = 1_000_000


class Countdown:
    """A plugin of the run: `done` scenarios of `total` had ended when it began.

    It measures by the clock on the wall: somebody waits for the end, and the virtual clock knows nothing of that. What
    is known of those that are left (`estimate`) counts; each other takes as long as those that have ended, on average.
    """

    def __init__(self, done: int, total: int) -> None:
        self._before, self._total = done, total
        self._ended = 0
        self._began_s = time.monotonic()
        self._hook: HookRelay | None = None
        self._left: dict[str, ScenarioRecord] = {}
        self._asks = False

    def pytest_configure(self, config: pytest.Config) -> None:
        self._hook = config.hook
        self._began_s = time.monotonic()

    def pytest_lisa_run_started(self, run: RunRecord) -> None:
        runs = [one for one in run.scenarios if one.verdict is not Verdict.NOT_APPLICABLE]
        self._left = {one.id: one for one in runs} if run.clock == "real" else {}
        self._asks = bool(real_slots(run.profile))

    @pytest.hookimpl(trylast=True)
    def pytest_lisa_scenario_ended(self, scenario: ScenarioRecord) -> None:
        self._ended += 1
        self._left.pop(scenario.id, None)
        if self._hook is not None:
            self._hook.pytest_lisa_told(text=self.line(int((time.monotonic() - self._began_s) * _US)))

    def line(self, spent_us: int) -> str:
        """What is told when so much time went by since this sitting began, in microseconds."""
        done = self._before + self._ended
        guess = estimated(self._left.values(), frozenset(self._left) if self._asks else frozenset())
        others = max(0, self._total - done - len(self._left)) + guess.unknown
        left_us = int(guess.total_s * _US) + others * spent_us // max(1, self._ended)
        before = f", davon {self._before} in früheren Sitzungen" if self._before else ""
        return f"  {done} von {self._total}{before}{f', noch etwa {about(left_us)}' if self._total > done else ''}"


def about(left_us: int) -> str:
    """`8 s`, `12 min`, `2 h 05 min`: as exact as an estimate can be. Never nothing, and never less than it is."""
    seconds = max(1, -(-left_us // _US))
    if seconds < 60:
        return f"{seconds} s"
    minutes = -(-seconds // 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
