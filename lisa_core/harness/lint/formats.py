"""Mistakes as text: for people and editors, for programs, for the annotations of GitHub, as SARIF."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from lisa_core.domain.model.json_types import JsonDict
from lisa_core.harness.lint.place import Span, lines_of, nearest, place_of
from lisa_core.harness.lint.rules import NOTES
from lisa_core.harness.lint.sarif import document
from lisa_core.harness.text.findings import Finding, shown
from lisa_core.harness.text.language import say
from lisa_core.host.printable import printable

Placed = tuple[Finding, Span]
_COMMANDS = {"error": "error", "note": "notice"}
ERROR_LINE, NOTE_LINE = (
    rf"^(.+?):(\d+):(\d+)-(\d+): (?:{words}): (.+) \[([a-z-]+)\]$" for words in ("Fehler|error", "Hinweis|note")
)
"""A line of the format `text`, for who reads it: file, line, first column, column behind the last, sentence, rule."""


def formatted(findings: Sequence[Finding], style: str) -> str:
    """All of them in one of `FORMATS`, without a line end behind the last."""
    return FORMATS[style]([(one, place_of(one, lines_of(one.path))) for one in findings])


def _as_text(placed: Sequence[Placed]) -> str:
    """`datei.feature:5:10-31: Fehler: Satz [regel]`, a line each."""
    lines = []
    for one, at in placed:
        word = say("Hinweis") if one.rule in NOTES else say("Fehler")
        where = f"{shown(one.path)}:{at.line}:{at.start}-{at.end}"
        lines.append(f"{where}: {word}: {_sentence(one)} [{one.rule}]")
    return printable("\n".join((*lines, _summary(placed))))


def _summary(placed: Sequence[Placed]) -> str:
    wrong = [one.path for one, _ in placed if one.rule not in NOTES]
    if not wrong:
        return say("Kein Fehler.")
    count = len(set(wrong))
    files = say("einer Datei") if count == 1 else say("{count} Dateien", count=count)
    if len(wrong) == 1:
        return say("1 Fehler in {files}.", files=files)
    return say("{count} Fehler in {files}.", count=len(wrong), files=files)


def _level(finding: Finding) -> str:
    return "note" if finding.rule in NOTES else "error"


def _as_json(placed: Sequence[Placed]) -> str:
    """`findings`, each with file, line, columns (from 1), severity, rule, message, advice, nearest."""
    findings = [
        {
            "file": shown(one.path),
            "line": at.line,
            "column": at.start,
            "end_column": at.end,
            "severity": _level(one),
            "rule": one.rule,
            "message": one.what,
            "advice": one.advice,
            "nearest": nearest(one),
        }
        for one, at in placed
    ]
    return _json({"version": 1, "findings": findings})


def _as_annotations(placed: Sequence[Placed]) -> str:
    """Workflow commands of GitHub Actions, a line each.

    Source: GitHub Actions, "Workflow commands", "Setting an error message"; what is escaped says actions/toolkit,
    packages/core/src/command.ts (`escapeData`, `escapeProperty`).
    """
    lines = []
    for one, at in placed:
        where = {"file": shown(one.path), "line": at.line, "col": at.start, "endColumn": at.end, "title": one.rule}
        properties = ",".join(f"{name}={_escaped(str(value), '%:,')}" for name, value in where.items())
        lines.append(f"::{_COMMANDS[_level(one)]} {properties}::{_escaped(_sentence(one), '%')}")
    return printable("\n".join(lines))


def _escaped(text: str, marks: str) -> str:
    return "".join(f"%{ord(one):02X}" if one in f"\r\n{marks}" else one for one in text)


def _as_sarif(placed: Sequence[Placed]) -> str:
    return _json(document(placed, Path.cwd()))


def _json(values: JsonDict) -> str:
    """As people read it, unless there is something in it that no terminal may show."""
    text = json.dumps(values, ensure_ascii=False, indent=2)
    return text if text == printable(text) else json.dumps(values, indent=2)


def _sentence(finding: Finding) -> str:
    return " ".join(f"{finding.what} {finding.advice}".split())


FORMATS: Mapping[str, Callable[[Sequence[Placed]], str]] = {
    "text": _as_text,
    "json": _as_json,
    "sarif": _as_sarif,
    "github": _as_annotations,
}
