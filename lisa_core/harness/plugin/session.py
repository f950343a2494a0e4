"""What the plugin does in a run of ours: collects feature files, bridges their steps, refuses mistakes."""

from __future__ import annotations

import gc
import importlib
import signal
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from lisa_core.domain.model.errors import LisaError, ProfileError
from lisa_core.harness.garbage import settle, unsettle
from lisa_core.harness.loop.portal import Portal, open_portal
from lisa_core.harness.match.bridge import Bridge
from lisa_core.harness.match.own.definitions import forget_own, own_definitions
from lisa_core.harness.match.step_index import StepIndex
from lisa_core.harness.match.unawaited import Listening, Recording
from lisa_core.harness.plugin.collection import FeatureFile, selected_lines
from lisa_core.harness.plugin.extent.census import Census, unread, wrong_together
from lisa_core.harness.plugin.extent.scope import wrong_requirements
from lisa_core.harness.plugin.looking.told import Looking, tell_looked
from lisa_core.harness.plugin.observer import Observer, now
from lisa_core.harness.plugin.recorder import Recorder
from lisa_core.harness.plugin.repetition import Retaking
from lisa_core.harness.plugin.short_protocol import ShortProtocol, nobody_looks
from lisa_core.harness.plugin.stash import (
    CARRIER,
    COVERED,
    ELSEWHERE,
    FEATURES,
    FINDINGS,
    INDEX,
    LEFT_OUT,
    LINES,
    LOOKED,
    NOT_APPLICABLE,
    OBSERVER,
    OWN_CHECKED,
    PLACE,
    PLAN,
    REQUIREMENTS,
    SETTINGS,
    STANDS,
    TURNS,
    UNASKED,
    WANTED,
)
from lisa_core.harness.report.failure import explain
from lisa_core.harness.report.record import RunRecord, State
from lisa_core.harness.scene.resources import Carrier
from lisa_core.harness.settings import CLOCKS, RULES, RunSettings, links_from, real_slots, said_from, why_not_applicable
from lisa_core.harness.start.wanted import note
from lisa_core.harness.steps.library import step_modules
from lisa_core.harness.tester.progress import PROGRESS, RunProgress
from lisa_core.harness.text import language
from lisa_core.harness.text.findings import FeatureError, Finding
from lisa_core.harness.text.language import say
from lisa_core.host.interruption import RUN, SIGNALS
from lisa_core.host.notices import holding, told
from lisa_core.host.printable import printable

_USUALLY, _SELDOM = gc.get_threshold(), (50_000, 20, 20)
_UNAWAITED = pytest.StashKey[Listening | Recording]()
_LISTENING = pytest.StashKey[ExitStack]()
_BRIDGE = pytest.StashKey[Bridge]()
_KEPT = pytest.StashKey[ExitStack]()
_HELD = pytest.StashKey[list[str]]()
"""In plain pytest: what is told at the end."""
_KNOWN_EARLY = "ignore:Module already imported so cannot be rewritten; lisa_core:pytest.PytestAssertRewriteWarning"
"""What pytest warns of in each run of ours, and nobody can do anything about: its own plugins need these modules."""
ASKS = 20
"""Maximum number of times that one step asks a tester."""


def begin(config: pytest.Config) -> None:
    """Take over: called once the options are read and before anything is collected."""
    language.choose(config.getoption("--lisa-lang"))
    _keep_notices(config)
    config.stash[SETTINGS] = settings = _settings(config)
    config.stash[LINES] = selected_lines(config.getoption("--lisa-select"))
    config.stash[FEATURES] = {}
    config.stash[NOT_APPLICABLE] = []
    config.stash[FINDINGS], config.stash[UNASKED] = [], []
    config.stash[ELSEWHERE], config.stash[LEFT_OUT] = [], set()
    config.stash[REQUIREMENTS] = {}
    config.stash[COVERED] = ()
    config.stash[OWN_CHECKED] = {}
    config.stash[INDEX] = StepIndex(partial(own_definitions, root=config.rootpath))
    forget_own()
    config.stash[WANTED] = []
    if config.getoption("--lisa-look"):
        config.stash[LOOKED] = {}
    limit_s = _step_limit_s(config, settings)
    config.stash[CARRIER] = carrier = Carrier(open_portal(settings.clock, limit_s))
    config.stash[_UNAWAITED] = unawaited = Listening() if config.getoption("--lisa") else Recording()
    config.stash[_BRIDGE] = Bridge(carrier, unawaited, limit_s if config.getoption("--lisa") else 0.0)
    if isinstance(unawaited, Listening):
        unawaited.begin()
    if config.getoption("--lisa"):
        gc.disable()  # until all is collected and imported
        gc.set_threshold(*_SELDOM)  # a run makes records that stay, and hardly any garbage
    config.addinivalue_line("filterwarnings", _KNOWN_EARLY)
    pytest.register_assert_rewrite(config.getoption("--lisa-scene").partition(":")[0])
    _load_steps(config)
    for name in ("lisa_core.harness.plugin.fixtures", __name__):
        config.pluginmanager.register(importlib.import_module(name), name)
    config.pluginmanager.register(_Interrupts(carrier.portal), "lisa-interrupts")
    config.pluginmanager.register(_Applicability(), "lisa-applicability")
    config.pluginmanager.register(Census(config), "lisa-census")
    if config.getoption("--lisa-effects") or config.getoption("--lisa-shard"):
        from lisa_core.harness.plugin.extent.choosing import Choosing

        config.pluginmanager.register(Choosing(config), "lisa-choosing")
    if LOOKED in config.stash:
        config.pluginmanager.register(Looking(config), "lisa-looking")
        return
    _observe(config)
    if config.getoption("--lisa-pause"):
        from lisa_core.harness.plugin.pause import TERMINAL, Pauses

        with ExitStack() as opening:
            terminal = opening.enter_context(Path(TERMINAL).open(encoding="utf-8"))
            config.stash[_KEPT].push(opening.pop_all())
        config.stash[STANDS] = Pauses(config, terminal).stand


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_BRIDGE].uninstall()
    gc.set_threshold(*_USUALLY)
    if config.getoption("--lisa"):
        unsettle()
    if isinstance(unawaited := config.stash[_UNAWAITED], Listening):
        unawaited.end()
    config.stash[CARRIER].portal.close()
    config.stash[_KEPT].close()


def _keep_notices(config: pytest.Config) -> None:
    """What is told once: `lisa run` says it at its end, plain pytest in its summary."""
    config.stash[_KEPT] = kept = ExitStack()
    config.stash[_HELD] = []
    if not config.getoption("--lisa"):
        before = told() if config.getoption("capture", "no") != "no" else []  # a conftest.py was imported by then
        config.stash[_HELD] = held = kept.enter_context(holding())
        held += before


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """`lisa run` runs feature files and nothing else that lies beside them."""
    return True if config.getoption("--lisa") and collection_path.suffix == ".py" else None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> FeatureFile | None:
    RUN.check()
    if file_path.suffix != ".feature":
        return None
    found: FeatureFile = FeatureFile.from_parent(parent, path=file_path)
    return found


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    RUN.arm()
    RUN.check()
    result = yield
    RUN.check()
    return result


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if plan := item.stash.get(PLAN, None):
            item.own_markers += [pytest.Mark(tag, (), {}, _ispytest=True) for tag in sorted(plan.tags)]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    findings = [*wrong_together(session), *wrong_requirements(session)]
    if isinstance(census := session.config.pluginmanager.getplugin("lisa-census"), Census):
        findings += [*census.missing(session.items), *unread(session.config)]
    if LOOKED in session.config.stash:
        tell_looked(session, findings)
        return
    if findings and not session.config.stash[FINDINGS]:
        text = str(FeatureError(findings))
        session.config.stash[FINDINGS].append(text)
        raise session.Interrupted(text)
    session.config.stash[_BRIDGE].install()
    config = session.config
    if (unasked := config.stash[UNASKED]) and not config.stash[FINDINGS]:
        config.hook.pytest_lisa_told(text=_unasked(unasked))
    recorder, observer = map(config.pluginmanager.getplugin, ("lisa-recorder", "lisa-observer"))
    if config.getoption("--lisa"):
        settle()
    if config.getoption("--lisa") and recorder and not recorder.distributed and nobody_looks(config):
        config.pluginmanager.register(ShortProtocol(config, observer, recorder.take), "lisa-protocol")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if PLAN not in item.stash or call.excinfo is None:
        return report
    if report.skipped:  # a scenario that was not run to its end has shown nothing
        report.outcome = "failed"
        report.longrepr = explain(call.excinfo.value)
    return report


def _unasked(findings: list[Finding]) -> str:
    """What is told of rules of ours that this run does not ask to be kept."""
    text = "Nur die Regeln von Gherkin: {count} Verstöße gegen die von LISA blieben unbeachtet, der erste: {first}"
    return say(text, count=len(findings), first=min(findings))


class _Applicability:
    """Sets aside what cannot apply to this run, of that which is selected."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        settings = config.stash[SETTINGS]
        dropped: dict[pytest.Item, None] = {}
        for item in items:
            plan = item.stash.get(PLAN, None)
            if plan and (reason := why_not_applicable(plan.tags, settings)):
                config.stash[NOT_APPLICABLE].append(replace(plan, reason=reason))
                dropped[item] = None
        if dropped:
            config.hook.pytest_deselected(items=list(dropped))
            items[:] = [item for item in items if item not in dropped]


class _Interrupts:
    """After Ctrl-C fixtures are cancelled instead of closed in order.

    pytest reports collection errors with a subclass of KeyboardInterrupt, hence the exact type check.
    """

    def __init__(self, portal: Portal) -> None:
        self._portal = portal

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        self._portal.interrupted |= excinfo.type is KeyboardInterrupt


def _load_steps(config: pytest.Config) -> None:
    for name in step_modules(filter(None, config.getoption("--lisa-steps").split(","))):
        if RUN.came:
            return  # nothing will run
        try:
            config.pluginmanager.import_plugin(name)
        except ImportError as error:
            what = say("Das Modul {name} mit Schritten lässt sich nicht laden: {why}", name=name, why=error)
            raise pytest.UsageError(what) from error


def _observe(config: pytest.Config) -> None:
    """Watch the scenarios where they run, and keep the record where all of them are known."""
    observer = Observer(config)
    config.stash[OBSERVER] = observer
    config.pluginmanager.register(observer, "lisa-observer")
    retaking = Retaking(observer)
    config.pluginmanager.register(retaking, "lisa-retaking")
    if hasattr(config, "workerinput"):
        _work(config, retaking)
        return
    distributed = config.getoption("dist", "no") != "no"
    unawaited = config.stash[_UNAWAITED]
    lost = unawaited.lost if isinstance(unawaited, Listening) else []
    if config.stash[SETTINGS].listen:
        config.pluginmanager.register(RunProgress(), PROGRESS)
    recorder = Recorder(config, observer, lost, distributed=distributed)
    config.pluginmanager.register(recorder, "lisa-recorder")
    if distributed:
        config.pluginmanager.register(importlib.import_module("lisa_core.harness.plugin.workers"), "lisa-distributed")
    if config.getoption("--lisa"):
        _show(config)
    else:
        config.pluginmanager.register(_Summary(config, recorder), "lisa-summary")


def _work(config: Any, retaking: Retaking) -> None:
    """A worker handles Ctrl-C itself, and prints nothing about it."""
    RUN.said = ""
    config.stash[_LISTENING] = kept = ExitStack()
    kept.enter_context(RUN.listening())
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)  # blocked by workers.py until here
    _take_turns(config, retaking)


def _take_turns(config: Any, retaking: Retaking) -> None:
    """In virtual time nothing is measured that others could disturb."""
    if TURNS in config.workerinput and config.stash[SETTINGS].clock == "real":
        from lisa_core.harness.plugin.turns import Turns  # locks its files as POSIX does

        retaking.turns = turns = Turns(Path(config.workerinput[TURNS]))
        config.pluginmanager.register(turns, "lisa-turns")


class _Noting:
    """Under `lisa run`: keeps the sentences that were tried and that there are not, beside the reports."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_lisa_run_ended(self, run: RunRecord) -> None:
        if run.state is State.REFUSED:
            tried = self._config.stash[WANTED]
            note(self._config.stash[SETTINGS].out, tried)


class _Summary:
    """In plain pytest: names what is no pass for us."""

    def __init__(self, config: pytest.Config, recorder: Recorder) -> None:
        self._config, self._recorder = config, recorder

    def pytest_lisa_told(self, text: str) -> None:
        reporter = self._config.pluginmanager.getplugin("terminalreporter")
        if reporter is not None:
            reporter.write_line(text)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        from lisa_core.harness.report.live_view import not_passed

        if (run := self._recorder.run) and run.scenarios:
            for line in not_passed(run):
                terminalreporter.write_line(line)
        held = self._config.stash[_HELD]
        while held:
            terminalreporter.write_line(printable(held.pop(0)))


def _show(config: pytest.Config) -> None:
    """Replace pytest's own display by ours."""
    from lisa_core.harness.history.place import RunFolder
    from lisa_core.harness.report.live_view import LiveView
    from lisa_core.harness.report.writer import ReportWriter

    config.pluginmanager.unregister(name="terminalreporter")
    settings = config.stash[SETTINGS]
    config.pluginmanager.register(_Noting(config), "lisa-noting")
    keep, saved = int(_number(config, "--lisa-keep", int)), bool(config.getoption("--lisa-saved"))
    config.stash[PLACE] = place = RunFolder(settings.out, now(), keep, saved=saved)
    for plugin in (ReportWriter(place), LiveView(place, verbose=config.get_verbosity() > 0)):
        config.pluginmanager.register(plugin, f"lisa-{type(plugin).__name__.lower()}")


def _settings(config: pytest.Config) -> RunSettings:
    clock = next((one for one in CLOCKS if one == config.getoption("--lisa-clock")), None)
    if clock is None:
        what = "Die Uhr „{clock}“ gibt es nicht. Es gibt: {clocks}."
        raise pytest.UsageError(say(what, clock=config.getoption("--lisa-clock"), clocks=", ".join(CLOCKS)))
    settings = RunSettings(
        profile=config.getoption("--lisa-profile"),
        clock=clock,
        out=Path(config.getoption("--lisa-out")),
        seed=int(_number(config, "--lisa-seed", int)),
        answer_s=_number(config, "--lisa-answer"),
        said=said_from(config.getoption("--lisa-said")),
        links=links_from(config.getoption("--lisa-links")),
        rules=_rules(config),
        faults=config.getoption("--lisa-faults"),
        tester=config.getoption("--lisa-tester"),
        place=config.getoption("--lisa-place"),
        challenge=config.getoption("--lisa-challenge"),
        listen=config.getoption("--lisa-listen"),
        language=language.spoken(),
        pictures=config.getoption("--lisa-pictures"),
        record=config.getoption("--lisa-record"),
        record_slot=config.getoption("--lisa-record-slot"),
        lasting=bool(config.getoption("--lisa-lasting")),
    )
    try:
        _ = settings.plan
    except ProfileError:
        pass  # told where it is used
    except LisaError as error:
        raise pytest.UsageError(str(error)) from None
    return settings


def _rules(config: pytest.Config) -> str:
    """Of the order, else of the folder's own settings."""
    rules = str(config.getoption("--lisa-rules") or config.getini("lisa_rules"))
    if rules not in RULES:
        raise pytest.UsageError(
            say("Die Regeln „{rules}“ gibt es nicht. Es gibt: {known}.", rules=rules, known=", ".join(RULES))
        )
    return rules


def _number(config: pytest.Config, option: str, kind: type[int] | type[float] = float) -> float:
    try:
        return kind(config.getoption(option))
    except ValueError:
        what = say("{option}: „{value}“ ist keine Zahl.", option=option, value=config.getoption(option))
        raise pytest.UsageError(what) from None


def _step_limit_s(config: pytest.Config, settings: RunSettings) -> float:
    """How long a step may take; with the time in which a tester may think."""
    asked_s = ASKS * settings.answer_s if real_slots(settings.profile) else 0.0
    return _number(config, "--lisa-limit") + asked_s
