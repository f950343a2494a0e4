"""A measurement that does not decide its limit is taken again: the scenario is run once more, as a whole.

What is measured (a ring, a picture that goes) happens once in a visit, so it takes a new visit to measure it anew. One
way for all of it, under `lisa run`, in a worker and in plain pytest.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

import pytest
from _pytest.runner import call_and_report

from lisa_core.harness.plugin.observer import Observer
from lisa_core.harness.plugin.scenario_item import ScenarioItem
from lisa_core.harness.plugin.stash import PLAN, REQUIREMENTS
from lisa_core.harness.report.record import ScenarioRecord, Verdict
from lisa_core.harness.report.requirement import owner
from lisa_core.harness.text.tags import requirements_of


class TakesTurns(Protocol):
    """What workers share: `alone` is waited for until no other scenario runs."""

    def turn(self, *, alone: bool) -> AbstractContextManager[None]: ...


def attempts(
    item: ScenarioItem,
    observer: Observer,
    nextitem: pytest.Item | None,
    run: Callable[[], object],
    close: Callable[[Any], object],
    turns: TakesTurns | None = None,
) -> ScenarioRecord:
    """Run the scenario until it is decided, four times alone at most; returns its record, with the values of all
    attempts.

    `run` sets up and runs the steps, `close` lets go of what the node that it is given does not need. With `turns` the
    first attempt runs beside other scenarios, whose load makes a value worse, never better: a limit that is kept is
    kept, one that is not kept is not decided, and measured alone. A step with a limit of its own fails at once, so a
    scenario with such a step runs alone from the start.
    """
    beside = turns is not None and not item.has_limited_step
    while True:
        with turns.turn(alone=not beside) if turns else contextlib.nullcontext():
            if turns:
                observer.waited(beside=beside)
            run()
            again = observer.undecided(item)
            close(item.parent if again else nextitem)
            record = observer.ended(item, again=again)
        if not again:
            return record
        if record.verdict is not Verdict.UNDECIDED:  # closing has failed: that is never tried once more
            close(nextitem)
            return record
        item.anew()
        beside = False
        observer.begins(item)


def measures(item: ScenarioItem) -> bool:
    """Whether a requirement that it shows, or a step, has a limit."""
    plan, known = item.stash.get(PLAN, None), item.config.stash[REQUIREMENTS]
    if plan is None:
        return False
    names = requirements_of(plan.tags)
    return item.has_limited_step or any(one.limits(name) for name in names if (one := owner(name, known)))


class Retaking:
    """For scenarios that measure, where pytest's own way of running is taken; see also
    `short_protocol.ShortProtocol`."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self.turns: TakesTurns | None = None
        """Of a worker that has others beside it."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
        if not isinstance(item, ScenarioItem) or not measures(item):
            return None
        reports: list[pytest.TestReport] = []

        def run() -> None:
            reports[:] = [call_and_report(item, "setup", log=False)]
            if reports[0].passed:
                reports.append(call_and_report(item, "call", log=False))

        def close(needed: Any) -> None:
            reports.append(call_and_report(item, "teardown", log=False, nextitem=needed))

        hook = item.ihook
        hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        with self._observer.asked():
            record = attempts(item, self._observer, nextitem, run, close, self.turns)
        self._observer.send(record, reports[-1])
        item.let_go()
        for report in reports:
            hook.pytest_runtest_logreport(report=report)
        hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True
