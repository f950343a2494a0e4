"""The type of every paper we print: Bitstream Vera, which reportlab brings along, so that no machine's fonts matter.

Vera lacks many Latin letters with marks (ń, ř, ő): they are drawn as the letter with the mark over or under it.
"""

from __future__ import annotations

import importlib.resources
import io
import unicodedata
from dataclasses import dataclass
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

REGULAR, BOLD = "LisaVera", "LisaVera-Bold"
_FILES = {REGULAR: "Vera.ttf", BOLD: "VeraBd.ttf"}

# Combining mark -> the glyph Vera has for it, and whether it hangs below. U+0326 is the comma of Romanian ș and ț.
_MARKS = {
    "\u0300": "`",
    "\u0301": "´",
    "\u0302": "ˆ",
    "\u0303": "˜",
    "\u0304": "¯",
    "\u0306": "˘",
    "\u0307": "˙",
    "\u0308": "¨",
    "\u030a": "˚",
    "\u030b": "˝",
    "\u030c": "ˇ",
    "\u0326": ",",
    "\u0327": "¸",
    "\u0328": "˛",
}
_SHOWN_AS = {"ẞ": "ß", "Đ": "Ð", "\u2011": "-", "\u2010": "-"}
_CAPITAL_LIFT, _COMMA_DROP = 0.19, -0.2
"""In ems: how much higher a mark sits on a capital, how much lower the comma hangs."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as it is drawn: a letter of the font and, if need be, a mark with it."""

    letter: str
    mark: str = ""
    shift_em: float = 0.0


def undrawable(text: str) -> tuple[str, ...]:
    """The characters of `text` that cannot be printed, each once, in order. Line breaks and controls are among them."""
    if text.isascii() and text.isprintable():
        return ()
    return tuple(dict.fromkeys(char for char in unicodedata.normalize("NFC", text) if _glyph(char) is None))


def width(text: str, font: str, size: float) -> float:
    """How wide `text` runs, in points."""
    _register()
    return float(pdfmetrics.stringWidth("".join(glyph.letter for glyph in _glyphs(text)), font, size))


def draw(canvas: Canvas, x: float, y: float, text: str, font: str, size: float) -> None:
    """Draw one line with its baseline at `y`."""
    _register()
    glyphs = _glyphs(text)
    canvas.setFont(font, size)
    canvas.drawString(x, y, "".join(glyph.letter for glyph in glyphs))
    for place, glyph in enumerate(glyphs):
        if glyph.mark:
            before = width("".join(item.letter for item in glyphs[:place]), font, size)
            room = width(glyph.letter, font, size) - width(glyph.mark, font, size)
            canvas.drawString(x + before + room / 2, y + glyph.shift_em * size, glyph.mark)


def _glyphs(text: str) -> tuple[Glyph, ...]:
    """What is not drawable becomes a visible question mark; answers with such characters are refused before."""
    return tuple(_glyph(char) or Glyph("?") for char in unicodedata.normalize("NFC", text))


@cache
def _glyph(char: str) -> Glyph | None:
    shown = _SHOWN_AS.get(char, char)
    if shown.isprintable() and ord(shown) in _letters():
        return Glyph(shown)
    parts = unicodedata.normalize("NFD", char)
    if len(parts) != 2 or parts[1] not in _MARKS or ord(parts[0]) not in _letters():
        return None
    return Glyph(parts[0], _MARKS[parts[1]], _shift_em(*parts))


def _shift_em(letter: str, mark: str) -> float:
    if mark in "\u0327\u0328":
        return 0.0
    if mark == "\u0326":
        return _COMMA_DROP
    return _CAPITAL_LIFT if letter.isupper() or letter in "bdfhklt" else 0.0


@cache
def _letters() -> frozenset[int]:
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
