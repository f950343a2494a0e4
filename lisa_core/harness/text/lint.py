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
from lisa_core.harness.text.findings import Finding, Rule, meant, shown
from lisa_core.harness.text.keywords import PLACEHOLDER, is_bare, meant_block, meant_step
from lisa_core.harness.text.language import say

T = TypeVar("T")


Judge = Callable[[FeatureText], Iterable[Finding]]


def lint(feature: FeatureText) -> list[Finding]:
    """Everything that is wrong with the form of one file; its tags are judged by tags.py."""
    return [finding for judge in JUDGES for finding in judge(feature)]


def same_named_features(named: Iterable[tuple[Path, str, int]]) -> Iterator[Finding]:
    """Features of the same name in different files: nobody could tell their results apart."""
    first: dict[str, Path] = {}
    for path, name, line in named:
        other = first.setdefault(name, path)
        if other != path:
            what = say("Die Funktionalität „{name}“ gibt es schon in {place}.", name=name, place=shown(other))
            yield Finding(path, line, what, say("Einen anderen Namen geben."), "name-doppelt")


def _names(feature: FeatureText) -> Iterator[Finding]:
    if not feature.name.strip():
        what = say("Die Funktionalität hat keinen Namen.")
        yield Finding(feature.path, feature.line, what, say("Einen Namen geben."), "name-fehlt")
    seen: dict[str, int] = {}
    for scenario in feature.scenarios:
        name = " ".join(scenario.name.split())
        if not scenario.name.strip():
            what = say("Das Szenario hat keinen Namen.")
            yield Finding(feature.path, scenario.line, what, say("Einen Namen geben."), "name-fehlt")
        elif name in seen:
            line = seen[name]
            what = say("Ein Szenario „{name}“ steht schon in Zeile {line}.", name=scenario.name, line=line)
            advice = say("Einem von beiden einen anderen Namen geben.")
            yield Finding(feature.path, scenario.line, what, advice, "name-doppelt")
        seen.setdefault(name, scenario.line)


def _prose(feature: FeatureText) -> Iterator[Finding]:
    """Descriptions are free text: a mistyped keyword turns what follows into one, and nothing of it runs."""
    for line, intended in _described(feature):
        if is_bare(line.text):
            what = say("Hinter „{word}“ fehlt der Schritt.", word=line.text)
            yield Finding(feature.path, line.line, what, say("Ihn in dieselbe Zeile schreiben."), "schritt-leer")
        elif intended:
            what = say("„{line}“ ist kein Schritt, sondern nur Beschreibung, und liefe nie.", line=line.text)
            advice = say("Meinten Sie „{word}“? Eine Beschreibung beginnt mit einem anderen Wort.", word=intended)
            yield Finding(feature.path, line.line, what, advice, "nur-beschreibung")


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
        yield Finding(feature.path, feature.line, what, advice, "ohne-szenario")
    for rule in feature.empty_rules:
        what = say("Die Regel „{name}“ hat kein Szenario.", name=rule.text)
        yield Finding(feature.path, rule.line, what, advice, "ohne-szenario")
    for scenario in feature.scenarios:
        yield from _steps(feature, scenario)


def _steps(feature: FeatureText, scenario: ScenarioText) -> Iterator[Finding]:
    if not scenario.steps:
        yield Finding(feature.path, scenario.line, *_without_steps(feature, scenario), "ohne-schritte")
        return
    first = scenario.steps[0]
    if first.kind == CONJUNCTION and not scenario.background:
        what = say("Der erste Schritt beginnt mit „{word}“.", word=first.keyword)
        advice = say("Mit Angenommen, Gegeben sei, Wenn oder Dann beginnen.")
        yield Finding(feature.path, first.line, what, advice, "und-zuerst")
    if not any(step.kind == OUTCOME for step in scenario.steps):
        what = say("Das Szenario „{name}“ prüft nichts: Es hat keinen Schritt mit „Dann“.", name=scenario.name)
        advice = say("Mit „Dann …“ sagen, was zu sehen sein muss.")
        yield Finding(feature.path, scenario.line, what, advice, "ohne-dann")


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
            advice = say("Schritte ergänzen oder die Zeile löschen.")
            yield Finding(feature.path, background.line, what, advice, "ohne-schritte")
        elif (first := background.steps[0]).kind == CONJUNCTION:
            what = say("Der erste Schritt beginnt mit „{word}“.", word=first.keyword)
            advice = say("Mit Angenommen oder Gegeben sei beginnen.")
            yield Finding(feature.path, first.line, what, advice, "und-zuerst")


def _outlines(feature: FeatureText) -> Iterator[Finding]:
    for scenario in feature.scenarios:
        used = _placeholders(scenario)
        advice = say("Eine Tabelle „Beispiele:“ anfügen.")
        if scenario.keyword in outline_words(feature.language) and not scenario.examples:
            what = say("Der Szenariogrundriss „{name}“ hat keine Beispiele.", name=scenario.name)
            yield Finding(feature.path, scenario.line, what, advice, "beispiele-fehlen")
        elif used and not scenario.examples:
            what = say("„<{name}>“ ist ein Platzhalter, aber das Szenario hat keine Beispiele.", name=min(used))
            yield Finding(feature.path, scenario.line, what, advice, "beispiele-fehlen")
        seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        for table in scenario.examples:
            yield from _table(feature, scenario, table, used)
            rows = {(table.columns, cells) for _, cells in table.rows}
            for _, row in sorted(rows & seen):
                what = say("Die Zeile „{row}“ gibt es zweimal.", row=" | ".join(row))
                yield Finding(feature.path, table.line, what, say("Eine davon löschen."), "beispiele-zeile")
            seen |= rows


def _table(feature: FeatureText, scenario: ScenarioText, table: Examples, used: set[str]) -> Iterator[Finding]:
    def finding(rule: Rule, what: str, advice: str) -> Finding:
        return Finding(feature.path, table.line, what, advice, rule)

    if not table.rows:
        what = say("Die Beispiele von „{name}“ haben keine Zeilen und liefen nie.", name=scenario.name)
        yield finding("beispiele-fehlen", what, say("Zeilen ergänzen oder die Tabelle löschen."))
        return
    for name in _repeated(table.columns):
        what = say("Die Spalte „{name}“ gibt es zweimal.", name=name)
        yield finding("beispiele-spalte", what, say("Eine davon umbenennen oder löschen."))
    for row in _repeated(cells for _, cells in table.rows):
        what = say("Die Zeile „{row}“ gibt es zweimal.", row=" | ".join(row))
        yield finding("beispiele-zeile", what, say("Eine davon löschen."))
    for name in sorted(used - set(table.columns)):
        advice = meant(name, table.columns, say("Die Spalte ergänzen."))
        yield finding("beispiele-spalte", say("Die Beispiele haben keine Spalte „{name}“.", name=name), advice)
    for name in sorted(set(table.columns) - used):
        advice = say("Im Szenario als „<…>“ verwenden oder die Spalte löschen.")
        yield finding("beispiele-spalte", say("Die Spalte „{name}“ wird nicht verwendet.", name=name), advice)


def _repeated(values: Iterable[T]) -> Iterator[T]:
    return (value for value, count in Counter(values).items() if count > 1)


def _placeholders(scenario: ScenarioText) -> set[str]:
    steps = (*scenario.background, *scenario.steps)
    texts = [scenario.name, *(step.text for step in steps), *(cell for step in steps for cell in step.cells)]
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


JUDGES: tuple[Judge, ...] = (_names, _prose, _scenarios, _backgrounds, _outlines)
