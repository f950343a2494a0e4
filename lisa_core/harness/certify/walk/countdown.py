"""How far a certification is: „3 von 40, noch etwa 12 min“, after each scenario."""

from __future__ import annotations

import pytest
from pluggy import HookRelay

from lisa_core.harness.report.record import ScenarioRecord, duration_text


class Countdown:
    """A plugin of the run: `done` scenarios of `total` had ended when it began."""

    def __init__(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self._took_us: list[int] = []
        self._hook: HookRelay | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        self._hook = config.hook

    @pytest.hookimpl(trylast=True)
    def pytest_lisa_scenario_ended(self, scenario: ScenarioRecord) -> None:
        self._took_us.append(scenario.duration_us)
        if self._hook is not None:
            self._hook.pytest_lisa_told(text=self.line())

    def line(self) -> str:
        """What is told now."""
        done = self._done + len(self._took_us)
        left = (self._total - done) * sum(self._took_us) // max(1, len(self._took_us))
        return f"  {done} von {self._total}{f', noch etwa {duration_text(left)}' if left else ''}"
