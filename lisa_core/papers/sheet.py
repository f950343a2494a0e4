"""One calm A4 sheet after the other: headings, rows, paragraphs, pictures, pen strokes, a footer. Millimetres in names.

The same calls give the same bytes: reportlab's `invariant` leaves out every date and random id.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from PIL import UnidentifiedImageError
from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.json_types import JsonDict, JsonMap
from lisa_core.papers import typeface
from lisa_core.papers.typeface import BOLD, REGULAR

rl_config.useA85 = 0  # its base 85 in plain Python takes a second a page and makes the file a quarter larger

_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT, _TOP, _BOTTOM = 25 * mm, _WIDTH - 20 * mm, _HEIGHT - 22 * mm, 24 * mm
_EDGE = 4.5 * mm
"""What most printers leave empty at each edge."""
_LABEL = 62 * mm
_INK, _GREY, _LINE, _PEN = HexColor("#1a1a1e"), HexColor("#5c5c66"), HexColor("#c9c9d2"), HexColor("#16245c")
_LEADING = 1.42
_JPEG = b"\xff\xd8\xff"

SMALL, BODY, HEADING, TITLE = 7.5, 10.0, 11.5, 18.0
"""Sizes of type in points."""


class Sheet:
    """A paper that grows downwards and begins a new page by itself; `pdf()` ends it. Without `footer` there is none."""

    def __init__(self, title: str, author: str, footer: str) -> None:
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=A4, invariant=1, pageCompression=1, lang="de")
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("LISA")
        self._footer, self._number, self._y, self._used = footer, 1, _TOP, False

    def pdf(self) -> bytes:
        """End the last page; the whole as PDF."""
        self.new_page()
        self._canvas.save()
        return self._buffer.getvalue()

    def new_page(self) -> None:
        """Go on with an empty page, unless this one is still empty."""
        if not self._used:
            return
        if self._footer:
            self._foot()
        self._canvas.showPage()
        self._number, self._y, self._used = self._number + 1, _TOP, False

    def space(self, height_mm: float) -> None:
        self._y -= height_mm * mm

    def keep_together(self, height_mm: float) -> None:
        """Begin a new page here if less than this is left of the present one."""
        if self._y - height_mm * mm < _BOTTOM:
            self.new_page()

    def line(self, text: str, size: float = BODY, *, bold: bool = False, grey: bool = False) -> None:
        """Text over the whole width, broken where it must be."""
        font = BOLD if bold else REGULAR
        for part in wrap(text, font, size, _RIGHT - _LEFT):
            self._break_before(size)
            self._text(_LEFT, self._y, part, size, font, _GREY if grey else _INK)

    def heading(self, text: str) -> None:
        self.keep_together(22)
        self.space(5)
        self.line(text, HEADING, bold=True)
        self.space(1)

    def row(self, label: str, value: str) -> None:
        """What is asked at the left, what was answered at the right."""
        left = wrap(label, REGULAR, BODY, _LABEL - 4 * mm)
        right = wrap(value, REGULAR, BODY, _RIGHT - _LEFT - _LABEL)
        self.keep_together(len(left) * BODY * _LEADING / mm)
        for number in range(max(len(left), len(right))):
            self._break_before(BODY)
            if number < len(left):
                self._text(_LEFT, self._y, left[number], BODY, colour=_GREY)
            if number < len(right):
                self._text(_LEFT + _LABEL, self._y, right[number], BODY)
        self.space(0.8)

    def strokes(self, canonical: bytes, width_mm: float = 80, height_mm: float = 26) -> None:
        """What the citizen wrote on the pad, as lines and not as a picture, standing on a thin line of its own."""
        self.keep_together(height_mm + 6)
        self.space(height_mm + 2)
        self._canvas.setStrokeColor(_PEN)
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)
        self._canvas.setLineWidth(1.1)
        for points in _placed(_pad(canonical), width_mm * mm, height_mm * mm):
            path = self._canvas.beginPath()
            path.moveTo(_LEFT + points[0][0], self._y + points[0][1])
            for x, y in points[1:] or points:
                path.lineTo(_LEFT + x, self._y + y)
            self._canvas.drawPath(path)
        self._canvas.setStrokeColor(_LINE)
        self._canvas.setLineWidth(0.5)
        self._canvas.line(_LEFT, self._y - mm, _LEFT + width_mm * mm, self._y - mm)
        self.space(1)
        self._used = True

    def picture(self, data: bytes, caption: str) -> None:
        """A page of its own for a scanned page, as large as it goes, with what it is above it."""
        self.new_page()
        self.line(caption, SMALL, grey=True)
        self.space(3)
        image, wide, high = _picture(data, caption)
        scale = min((_RIGHT - _LEFT) / wide, (self._y - _BOTTOM) / high)
        self._canvas.drawImage(image, _LEFT, self._y - high * scale, wide * scale, high * scale)

    def whole(self, data: bytes, name: str) -> None:
        """A page that is nothing but this picture, as large as A4 allows, upright or across as the picture is."""
        self.new_page()
        image, wide, high = _picture(data, name)
        across = wide > high
        width, height = (_HEIGHT, _WIDTH) if across else (_WIDTH, _HEIGHT)
        self._canvas.setPageSize((width, height))
        scale = min((width - 2 * _EDGE) / wide, (height - 2 * _EDGE) / high)
        left, below = (width - wide * scale) / 2, (height - high * scale) / 2
        self._canvas.drawImage(image, left, below, wide * scale, high * scale)
        self._used = True

    def _foot(self) -> None:
        self._canvas.setStrokeColor(_LINE)
        self._canvas.setLineWidth(0.5)
        self._canvas.line(_LEFT, _BOTTOM - 4 * mm, _RIGHT, _BOTTOM - 4 * mm)
        page = f"Seite {self._number}"
        self._text(_LEFT, _BOTTOM - 9 * mm, self._footer, SMALL, colour=_GREY)
        self._text(_RIGHT - typeface.width(page, REGULAR, SMALL), _BOTTOM - 9 * mm, page, SMALL, colour=_GREY)

    def _break_before(self, size: float) -> None:
        if self._y - size * _LEADING < _BOTTOM:
            self.new_page()
        self._y -= size * _LEADING

    def _text(self, x: float, y: float, text: str, size: float, font: str = REGULAR, colour: Color = _INK) -> None:
        self._canvas.setFillColor(colour)
        typeface.draw(self._canvas, x, y, text, font, size)
        self._used = True


def wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """Break `text` into lines that fit `width` points: between words, within one that is wider than a line."""
    lines = [""]
    for word in _pieces(text, font, size, width):
        longer = f"{lines[-1]} {word}".strip()
        if typeface.width(longer, font, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line] or [""]


def _pieces(text: str, font: str, size: float, width: float) -> Iterator[str]:
    for word in text.split():
        while typeface.width(word, font, size) > width:
            fitting = next(
                n for n in range(len(word) - 1, 0, -1) if n == 1 or typeface.width(word[:n], font, size) <= width
            )
            yield word[:fitting]
            word = word[fitting:]
        yield word


def _placed(pad: JsonMap, width: float, height: float) -> Iterator[list[tuple[float, float]]]:
    """The strokes in points from the lower left, cut to what was written; never larger than a pad 108 mm wide."""
    seen = [(point[1], point[2]) for stroke in pad["strokes"] for point in stroke]
    if not seen:
        return
    left, right = min(x for x, _ in seen), max(x for x, _ in seen)
    top, bottom = min(y for _, y in seen), max(y for _, y in seen)
    scale = min(108 * mm / pad["max_x"], width / max(right - left, 1), height / max(bottom - top, 1))
    for stroke in pad["strokes"]:
        if stroke:
            yield [((x - left) * scale, (bottom - y) * scale) for _, x, y, _ in stroke]


def _picture(data: bytes, name: str) -> tuple[ImageReader, float, float]:
    """A picture for reportlab, and its size. Raises `LisaError` where it is none."""
    try:
        image: Any = ImageReader(io.BytesIO(data))
        if data.startswith(_JPEG):  # goes in as it is, and need not be decoded to find out whether it came before
            image._data, image._dataA = data, None
        wide, high = image.getSize()
    except (UnidentifiedImageError, OSError):
        raise LisaError(f"{name}: die erfasste Seite ist kein lesbares Bild; bitte neu erfassen.") from None
    return image, wide, high


def _pad(canonical: bytes) -> JsonDict:
    """Read strokes as `papers.strokes.canonical_strokes` writes them."""
    try:
        pad: JsonDict = json.loads(canonical)
        ok = pad["max_x"] > 0 and pad["max_y"] > 0 and all(len(p) == 4 for s in pad["strokes"] for p in s)
    except (ValueError, KeyError, TypeError):
        ok = False
    if not ok:
        raise LisaError("Die Unterschrift ist nicht lesbar: bitte noch einmal unterschreiben.")
    return pad
