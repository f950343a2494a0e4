"""Scenarios before which a device was not there: their booth could not be opened, so nothing of them has run.

Nobody has seen how such a scenario would have ended, so that running it in a later sitting makes nothing better. One
during which a device was lost has run: it stays as it ended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from lisa_core.harness.report.environment import LINK
from lisa_core.harness.report.record import RunRecord, ScenarioRecord, Verdict

_TIMES = 3
"""After so many sittings it counts as it is, or a certification would never end."""


def is_unopened(one: ScenarioRecord) -> bool:
    """Whether this scenario found no booth, in a run at devices: no step of it has run, no slot held anything."""
    unchecked = all(step.verdict is Verdict.NOT_CHECKED for step in one.steps)
    ran = one.equipment or one.measurements  # a tester may have been asked to plug it in
    return one.started is not None and one.verdict is Verdict.NOT_CHECKED and unchecked and not ran


def unopened_in(runs: Sequence[RunRecord]) -> frozenset[str]:
    """The ids of those that are to run still."""
    at_devices = (run for run in runs if any(name.startswith(LINK) for name, _ in run.environment))
    times = Counter(one.id for run in at_devices for one in run.scenarios if is_unopened(one))
    return frozenset(name for name, count in times.items() if count < _TIMES)


class Unopened:
    """A plugin of a run at devices: once one is missing, the rest is left for another sitting."""

    def __init__(self) -> None:
        self.why = ""
        """What was missing, as a sentence."""
        self._session: pytest.Session | None = None

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        self._session = session

    def pytest_lisa_scenario_ended(self, scenario: ScenarioRecord) -> None:
        if self._session is not None and is_unopened(scenario):
            self.why = next(filter(None, (step.error for step in scenario.steps)), scenario.error)
            self._session.shouldstop = "Ein Gerät fehlt."
