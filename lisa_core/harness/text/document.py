"""A feature file as values: read once from its text, for the rules, the selection by line and the record."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException, ParserError

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.text.dialect import refusal
from lisa_core.harness.text.findings import FeatureError, Finding, Rule, shown
from lisa_core.harness.text.keywords import keyword_advice
from lisa_core.harness.text.language import say, spoken
from lisa_core.harness.text.syntax import Syntax, parse_text
from lisa_core.host.causes import cause
from lisa_core.host.paths import read_text

CONJUNCTION = "Conjunction"
OUTCOME = "Outcome"
_MERGE_MARK = re.compile(r"\s*(<{7}( |$)|>{7}( |$)|={7}$)")
_FENCE = re.compile(r'\s*("""|```)')


@dataclass(frozen=True, slots=True)
class TextLine:
    """A piece of text and where it stands."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class StepText:
    """One step as written. `kind` is gherkin's: Context, Action, Outcome, Conjunction, Unknown (for `*`)."""

    keyword: str
    kind: str
    text: str
    line: int
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Background:
    """The steps that come before those of every scenario of a feature or rule."""

    keyword: str
    line: int
    description: tuple[TextLine, ...]
    steps: tuple[StepText, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """One table of an outline; `columns` is empty where it has no header."""

    line: int
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    tags: tuple[TextLine, ...]
    description: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class ScenarioText:
    """One scenario or outline; `first` to `last` are its lines, tags included; `background` comes before `steps`."""

    keyword: str
    name: str
    line: int
    first: int
    last: int
    tags: tuple[TextLine, ...]
    description: tuple[TextLine, ...]
    background: tuple[StepText, ...]
    steps: tuple[StepText, ...]
    examples: tuple[Examples, ...]

    @property
    def rows(self) -> tuple[tuple[int, Examples], ...]:
        """Every example row in the order in which pytest-bdd runs them, as (line, table)."""
        return tuple((line, table) for table in self.examples for line, _ in table.rows)


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule has above its first scenario, lines `first` to `last`; `scenarios` are the lines of those in it."""

    first: int
    last: int
    scenarios: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FeatureText:
    """One feature file. `tags` are those of the feature alone; those of rules are already on their scenarios."""

    path: Path
    language: str
    """Gherkin's name of it: "de", "en"."""
    name: str
    line: int
    tags: tuple[TextLine, ...]
    description: tuple[TextLine, ...]
    empty_rules: tuple[TextLine, ...]
    rules: tuple[RuleText, ...]
    backgrounds: tuple[Background, ...]
    scenarios: tuple[ScenarioText, ...]
    text: str
    syntax: Syntax

    @property
    def prose(self) -> tuple[TextLine, ...]:
        """Every line that is description, wherever it stands."""
        described = [one.description for one in self.backgrounds]
        described += [one.description for one in self.scenarios]
        described += [table.description for one in self.scenarios for table in one.examples]
        return (*self.description, *(line for lines in described for line in lines))


def read(path: Path) -> FeatureText:
    """Read a feature file. Raises `FeatureError` for what is no feature file at all."""
    return parse(path, text_of(path))


def text_of(path: Path) -> str:
    """The text of a file that a tester has written. Raises `FeatureError` for one that cannot be read."""
    try:
        return read_text(path)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        what = say("Die Datei ist nicht in UTF-8 gespeichert.")
        advice = say("Im Editor „Speichern mit Kodierung UTF-8“ wählen.")
        raise _refusal(path, line, what, advice, "datei-unlesbar") from None
    except OSError as error:
        what = say(
            "Die Datei lässt sich nicht lesen ({why}).", why=cause(error) if spoken() == "de" else error.strerror
        )
        raise _refusal(path, 0, what, say("Pfad und Rechte prüfen."), "datei-unlesbar") from None


def parse(path: Path, text: str) -> FeatureText:
    """Make values of the text of a feature file. Raises `FeatureError`."""
    if not text.strip():
        advice = say("Ein Szenario schreiben oder die Datei löschen.")
        raise _refusal(path, 0, say("Die Datei ist leer."), advice, "datei-leer")
    if marker := _merge_marker(text):
        what = say("Hier steht ein Rest eines Merge-Konflikts.")
        raise _refusal(path, marker, what, say("Den Konflikt auflösen."), "merge-rest")
    if refused := refusal(text):
        raise _refusal(path, *refused)
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        what = say("Die Datei enthält keine Funktionalität.")
        raise _refusal(path, 0, what, say("Mit „Funktionalität: …“ beginnen."), "datei-leer")
    try:
        syntax = parse_text(text, shown(path))
    except ParserError as error:
        raise FeatureError(parser_findings(path, text, error)) from None
    return _Reading(path, text).feature(syntax)


def _refusal(path: Path, line: int, what: str, advice: str, rule: Rule) -> FeatureError:
    return FeatureError([Finding(path, line, what, advice, rule)])


def _merge_marker(text: str) -> int:
    """The line of the first mark that a merge left behind; 0 where there is none."""
    quoted = False
    for number, line in enumerate(text.split("\n"), start=1):
        if (found := _MERGE_MARK.match(line)) and not (quoted and found[1][0] == "="):
            return number  # what else a merge writes; a row of "=" alone underlines a heading in a text
        quoted ^= _FENCE.match(line) is not None
    return 0


def parser_findings(path: Path, text: str, error: ParserError) -> Iterator[Finding]:
    """What gherkin's parser could not read, in words."""
    first: Any = error.errors[0] if isinstance(error, CompositeParserException) else error
    lines = text.rstrip("\n").split("\n")
    number = first.location["line"]
    line = lines[number - 1].strip() if number <= len(lines) else ""
    yield Finding(path, min(number, max(len(lines), 1)), *_in_words(str(first), line))


def _in_words(message: str, line: str) -> tuple[str, str, Rule]:
    """What gherkin's parser found, what to do about it, and the rule."""
    if "inconsistent cell count" in message:
        what = say("Die Zeilen der Tabelle haben verschieden viele Spalten.")
        return what, say("Fehlende oder überzählige „|“ berichtigen."), "tabelle-ungleich"
    if "tag may not contain whitespace" in message:
        advice = say("Tags mit „@“ beginnen, durch Leerzeichen trennen.")
        return say("Ein Tag enthält ein Leerzeichen."), advice, "tag-leerzeichen"
    if "unexpected end of file" in message:
        what = say("Die Datei endet mitten im Text.")
        advice = "Ein mit drei Anführungszeichen geöffneter Text muss ebenso enden; nach Tags folgt ein Szenario."
        return what, say(advice), "aufbau"
    return say("„{line}“ kann hier nicht stehen.", line=line), keyword_advice(line), "aufbau"


class _Reading:
    """From gherkin's tree to values."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text
        self._lines = text.split("\n")  # as gherkin counts them: not at U+2028 and the like

    def feature(self, syntax: Syntax) -> FeatureText:
        node = syntax.tree["feature"]
        found = list(self._children(node["children"], (), ()))
        rules = tuple(self._rule(rule) for rule in _inside(node, "rule") if any(_inside(rule, "scenario")))
        scenarios = self._ended(found, frozenset(rule.first for rule in rules))
        return FeatureText(
            path=self._path,
            language=node["language"],
            name=node["name"],
            line=node["location"]["line"],
            tags=_tags(node),
            description=self._description(node, *_inside(node, "rule")),
            empty_rules=tuple(
                TextLine(rule["name"], rule["location"]["line"])
                for rule in _inside(node, "rule")
                if not any(_inside(rule, "scenario"))
            ),
            rules=rules,
            backgrounds=tuple(self._backgrounds(node)),
            scenarios=scenarios,
            text=self._text,
            syntax=syntax,
        )

    def _ended(self, found: Sequence[ScenarioText], rules: frozenset[int]) -> tuple[ScenarioText, ...]:
        """Each scenario with its last line; what stands above a rule belongs to nothing."""
        starts = sorted({*rules, *(scenario.first for scenario in found), len(self._lines) + 1})
        ended = []
        for scenario in found:
            start = starts[bisect_right(starts, scenario.line)]
            last = start - 1
            while start in rules and not self._lines[last - 1].strip():
                last -= 1
            ended.append(replace(scenario, last=last))
        return tuple(ended)

    def _rule(self, node: JsonMap) -> RuleText:
        scenarios = list(_inside(node, "scenario"))
        first, begin = (
            min((one["location"]["line"], *(tag.line for tag in _tags(one)))) for one in (node, scenarios[0])
        )
        return RuleText(first, begin - 1, tuple(one["location"]["line"] for one in scenarios))

    def _backgrounds(self, node: JsonMap) -> Iterator[Background]:
        for owner in (node, *_inside(node, "rule")):
            for background in _inside(owner, "background"):
                yield Background(
                    keyword=background["keyword"],
                    line=background["location"]["line"],
                    description=self._description(background),
                    steps=tuple(_step(step) for step in background["steps"]),
                )

    def _children(
        self, nodes: Sequence[JsonMap], before: tuple[StepText, ...], tags: tuple[TextLine, ...]
    ) -> Iterator[ScenarioText]:
        for node in nodes:
            if background := node.get("background"):
                before = (*before, *(_step(step) for step in background["steps"]))
            elif rule := node.get("rule"):
                yield from self._children(rule["children"], before, (*tags, *_tags(rule)))
            elif scenario := node.get("scenario"):
                yield self._scenario(scenario, before, tags)

    def _scenario(self, node: JsonMap, before: tuple[StepText, ...], tags: tuple[TextLine, ...]) -> ScenarioText:
        own, line = _tags(node), node["location"]["line"]
        return ScenarioText(
            keyword=node["keyword"],
            name=node["name"],
            line=line,
            first=min((line, *(tag.line for tag in own))),
            last=line,
            tags=(*tags, *own),
            description=self._description(node),
            background=before,
            steps=tuple(_step(step) for step in node["steps"]),
            examples=tuple(_examples(table, self._description(table)) for table in node["examples"]),
        )

    def _description(self, *nodes: JsonMap) -> tuple[TextLine, ...]:
        return tuple(line for node in nodes for line in self._described(node))

    def _described(self, node: JsonMap) -> Iterator[TextLine]:
        """The lines of a description; gherkin gives its text only, so each line is searched below its keyword."""
        number = node["location"]["line"]
        for text in filter(str.strip, node["description"].split("\n")):
            while number < len(self._lines) and self._lines[number].strip() != text.strip():
                number += 1
            number += 1
            yield TextLine(text.strip(), number)


def _inside(node: JsonMap, kind: str) -> Iterator[JsonMap]:
    return (child[kind] for child in node["children"] if kind in child)


def _tags(node: JsonMap) -> tuple[TextLine, ...]:
    return tuple(TextLine(tag["name"].removeprefix("@"), tag["location"]["line"]) for tag in node["tags"])


def _step(node: JsonMap) -> StepText:
    table = node.get("dataTable", {"rows": []})
    cells = tuple(cell["value"] for row in table["rows"] for cell in row["cells"])
    document = (node["docString"]["content"],) if "docString" in node else ()
    return StepText(
        node["keyword"].strip(), node["keywordType"], node["text"], node["location"]["line"], cells + document
    )


def _examples(node: JsonMap, description: tuple[TextLine, ...]) -> Examples:
    header = node.get("tableHeader")
    return Examples(
        line=node["location"]["line"],
        columns=tuple(cell["value"] for cell in header["cells"]) if header else (),
        rows=tuple(
            (row["location"]["line"], tuple(cell["value"] for cell in row["cells"]))
            for row in node.get("tableBody", ())
        ),
        tags=_tags(node),
        description=description,
    )
