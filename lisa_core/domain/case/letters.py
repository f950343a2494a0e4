"""Which letters our type can show, and how it draws those it lacks. Pure: a table, held against the fonts by a test.

Vera lacks many Latin letters with marks (ń, ř, ő): they are drawn as the letter with the mark over or under it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

_BEYOND_LATIN_1 = "ĆćČčđĞğİıŁłŒœŞşŠšŸŽžƒˆˇ˘˙˚˛˜˝Ωπ–—‘’‚“”„†‡•…‰‹›€™∂∆∏∑−∕∙√∞∫≈≠≤≥◊ﬁﬂ"
LETTERS = frozenset((*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, _BEYOND_LATIN_1)))
"""The characters that both fonts of `typeface` really have."""

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


def undrawable_letters(text: str) -> tuple[str, ...]:
    """The characters of `text` that cannot be printed, each once, in order. Line breaks and controls are among them."""
    if text.isascii() and text.isprintable():
        return ()
    return tuple(dict.fromkeys(char for char in unicodedata.normalize("NFC", text) if _glyph(char) is None))


def glyphs(text: str) -> tuple[Glyph, ...]:
    """What is not drawable becomes a visible question mark; answers with such characters are refused before."""
    return tuple(_glyph(char) or Glyph("?") for char in unicodedata.normalize("NFC", text))


@cache
def _glyph(char: str) -> Glyph | None:
    shown = _SHOWN_AS.get(char, char)
    if shown.isprintable() and ord(shown) in LETTERS:
        return Glyph(shown)
    parts = unicodedata.normalize("NFD", char)
    if len(parts) != 2 or parts[1] not in _MARKS or ord(parts[0]) not in LETTERS:
        return None
    return Glyph(parts[0], _MARKS[parts[1]], _shift_em(*parts))


def _shift_em(letter: str, mark: str) -> float:
    if mark in "\u0327\u0328":
        return 0.0
    if mark == "\u0326":
        return _COMMA_DROP
    return _CAPITAL_LIFT if letter.isupper() or letter in "bdfhklt" else 0.0
