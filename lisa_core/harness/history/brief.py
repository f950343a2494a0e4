"""What a history needs of a run, read from its messages without looking at pictures and steps.

A scenario is the same one in two runs when file (as the run named it) and name are. Its repetitions are one scenario
here, which has run several times.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from statistics import median

from lisa_core.domain.model.errors import OF_A_MESSAGE, LisaError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.report.messages import RESULT_TYPE, RUN_TYPE, SCENARIO_TYPE
from lisa_core.harness.report.record import MESSAGES, RunRecord, ScenarioRecord, State, Verdict, worst
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.former_words import current_tag
from lisa_core.harness.text.language import say
from lisa_core.harness.text.naming import unrepeated
from lisa_core.host.causes import cause

Key = tuple[str, str]
"""File and name of a scenario."""
GOOD = frozenset({Verdict.PASSED, Verdict.NOT_APPLICABLE})
BAD = frozenset({Verdict.FAILED, Verdict.UNDECIDED, Verdict.HARNESS})
_OWN = b'{"attachment":{"body":"{'
_READ = (b'{"meta":', b'{"pickle":', b'{"testRunStarted":', b'{"testRunFinished":', _OWN)
"""How lines begin that tell something here; those of pictures are many times as long, and not even decoded."""


class HistoryError(LisaError):
    """A kept run that cannot be read; says which, where, and what to do."""


@dataclass(frozen=True, slots=True)
class BriefScenario:
    """One scenario in one run; run several times, `verdict` is the worst and `duration_us` the median of them."""

    file: str
    name: str
    line: int
    tags: frozenset[str]
    verdict: Verdict
    duration_us: int = 0
    passed: int = 0
    times: int = 1
    unstable: bool = False
    """Whether its repetitions did not all end the same."""
    wording: int = 0
    """Stands for the texts of its steps: the same in two runs, while this program runs, where they say the same."""

    @property
    def key(self) -> Key:
        return self.file, self.name

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class BriefRun:
    """One run; `requirements` are verdicts by id, `faults` counts what went wrong beside any scenario."""

    name: str
    started: datetime
    state: State
    profile: str
    clock: str
    scenarios: Mapping[Key, BriefScenario]
    requirements: Mapping[str, Verdict] = field(default_factory=dict)
    faults: int = 0
    wall_us: int = 0
    version: str = ""

    @property
    def kind(self) -> tuple[str, str]:
        """What has to be the same for times to be compared."""
        return self.profile, self.clock


def brief_of(run: RunRecord, name: str = "") -> BriefRun:
    """The same of a run that is at hand."""
    return BriefRun(
        name=name,
        started=run.started,
        state=run.state,
        profile=run.profile,
        clock=run.clock,
        scenarios=_together(map(_brief, run.scenarios)),
        requirements={one.id: one.verdict for one in run.requirements},
        faults=len(run.faults),
        wall_us=run.wall_us,
        version=dict(run.environment).get("lisa-booth", ""),
    )


def read_brief(folder: Path) -> BriefRun:
    """What was kept in this folder. Raises `HistoryError`."""
    path = folder / MESSAGES
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        what = say("{path}: Der Lauf lässt sich nicht lesen ({why}).", path=shown(path), why=cause(error))
        raise _wrong(what) from None
    reading = _Reading()
    for number, line in enumerate(lines, start=1):
        if line.startswith(_READ):
            try:
                ((kind, body),) = json.loads(line.decode("utf-8")).items()
                reading.take(kind, body)
            except (*OF_A_MESSAGE, OSError) as error:
                if number == len(lines):
                    break  # killed while it wrote its last line
                raise _damaged(path, number, error, reading.version) from None
    if reading.started is None:
        raise _wrong(say("{path}: Das ist kein Lauf von LISA.", path=shown(path)))
    return reading.run(folder.name)


def _damaged(path: Path, line: int, error: Exception, version: str) -> HistoryError:
    what = "{path}:{line}: Diese Zeile ist beschädigt oder von einer anderen Version ({version}): {why}."
    why = f"{type(error).__name__}: {error}"[:120]
    return _wrong(say(what, path=shown(path), line=line, version=version or say("unbekannt"), why=why))


def _wrong(what: str) -> HistoryError:
    return HistoryError(f"{what} {say('Der Lauf wird ausgelassen; den Ordner löschen oder umbenennen.')}")


def _brief(one: ScenarioRecord) -> BriefScenario:
    wording = hash(tuple(step.text for step in one.steps))
    return BriefScenario(shown(one.file), one.name, one.line, one.tags, one.verdict, one.duration_us, wording=wording)


class _Reading:
    """Takes one envelope after the other."""

    def __init__(self) -> None:
        self.version = ""
        self.started: datetime | None = None
        self._plans: dict[str, BriefScenario] = {}
        self._details: dict[str, tuple[Verdict, int]] = {}
        self._settings: JsonMap = {}
        self._result: JsonMap = {}
        self._finished = False

    def take(self, kind: str, body: JsonMap) -> None:
        if kind == "meta":
            self.version = str(body["implementation"].get("version", ""))
        elif kind == "pickle":
            self._plans[body["id"]] = _planned(body)
        elif kind == "testRunStarted":
            self.started = datetime.fromtimestamp(body["timestamp"]["seconds"]).astimezone()
        elif kind == "testRunFinished":
            self._finished = True
        elif kind == "attachment":
            self._attached(body)

    def _attached(self, body: JsonMap) -> None:
        kind, values = body["mediaType"], json.loads(body["body"])
        if kind == SCENARIO_TYPE:
            name = body["testCaseStartedId"].rpartition(":")[0]
            self._details[name] = Verdict[values["verdict"]], int(values["duration_us"])
        elif kind == RUN_TYPE:
            self._settings = {"profile": str(values["profile"]), "clock": str(values["clock"])}
        elif kind == RESULT_TYPE:
            requirements = {str(one["id"]): Verdict[one["verdict"]] for one in values.get("requirements", ())}
            counted = {"faults": len(values.get("faults", ())), "wall_us": int(values.get("wall_us", 0))}
            self._result = {**counted, "state": State[values["state"]], "requirements": requirements}

    def run(self, name: str) -> BriefRun:
        assert self.started is not None
        result = self._result if self._finished else {}
        return BriefRun(
            name=name,
            started=self.started,
            state=result.get("state", State.RUNNING),
            profile=self._settings.get("profile", ""),
            clock=self._settings.get("clock", ""),
            scenarios=_together(self._scenarios()),
            requirements=result.get("requirements", {}),
            faults=result.get("faults", 0),
            wall_us=result.get("wall_us", 0),
            version=self.version,
        )

    def _scenarios(self) -> Iterator[BriefScenario]:
        for id_, plan in self._plans.items():
            verdict, duration_us = self._details.get(id_, (Verdict.NOT_CHECKED, 0))
            yield replace(plan, verdict=verdict, duration_us=duration_us)


def _planned(pickle: JsonMap) -> BriefScenario:
    """A scenario before anything has come of it."""
    tags = frozenset(current_tag(tag["name"].removeprefix("@")) for tag in pickle["tags"])
    line = int(pickle["location"]["line"])
    wording = hash(tuple(str(step["text"]) for step in pickle["steps"]))
    return BriefScenario(str(pickle["uri"]), str(pickle["name"]), line, tags, Verdict.NOT_CHECKED, wording=wording)


def _together(scenarios: Iterable[BriefScenario]) -> Mapping[Key, BriefScenario]:
    """Repetitions as one."""
    groups: dict[Key, list[BriefScenario]] = {}
    for one in scenarios:
        groups.setdefault((one.file, unrepeated(one.name)), []).append(one)
    return {key: _one(key, group) for key, group in groups.items()}


def _one(key: Key, group: list[BriefScenario]) -> BriefScenario:
    verdicts = [one.verdict for one in group]
    together = verdicts[0] if len(set(verdicts)) == 1 else worst(verdicts)
    first = next((one for one in group if one.verdict is together), group[0])
    return BriefScenario(
        *key,
        first.line,
        first.tags,
        together,
        round(median(one.duration_us for one in group)),
        passed=verdicts.count(Verdict.PASSED),
        times=len(group),
        unstable=len({*verdicts} - {Verdict.NOT_CHECKED}) > 1,
        wording=first.wording,
    )
