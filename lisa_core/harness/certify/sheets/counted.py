"""A document in counted sheets: each says which it is and of how many, so that a missing or doubled one is seen."""

from __future__ import annotations

from lisa_core.harness.certify.sheets.needed import PrintedPaper
from lisa_core.harness.certify.sheets.scale import headed
from lisa_core.harness.text.language import say
from lisa_core.papers.placed import Patch, PlacedSheet

_NUMBER_PT, _LINES = 160, 12


def counted(sheet: PlacedSheet, paper: PrintedPaper) -> None:
    """As many pages as it has."""
    for number in range(1, paper.pages + 1):
        headed(sheet, say("{name}: Blatt {number} von {total}", name=paper.name, number=number, total=paper.pages))
        sheet.words(20, 32, say("Ein Blatt zum Zählen, ohne Inhalt. In dieser Reihenfolge einlegen, Blatt 1 zuoberst."))
        sheet.words(105, 130, str(number), _NUMBER_PT, bold=True, middle=True)
        marks = [Patch(20 + 16 * at, 150, 10, 10) for at in range(number)]
        sheet.patches(say("{count} von {total} Quadraten", count=number, total=paper.pages), marks)
        for line in range(_LINES):
            what = say("Zeile {line} von Blatt {number}: 0123456789 äöüß", line=line + 1, number=number)
            sheet.words(20, 180 + 7 * line, what)
