"""The table as a page for those who have to trust a green: each sentence, and what was planted to see it red."""

from __future__ import annotations

from pathlib import Path

from tests.opposites.table import OPPOSITES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "gegenteile.md"
_HEAD = """# Jeder Satz und sein Gegenteil

Geschrieben aus der Tabelle der Tests: `python -m tests.opposites`. Ein Test vergleicht beides.

Zu jedem Satz mit „Dann“ gibt es ein Szenario, das mit ihm endet. Es besteht. Dann wird in Bürgerbüro oder Vermittlung
gepflanzt, was in der zweiten Spalte steht, und derselbe Satz muss *nicht bestanden* sagen, in der Modell-Kabine und mit
emulierten Geräten. Mit (D) nur mit Geräten: Im Modell gibt es keine laufenden Bilder.

| Satz: Dann ... | gepflanzt |
|---|---|
"""


def page() -> str:
    """The page as the table has it."""
    rows = sorted((one.sentence, name + ("" if one.in_memory else " (D)")) for name, one in OPPOSITES.items())
    return _HEAD + "".join(f"| {sentence} | {name} |\n" for sentence, name in rows)
