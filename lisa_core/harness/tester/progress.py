"""How far a run is, for whoever is asked: the scenario and the sentence that are under way, and how many are done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

PROGRESS = "lisa-progress"
"""Under which name the plugin is registered."""


class _Run(Protocol):
    @property
    def scenarios(self) -> Sequence[object]: ...


class _Scenario(Protocol):
    @property
    def name(self) -> str: ...


class _Step(Protocol):
    @property
    def keyword(self) -> str: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class HowFar:
    """`done` of `total` scenarios have ended; `turn` counts every change."""

    scenario: str = ""
    step: str = ""
    done: int = 0
    total: int = 0
    turn: int = 0


class RunProgress:
    """A plugin of the run (`plugin.hookspecs`). `now` is replaced as a whole: it is read from another thread."""

    def __init__(self) -> None:
        self.now = HowFar()

    def pytest_lisa_run_started(self, run: _Run) -> None:
        self._is(replace(self.now, total=len(run.scenarios)))

    def pytest_lisa_scenario_started(self, scenario: _Scenario) -> None:
        self._is(replace(self.now, scenario=scenario.name, step=""))

    def pytest_lisa_step_started(self, step: _Step) -> None:
        self._is(replace(self.now, step=f"{step.keyword} {step.text}"))

    def pytest_lisa_scenario_ended(self, scenario: _Scenario) -> None:
        self._is(replace(self.now, done=self.now.done + 1, step=""))

    def _is(self, now: HowFar) -> None:
        self.now = replace(now, turn=now.turn + 1)
