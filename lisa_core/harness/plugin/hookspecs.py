"""The hooks by which a run tells what happens, for the live view, the report and plugins of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lisa_core.harness.report.record import RunRecord, ScenarioRecord, StepRecord
    from lisa_core.harness.text.findings import Finding


def pytest_lisa_looked(run: RunRecord, findings: tuple[Finding, ...], slots: Mapping[str, frozenset[str]]) -> None:
    """Everything is read and checked, and nothing will run; `run.scenarios` are what would.

    `slots`: by the id of a scenario those that its sentences and tags name or touch.
    """


def pytest_lisa_run_started(run: RunRecord) -> None:
    """Everything is read and checked; `run.scenarios` are the plan. Not called when something was wrong."""


def pytest_lisa_scenario_started(scenario: ScenarioRecord) -> None:
    """A scenario begins."""


def pytest_lisa_step_started(step: StepRecord) -> None:
    """A step begins."""


def pytest_lisa_step_ended(step: StepRecord) -> None:
    """A step has ended; it is called for the steps that were not run as well, at the end of their scenario."""


def pytest_lisa_told(text: str) -> None:
    """A line for the person who started the run: what a tester is asked to do."""


def pytest_lisa_scenario_ended(scenario: ScenarioRecord) -> None:
    """A scenario has ended and everything it held is closed."""


def pytest_lisa_run_ended(run: RunRecord) -> None:
    """The run is over; `run.state` says how."""
