"""The line by which a ruler shows whether a paper was printed in its own size; on each page."""

from __future__ import annotations

from lisa_core.harness.text.language import say
from lisa_core.papers.pages import SMALL, TITLE
from lisa_core.papers.placed import Patch, PlacedSheet

LINE_MM = 150
LEFT_MM, LINE_Y_MM, _THIN, _TICK = 30.0, 278.0, 0.35, 5.0


def headed(sheet: PlacedSheet, title: str, y: float = 20) -> None:
    """Begin a page: its name at this height, and at its foot the line of 150 mm."""
    sheet.new_page()
    sheet.words(20, y, title, TITLE, bold=True)
    ticks = [Patch(LEFT_MM + at - _THIN / 2, LINE_Y_MM - _TICK, _THIN, _TICK) for at in (0, LINE_MM)]
    line = Patch(LEFT_MM, LINE_Y_MM - _THIN, LINE_MM, _THIN)
    sheet.patches(say("Eine Linie von {mm} mm zum Nachmessen", mm=LINE_MM), [line, *ticks])
    what = "Von Strich zu Strich {mm} mm, auf 0,5 mm genau: nachmessen. Sonst in Originalgröße (100 %) drucken."
    sheet.words(LEFT_MM, LINE_Y_MM + 5, say(what, mm=LINE_MM), SMALL)
