"""The chart for scanner and document camera: what `harness.steps.devices.chart` measures, a grey wedge, fine print.

Frame and strokes lie where `fixtures/documents/strichtafel.toml` has them, so that both are one chart.
"""

from __future__ import annotations

from collections.abc import Iterator

from lisa_core.harness.certify.sheets.needed import PrintedPaper
from lisa_core.harness.certify.sheets.scale import headed
from lisa_core.harness.text.language import say
from lisa_core.papers.pages import SMALL
from lisa_core.papers.placed import Patch, PlacedSheet

FRAME, STROKES = (20.0, 54.0, 170.0, 28.0), (20.0, 102.0, 170.0, 28.0)
BAR_MM, STROKE_MM = 3.0, 0.5
WEDGE_STEPS, _WEDGE = 11, (20.0, 150.0, 15.0, 22.0)
_FINE_Y, _FINE_MM = 192.0, (0.2, 0.3, 0.5, 0.7, 1.0)
SIZES_PT = (12, 10, 8, 7, 6, 5)


def chart(sheet: PlacedSheet, paper: PrintedPaper) -> None:
    """One page."""
    headed(sheet, paper.title)
    sheet.words(20, 32, say("Für Scanner und Dokumentenkamera. Diese Seite nach oben, Schrift aufrecht."))
    left, top, wide, high = FRAME
    bars = [Patch(left + at, top, BAR_MM, high) for at in (0.0, wide)]
    sheet.patches(say("Zwei Balken, von linker zu linker Kante {mm} mm", mm=round(wide)), bars)
    sheet.words(105, top + high / 2, say("linke Kante bis linke Kante: {mm} mm", mm=round(wide)), middle=True)
    left, top, wide, high = STROKES
    strokes = [Patch(left + at, top, STROKE_MM, high) for at in range(round(wide))]
    sheet.patches(say("Ein Feld mit Strichen, einen halben Millimeter breit"), strokes)
    left, top, wide, high = _WEDGE
    steps = [Patch(left + n * wide, top, wide, high, n / (WEDGE_STEPS - 1)) for n in range(WEDGE_STEPS)]
    sheet.patches(say("Ein Graukeil in {count} Stufen", count=WEDGE_STEPS), steps)
    for number in range(WEDGE_STEPS):
        sheet.words(left + (number + 0.5) * wide, top - 1.5, f"{number * 10} %", SMALL, middle=True)
    sheet.patches(say("Felder mit feineren und gröberen Strichen"), [*_fine()])
    for number, broad in enumerate(_FINE_MM):
        sheet.words(20 + 34 * number, _FINE_Y - 1.5, f"{broad:g} mm".replace(".", ","), SMALL)
    y = 222.0
    for size in SIZES_PT:
        text = say("Diese Zeile ist {size} Punkt groß: äöüß ÄÖÜ 0123456789 – und sie ist zu lesen.", size=size)
        sheet.words(20, y, text, size)
        y += size * 0.353 * 1.9


def _fine() -> Iterator[Patch]:
    """Fields of upright strokes, each as broad as the gap beside it."""
    for number, broad in enumerate(_FINE_MM):
        for stroke in range(int(28 / (2 * broad))):
            yield Patch(20 + 34 * number + stroke * 2 * broad, _FINE_Y, broad, 16)
