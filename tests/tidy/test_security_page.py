"""docs/sicherheit.md says what the code has: limits, what is logged, how fields are checked, which commands help."""

from __future__ import annotations

import re

from lisa_core.domain.model.directory import FieldKind
from tests.tidy.security_page import ENTRY, PAGE, entries, page
from tests.tidy.sources import place, product_files, room

FILES = (".sqlite", ".jsonl", ".html")


def test_the_tables_of_the_page_are_those_of_the_code() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(text), "run python -m tests.tidy.security_page"
    assert len(re.findall(r"<!-- from the code: ", text)) == 2


def test_no_entry_is_named_where_the_page_does_not_look() -> None:
    """Else something would be logged that nobody is told of: whatever begins as entries do is one of them."""
    told = set(re.findall(r"\b[a-zäöü_]+\.[a-zäöü_]+\b", "\n".join(entries())))
    heads = {one.partition(".")[0] for one in told}
    rooms = {("access",), ("booth",), ("exchange",), ("store",)}
    named = {
        (place(path), one)
        for path in product_files()
        if room(path)[1:2] in rooms
        for one in ENTRY.findall(path.read_text(encoding="utf-8"))
        if one.partition(".")[0] in heads and not one.endswith(FILES)
    }
    assert not {(where, one) for where, one in named if one not in told}
    assert len(named) > 80


def test_every_kind_of_field_is_told() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert not [kind for kind in FieldKind if f"| `{kind.value}` | " not in text]
