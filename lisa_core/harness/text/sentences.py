"""Sentences of a tester's own, made of others: files `*.satz`, beside features or in a folder `saetze`, no Python.

    # Die Begrüßung, wie sie in jedem Besuch vorkommt.
    Satz: Wenn {wer:Mitarbeiterin} {wen:Bürgerin} begrüßt und verabschiedet
        Wenn {wer} das Gespräch annimmt
        Dann sieht {wer} {wen}
        Wenn {wer} das Gespräch beendet

Read as a feature is (keywords, tables, texts, mistakes): a `Satz:` takes the place of a `Szenario:`. What stands in the
braces of its first line is a kind of word (`words.TYPES`); below it the name alone stands for what was written there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from gherkin.errors import ParserError

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.text.document import TextLine, parser_findings, text_of
from lisa_core.harness.text.findings import FeatureError, Finding, shown
from lisa_core.harness.text.keywords import keyword_advice
from lisa_core.harness.text.language import say
from lisa_core.harness.text.syntax import Syntax, parse_text
from lisa_core.harness.text.written import WrittenStep, step_nodes, written_steps
from lisa_core.host.paths import files_below

SUFFIX, FOLDER = ".satz", "saetze"
DEEP = 4
"""In how many folders below each other they are looked for."""
_HEAD = re.compile(r"(\s*)Satz\s*:(.*)")
_BEFORE = ("# language: de", "Funktionalität: Sätze")
LINES_BEFORE = len(_BEFORE)
"""So many lines gherkin reads before the first of such a file."""
_FENCE = re.compile(r'\s*("""|```)')
_KINDS = {
    **dict.fromkeys(("Angenommen", "Gegeben sei", "Gegeben seien"), "given"),
    "Wenn": "when",
    "Dann": "then",
}


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """One sentence: `text` is its first line without its keyword, placeholders with their kinds.

    `kind` is given, when, then, or "" where no keyword stands: then it may be used with any. `says` is the comment
    right above it.
    """

    path: Path
    line: int
    kind: str
    text: str
    says: str
    steps: tuple[WrittenStep, ...]
    prose: tuple[TextLine, ...] = ()
    """Nothing: what is no step in it is a mistake."""

    @property
    def checks(self) -> bool:
        """Whether it says with "Dann" that something is so."""
        return any(step.kind == "then" for step in self.steps)


def files_for(feature: Path, root: Path) -> tuple[Path, ...]:
    """The files of sentences that this feature sees: beside it or above it, up to `root`."""
    found: dict[Path, None] = {}
    for folder in feature.parents:
        for place in (folder, folder / FOLDER):
            found |= dict.fromkeys(sorted(place.glob(f"*{SUFFIX}")))
        if folder == root:
            break
    return tuple(found)


def sentence_files_below(folder: Path) -> tuple[Path, ...]:
    """All of them in this folder and below, as deep as somebody lays features."""
    return tuple(path for path in files_below(folder, DEEP) if path.suffix == SUFFIX)


def read_sentences(path: Path) -> tuple[OwnSentence, ...]:
    """Read one file. Raises `FeatureError` with everything that is wrong with its form."""
    return sentences_in(path, text_of(path))


def sentences_in(path: Path, text: str) -> tuple[OwnSentence, ...]:
    """What stands in the text of such a file. Raises `FeatureError`."""
    lines, syntax = text.split("\n"), syntax_of(path, text)
    feature = syntax.tree["feature"]
    if wrong := list(_wrong(path, feature, lines)):
        raise FeatureError(wrong)
    nodes = {node["id"]: node for node in step_nodes(feature)}
    return tuple(_sentence(path, pickle, nodes, lines) for pickle in syntax.pickles)


def syntax_of(path: Path, text: str) -> Syntax:
    """What gherkin makes of it; its lines count `LINES_BEFORE` more. Raises `FeatureError`."""
    gherkin = "\n".join((*_BEFORE, *_as_scenarios(text.split("\n"))))
    try:
        return parse_text(gherkin, shown(path))
    except ParserError as error:
        raise FeatureError(_shifted(parser_findings(path, gherkin, error))) from None


def _as_scenarios(lines: Iterable[str]) -> Iterator[str]:
    fence = ""
    for line in lines:
        if mark := _FENCE.match(line):
            fence = "" if fence == mark[1] else fence or mark[1]
        yield _HEAD.sub(r"\1Szenario:\2", line) if not fence and _HEAD.fullmatch(line) else line


def _shifted(findings: Iterable[Finding]) -> list[Finding]:
    return [replace(one, line=max(1, one.line - LINES_BEFORE)) for one in findings]


def _wrong(path: Path, feature: JsonMap, lines: list[str]) -> Iterator[Finding]:
    """What gherkin takes and what is no sentence."""

    def finding(line: int, what: str, advice: str) -> Finding:
        return Finding(path, max(1, line - LINES_BEFORE), what, advice, "eigener-satz")

    head = say("Mit „Satz: …“ beginnen, darunter Schritte.")
    if not feature["children"] and not feature["description"].strip():
        yield Finding(path, 0, say("Die Datei enthält keinen Satz."), head, "eigener-satz")
    for number, line in _described(feature, lines):
        yield Finding(path, number, say("„{line}“ gehört zu keinem Satz.", line=line), head, "eigener-satz")
    for child in feature["children"]:
        ((_, node),) = child.items()
        at = node["location"]["line"]
        written = lines[at - LINES_BEFORE - 1].strip()
        if not written.startswith("Satz"):
            what = say("„{line}“ kann in einer Datei mit Sätzen nicht stehen.", line=written)
            yield finding(at, what, say("Szenarien stehen in einer Datei, deren Name auf .feature endet."))
            continue
        for tag in node["tags"]:
            yield finding(tag["location"]["line"], say("Ein Satz hat keine Tags."), say("Sie stehen am Szenario."))
        for table in node["examples"]:
            what = say("Ein Satz hat keine Beispiele.")
            yield finding(table["location"]["line"], what, say("Sie stehen am Szenariogrundriss, der ihn verwendet."))
        for number, line in _described(node, lines):
            what = say("„{line}“ ist kein Schritt.", line=line)
            yield Finding(path, number, what, keyword_advice(line), "eigener-satz")
        if not node["name"].strip():
            yield finding(at, say("Hinter „Satz:“ fehlt, wie er heißt."), say("Zum Beispiel: Satz: Wenn sie nur grüßt"))
        elif not node["steps"]:
            what = say("Der Satz „{name}“ hat keine Schritte.", name=node["name"])
            yield finding(at, what, say("Schritte ergänzen oder ihn löschen."))


def _described(node: JsonMap, lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines of a description and their numbers: gherkin gives its text only."""
    number = max(0, node["location"]["line"] - LINES_BEFORE)
    for text in filter(str.strip, node["description"].split("\n")):
        while number < len(lines) and lines[number].strip() != text.strip():
            number += 1
        number += 1
        yield number, text.strip()


def _sentence(path: Path, pickle: JsonMap, nodes: dict[str, JsonMap], lines: list[str]) -> OwnSentence:
    line = pickle["location"]["line"] - LINES_BEFORE
    kind, text = "", " ".join(pickle["name"].split())
    for word, meant in _KINDS.items():
        if text.startswith(f"{word} "):
            kind, text = meant, text.removeprefix(f"{word} ")
    steps = (replace(one, line=one.line - LINES_BEFORE, file=path) for one in written_steps(pickle, nodes))
    return OwnSentence(path, line, kind, text, _comment(lines[: line - 1]), tuple(steps))


def _comment(before: list[str]) -> str:
    """The comment that ends right above."""
    said: list[str] = []
    while before and (line := before.pop().strip()).startswith("#"):
        said.insert(0, line.lstrip("# ").rstrip())
    return " ".join(said)
