"""Sentences for people stand in one file a room, so that they can be read, compared and translated there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tidy.sources import ROOT, place, tree

HOMES = {
    "booth": ("screen/texts.py", "imaging/pictures.py"),
    "exchange": ("texts.py",),
    "access": ("texts.py", "booths/texts.py"),
    "web": ("texts.py", "asgi.py"),
}
"""Room -> where its German sentences stand. The booth's process for pictures has its own: it loads next to nothing."""
GERMAN = re.compile(r"[äöüßÄÖÜ„“]|\b([Dd]er|[Dd]ie|[Dd]as|ist|sind|nicht|wird|kein|keine)\b")


@pytest.mark.parametrize("room", HOMES)
def test_german_sentences_stand_in_one_place(room: str) -> None:
    folder = ROOT / "lisa_core" / room
    homes = {folder / name for name in HOMES[room]}
    assert all(home.is_file() for home in homes)
    found = [
        f"{place(path, line)}: {text}"
        for path in sorted(folder.rglob("*.py"))
        if path not in homes
        for line, text in sentences(path)
    ]
    assert not found


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Texts of several words that are no docstring and look German."""
    whole = tree(path)
    told = {id(node.value) for node in ast.walk(whole) if isinstance(node, ast.Expr)}
    for node in ast.walk(whole):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in told:
            continue
        if " " in node.value.strip() and GERMAN.search(node.value):
            yield node.lineno, node.value
