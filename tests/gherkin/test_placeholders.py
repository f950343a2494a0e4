"""A placeholder is filled in letter by letter, whatever its column is called and whatever stands in the row."""

from __future__ import annotations

import pytest

from lisa_core.harness.text.syntax import parse_text

OUTLINE = """\
# language: de
Funktionalität: F
Szenariogrundriss: S
Dann kostet es <{name}> hier
Beispiele:
|{cell}|
|{value}|
"""


@pytest.mark.parametrize("name", ["n", "Preis (EUR)", "a+b", "(", "[x", "a.c"])
@pytest.mark.parametrize(("value", "filled"), [("5", "5"), (r"\\1", r"\1"), (r"\\g<0>", r"\g<0>"), ("a.c", "a.c")])
def test_a_column_is_no_pattern(name: str, value: str, filled: str) -> None:
    (pickle,) = parse_text(OUTLINE.format(name=name, cell=name, value=value), "x.feature").pickles
    assert [step["text"] for step in pickle["steps"]] == [f"kostet es {filled} hier"]


def test_a_column_fills_in_its_own_placeholder_only() -> None:
    (pickle,) = parse_text(OUTLINE.format(name="abc", cell="a.c", value="5"), "x.feature").pickles
    assert [step["text"] for step in pickle["steps"]] == ["kostet es <abc> hier"]
