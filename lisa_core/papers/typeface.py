"""The type of every paper we print: Bitstream Vera, which reportlab brings along, so that no machine's fonts matter.

Which letters it has, and how those it lacks are drawn, stands in `letters`.
"""

from __future__ import annotations

import importlib.resources
import io
from collections.abc import Iterator
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from lisa_core.domain.case.letters import glyphs

REGULAR, BOLD = "LisaVera", "LisaVera-Bold"
_FILES = {REGULAR: "Vera.ttf", BOLD: "VeraBd.ttf"}


class _Type(TTFont):
    """A font whose unused codes mean a space: reportlab calls them U+0000, which no text is (ISO 14289-1, 7.21.7)."""

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802  # reportlab's name
        for subset in self.state[doc].subsets:
            subset[:] = [code or 0x20 for code in subset]
        super().addObjects(doc)


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


def is_composed(text: str) -> bool:
    """Whether some letter of it is drawn as a letter and a mark."""
    return not text.isascii() and any(glyph.mark for glyph in glyphs(text))


def wrap(text: str, font: str, size: float, room: float) -> list[str]:
    """Break `text` into lines that fit `room` points: between words, within one that is wider than a line."""
    lines: list[str] = []
    used, space = 0.0, width(" ", font, size)
    for word in _pieces(text, font, size, room):
        wide = width(word, font, size)
        if lines and used + space + wide <= room:
            lines[-1] += f" {word}"
            used += space + wide
        else:
            lines.append(word)
            used = wide
    return lines or [""]


def _pieces(text: str, font: str, size: float, room: float) -> Iterator[str]:
    for word in text.split():
        while width(word, font, size) > room:
            fitting = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width(word[:n], font, size) <= room)
            yield word[:fitting]
            word = word[fitting:]
        yield word


@cache
def letters() -> frozenset[int]:
    """What both fonts really have: some characters they list only as the empty box, glyph 0."""
    regular, bold = (frozenset(char for char, glyph in font.face.charToGlyph.items() if glyph) for font in _register())
    return regular & bold


@cache
def _register() -> tuple[TTFont, TTFont]:
    """Make both fonts known to reportlab, once in a process; they are read from its own package."""
    folder = importlib.resources.files("reportlab") / "fonts"
    regular, bold = (_Type(name, io.BytesIO((folder / file).read_bytes())) for name, file in _FILES.items())
    pdfmetrics.registerFont(regular)
    pdfmetrics.registerFont(bold)
    return regular, bold
