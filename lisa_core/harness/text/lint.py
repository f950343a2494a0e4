"""What a feature file must not contain, as a table of rules: pytest-bdd would let most of it pass in silence.

Each rule is a pure function from a file that parses to its findings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from lisa_core.harness.text.dialect import GERMAN, outline_words
from lisa_core.harness.text.dialect import meant_block as meant_in
from lisa_core.harness.text.document import (
    CONJUNCTION,
    OUTCOME,
    Background,
    Examples,
    FeatureText,
    ScenarioText,
    TextLine,
)
from lisa_core.harness.text.findings import Finding, meant, shown
from lisa_core.harness.text.keywords import PLACEHOLDER, is_bare, meant_block, meant_step
from lisa_core.harness.text.language import say

T = TypeVar("T")


Rule = Callable[[FeatureText], Iterable[Finding]]


def lint(feature: FeatureText) -> list[Finding]:
    """Everything that is wrong with the form of one file; its tags are judged by tags.py."""
    return [finding for rule in RULES for finding in rule(feature)]


def same_named_features(named: Iterable[tuple[Path, str, int]]) -> Iterator[Finding]:
    """Features of the same name in different files: nobody could tell their results apart."""
    first: dict[str, Path] = {}
    for path, name, line in named:
        other = first.setdefault(name, path)
        if other != path:
            what = say("Die Funktionalität „{name}“ gibt es schon in {place}.", name=name, place=shown(other))
            yield Finding(path, line, what, say("Einen anderen Namen geben."))


def _names(feature: FeatureText) -> Iterator[Finding]:
    if not feature.name.strip():
        what = say("Die Funktionalität hat keinen Namen.")
        yield Finding(feature.path, feature.line, what, say("Einen Namen geben."))
    seen: dict[str, int] = {}
    for scenario in feature.scenarios:
        name = " ".join(scenario.name.split())
        if not scenario.name.strip():
            what = say("Das Szenario hat keinen Namen.")
            yield Finding(feature.path, scenario.line, what, say("Einen Namen geben."))
        elif name in seen:
            line = seen[name]
            what = say("Ein Szenario „{name}“ steht schon in Zeile {line}.", name=scenario.name, line=line)
            yield Finding(feature.path, scenario.line, what, say("Einem von beiden einen anderen Namen geben."))
        seen.setdefault(name, scenario.line)


def _prose(feature: FeatureText) -> Iterator[Finding]:
    """Descriptions are free text: a mistyped keyword turns what follows into one, and nothing of it runs."""
    for line, intended in _described(feature):
        if is_bare(line.text):
            what = say("Hinter „{word}“ fehlt der Schritt.", word=line.text)
            yield Finding(feature.path, line.line, what, say("Ihn in dieselbe Zeile schreiben."))
        elif intended:
            what = say("„{line}“ ist kein Schritt, sondern nur Beschreibung, und liefe nie.", line=line.text)
            advice = say("Meinten Sie „{word}“? Eine Beschreibung beginnt mit einem anderen Wort.", word=intended)
            yield Finding(feature.path, line.line, what, advice)


def _described(feature: FeatureText) -> Iterator[tuple[TextLine, str]]:
    """Every line of a description, and the keyword that it was meant to begin with.

    Where there is no step, also an ordinary word ("Wen") was meant as one.
    """
    if feature.language != GERMAN:
        yield from ((line, meant_in(line.text, feature.language)) for line in feature.prose)
        return
    yield from ((line, meant_block(line.text)) for line in feature.description)
    blocks: list[Background | ScenarioText] = [*feature.backgrounds, *feature.scenarios]
    for block in blocks:
        for line in block.description:
            yield line, meant_block(line.text) or meant_step(line.text, ordinary=not block.steps)
    tables = (table for one in feature.scenarios for table in one.examples)
    lines = (line for table in tables for line in table.description)
    yield from ((line, meant_block(line.text) or meant_step(line.text, ordinary=False)) for line in lines)


def _scenarios(feature: FeatureText) -> Iterator[Finding]:
    advice = say("Mindestens eines schreiben: „Szenario: …“")
    if not feature.scenarios:
        what = say("Die Funktionalität „{name}“ hat kein Szenario.", name=feature.name)
        yield Finding(feature.path, feature.line, what, advice)
    for rule in feature.empty_rules:
        what = say("Die Regel „{name}“ hat kein Szenario.", name=rule.text)
        yield Finding(feature.path, rule.line, what, advice)
    for scenario in feature.scenarios:
        yield from _steps(feature, scenario)


def _steps(feature: FeatureText, scenario: ScenarioText) -> Iterator[Finding]:
    def finding(what: str, advice: str, line: int = scenario.line) -> Finding:
        return Finding(feature.path, line, what, advice)

    if not scenario.steps:
        yield finding(*_without_steps(feature, scenario))
        return
    first = scenario.steps[0]
    if first.kind == CONJUNCTION and not scenario.background:
        what = say("Der erste Schritt beginnt mit „{word}“.", word=first.keyword)
        yield finding(what, say("Mit Angenommen, Gegeben sei, Wenn oder Dann beginnen."), first.line)
    if not any(step.kind == OUTCOME for step in scenario.steps):
        what = say("Das Szenario „{name}“ prüft nichts: Es hat keinen Schritt mit „Dann“.", name=scenario.name)
        yield finding(what, say("Mit „Dann …“ sagen, was zu sehen sein muss."))


def _without_steps(feature: FeatureText, scenario: ScenarioText) -> tuple[str, str]:
    body = feature.text.split("\n")[scenario.line : scenario.last]
    if any(line.lstrip().startswith("#") for line in body):
        what = say("Alle Schritte von „{name}“ sind auskommentiert.", name=scenario.name)
        return what, say("Das „#“ vor den Schritten entfernen.")
    what = say("Das Szenario „{name}“ hat keine Schritte.", name=scenario.name)
    return what, say("Schritte ergänzen oder es löschen.")


def _backgrounds(feature: FeatureText) -> Iterator[Finding]:
    for background in feature.backgrounds:
        if not background.steps:
            what = say("„{word}“ hat keine Schritte.", word=background.keyword)
            yield Finding(feature.path, background.line, what, say("Schritte ergänzen oder die Zeile löschen."))
        elif (first := background.steps[0]).kind == CONJUNCTION:
            what = say("Der erste Schritt beginnt mit „{word}“.", word=first.keyword)
            yield Finding(feature.path, first.line, what, say("Mit Angenommen oder Gegeben sei beginnen."))


def _outlines(feature: FeatureText) -> Iterator[Finding]:
    for scenario in feature.scenarios:
        used = _placeholders(scenario)
        advice = say("Eine Tabelle „Beispiele:“ anfügen.")
        if scenario.keyword in outline_words(feature.language) and not scenario.examples:
            what = say("Der Szenariogrundriss „{name}“ hat keine Beispiele.", name=scenario.name)
            yield Finding(feature.path, scenario.line, what, advice)
        elif used and not scenario.examples:
            what = say("„<{name}>“ ist ein Platzhalter, aber das Szenario hat keine Beispiele.", name=min(used))
            yield Finding(feature.path, scenario.line, what, advice)
        seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        for table in scenario.examples:
            for what, advice in _table(scenario, table, used):
                yield Finding(feature.path, table.line, what, advice)
            rows = {(table.columns, cells) for _, cells in table.rows}
            for _, row in sorted(rows & seen):
                what = say("Die Zeile „{row}“ gibt es zweimal.", row=" | ".join(row))
                yield Finding(feature.path, table.line, what, say("Eine davon löschen."))
            seen |= rows


def _table(scenario: ScenarioText, table: Examples, used: set[str]) -> Iterator[tuple[str, str]]:
    if not table.rows:
        what = say("Die Beispiele von „{name}“ haben keine Zeilen und liefen nie.", name=scenario.name)
        yield what, say("Zeilen ergänzen oder die Tabelle löschen.")
        return
    for name in _repeated(table.columns):
        yield say("Die Spalte „{name}“ gibt es zweimal.", name=name), say("Eine davon umbenennen oder löschen.")
    for row in _repeated(cells for _, cells in table.rows):
        yield say("Die Zeile „{row}“ gibt es zweimal.", row=" | ".join(row)), say("Eine davon löschen.")
    for name in sorted(used - set(table.columns)):
        advice = meant(name, table.columns, say("Die Spalte ergänzen."))
        yield say("Die Beispiele haben keine Spalte „{name}“.", name=name), advice
    for name in sorted(set(table.columns) - used):
        advice = say("Im Szenario als „<…>“ verwenden oder die Spalte löschen.")
        yield say("Die Spalte „{name}“ wird nicht verwendet.", name=name), advice


def _repeated(values: Iterable[T]) -> Iterator[T]:
    return (value for value, count in Counter(values).items() if count > 1)


def _placeholders(scenario: ScenarioText) -> set[str]:
    steps = (*scenario.background, *scenario.steps)
    texts = [scenario.name, *(step.text for step in steps), *(cell for step in steps for cell in step.cells)]
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


RULES: tuple[Rule, ...] = (_names, _prose, _scenarios, _backgrounds, _outlines)
