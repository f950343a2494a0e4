"""Which of several runs decides a scenario: in each setting the newest one of the version that is accepted.

A run of another version is history. Where a scenario was executed in several settings the worst verdict holds, because
each of them is a take that counts (`report.judgement.matrix` takes the worst). What the feature files of a run hold and
no run was asked to execute counts as not checked: leaving out what is red changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gherkin.errors import CompositeParserException, ParserError

from lisa_core.harness.acceptance.kept import Kept
from lisa_core.harness.report.record import ScenarioRecord, SourceText, Verdict, worst
from lisa_core.harness.text.naming import unrepeated
from lisa_core.harness.text.syntax import parse_text


@dataclass(frozen=True)
class Take:
    """One scenario as one run has it."""

    run: Kept
    scenario: ScenarioRecord

    @property
    def executed(self) -> bool:
        return self.scenario.started is not None

    @property
    def name(self) -> str:
        """The id of its scenario; a repetition is a take of the same one."""
        return unrepeated(self.scenario.id)

    @cached_property
    def wording(self) -> tuple[str, ...]:
        """Its sentences: a scenario that says something else is another one, whatever its name."""
        return tuple(f"{step.keyword} {step.text}" for step in self.scenario.steps)


@dataclass(frozen=True, slots=True)
class Decided:
    """One scenario of the document: its verdict over all settings, and the records that make it, each with its run.

    Run 0 stands for none: nobody executed it.
    """

    id: str
    name: str
    verdict: Verdict
    records: tuple[tuple[int, ScenarioRecord], ...]


@dataclass(frozen=True)
class Takes:
    """All takes of all runs by scenario, the oldest first; `version` is what is accepted: that of the newest run."""

    runs: tuple[Kept, ...]
    version: str
    of: Mapping[str, tuple[Take, ...]]
    unselected: tuple[ScenarioRecord, ...]
    """What stands in the feature files of the runs and none of them was to execute."""

    @cached_property
    def counting(self) -> Mapping[str, tuple[Take, ...]]:
        """By scenario what decides it: all takes of one run in each setting; none where the version was not run."""
        return {name: self._newest(takes) for name, takes in self.of.items()}

    def _newest(self, takes: Sequence[Take]) -> tuple[Take, ...]:
        ran = [one for one in takes if one.executed and one.run.version == self.version]
        last = {one.run.conditions: one.run for one in ran}
        return tuple(one for one in ran if one.run is last[one.run.conditions])

    @cached_property
    def deciding(self) -> tuple[ScenarioRecord, ...]:
        """What requirements are judged by: the takes that count, and the plan of what has none."""
        found: list[ScenarioRecord] = []
        for name, counting in self.counting.items():
            found += [one.scenario for one in counting] or [self._plan(name)]
        return (*found, *self.unselected)

    @cached_property
    def decided(self) -> tuple[Decided, ...]:
        """Every scenario once, in the order of the runs."""
        found: dict[str, list[tuple[int, ScenarioRecord]]] = {}
        for one in self.deciding:
            found.setdefault(unrepeated(one.id), []).append((self._run_of(one), one))
        return tuple(
            Decided(name, unrepeated(records[0][1].name), _over_all([one for _, one in records]), tuple(records))
            for name, records in found.items()
        )

    def _run_of(self, scenario: ScenarioRecord) -> int:
        counting = self.counting.get(unrepeated(scenario.id), ())
        run = next((take.run for take in counting if take.scenario is scenario), None)
        return self.runs.index(run) + 1 if run else 0

    def _plan(self, name: str) -> ScenarioRecord:
        """A scenario without a take that counts: not checked, or not applicable wherever it was asked for."""
        newest = [one.scenario for one in self.of[name] if one.run.version == self.version] or [
            self.of[name][-1].scenario
        ]
        aside = all(one.verdict is Verdict.NOT_APPLICABLE for one in newest)
        return newest[-1] if aside else _unchecked(newest[-1])


def takes_of(runs: tuple[Kept, ...]) -> Takes:
    """What these runs, the oldest first, say of each scenario."""
    found: dict[str, list[Take]] = {}
    for run in runs:
        for scenario in run.record.scenarios:
            take = Take(run, scenario)
            found.setdefault(take.name, []).append(take)
    return Takes(runs, runs[-1].version, {name: tuple(one) for name, one in found.items()}, tuple(_unselected(runs)))


def _over_all(records: Sequence[ScenarioRecord]) -> Verdict:
    verdicts = [one.verdict for one in records]
    return Verdict.NOT_APPLICABLE if {*verdicts} == {Verdict.NOT_APPLICABLE} else worst(verdicts)


def _unchecked(scenario: ScenarioRecord) -> ScenarioRecord:
    return ScenarioRecord(
        *(scenario.id, scenario.name, scenario.feature, scenario.file, scenario.line, scenario.tags),
        scenario.steps,
    )


def _unselected(runs: Sequence[Kept]) -> Iterable[ScenarioRecord]:
    """Of each feature file, as the newest run has it, the scenarios that stand in the plan of no run."""
    newest = {source.path: source for run in runs for source in run.record.sources}
    planned: set[tuple[Path, str, int]] = set()
    otherwise: set[tuple[Path, str]] = set()
    folders: dict[Path, str] = {}
    for run in runs:
        texts = {source.path: source.text for source in run.record.sources}
        for one in run.record.scenarios:
            planned.add((one.file, texts.get(one.file, ""), one.line))
            folders[one.file] = one.id.partition("::")[0]
            if one.file in newest and newest[one.file].text != texts.get(one.file):
                otherwise.add((one.file, one.name))
    for source in newest.values():
        for one in _written(source, folders.get(source.path, source.path.name)):
            if (one.file, source.text, one.line) not in planned and (one.file, one.name) not in otherwise:
                yield one


def _written(source: SourceText, file: str) -> Iterable[ScenarioRecord]:
    try:
        syntax = source.syntax or parse_text(source.text, str(source.path))
    except (ParserError, CompositeParserException):  # of a dialect that this version does not read
        return
    feature = syntax.tree.get("feature") or {"name": ""}
    for pickle in syntax.pickles:
        tags = frozenset(tag["name"].removeprefix("@") for tag in pickle["tags"])
        name, line = pickle["name"], pickle["location"]["line"]
        yield ScenarioRecord(f"{file}::{name}", name, feature["name"], source.path, line, tags, ())
