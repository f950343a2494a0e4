"""The type of every paper we print: Bitstream Vera, which reportlab brings along, so that no machine's fonts matter.

Which letters it has, and how those it lacks are drawn, stands in `letters`.
"""

from __future__ import annotations

import importlib.resources
import io
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from lisa_core.domain.case.letters import glyphs

REGULAR, BOLD = "LisaVera", "LisaVera-Bold"
_FILES = {REGULAR: "Vera.ttf", BOLD: "VeraBd.ttf"}


def width(text: str, font: str, size: float) -> float:
    """How wide `text` runs, in points."""
    _register()
    return float(pdfmetrics.stringWidth("".join(glyph.letter for glyph in glyphs(text)), font, size))


def draw(canvas: Canvas, x: float, y: float, text: str, font: str, size: float) -> None:
    """Draw one line with its baseline at `y`."""
    _register()
    drawn = glyphs(text)
    canvas.setFont(font, size)
    canvas.drawString(x, y, "".join(glyph.letter for glyph in drawn))
    for place, glyph in enumerate(drawn):
        if glyph.mark:
            before = width("".join(item.letter for item in drawn[:place]), font, size)
            room = width(glyph.letter, font, size) - width(glyph.mark, font, size)
            canvas.drawString(x + before + room / 2, y + glyph.shift_em * size, glyph.mark)


@cache
def letters() -> frozenset[int]:
    """What both fonts really have: some characters they list only as the empty box, glyph 0."""
    regular, bold = (frozenset(char for char, glyph in font.face.charToGlyph.items() if glyph) for font in _register())
    return regular & bold


@cache
def _register() -> tuple[TTFont, TTFont]:
    """Make both fonts known to reportlab, once in a process; they are read from its own package."""
    folder = importlib.resources.files("reportlab") / "fonts"
    regular, bold = (TTFont(name, io.BytesIO((folder / file).read_bytes())) for name, file in _FILES.items())
    pdfmetrics.registerFont(regular)
    pdfmetrics.registerFont(bold)
    return regular, bold
