"""A ruler to be cut out and laid on the signature pad: along it a stroke of 50 mm is drawn."""

from __future__ import annotations

from lisa_core.harness.certify.sheets.needed import PrintedPaper
from lisa_core.harness.certify.sheets.scale import headed
from lisa_core.harness.text.language import say
from lisa_core.papers.pages import SMALL
from lisa_core.papers.placed import Patch, PlacedSheet

STROKE_MM, EDGE_Y, LEFT_MM = 50, 90.0, 80.0
_THIN, _TICKS = 0.25, {0: 7.0, 5: 5.0}


def ruler(sheet: PlacedSheet, paper: PrintedPaper) -> None:
    """One page."""
    headed(sheet, paper.title)
    for number, text in enumerate(_told()):
        sheet.words(20, 32 + 7 * number, text)
    edge = Patch(20, EDGE_Y, 170, _THIN)
    ticks = [Patch(LEFT_MM + at - _THIN / 2, EDGE_Y, _THIN, _TICKS.get(at % 10, 3.0)) for at in range(STROKE_MM + 1)]
    marks = [Patch(LEFT_MM + at - 0.5, EDGE_Y + 8, 1, 10) for at in (0, STROKE_MM)]
    sheet.patches(say("Ein Lineal von {mm} mm mit einer Marke an jedem Ende", mm=STROKE_MM), [edge, *ticks, *marks])
    for at in range(0, STROKE_MM + 1, 10):
        sheet.words(LEFT_MM + at, EDGE_Y + 22, str(at), SMALL, middle=True)


def _told() -> tuple[str, ...]:
    return (
        say("1. Auf Karton kleben und an der langen Linie abschneiden: Die Kante ist das Lineal."),
        say("2. Quer auf das Pad legen, so dass beide dicken Marken auf der Schreibfläche liegen."),
        say("3. Mit dem Stift des Pads an der Kante entlang von Marke zu Marke ziehen: {mm} mm.", mm=STROKE_MM),
    )
