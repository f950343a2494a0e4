"""The record of the whole run: what was planned, what has come in, how it ended, and what pytest returns for it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lisa_core.harness.history.recordings import FOLDER, has_recordings, with_files, without
from lisa_core.harness.plugin.observer import MESSAGES, RECORD, Observer, now
from lisa_core.harness.plugin.stash import (
    CHOICE,
    COVERED,
    FEATURES,
    FINDINGS,
    LACKING,
    NOT_APPLICABLE,
    PLACE,
    PLAN,
    REQUIREMENTS,
    SETTINGS,
)
from lisa_core.harness.report.environment import environment, place_and_zone
from lisa_core.harness.report.failure import explain
from lisa_core.harness.report.judgement import matrix
from lisa_core.harness.report.messages_read import scenario_of
from lisa_core.harness.report.page.failing import is_open
from lisa_core.harness.report.record import (
    LEFT_OUT,
    ExitCode,
    Past,
    RequirementRecord,
    RunRecord,
    ScenarioRecord,
    SourceText,
    State,
    Verdict,
    exit_code,
)
from lisa_core.harness.text.language import say
from lisa_core.host.causes import cause
from lisa_core.host.interruption import RUN

if TYPE_CHECKING:
    from lisa_core.harness.report.pictures.studio import Gallery

MOST_RECORDED = 50
"""Maximum number of scenarios whose recordings are kept: of a run that fails everywhere the first are enough."""


class Recorder:
    """Lives in the one process that knows everything: with pytest-xdist the one that hands out the scenarios.

    `observer` is the one of this process; `lost` fills with what was never awaited outside of any step; `workers`
    says that the scenarios run in other processes.
    """

    def __init__(self, config: pytest.Config, observer: Observer, lost: list[str], *, distributed: bool) -> None:
        self._config, self._observer, self._lost, self.distributed = config, observer, lost, distributed
        self._hook = config.hook
        self._started, self._start_s = now(), time.perf_counter()
        self._environment = environment(config.stash[SETTINGS])
        self._place, self._zone = place_and_zone(config.stash[SETTINGS])
        self._interrupted = False
        self._plans: dict[str, ScenarioRecord] = {}
        self._sources: tuple[SourceText, ...] = ()
        self._done: dict[str, ScenarioRecord] = {}
        self._faults: list[str] = []
        self._gallery: Gallery | None = None
        self._recorded = 0
        """Scenarios whose recordings are kept."""
        self.run: RunRecord | None = None
        """The record of the run once it is over."""
        self._telling = threading.Lock()
        RUN.at_last(self._last_words)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        text = str(report.longrepr).strip()
        if report.failed and text not in self._config.stash[FINDINGS]:
            self._config.stash[FINDINGS].append(text)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._plans = {item.nodeid: item.stash[PLAN] for item in session.items if PLAN in item.stash}
        named = {plan.file for plan in (*self._plans.values(), *self._config.stash[NOT_APPLICABLE])}
        texts = self._config.stash[FEATURES]
        self._sources = tuple(
            SourceText(path, feature.text, feature.syntax) for path, feature in texts.items() if path in named
        )
        refused: list[str] = self._config.stash[FINDINGS]
        if self._config.getoption("--lisa") and not (named or refused or CHOICE in self._config.stash):
            refused.append(self._nothing())
        if not refused:
            self._hook.pytest_lisa_run_started(run=self._record(State.RUNNING))

    def _nothing(self) -> str:
        """Why there is no scenario to run."""
        if tags := self._config.getoption("markexpr"):
            return say("Kein Szenario hat Tags, auf die „{tags}“ passt.", tags=tags)
        return say("Es gibt hier kein Szenario. Eine Datei mit der Endung .feature schreiben oder nennen.")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        plan = self._plans.get(report.nodeid)
        if plan is None:
            return
        if record := getattr(report, RECORD, None):
            self.take(record)
        elif text := getattr(report, MESSAGES, ""):
            self.take(scenario_of(plan, json.loads(text)))
        elif report.failed and report.when not in ("setup", "call", "teardown"):  # xdist's word for a dead worker
            error = say("Der Prozess, in dem das Szenario lief, ist abgestürzt.")
            self.take(replace(plan, verdict=Verdict.HARNESS, started=now(), error=error, trace=str(report.longrepr)))

    def pytest_warning_recorded(self, warning_message: object, nodeid: str) -> None:
        """A coroutine that nobody awaited: what it should have done has not happened."""
        text = str(getattr(warning_message, "message", ""))
        if "was never awaited" in text:
            self._lost.append(text)

    def pytest_internalerror(self, excrepr: object, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """What breaks while an interrupted run ends is no fault; True: pytest prints nothing about it."""
        if not RUN.came:
            self._faults.append(explain(excinfo.value))
        return RUN.came

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        self._interrupted |= excinfo.type is KeyboardInterrupt

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if unfinished := self._observer.unfinished:  # Ctrl-C in the middle of it
            self._plans[unfinished.id] = unfinished
        RUN.finishing()
        while True:
            run = self._with_pictures(self._record(self._state()))
            run = replace(run, past=self._past(run))
            self._tell(run)
            if run.state is State.INTERRUPTED or RUN.conclude():
                break  # else Ctrl-C came while the report was written: it has to say so
        if exitstatus == pytest.ExitCode.INTERNAL_ERROR and run.state is not State.INTERRUPTED:
            return
        if self._config.getoption("--lisa"):
            lacking = run.state is State.REFUSED and self._config.stash.get(LACKING, False)
            session.exitstatus = int(ExitCode.MACHINE if lacking else exit_code(run))
        elif self._config.getoption("collectonly"):
            return  # plain pytest was not asked to run anything
        elif exitstatus == pytest.ExitCode.OK and self._plans and exit_code(run) is not ExitCode.PASSED:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED  # plain pytest would call it a pass

    def _with_pictures(self, run: RunRecord) -> RunRecord:
        """Once, of a run that came to its end: drawn of what its scenarios have kept."""
        if run.state is not State.FINISHED or not self._config.getoption("--lisa"):
            return run
        if self._gallery is None:
            kept = [(one.id, one.moment, is_open(one)) for one in run.scenarios if one.moment is not None]
            if not kept:
                return run
            from lisa_core.harness.report.pictures.studio import develop  # serves pages, starts a browser

            self._gallery = develop(kept)
        found = self._gallery
        return replace(run, pictures=found.pictures, pictures_us=found.took_us, without_pictures=found.why_not)

    def _tell(self, run: RunRecord) -> None:
        """That it is over; to one after the other, where the run is being ended meanwhile."""
        with self._telling:
            self.run = run
            self._hook.pytest_lisa_run_ended(run=run)

    def _last_words(self) -> None:
        """The run does not come to its end. A report that is being written is waited for."""
        try:
            with self._telling:
                if self.run is None or self.run.state is not State.INTERRUPTED:
                    self._hook.pytest_lisa_run_ended(run=self._record(State.INTERRUPTED))
        finally:
            RUN.reported()

    @pytest.hookimpl(tryfirst=True)
    def pytest_lisa_run_ended(self, run: RunRecord) -> None:
        """Once the report is written, whose writer came later and is called first; before anything is shown."""
        if run.state is State.INTERRUPTED:
            RUN.reported()

    def take(self, record: ScenarioRecord) -> None:
        """A scenario has ended."""
        record = self._with_files(record)
        if self.distributed:
            self._hook.pytest_lisa_scenario_started(scenario=record)
            for step in record.steps:
                self._hook.pytest_lisa_step_ended(step=step)
        self._done[record.id] = record
        self._hook.pytest_lisa_scenario_ended(scenario=record)

    def _with_files(self, record: ScenarioRecord) -> ScenarioRecord:
        """What was recorded of its devices lies beside the report, and not in it."""
        if not has_recordings(record):
            return record
        place, settings = self._config.stash.get(PLACE, None), self._config.stash[SETTINGS]
        if place is None or (self._recorded >= MOST_RECORDED and not settings.record):
            return without(record)
        try:
            self._recorded += 1
            folder = Path(settings.record) if settings.record else place.opened() / FOLDER
            return with_files(record, folder / str(self._recorded), settings.record_slot)
        except OSError as error:
            self._hook.pytest_lisa_told(text=say("Aufzeichnungen nicht geschrieben: {why}", why=cause(error)))
            return without(record)

    def _state(self) -> State:
        if self._interrupted or RUN.came:
            return State.INTERRUPTED
        if self._config.stash[FINDINGS]:
            return State.REFUSED
        return State.FINISHED if self._done.keys() >= self._plans.keys() else State.RUNNING

    def _record(self, state: State) -> RunRecord:
        settings, findings = self._config.stash[SETTINGS], self._config.stash[FINDINGS]
        aside = tuple(replace(plan, verdict=Verdict.NOT_APPLICABLE) for plan in self._config.stash[NOT_APPLICABLE])
        scenarios = (*(self._done.get(name, plan) for name, plan in self._plans.items()), *aside)
        requirements = requirements_of_run(self._config, scenarios)
        return RunRecord(
            profile=settings.profile,
            clock=settings.clock,
            seed=settings.seed,
            started=self._started,
            state=state,
            scenarios=scenarios,
            findings=tuple(findings),
            wall_us=round((time.perf_counter() - self._start_s) * 1_000_000),
            environment=(*self._environment, *_left_out(self._config, requirements)),
            requirements=requirements,
            faults=(*self._faults, *(say("Nicht abgewartet (await fehlt): {what}", what=text) for text in self._lost)),
            sources=self._sources,
            choice=self._config.stash.get(CHOICE, None),
            language=settings.language,
            tester=settings.tester,
            place=self._place,
            zone=self._zone,
        )

    def _past(self, run: RunRecord) -> Past:
        """What is said by the runs that are kept beside this one, where any are."""
        place = self._config.stash.get(PLACE, None)
        if place is None or run.state is State.REFUSED:
            return Past()
        from lisa_core.harness.history.past import past_of

        return past_of(run, place.out, place.name, self._config.rootpath, self._config.getoption("--lisa-known"))


def requirements_of_run(config: pytest.Config, scenarios: tuple[ScenarioRecord, ...]) -> tuple[RequirementRecord, ...]:
    """All requirements of the folders that this run covers, and those of others that a scenario names."""
    known = config.stash[REQUIREMENTS].values()
    covered = config.stash[COVERED]
    own = matrix((one for one in known if one.path.parent in covered), scenarios, mentioned_only=False)
    others = matrix((one for one in known if one.path.parent not in covered), scenarios, mentioned_only=True)
    return (*own, *others)


def _left_out(config: pytest.Config, here: Sequence[RequirementRecord]) -> tuple[tuple[str, str], ...]:
    """How many requirements lie beside the features of this run and are none of it."""
    named = {one.id for one in here}
    beside = {parent for path in config.stash[FEATURES] for parent in path.parents}
    known = config.stash[REQUIREMENTS].values()
    count = sum(one.id not in named and one.path.parent.parent in beside for one in known)
    many = say("{count} Anforderungen derselben Ordner", count=count)
    text = say("eine Anforderung desselben Ordners") if count == 1 else many
    return ((LEFT_OUT, text),) if count else ()
