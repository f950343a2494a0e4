"""What happened in a run, as values: the one source of the live view, the summary, the exit code and the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path
from typing import Protocol

from lisa_core.equipment.slots.origin import Origin
from lisa_core.harness.report.pictures.moment import Developed, Moment
from lisa_core.harness.settings import ClockName
from lisa_core.harness.text.language import in_digits, say
from lisa_core.harness.text.syntax import Syntax

MESSAGES, PAGE, JUNIT = "messages.ndjson", "report.html", "junit.xml"
"""What a run leaves behind: the stream of all that happened; the page and the XML that are made of it."""
LEFT_OUT = "Nicht in diesem Lauf"
"""Under which name the environment of a run has how many requirements of its folders none of its scenarios names."""
LISTEN = "Seite der Prüferin"
"""What a run says of the address under which a phone could answer (`--listen`)."""
CHALLENGE = "Aufgabe"
"""Under which name the environment of a run has what an accepting office handed out before it."""
FAULT_PLAN = "Störungsplan"
"""Under which name the environment of a run has what went wrong by plan."""


class Verdict(Enum):
    """The words of every summary, in the order in which they are printed."""

    PASSED = "bestanden"
    FAILED = "nicht bestanden"
    UNDECIDED = "nicht entscheidbar"
    NOT_CHECKED = "nicht geprüft"
    HARNESS = "Prüffehler"
    NOT_APPLICABLE = "nicht anwendbar"


class State(Enum):
    """How far a run came. Only a finished one says anything as a whole."""

    RUNNING = "läuft noch / unvollständig"
    FINISHED = "abgeschlossen"
    INTERRUPTED = "abgebrochen"
    REFUSED = "nicht gelaufen"


class ExitCode(IntEnum):
    """What `lisa run` returns."""

    PASSED = 0
    FAILED = 1
    UNDECIDED = 2
    HARNESS = 3
    BAD_INPUT = 4
    MACHINE = 5
    INTERRUPTED = 130


# From worst to best: a definite failure outweighs what the harness could not find out.
_WORST_FIRST = (Verdict.FAILED, Verdict.HARNESS, Verdict.UNDECIDED, Verdict.NOT_CHECKED)
_EXIT_CODES = {
    Verdict.FAILED: ExitCode.FAILED,
    Verdict.HARNESS: ExitCode.HARNESS,
    Verdict.UNDECIDED: ExitCode.UNDECIDED,
    Verdict.NOT_CHECKED: ExitCode.UNDECIDED,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something to look at: `name` is unique within its scenario, `caption` a German line below the picture."""

    name: str
    media_type: str
    data: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measured value; `uncertainty` None: not said. `limit` is in the same unit; `upper`: at most, else at least.

    Without a `requirement` it has no limit, and its verdict says nothing. `take`: in which attempt of its scenario.
    `held_up`: how much better it may be than it looks, because the program had to wait for a processor.
    """

    name: str
    value: Decimal
    unit: str
    uncertainty: Decimal | None = None
    requirement: str = ""
    limit: Decimal | None = None
    upper: bool = True
    verdict: Verdict = Verdict.NOT_CHECKED
    take: int = 1
    held_up: Decimal = Decimal(0)
    since: str = ""
    """From what on it was measured, as German words: "ab dem Eintreten"."""
    delay: Decimal = Decimal(0)
    """By how much what devices said of it may have been late on measured lines: its verdict adds it to U."""
    limit_of: str = ""
    """Who set the limit where it is tighter than the requirement's: a profile, as "Profil vor-ort"."""


@dataclass(frozen=True, slots=True)
class SlotRecord:
    """What one slot held while a scenario ran, and what part that had in it.

    `reason` says why it is no more than its `origin`; `decides`: the scenario's verdict rests on it; `tester`: what
    happened there was done or seen by the tester.
    """

    slot: str
    title: str
    origin: Origin
    reason: str = ""
    identity: str = ""
    driver: str = ""
    binding: str = ""
    options: str = ""
    decides: bool = False
    tester: bool = False


@dataclass(frozen=True, slots=True)
class PartRecord:
    """One of several things that a requirement asks for, and how that went; see `RequirementRecord`."""

    id: str
    text: str
    limit: str = ""
    open_reason: str = ""
    verdict: Verdict = Verdict.NOT_CHECKED
    scenarios: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequirementRecord:
    """One line of the matrix: a requirement, what showed it in this run, and how that went.

    `scenarios` are the ids of those that name it or a part of it; `open_reason` says why there is none yet; `limit` is
    in words.
    """

    id: str
    text: str
    source: str
    limit: str = ""
    open_reason: str = ""
    from_brief: bool = False
    verdict: Verdict = Verdict.NOT_CHECKED
    scenarios: tuple[str, ...] = ()
    uncounted: str = ""
    """Why what has passed does not count on hardware, as sentences."""
    parts: tuple[PartRecord, ...] = ()

    @property
    def missing(self) -> tuple[PartRecord, ...]:
        """What keeps it from being shown as a whole."""
        return tuple(part for part in self.parts if part.verdict is not Verdict.PASSED)


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One step as run; `duration_us` is in the loop's time. `error` is for testers, `trace` for developers.

    `definition` is file:line of the function behind it, `pattern` what it matches.
    """

    keyword: str
    text: str
    line: int
    verdict: Verdict = Verdict.NOT_CHECKED
    duration_us: int = 0
    error: str = ""
    trace: str = ""
    definition: str = ""
    pattern: str = ""
    inside: tuple[StepRecord, ...] = ()
    """What it is made of, where a tester has written it (`definition` says where); their lines are in that file."""

    def ended(self, verdict: Verdict, duration_us: int, error: str = "", trace: str = "") -> StepRecord:
        """The same step once it has run."""
        plan = (self.keyword, self.text, self.line)
        return StepRecord(*plan, verdict, duration_us, error, trace, self.definition, self.pattern, self.inside)


@dataclass(frozen=True, slots=True)
class ScenarioRecord:
    """One scenario or example row. Before it has run, it and all its steps are "nicht geprüft".

    `error` and `trace` tell what went wrong outside the steps, `reason` why it does not apply.
    """

    id: str
    name: str
    feature: str
    file: Path
    line: int
    tags: frozenset[str]
    steps: tuple[StepRecord, ...]
    verdict: Verdict = Verdict.NOT_CHECKED
    evidence: tuple[Evidence, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    started: datetime | None = None
    duration_us: int = 0
    error: str = ""
    trace: str = ""
    reason: str = ""
    equipment: tuple[SlotRecord, ...] = ()
    """What each slot held; empty where every device was emulated by the run itself."""
    losses: tuple[str, ...] = ()
    """The devices that were lost while it ran, in a sentence each: then it says nothing, however it ended."""
    moment: Moment | None = None
    """What could be seen and had been said at its end; kept where somebody will look at it."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A feature file as it was when the run began."""

    path: Path
    text: str
    syntax: Syntax | None = field(default=None, compare=False, repr=False)
    """What gherkin made of it, where that is at hand."""


class ChangeKind(Enum):
    """What has become of a scenario since it ran before, in the order in which it is told."""

    BROKEN = "nicht mehr bestanden"
    NEW = "neu dabei"
    GONE = "nicht mehr dabei"
    SLOWER = "langsamer als sonst"
    MENDED = "wieder bestanden"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference to the runs before; `place` is file:line, `text` says what is and what was."""

    kind: ChangeKind
    name: str
    place: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class KnownFault:
    """Why a scenario is not passed is known: `owner` sees to it until the day `until`. Its verdict stays what it is.

    `scenario` is the id of the scenario in this run, `place` where that is written.
    """

    scenario: str
    reason: str
    owner: str
    until: str
    ticket: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """What the runs before say about this one.

    `before` names the newest of them; `rows` are the last verdicts of each scenario by its id, as marks, oldest first;
    `unstable` are those whose repetitions did not all end the same: name, how many passed, of how many; `flaky` those
    that end now so and now so from run to run: name, marks. `expired` says where known faults stand whose day is over;
    `notes` are sentences: what could not be read, which known faults are expired or gone.
    """

    before: str = ""
    changes: tuple[Change, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    unstable: tuple[tuple[str, int, int], ...] = ()
    flaky: tuple[tuple[str, str], ...] = ()
    known: tuple[KnownFault, ...] = ()
    expired: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a run was asked for of all that it could have run. `said` says so in a sentence or two.

    `reasons`: by the id of each scenario why a change can reach it. `shard`: the number of this part, and of how many;
    `elsewhere`: the ids of the scenarios that the other parts run.
    """

    said: str
    reasons: Mapping[str, str] = field(default_factory=dict)
    shard: tuple[int, int] | None = None
    elsewhere: tuple[str, ...] = ()

    def reason(self, scenario: str) -> str:
        """Why the scenario of this id was chosen; "" where nothing has to be said."""
        return self.reasons.get(scenario, "")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A whole run. `findings` are the sentences that kept it from running; `wall_us` is by the real clock.

    `faults` went wrong in the harness beside any scenario; with one, the run is no pass.
    """

    profile: str
    clock: ClockName
    seed: int
    started: datetime
    state: State
    scenarios: tuple[ScenarioRecord, ...] = ()
    findings: tuple[str, ...] = ()
    wall_us: int = 0
    environment: tuple[tuple[str, str], ...] = ()
    requirements: tuple[RequirementRecord, ...] = ()
    faults: tuple[str, ...] = ()
    sources: tuple[SourceText, ...] = ()
    language: str = "de"
    tester: str = ""
    """Who tested, as they want to be named; "" for nobody."""
    place: str = ""
    zone: str = ""
    """Where was tested, and the time zone there ("Europe/Berlin"); "" where nothing is known of it."""
    pictures: tuple[Developed, ...] = ()
    pictures_us: int = 0
    without_pictures: str = ""
    """What was drawn of the moments, how long that took, and why there is nothing, or not all."""
    past: Past = Past()
    choice: Choice | None = None


class Place(Protocol):
    """Where a run leaves its reports; see `history.place.RunFolder`."""

    def opened(self) -> Path:
        """A folder for this run alone, made when it is first asked for. Raises `OSError`."""

    def point(self) -> None:
        """What has been written there is what readers find at the usual paths."""

    def anything(self) -> bool:
        """Whether readers find anything at those paths now."""

    def report(self) -> Path:
        """The page, by the shortest path that leads to it."""

    def close(self) -> None:
        """Nothing is written there any more."""


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict of a whole made of these parts; of nothing at all: "nicht geprüft"."""
    for verdict in _WORST_FIRST:
        if verdict in verdicts:
            return verdict
    return Verdict.PASSED if Verdict.PASSED in verdicts else Verdict.NOT_CHECKED


def counts(run: RunRecord) -> dict[Verdict, int]:
    """How many scenarios got each verdict, without zeros, in the order of `Verdict`."""
    counted = Counter(scenario.verdict for scenario in run.scenarios)
    return {verdict: counted[verdict] for verdict in Verdict if counted[verdict]}


def summary_line(run: RunRecord) -> str:
    """`8 Szenarien: 6 bestanden, 2 nicht bestanden, davon 1 bekannt`."""
    total = len(run.scenarios)
    noun = say("Szenario") if total == 1 else say("Szenarien")
    parts = ", ".join(f"{count} {say(verdict.value)}" for verdict, count in counts(run).items())
    return f"{total} {noun}: {parts or say('nichts geprüft')}{known_part(run)}"


def known_part(run: RunRecord) -> str:
    """What a sentence about all scenarios adds of faults that are known: `, davon 1 bekannt`."""
    return say(", davon {count} bekannt", count=len(run.past.known)) if run.past.known else ""


def brief_line(run: RunRecord) -> str:
    """`Anforderungen der Ausschreibung: 12 von 60 gezeigt`; empty where the run knows of none."""
    asked = [one for one in run.requirements if one.from_brief]
    shown = sum(one.verdict is Verdict.PASSED for one in asked)
    text = "Anforderungen der Ausschreibung: {shown} von {total} gezeigt"
    return say(text, shown=shown, total=len(asked)) if asked else ""


def exit_code(run: RunRecord) -> ExitCode:
    """0 only when every applicable scenario passed, and at least one ran where one was due (`Choice`)."""
    if run.state is State.INTERRUPTED:
        return ExitCode.INTERRUPTED
    if run.state is State.REFUSED:
        return ExitCode.BAD_INPUT
    verdicts = {*counts(run), *([Verdict.HARNESS] if run.faults else [])}
    for verdict in _WORST_FIRST:
        if verdict in verdicts:
            return _EXIT_CODES[verdict]
    passed = Verdict.PASSED in verdicts or _nothing_is_due(run)
    return ExitCode.PASSED if passed and run.state is State.FINISHED else ExitCode.UNDECIDED


def _nothing_is_due(run: RunRecord) -> bool:
    """Whether no change reaches any scenario, or other parts run all that applies."""
    if run.choice is None:
        return False
    return not run.scenarios or (run.choice.shard is not None and set(counts(run)) == {Verdict.NOT_APPLICABLE})


def duration_text(duration_us: int) -> str:
    """`0,12 s`, `2 min 03 s`, `8 h 00 min`."""
    seconds, rest = divmod(duration_us, 1_000_000)
    if seconds < 60:
        return in_digits(f"{seconds}.{rest // 10_000:02d} s")
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60:02d} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60:02d} min"
