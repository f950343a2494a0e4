"""What the fuzzers found once, kept: one input for each cause that was mended where nobody would meet it soon again."""

from __future__ import annotations

import pytest

from tests.fuzz.edge import Watch, outcome_of
from tests.fuzz.table import EDGES

KNOWN = {edge.name: edge for edge in EDGES}
FOUND = (
    ("feature", b"\n" * 60 + b"x", "blank lines before the first: each one doubled the time"),
    (
        "feature",
        "# language: de\nFunktionalität: a\nSzenariogrundriss: b\nDann <(>\nBeispiele:\n|(|\n|\\\\ \\1|\n".encode(),
        "a column whose name is no pattern",
    ),
    ("profile", b"x = " + b"[" * 600, "lists in lists"),
    ("landkreis", b"x = " + b"{a=" * 600, "tables in tables"),
    ("form", b"x = " + b"9" * 5_000, "a number of thousands of digits"),
    ("requirements", b"x = " + b"[" * 600 + b"]" * 600, "lists in lists that are closed"),
    ("command-value", b"127.0.0.1:" + b"9" * 5_000, "a port of thousands of digits"),
    ("command-value", b"x.feature:" + b"9" * 5_000, "a line of thousands of digits"),
    ("command-value", b"x" * 5_000, "a name that no file can have"),
    ("command-value", b"http://[", "brackets that do not close"),
)


@pytest.mark.parametrize(("name", "data", "why"), FOUND, ids=[why for _, _, why in FOUND])
def test_what_was_found_once_is_refused(name: str, data: bytes, why: str) -> None:
    with Watch():
        assert not outcome_of(KNOWN[name], data, 0, 0).fault
