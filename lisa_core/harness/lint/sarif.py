"""Mistakes as a SARIF log, which GitHub, GitLab and editors show beside the lines.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0: 3.14 run, 3.19 toolComponent, 3.27
result, 3.30 region (columns count characters: `columnKind`, 3.14.17).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from lisa_core.domain.model.json_types import JsonDict
from lisa_core.harness.lint.place import Span
from lisa_core.harness.lint.rules import NOTES, RULES
from lisa_core.harness.text.findings import Finding

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_NUMBERS = {rule: number for number, rule in enumerate(RULES)}


def document(placed: Sequence[tuple[Finding, Span]], root: Path) -> JsonDict:
    """One run of our tool; the names of files below `root` are relative to it."""
    rules = [{"id": rule, "shortDescription": {"text": text}} for rule, text in RULES.items()]
    driver = {"name": "LISA", "version": version("lisa-booth"), "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, at, root) for one, at in placed],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, at: Span, root: Path) -> JsonDict:
    region = {"startLine": at.line, "startColumn": at.start, "endColumn": at.end}
    where = {"artifactLocation": {"uri": _uri(finding.path, root)}, "region": region}
    return {
        "ruleId": finding.rule,
        "ruleIndex": _NUMBERS[finding.rule],
        "level": "note" if finding.rule in NOTES else "error",
        "message": {"text": f"{finding.what} {finding.advice}".rstrip()},
        "locations": [{"physicalLocation": where}],
    }


def _uri(path: Path, root: Path) -> str:
    """Relative where it can be: GitHub looks for such a file in the repository."""
    whole = path if path.is_absolute() else root / path
    if not whole.is_relative_to(root):
        return whole.as_uri()
    return quote(os.fsencode(whole.relative_to(root).as_posix()))  # a name need not be UTF-8
