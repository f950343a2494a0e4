"""From a .feature file to pytest's items, so that a folder with nothing but features runs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from _pytest._code.code import TerminalRepr
from _pytest.mark.expression import Expression

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.match.check import StepCheck
from lisa_core.harness.match.own.definitions import own_definitions, tell_own, unfolded
from lisa_core.harness.match.own.own_check import OwnCheck, checks_nothing
from lisa_core.harness.match.step_index import Definition
from lisa_core.harness.plugin.extent.scope import known_requirements
from lisa_core.harness.plugin.scenario_item import PlannedStep, ScenarioItem
from lisa_core.harness.plugin.stash import FEATURES, INDEX, LINES, LOOKED, OWN_CHECKED, SETTINGS, UNASKED, WANTED
from lisa_core.harness.report.record import ScenarioRecord, StepRecord
from lisa_core.harness.settings import RULES, why_not_applicable
from lisa_core.harness.text.document import FeatureText, ScenarioText, read
from lisa_core.harness.text.findings import FeatureError, Finding
from lisa_core.harness.text.former_words import current_tag
from lisa_core.harness.text.language import say
from lisa_core.harness.text.lint import lint
from lisa_core.harness.text.naming import named, repeated
from lisa_core.harness.text.sentences import files_for
from lisa_core.harness.text.tags import check_tags, is_known
from lisa_core.harness.text.written import WrittenStep, step_nodes, written_steps


class FeatureFile(pytest.File):
    """A .feature file: one item for each of its scenarios and example rows."""

    text: FeatureText | None = None

    def collect(self) -> list[pytest.Item | pytest.Collector]:
        """The items of this file, each with its plan; raises `FeatureError` with everything that is wrong in it."""
        noted = self.config.stash.get(LOOKED, None)
        try:
            items, findings, notes = self._read()
        except FeatureError as error:
            items, findings, notes = [], list(error.findings), []
        if findings and noted is None:
            raise FeatureError(findings)
        if noted is not None:
            noted |= dict.fromkeys((*findings, *notes))
        return items

    def _read(self) -> tuple[list[pytest.Item | pytest.Collector], list[Finding], list[Finding]]:
        """The items, what is wrong, and what could be better."""
        stash = self.config.stash
        feature = self.text or read(self.path)
        self.text = stash[FEATURES][self.path] = feature
        form = self._form(feature)
        wanted = _at_lines(feature, stash[LINES].get(self.path, frozenset()))
        settings = stash[SETTINGS]
        own = self._check_own(settings.profile)
        if own and LOOKED not in stash:
            raise FeatureError(own)
        ours = settings.rules == RULES[0]
        check = StepCheck(feature, self, stash[INDEX], settings.profile, disturbed=settings.disturbed, prose=ours)
        manager: Any = self.session._fixturemanager
        fixtures = manager.getfixtureinfo(node=self, func=None, cls=None)
        written = {node["id"]: node for node in step_nodes(feature.syntax.tree["feature"])}
        items: list[pytest.Item | pytest.Collector] = []
        for name, pickle in named(feature):
            if wanted is None or pickle["location"]["line"] in wanted:
                steps = list(written_steps(pickle, written))
                record = _record(self, feature, pickle, name)
                items += self._items(record, steps, check, fixtures, unfold=not own)
        stash[WANTED] += check.unknown
        told = {finding.line for finding in form}
        return items, [*own, *form, *(one for one in check.found_wrong() if one.line not in told)], check.spelled()

    def _form(self, feature: FeatureText) -> list[Finding]:
        """What is wrong with it beside its steps, by the rules that this run asks to be kept."""
        known = known_requirements(self.config, self.path)
        found = [*lint(feature), *(check_tags(feature, known) if known is not None else ())]
        if self.config.stash[SETTINGS].rules == RULES[0]:
            return found
        self.config.stash[UNASKED].extend(found)
        return []

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str | TerminalRepr:
        """A sentence for each finding, without a traceback."""
        if isinstance(excinfo.value, FeatureError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def _items(
        self, record: ScenarioRecord, steps: list[WrittenStep], check: StepCheck, fixtures: Any, *, unfold: bool
    ) -> list[ScenarioItem]:
        """The scenario, or each of its repetitions."""
        worded: list[tuple[WrittenStep, str, Definition]] = []
        plan, records = planned(steps, check, worded, unfold=unfold)
        if self._will_run(record):
            check.words(worded)
        times = int(self.config.getoption("--lisa-repeat"))
        plans = [
            replace(record, id=f"{self.nodeid}::{name}", name=name, steps=records)
            for name in repeated(record.name, times)
        ]
        return [
            ScenarioItem.from_parent(self, name=one.name, record=one, steps=plan, fixtures=fixtures) for one in plans
        ]

    def _check_own(self, profile: str) -> Sequence[Finding]:
        """What is wrong with the sentences of a tester's own that this file sees, before a feature is blamed."""
        own, index = own_definitions(self.path, self.config.rootpath), self.config.stash[INDEX]
        checked = self.config.stash[OWN_CHECKED]
        places = tuple(one.place for one in own)
        if own and places not in checked:
            tell_own(files_for(self.path, self.config.rootpath))
            checked[places] = tuple(OwnCheck(self, index, profile).findings(own))
        return checked.get(places, ())

    def _will_run(self, plan: ScenarioRecord) -> bool:
        """Whether it is selected and applies: another may be meant for another Landkreis."""
        settings, expression = self.config.stash[SETTINGS], self.config.getoption("markexpr")
        with contextlib.suppress(SyntaxError):  # pytest says so
            if expression and not Expression.compile(expression).evaluate(lambda name, /, **_: name in plan.tags):
                return False
        return not why_not_applicable(frozenset(filter(is_known, plan.tags)), settings)  # a typo is told, and no reason


def planned(
    steps: Iterable[WrittenStep],
    check: StepCheck,
    worded: list[tuple[WrittenStep, str, Definition]],
    *,
    unfold: bool = True,
) -> tuple[tuple[PlannedStep, ...], tuple[StepRecord, ...]]:
    """What runs, and its records; own sentences unfold. `worded` gets each step with the sentence it is called by.

    Without `unfold` nothing will run: something is wrong in own sentences, and one of them may never come to an end.
    """
    plan, records = [], []
    for step in steps:
        place, pattern = "", ""
        inside: tuple[StepRecord, ...] = ()
        sentence, definition = check.found(step)
        if definition:
            place, pattern = definition.place, definition.pattern
            worded.append((step, sentence, definition))
            within = unfolded(definition, sentence, step.used_at or step.line) if unfold else ()
            inner, inside = planned(within, check, worded)
            plan.append(PlannedStep(definition, sentence, step.table, step.docstring, inner))
            if step.kind == "then" and definition.own and not definition.own.checks:
                check.note("ohne-dann", step, *checks_nothing(definition.own))
        record = StepRecord(step.keyword, step.text, step.line, definition=place, pattern=pattern, inside=inside)
        records.append(record)
    return tuple(plan), tuple(records)


def _record(file: FeatureFile, feature: FeatureText, pickle: JsonMap, name: str) -> ScenarioRecord:
    return ScenarioRecord(
        id=f"{file.nodeid}::{name}",
        name=name,
        feature=feature.name,
        file=file.path,
        line=pickle["location"]["line"],
        tags=frozenset(current_tag(tag["name"].removeprefix("@")) for tag in pickle["tags"]),
        steps=(),
    )


def _at_lines(feature: FeatureText, lines: frozenset[int]) -> frozenset[int] | None:
    """The lines of scenarios and example rows meant by `datei.feature:12`; None: all."""
    if not lines:
        return None
    wanted: set[int] = set()
    for line in sorted(lines):
        if rule := next((rule for rule in feature.rules if rule.first <= line <= rule.last), None):
            wanted.update(*(_runs(one) for one in feature.scenarios if one.line in rule.scenarios))
            continue
        meant = next((found for found in feature.scenarios if found.first <= line <= found.last), None)
        if meant is None:
            what = say("In dieser Zeile steht kein Szenario.")
            raise FeatureError([Finding(feature.path, line, what, _where(feature), "zeile-ohne-szenario")])
        wanted |= {line} if line in _runs(meant) else _runs(meant)
    return frozenset(wanted)


def _runs(scenario: ScenarioText) -> set[int]:
    """The lines of its example rows, or its own."""
    return {row for row, _ in scenario.rows} or {scenario.line}


def _where(feature: FeatureText) -> str:
    lines = ", ".join(str(found.line) for found in feature.scenarios)
    return say("Szenarien stehen in Zeile {lines}.", lines=lines)


def selected_lines(options: Sequence[str]) -> dict[Path, frozenset[int]]:
    """From `--lisa-select=datei.feature:12` to the lines wanted of each file."""
    lines: dict[Path, set[int]] = {}
    for option in options:
        path, _, line = option.rpartition(":")
        lines.setdefault(Path(path).resolve(), set()).add(int(line))
    return {path: frozenset(found) for path, found in lines.items()}
