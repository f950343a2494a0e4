"""Sits where the scenarios run, and builds the record of each from what they and pytest tell.

A finished record travels on the last report of its scenario; out of a worker process of pytest-xdist as Cucumber
Messages.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from lisa_core.harness.plugin.stash import (
    CARRIER,
    EQUIPMENT,
    EVIDENCE,
    LOSSES,
    MEASURED,
    MOMENT,
    PLAN,
    REQUIREMENTS,
    STOOD,
)
from lisa_core.harness.report import messages
from lisa_core.harness.report.equipment import honest
from lisa_core.harness.report.failure import compared, explain, trace, verdict_of
from lisa_core.harness.report.judgement import decided, judge
from lisa_core.harness.report.record import ScenarioRecord, StepRecord, Verdict, worst
from lisa_core.harness.text.language import say
from lisa_core.host.interruption import RUN

TAKEN_AGAIN = 3
"""Maximum number of times that a scenario is run again whose measurement is "nicht entscheidbar", once it ran alone."""

PROVES_NOTHING = "Es wurde angehalten: Was dann geschah, gehört nicht zum Szenario, und bewiesen ist damit nichts."
LOOKS = {"failed": 50, "all": 1_000}
"""Maximum number of scenarios, by what was wished, whose last moment is kept: it becomes pictures of 100 kB."""

RECORD, MESSAGES = "lisa_record", "lisa_messages"
"""Attributes of the last report of a scenario: its record, or the messages that tell of it from another process."""


class Observer:
    """Tells of scenarios and steps as they happen, through the hooks of hookspecs.py."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._hook = config.hook
        self._portal = config.stash[CARRIER].portal
        self._worker = getattr(config, "workerinput", {}).get("workerid", "")
        self._running: Running | None = None
        self._asked = False
        self._takes: list[ScenarioRecord] = []
        """What came of the attempts before at the scenario that runs."""
        self.beside = False
        """Whether other scenarios run beside this attempt, and what is measured may be worse for it."""
        self._looks = 0
        self._shared = 0
        """How many of the attempts before ran beside others."""

    @property
    def unfinished(self) -> ScenarioRecord | None:
        """The scenario that was running when everything ended."""
        if self._running is None:
            return None
        record = decided([*self._takes, self._running.end(self._portal.now_us())])
        return replace(record, verdict=worst([record.verdict, Verdict.NOT_CHECKED]))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        RUN.check()
        if PLAN in item.stash:
            self.begins(item)
        return (yield)

    def worth_a_look(self, item: pytest.Item, pictures: str) -> bool:
        """Whether somebody will look at how the scenario that runs has ended: it did not pass, or all are wished for.

        Of a run that fails everywhere the first are enough.
        """
        wished = pictures == "all" or (pictures == "failed" and self.is_open(item))
        self._looks += wished
        return wished and self._looks <= LOOKS[pictures]

    def is_open(self, item: pytest.Item) -> bool:
        """Whether the scenario that runs has not passed so far: by a step, or by what was measured in it."""
        if self._running is None or self._running.open:
            return self._running is not None
        return decided([*self._takes, self._judged(item, self._running)]).verdict is not Verdict.PASSED

    def begins(self, item: pytest.Item) -> None:
        """A scenario begins, or begins again."""
        item.stash[EVIDENCE], item.stash[MEASURED], item.stash[EQUIPMENT], item.stash[LOSSES] = [], [], (), ()
        item.stash[MOMENT] = None
        self._running = Running(replace(item.stash[PLAN], started=now()), self._portal.now_us())
        self._hook.pytest_lisa_scenario_started(scenario=self._running.record)

    def waited(self, *, beside: bool) -> None:
        """It has waited for its turn until now, and runs beside others or alone."""
        self.beside = beside
        if self._running is not None:
            self._running = Running(replace(self._running.record, started=now()), self._portal.now_us())

    def step_begins(self) -> None:
        """The next planned step begins."""
        if self._running:
            if (began := self._config.stash[CARRIER].step_began) is not None:
                began(self._running.number)
            step = self._running.begin_step(self._portal.now_us())
            if self._hook.pytest_lisa_step_started.get_hookimpls():  # on a terminal
                self._hook.pytest_lisa_step_started(step=step)

    def step_ends(self, verdict: Verdict, error: BaseException | None = None) -> None:
        """The step that runs has ended so."""
        if self._running and self._running.in_step:
            step = self._running.end_step(self._portal.now_us(), verdict, error)
            if not self._running.in_step:  # else it is told with the step that is made of it
                self._hook.pytest_lisa_step_ended(step=step)

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> list[str]:
        return compared(op, left, right)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        if call.excinfo:
            self.failed(call.excinfo.value)
        report = yield
        if self._running and call.when == "call" and report.passed:
            self._correct(decided([*self._takes, self._judged(item, self._running)]), report)
        if self._running and call.when == "teardown" and not self._asked:
            self.send(self.ended(item), report)
        return report

    @contextlib.contextmanager
    def asked(self) -> Iterator[None]:
        """Whoever runs the scenario asks for its record (`ended`) and sends it."""
        self._asked = True
        try:
            yield
        finally:
            self._asked = False

    def send(self, record: ScenarioRecord, report: pytest.TestReport) -> None:
        """The record travels on this report."""
        if self._worker:
            setattr(report, MESSAGES, json.dumps(list(messages.scenario_run(record, self._worker))))
        else:
            setattr(report, RECORD, record)

    def failed(self, error: BaseException) -> None:
        """This was raised, by a step or around the steps."""
        if self._running is None or error is self._running.told:
            return
        if not self._running.in_step:
            self._running.fail(error)
        while self._running.in_step:
            self.step_ends(verdict_of(error), error)

    def undecided(self, item: pytest.Item) -> bool:
        """Whether the scenario, whose steps have run, is to be run again: a measurement does not decide its limit.

        For whatever reason; and never where anything has failed.
        """
        if self._running is None or len(self._takes) >= TAKEN_AGAIN + self._shared:
            return False
        return decided([*self._takes, self._judged(item, self._running)]).verdict is Verdict.UNDECIDED

    def ended(self, item: pytest.Item, *, again: bool = False) -> ScenarioRecord:
        """The scenario is over, and everything that it held is closed; with `again` it is to be run once more."""
        assert self._running is not None, item.nodeid
        for step in self._running.steps_left:
            self._hook.pytest_lisa_step_ended(step=step)
        self._takes.append(self._judged(item, self._running))
        record = decided(self._takes)
        self._running = None
        if again and record.verdict is Verdict.UNDECIDED:
            values = record.error.replace("\n", "; ")
            if self.beside:
                text = say(
                    "Neben anderen Szenarien nicht entscheidbar ({values}): Es wird allein gemessen.", values=values
                )
                self._shared += 1
            else:
                text = say("Nicht entscheidbar ({values}): Es wird noch einmal gemessen.", values=values)
            self._hook.pytest_lisa_told(text=text)
        else:
            self._takes, self._shared, self.beside = [], 0, False
        return record

    def _judged(self, item: pytest.Item, running: Running) -> ScenarioRecord:
        seen, taken = item.stash.get(EVIDENCE, []), item.stash.get(MEASURED, [])
        known = self._config.stash[REQUIREMENTS]
        record = replace(running.end(self._portal.now_us()), evidence=tuple(seen), measurements=tuple(taken))
        record = replace(record, moment=seen_last) if (seen_last := item.stash.get(MOMENT, None)) else record
        record = replace(record, equipment=slots) if (slots := item.stash.get(EQUIPMENT, ())) else record
        if item.stash.get(STOOD, False):
            error = f"{record.error}\n{say(PROVES_NOTHING)}".strip()
            record = replace(record, verdict=worst([record.verdict, Verdict.NOT_CHECKED]), error=error)
        return honest(judge(record, known, beside=self.beside), item.stash.get(LOSSES, ()))

    def _correct(self, record: ScenarioRecord, report: pytest.TestReport) -> None:
        """Nothing was raised, and still it may be no pass: a limit that was not kept, or not even measured."""
        if record.verdict is not Verdict.PASSED:
            report.outcome = "failed"
            report.longrepr = "\n".join(filter(None, (say(record.verdict.value), record.error)))


@dataclass(frozen=True, slots=True)
class _OpenStep:
    """A step that runs, and what of it has ended."""

    planned: StepRecord
    since_us: int
    done: list[StepRecord] = field(default_factory=list)

    @property
    def left(self) -> tuple[StepRecord, ...]:
        """The steps that it is made of and that have not ended."""
        return self.planned.inside[len(self.done) :]

    def told(self, error: BaseException) -> str:
        """What went wrong, and where: in a step made of others, in which of them."""
        if not self.done or not (last := self.done[-1]).error:
            return explain(error)
        place = f"{self.planned.definition.rpartition(':')[0]}:{last.line}"
        return f"{say('In „{step}“ ({place}):', step=f'{last.keyword} {last.text}', place=place)}\n{last.error}"


class Running:
    """The scenario that runs now."""

    def __init__(self, record: ScenarioRecord, now_us: int) -> None:
        self.record = record
        self.told: BaseException | None = None
        self._start_us = now_us
        self._done: list[StepRecord] = []
        self._open: list[_OpenStep] = []
        """The step that runs, in it the one that it is made of, and so on."""
        self._verdicts: list[Verdict] = []

    @property
    def number(self) -> int:
        """That of the next step, from 0."""
        return len(self._done)

    @property
    def steps_left(self) -> tuple[StepRecord, ...]:
        """The planned steps that have not ended."""
        return self.record.steps[len(self._done) :]

    @property
    def open(self) -> bool:
        """Whether something in it did not pass until now."""
        return bool(self._verdicts) or any(step.verdict is not Verdict.PASSED for step in self._done)

    @property
    def in_step(self) -> bool:
        """Whether a step runs."""
        return bool(self._open)

    def begin_step(self, now_us: int) -> StepRecord:
        planned = self._open[-1].left[0] if self._open else self.record.steps[len(self._done)]
        self._open.append(_OpenStep(planned, now_us))
        return planned

    def end_step(self, now_us: int, verdict: Verdict, error: BaseException | None) -> StepRecord:
        ended = self._open.pop()
        text, way = ("", "") if error is None else (ended.told(error), trace(error))
        whole = replace(ended.planned, inside=(*ended.done, *ended.left))
        step = whole.ended(verdict, now_us - ended.since_us, text, way)
        (self._open[-1].done if self._open else self._done).append(step)
        self.told = error
        return step

    def fail(self, error: BaseException) -> None:
        """Something went wrong outside the steps: while closing, most often."""
        text, way = explain(error), trace(error)
        self._verdicts.append(verdict_of(error))
        self.record = replace(
            self.record,
            error=f"{self.record.error}\n{text}".strip(),
            trace=f"{self.record.trace}\n{way}".strip(),
        )

    def end(self, now_us: int) -> ScenarioRecord:
        steps = (*self._done, *self.steps_left)
        return replace(
            self.record,
            steps=steps,
            verdict=worst([*(step.verdict for step in steps), *self._verdicts]),
            duration_us=now_us - self._start_us,
        )


def now() -> datetime:
    return datetime.now(tz=UTC).astimezone()
