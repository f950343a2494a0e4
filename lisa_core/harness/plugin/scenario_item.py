"""One scenario as a test of pytest: it asks fixtures as a function would, and runs the steps that were found for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from _pytest._code.code import TerminalRepr
from _pytest.fixtures import TopRequest, call_fixture_func
from pytest_bdd.compat import inject_fixture

from lisa_core.domain.model.json_types import JsonDict
from lisa_core.harness.match.step_index import Definition
from lisa_core.harness.plugin.stash import OBSERVER, PLAN, STANDS, Watching
from lisa_core.harness.report.failure import explain, verdict_of
from lisa_core.harness.report.measure import is_limited
from lisa_core.harness.report.record import ScenarioRecord, Verdict
from lisa_core.harness.start.touched import touched
from lisa_core.harness.steps.site import is_halt
from lisa_core.harness.text.language import say
from lisa_core.harness.text.tags import needs_of
from lisa_core.host.interruption import RUN

WITHIN = "innerhalb von"
"""What a step says that has a limit of its own."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step and its one definition; `table` and `text` stand below it. `inside`: what it is made of, if of others."""

    definition: Definition
    sentence: str
    table: tuple[tuple[str, ...], ...] | None = None
    text: str | None = None
    inside: tuple[PlannedStep, ...] = ()


def innermost(steps: Iterable[PlannedStep]) -> Iterator[PlannedStep]:
    """The steps that run: those that others are made of."""
    for step in steps:
        yield from innermost(step.inside) if step.inside else (step,)


def outermost_too(steps: Iterable[PlannedStep]) -> Iterator[PlannedStep]:
    """All of them: those that run, and those that are made of others."""
    for step in steps:
        yield step
        yield from outermost_too(step.inside)


class ScenarioItem(pytest.Item):
    """Made by `FeatureFile`; see there."""

    def __init__(self, *, record: ScenarioRecord, steps: Sequence[PlannedStep], fixtures: Any, **rest: Any) -> None:
        super().__init__(**rest)
        self.stash[PLAN] = record
        self.steps = steps
        self._fixtureinfo = fixtures
        self.fixturenames = fixtures.names_closure
        self.obj = None
        self._initrequest()

    def _initrequest(self) -> None:
        self.funcargs: JsonDict = {}
        owner: Any = self  # as with doctests: an item that is no function
        self._request: Any = TopRequest(owner, _ispytest=True)

    @property
    def has_limited_step(self) -> bool:
        """Whether one of its steps says by itself how long something may take, or measures."""
        steps = innermost(self.steps)
        return any(WITHIN in step.sentence or is_limited(step.definition.context.step_func) for step in steps)

    @property
    def slots(self) -> frozenset[str]:
        """The slots that its sentences and tags name or touch."""
        needed = (slot for slot, _ in needs_of(self.stash[PLAN].tags))
        contexts = ((step.definition.context, step.sentence) for step in innermost(self.steps))
        of_steps = (touched(context.parser, context.step_func, sentence) for context, sentence in contexts)
        return frozenset(needed).union(*of_steps)

    def setup(self) -> None:
        self._request._fillfixtures()

    def runtest(self) -> None:
        observer = self.config.stash[OBSERVER]
        for number, step in enumerate(self.steps):
            try:
                self._run(step, observer, number)
            except pytest.exit.Exception:  # the run ends here
                raise
            except (Exception, pytest.fail.Exception, pytest.skip.Exception) as error:
                self._stand(number, explain(error))
                raise

    def _run(self, step: PlannedStep, observer: Watching, number: int) -> None:
        """Run a step of the scenario, or one that the step of this number is made of."""
        RUN.check()
        observer.step_begins()
        try:
            for one in step.inside:
                self._run(one, observer, number)
            if not step.inside:
                self.perform(step)
        except pytest.exit.Exception:  # that is no verdict of a step
            raise
        except (Exception, pytest.fail.Exception, pytest.skip.Exception) as error:
            observer.step_ends(verdict_of(error), error)
            raise
        observer.step_ends(Verdict.PASSED)
        if is_halt(step.definition.context.step_func):
            self._stand(number, say("angehalten"))

    def _stand(self, number: int, why: str) -> None:
        """In a run with `--pause`."""
        if (stands := self.config.stash.get(STANDS, None)) is not None:
            stands(self, self.stash[PLAN].steps[number], why)

    def anew(self) -> None:
        """It will be set up and run once more."""
        self._initrequest()

    def let_go(self) -> None:
        """Of the values of its fixtures, once they are torn down."""
        self._request, self.funcargs = None, {}

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.stash[PLAN].line - 1, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str | TerminalRepr:
        """A sentence, without a traceback; with -v the whole of it."""
        if self.config.get_verbosity() < 1:
            return explain(excinfo.value)
        return super().repr_failure(excinfo, style)

    def fixture(self, name: str) -> object:
        """A fixture's value, as the steps get it."""
        found: object = self._request.getfixturevalue(name)
        return found

    def perform(self, step: PlannedStep) -> None:
        """Run the function behind a sentence, or those of the sentences that it is made of."""
        for one in step.inside:
            self.perform(one)
        if step.inside:
            return
        definition, context = step.definition, step.definition.context
        given = definition.arguments(step.sentence)
        if step.table is not None:
            given["datatable"] = [list(row) for row in step.table]
        if step.text is not None:
            given["docstring"] = step.text
        for name in definition.fixtures(given):
            given[name] = self._request.getfixturevalue(name)
        if definition.generates:
            result = call_fixture_func(context.step_func, self._request, given)
        else:
            result = context.step_func(**given)
        if context.target_fixture is not None:
            inject_fixture(self._request, context.target_fixture, result)
