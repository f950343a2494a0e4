"""A vendor's page in English says the same as the German one: the same commands, with the same ends."""

from __future__ import annotations

import re

from lisa_core.config.classes import known_classes, load_class
from tests.gherkin.test_first_hour import DOCS, typed

NAMES = re.compile(r"\b\w+\.(?:json|toml|txt|pem|pub|zip)\b|'?(?:ENDE|END)'?|\b(?:probe|trial|neu|new)\b|„[^“]*“")
"""What each page calls by words of its own language."""


def test_both_pages_type_the_same_and_end_alike() -> None:
    german, english = (typed((DOCS / name).read_text(encoding="utf-8")) for name in ("hersteller.md", "vendors.md"))
    first, *rest = english
    assert first.command == "export LISA_LANG=en"
    assert [(_bare(one.command), one.code) for one in rest] == [(_bare(one.command), one.code) for one in german]


def test_both_pages_list_every_class_with_its_slot() -> None:
    classes = [load_class(name) for name in known_classes()]
    for page, titles in (("hersteller.md", "title"), ("vendors.md", "title_en")):
        text = (DOCS / page).read_text(encoding="utf-8")
        rows = [f"| {getattr(one, titles)} | `{one.slot}` | `{one.id}` |" for one in classes if one.slot]
        assert [row for row in rows if row not in text] == []
        assert [one.id for one in classes if f"`{one.id}`" not in text] == []


def _bare(command: str) -> str:
    return NAMES.sub("…", command)
