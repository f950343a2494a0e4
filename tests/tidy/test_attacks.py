"""The page of attacks tells the truth: each test that it names exists, each row against running programs is on it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.tidy.sources import ROOT

PAGE = (ROOT / "docs" / "attacks.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+)(?:\[([^\]]+)\])?)?`")
ATTACKS = ROOT / "tests" / "attack"
ROW = re.compile(r"\"(\d+)-[\w.-]+\": |f\"(\d+)-\{kind\}\": ")


def test_each_line_names_a_test_that_exists() -> None:
    lines = [line for line in PAGE.splitlines() if re.match(r"\| \d+\. ", line)]
    assert [int(line[2:].partition(".")[0]) for line in lines] == list(range(1, len(lines) + 1))
    untested = [line for line in lines if not NAMED.search(line)]
    assert len(untested) == 1, "the licences alone are read by people"
    missing = [found.group() for found in NAMED.finditer(PAGE) if not _exists(*found.groups())]
    assert not missing


def test_each_row_against_running_programs_is_on_the_page() -> None:
    rows = {number for path in ATTACKS.glob("*.py") for pair in ROW.findall(_text(path)) for number in pair if number}
    assert {"1", "18", "22", "30"} <= rows
    assert not [number for number in rows if f"test_the_others_go_on[{number}-" not in PAGE]


def _exists(path: str, name: str | None, row: str | None) -> bool:
    file = ROOT / path
    if not file.is_file():
        return False
    functions = [node.name for node in ast.parse(_text(file)).body if isinstance(node, ast.FunctionDef)]
    return (name is None or name in functions) and (row is None or _is_row(row))


def _is_row(row: str) -> bool:
    """Whether the table has it; those of the first line are made of the names of messages."""
    sources = [_text(path) for path in ATTACKS.glob("*.py")]
    key = row.removeprefix("1-")
    return any(f'"{row}": ' in source or (row.startswith("1-") and f'"{key}": {{' in source) for source in sources)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
