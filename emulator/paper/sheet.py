"""A sheet of A4 and what can be written on it: letterhead, text, tables, signatures, stamps, a card.

Lengths are in millimetres. The type is Bitstream Vera, which reportlab brings along: no font of the machine is needed
(the face inside Pillow has no umlauts).
"""

from __future__ import annotations

import functools
import importlib.resources
import math
from collections.abc import Callable, Mapping, Sequence

from PIL import Image, ImageDraw, ImageFont

from lisa_core.domain.model.json_types import JsonMap

DRAWN_DPI = 300
A4 = (2480, 3508)
"""Width and height of a page in 1/300 inch, which is also eSCL's unit."""

_MARGIN_MM = 22.0
_INK, _GREY, _STAMP_BLUE, _PEN_BLUE = (24, 24, 28), (120, 120, 126), (36, 62, 150), (20, 30, 120)


class Sheet:
    """An A4 sheet on which blocks are written from top to bottom; lengths in millimetres."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", A4, "white")
        self.pen = ImageDraw.Draw(self.image)
        self.y = 16.0

    def line(self, text: str, height: float, *, bold: bool = False, colour: tuple[int, int, int] = _INK) -> None:
        """Write one line at the left margin."""
        self.pen.text((_px(_MARGIN_MM), _px(self.y)), text, font=_font(height, bold), fill=colour)
        self.y += height * 1.5

    def paragraph(self, text: str, height: float, x: float, width: float, *, bold: bool = False) -> float:
        """Write text broken at words; return how far down it went, without moving on."""
        font, y = _font(height, bold), self.y
        for row in _broken(text, font, _px(width)):
            self.pen.text((_px(x), _px(y)), row, font=font, fill=_INK)
            y += height * 1.5
        return y

    def letterhead(self, lines: Sequence[str]) -> None:
        """Write who it is from, and a thin line across."""
        for number, text in enumerate(lines):
            self.line(text, 3.2 if number else 4.6, bold=not number, colour=_GREY if number else _INK)
        self.y += 2
        self.pen.line([(_px(_MARGIN_MM), _px(self.y)), (_px(210 - _MARGIN_MM), _px(self.y))], fill=_GREY, width=3)
        self.y += 7

    def footer(self, text: str) -> None:
        """Write the page number at the foot."""
        self.pen.text((_px(105), _px(284)), text, font=_font(2.8), fill=_GREY, anchor="mm")


def _heading(sheet: Sheet, block: JsonMap) -> None:
    sheet.line(block["heading"], 6.4, bold=True)
    sheet.y += 3


def _subheading(sheet: Sheet, block: JsonMap) -> None:
    sheet.y += 3
    sheet.line(block["subheading"], 4.2, bold=True)


def _text(sheet: Sheet, block: JsonMap) -> None:
    sheet.y = sheet.paragraph(block["text"], 3.8, _MARGIN_MM, 210 - 2 * _MARGIN_MM) + 2


def _rows(sheet: Sheet, block: JsonMap) -> None:
    head = bool(block.get("head"))
    scale = (210 - 2 * _MARGIN_MM) / sum(block["widths"])
    widths = [share * scale for share in block["widths"]]
    for number, row in enumerate(block["rows"]):
        top, x, bottom = sheet.y, _MARGIN_MM, sheet.y
        sheet.y += 1.4
        for cell, width in zip(row, widths, strict=True):
            bottom = max(bottom, sheet.paragraph(cell, 3.2, x + 1.5, width - 3, bold=head and number == 0))
            x += width
        x = _MARGIN_MM
        for width in widths:
            sheet.pen.rectangle([_px(x), _px(top), _px(x + width), _px(bottom)], outline=_GREY, width=2)
            x += width
        sheet.y = bottom
    sheet.y += 5


def _signatures(sheet: Sheet, block: JsonMap) -> None:
    sheet.y += 22
    for number, who in enumerate(block["signatures"]):
        x = _MARGIN_MM + number * 85
        sheet.pen.line(_flourish(who, x + 6, sheet.y - 4), fill=_PEN_BLUE, width=7, joint="curve")
        sheet.pen.line([(_px(x), _px(sheet.y)), (_px(x + 70), _px(sheet.y))], fill=_INK, width=2)
        sheet.pen.text((_px(x), _px(sheet.y + 1)), who, font=_font(2.8), fill=_GREY)
    sheet.y += 10


def _flourish(who: str, x: float, y: float) -> list[tuple[int, int]]:
    """Something that looks signed; another hand for another name."""
    hand = sum(map(ord, who)) % 7
    turns = [step / 12 for step in range(140)]
    return [
        (
            _px(x + t * 3.4 + 2.6 * math.sin(t * (2.1 + hand / 9))),
            _px(y - (5.2 - t * 0.33) * math.sin(t * (1.7 + hand / 5) + hand) * math.cos(t * 0.6)),
        )
        for t in turns
    ]


def _stamp(sheet: Sheet, block: JsonMap) -> None:
    side = _px(44)
    print_ = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    pen = ImageDraw.Draw(print_)
    pen.ellipse([8, 8, side - 8, side - 8], outline=(*_STAMP_BLUE, 220), width=9)
    pen.ellipse([34, 34, side - 34, side - 34], outline=(*_STAMP_BLUE, 220), width=3)
    for number, text in enumerate(block["stamp"]):
        font = _font(5.4 if number == 0 else 2.2, bold=True)
        pen.text((side / 2, side * (0.38 + 0.14 * number)), text, font=font, fill=(*_STAMP_BLUE, 220), anchor="mm")
    turned = print_.rotate(12, Image.Resampling.BICUBIC)
    sheet.image.paste(turned, (_px(140), _px(232)), turned)


def _card(sheet: Sheet, block: JsonMap) -> None:
    x, y, width, height = 30.0, 40.0, 85.6, 54.0
    box = [_px(x), _px(y), _px(x + width), _px(y + height)]
    sheet.pen.rounded_rectangle(box, radius=_px(3.2), fill=(214, 228, 224), outline=_INK, width=4)
    sheet.pen.text((_px(x + 4), _px(y + 3)), block["caption"], font=_font(4.0, bold=True), fill=_INK)
    sheet.pen.rectangle([_px(x + 4), _px(y + 12), _px(x + 29), _px(y + 44)], fill=(190, 196, 200), outline=_GREY)
    sheet.pen.ellipse([_px(x + 11), _px(y + 18), _px(x + 22), _px(y + 31)], fill=_GREY)
    sheet.pen.pieslice([_px(x + 7), _px(y + 33), _px(x + 26), _px(y + 54)], 180, 360, fill=_GREY)
    for number, (label, value) in enumerate(block["card"]):
        row = y + 12 + number * 7.6
        sheet.pen.text((_px(x + 33), _px(row)), label, font=_font(1.9), fill=_GREY)
        sheet.pen.text((_px(x + 33), _px(row + 2.4)), value, font=_font(3.2, bold=True), fill=_INK)
    mark = Image.new("RGBA", (_px(width), _px(height)), (255, 255, 255, 0))
    ImageDraw.Draw(mark).text(
        (_px(width / 2), _px(height / 2)),
        block["mark"],
        font=_font(15, bold=True),
        fill=(190, 30, 40, 96),
        anchor="mm",
    )
    turned = mark.rotate(20, Image.Resampling.BICUBIC)
    sheet.image.paste(turned, (_px(x), _px(y)), turned)


def _frame(sheet: Sheet, block: JsonMap) -> None:
    """Upright bars, 3 mm wide: from the left edge of the first to that of the last it is the third number."""
    left, top, wide, high = block["frame"]
    for x in (left, left + wide):
        sheet.pen.rectangle([_px(x), _px(top), _px(x + 3), _px(top + high)], fill=(0, 0, 0))


def _grid(sheet: Sheet, block: JsonMap) -> None:
    """Upright strokes, half a millimetre wide and half a millimetre apart."""
    left, top, wide, high = block["grid"]
    for stroke in range(round(wide)):
        x = left + stroke
        sheet.pen.rectangle([_px(x), _px(top), _px(x + 0.5) - 1, _px(top + high)], fill=(0, 0, 0))


BLOCKS: Mapping[str, Callable[[Sheet, JsonMap], None]] = {
    "heading": _heading,
    "subheading": _subheading,
    "text": _text,
    "rows": _rows,
    "signatures": _signatures,
    "stamp": _stamp,
    "card": _card,
    "frame": _frame,
    "grid": _grid,
}


def _px(millimetres: float) -> int:
    return round(millimetres / 25.4 * DRAWN_DPI)


def _broken(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if font.getlength(longer) <= width or not rows[-1]:
            rows[-1] = longer
        else:
            rows.append(word)
    return rows


@functools.cache
def _font(height: float, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Type of this height of a capital line in millimetres."""
    name = "VeraBd.ttf" if bold else "Vera.ttf"
    with importlib.resources.as_file(importlib.resources.files("reportlab") / "fonts" / name) as path:
        return ImageFont.truetype(str(path), _px(height))
