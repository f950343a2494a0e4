"""The run as it happens, in the terminal: colours and the running step where there is one, plain lines otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from lisa_core.harness.report.console import Console
from lisa_core.harness.report.judgement import known_text, measured_text, missing_text, unstable_text
from lisa_core.harness.report.record import (
    FAULT_PLAN,
    Change,
    ChangeKind,
    Place,
    RequirementRecord,
    RunRecord,
    ScenarioRecord,
    State,
    StepRecord,
    Verdict,
    brief_line,
    duration_text,
    summary_line,
)
from lisa_core.harness.settings import CLOCK_TITLES
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import say, spoken
from lisa_core.harness.text.naming import unrepeated
from lisa_core.harness.text.translation import said, step_gloss

SYMBOLS = {
    Verdict.PASSED: ("✓", "green"),
    Verdict.FAILED: ("✗", "bold red"),
    Verdict.UNDECIDED: ("?", "yellow"),
    Verdict.NOT_CHECKED: ("–", "yellow"),
    Verdict.HARNESS: ("!", "bold magenta"),
    Verdict.NOT_APPLICABLE: ("·", "dim"),
}
_STEP_WIDTH = 76
MANY = 4
"""So many that are left out for one reason are counted and not listed."""
_NOTHING_SHOWN = frozenset({Verdict.NOT_CHECKED, Verdict.NOT_APPLICABLE})


class LiveView:
    """Shows features, scenarios and steps; `place` is where the report will lie."""

    def __init__(self, place: Place, *, verbose: bool = False) -> None:
        self._report = place.report
        self._verbose = verbose
        self._console = Console()
        self._feature = ""
        self._scenario: ScenarioRecord | None = None
        self._reasons: Mapping[str, str] = {}
        self._step_by_step = True
        if self._console.terminal:
            self.pytest_lisa_step_started = self._step_started  # elsewhere nobody is asked at the start of each step

    def _line(self, text: str, faint: str = "", *, style: str = "") -> None:
        self._console.line(said(text), said(faint), style=style)

    def _step_started(self, step: StepRecord) -> None:
        self._console.passing(f"    … {step.keyword} {step.text}")

    def pytest_unconfigure(self) -> None:
        self._console.close()

    def pytest_lisa_run_started(self, run: RunRecord) -> None:
        self._step_by_step = run.clock == "real"  # in virtual time a whole scenario is there at once
        clock = say(CLOCK_TITLES[run.clock])
        words = say("Profil {profile}, {clock}, Seed {seed}", profile=run.profile, clock=clock, seed=run.seed)
        self._line("LISA", f"  {words}", style="bold")
        if run.choice:
            self._line(run.choice.said, style="bold")
            self._reasons = run.choice.reasons
        known = dict(run.environment)
        self._line(f"{say('Kabine')}: {known.get('Kabine', '')}")
        if FAULT_PLAN in known:
            self._line(f"{say('Störungsplan')}: {known[FAULT_PLAN]}")

    def pytest_lisa_scenario_started(self, scenario: ScenarioRecord) -> None:
        if scenario.feature != self._feature:
            self._feature = scenario.feature
            self._line(f"\n{say('Funktionalität')}: {scenario.feature}", f"  {shown(scenario.file)}", style="bold")
        self._scenario = scenario
        self._line(f"  {say('Szenario')}: {scenario.name}", style="bold")
        if reason := self._reasons.get(scenario.id):
            self._line(f"    {say('weil')}: {reason}", style="dim")
        self._console.show_soon()

    def pytest_lisa_step_ended(self, step: StepRecord) -> None:
        symbol, style = SYMBOLS[step.verdict]
        text = f"{step.keyword} {step.text}"
        done = step.duration_us or step.verdict is not Verdict.NOT_CHECKED
        time = duration_text(step.duration_us) if done else say(Verdict.NOT_CHECKED.value)
        self._console.line(f"    {symbol} {text:<{_STEP_WIDTH}}", f" {time:>10}", style=style)
        self._gloss(step, "      ")
        self._unfold(step.inside, "      ")
        if step.error and self._scenario:
            self._block(f"{shown(self._scenario.file)}:{step.line}", text, step.error)
            self._trace(step.trace)
        if self._step_by_step:
            self._console.show_soon()

    def _gloss(self, step: StepRecord, indent: str) -> None:
        """The English line of a step, where the run speaks English and it has one."""
        if spoken() == "en" and (line := step_gloss(step.keyword, step.text)):
            self._console.line(f"{indent}{line}", style="dim")

    def _unfold(self, steps: Iterable[StepRecord], indent: str) -> None:
        """What a step is made of."""
        for step in steps:
            symbol, style = SYMBOLS[step.verdict]
            self._line(f"{indent}{symbol} {step.keyword} {step.text}", style=style)
            self._unfold(step.inside, f"{indent}  ")

    def pytest_lisa_told(self, text: str) -> None:
        self._line(text, style="bold")
        self._console.show()

    def pytest_lisa_scenario_ended(self, scenario: ScenarioRecord) -> None:
        if scenario.error:
            self._block(f"{shown(scenario.file)}:{scenario.line}", scenario.name, scenario.error)
            self._trace(scenario.trace)
        symbol, style = SYMBOLS[scenario.verdict]
        for one in scenario.measurements:
            self._line(f"    {SYMBOLS[one.verdict][0]} {measured_text(one)}", style="dim")
        words = say(scenario.verdict.value)
        self._line(f"  {symbol} {words}", f"  {duration_text(scenario.duration_us)}", style=style)
        self._console.show_soon()

    def pytest_lisa_run_ended(self, run: RunRecord) -> None:
        if run.state is State.REFUSED:
            for finding in run.findings:
                self._line(finding, style="red")
            self._console.show()
            return
        for line in not_passed(run):
            self._line(line)
        style = "green" if all(one.verdict is Verdict.PASSED for one in run.scenarios) else "bold"
        self._line(f"\n{summary_line(run)}", style=style)
        if run.state is not State.FINISHED:
            self._line(say("Der Lauf ist unvollständig: {state}.", state=say(run.state.value)), style="bold red")
        place = shown(self._report().absolute())
        self._line(say("Dauer: {time}   Bericht: {place}", time=duration_text(run.wall_us), place=place))
        for line in past_lines(run):
            self._line(line)
        if run.pictures:
            self._line(say("Bilder: {n} in {time}", n=len(run.pictures), time=duration_text(run.pictures_us)))
        if run.without_pictures:
            self._line(say("Nicht alle Bilder: {why}.", why=run.without_pictures))
        if asked := brief_line(run):
            self._line(asked)
        for line in partly_shown(run):
            self._line(line)
        self._console.show()

    def _block(self, place: str, title: str, error: str) -> None:
        self._line(f"      ┌ {place}", style="red")
        self._console.line(f"      │ {title}")  # a step, or a scenario, as it was written
        for line in error.splitlines():
            self._line(f"      │   {line}", style="red")
        self._line("      └", style="red")

    def _trace(self, trace: str) -> None:
        if self._verbose and trace:
            self._line(trace.rstrip(), style="dim")


def partly_shown(run: RunRecord) -> Iterator[str]:
    """Of what something is missing. From `MANY` on, what is not from the brief and not wrong is counted only: each
    device has its class, and a run without a tester shows none as a whole."""
    partly = [one for one in run.requirements if one.scenarios and one.missing]
    calm = [one for one in partly if not one.from_brief and all(part.verdict in _NOTHING_SHOWN for part in one.missing)]
    counted = calm if len(calm) >= MANY else []
    if told := [one for one in partly if one not in counted]:
        yield say("Nicht in allen Teilen gezeigt:")
        yield from (f"  {one.id} {say(one.verdict.value)}. {_missing(one)}" for one in told)
    if counted:
        yield say("Dazu {n} andere, die meisten von Geräten: Was ihnen fehlt, steht im Bericht.", n=len(counted))


def _missing(one: RequirementRecord) -> str:
    """What of it is not shown: by name, or how many of many."""
    if len(one.missing) < MANY:
        return missing_text(one)
    return say("Es fehlen {missing} von {total} Teilen.", missing=len(one.missing), total=len(one.parts))


def not_passed(run: RunRecord) -> Iterator[str]:
    """Name everything that did not pass, verdict by verdict."""
    for verdict in Verdict:
        named = [one for one in run.scenarios if one.verdict is verdict]
        if verdict is Verdict.PASSED or not named:
            continue
        words = say(verdict.value)
        yield f"\n{words[0].upper()}{words[1:]}:"
        reasons = Counter(one.reason for one in named)
        for one in named:
            if reasons[one.reason] < MANY or not one.reason:
                reason = f" – {one.reason}" if one.reason else ""
                yield f"  {one.name}{reason}  {shown(one.file)}:{one.line}"
        for reason, count in reasons.items():
            if count >= MANY and reason:
                files = dict.fromkeys(shown(one.file) for one in named if one.reason == reason)
                yield f"  {count} {say('Szenarien')} – {reason}  {', '.join(files)}"
    for fault in run.faults:
        yield f"\n{say(Verdict.HARNESS.value)}: {fault}"


def told_changes(changes: Iterable[Change]) -> tuple[list[Change], int]:
    """Which are told one by one, and of how many only the number: when a folder first runs, all that pass are new."""
    every, passed = list(changes), say(Verdict.PASSED.value)
    calm = [one for one in every if one.kind is ChangeKind.NEW and one.text == passed]
    return (every, 0) if len(calm) < MANY else ([one for one in every if one not in calm], len(calm))


def past_lines(run: RunRecord) -> Iterator[str]:
    """What the runs before say about this one, and what is known of its faults."""
    past, by_id = run.past, {one.id: one for one in run.scenarios}
    if past.known:
        yield say("Bekannte Fehler:")
    known = ((unrepeated(by_id[one.scenario].name), known_text(one)) for one in past.known)
    for name, text in dict.fromkeys(known):
        yield f"  {name}: {text}"
    for name, passed, times in past.unstable:
        yield unstable_text(name, passed, times)
    for name, row in past.flaky:
        yield say("Instabil von Lauf zu Lauf: {name}  {row}", name=name, row=row)
    if past.changes:
        yield say("Gegenüber {before} und den Läufen davor:", before=past.before)
    told, calm = told_changes(past.changes)
    if calm:
        yield say("  neu dabei: {n} Szenarien, alle bestanden", n=calm)
    for change in told:
        yield f"  {say(change.kind.value)}: {change.name} ({change.text})  {change.place}"
    for note in past.notes:
        yield say("Hinweis: {note}", note=note)
