"""One calm A4 sheet after the other: headings, rows, tables, paragraphs, pictures, pen strokes. Millimetres in names.

Who listens to a paper hears headings, rows and what a picture is, because each says what it is (`tags`).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import UnidentifiedImageError
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from lisa_core.domain.model.errors import LisaError
from lisa_core.papers.pages import (
    BODY,
    BOTTOM,
    GREY,
    HEADING,
    HEIGHT,
    INK,
    LEADING,
    LEFT,
    RIGHT,
    SMALL,
    TITLE,
    WIDTH,
    Pages,
)
from lisa_core.papers.strokes import pad_of, placed
from lisa_core.papers.tags import Element
from lisa_core.papers.typeface import BOLD, REGULAR, wrap

_EDGE = 4.5 * mm
"""What most printers leave empty at each edge."""
_LABEL, _GAP = 62 * mm, 4 * mm
_PEN = HexColor("#16245c")
_TOGETHER = 80 * mm
"""A row of a table that is no higher is not broken between two pages."""
_JPEG = b"\xff\xd8\xff"
_KINDS = {TITLE: "H1", HEADING: "H2"}
"""What a line of this size is to who listens."""


@dataclass(frozen=True, slots=True)
class _Column:
    """What one cell of a row holds, and where and how it is drawn; `left` in points."""

    cell: Element
    lines: list[str]
    left: float
    font: str
    colour: Color


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a table, broken into lines; `size` of its type in points."""

    table: Element
    columns: list[_Column]
    size: float

    @property
    def count(self) -> int:
        """How many lines it takes."""
        return max(len(one.lines) for one in self.columns)


class Sheet(Pages):
    """A paper on which things are put below each other."""

    _head: _Row | None = None
    _headed = 0
    """The row that heads columns, and on how many pages before this one its table last had a row."""

    def line(self, text: str, size: float = BODY, *, bold: bool = False, grey: bool = False) -> None:
        """Text over the whole width, broken where it must be; of the size of a title it is one."""
        font = BOLD if bold else REGULAR
        with self._tags.element(_KINDS.get(size, "P")):
            for part in wrap(text, font, size, RIGHT - LEFT):
                self._break_before(size)
                self._say(LEFT, self._y, part, size, font, GREY if grey else INK)

    def heading(self, text: str) -> None:
        self.keep_together(22)
        self.space(5)
        self._bookmark(text)
        self.line(text, HEADING, bold=True)
        self.space(1)

    def row(self, label: str, value: str) -> None:
        """What is asked at the left, what was answered at the right."""
        self.cells((label, value), (_LABEL / mm, 0), BODY, heads=("Row", ""))
        self.space(0.8)

    def cells(
        self, texts: Sequence[str], widths_mm: Sequence[float], size: float = BODY, heads: Sequence[str] = ()
    ) -> None:
        """One row of a table; a width of 0 takes what is left. `heads` says what a cell heads: "Row" or "Column".

        A row that heads columns is drawn again on each page on which its table goes on.
        """
        rest, left = RIGHT - LEFT - sum(widths_mm) * mm, LEFT
        columns = []
        with self._tags.row(len(texts)) as table:
            for number, (text, width) in enumerate(zip(texts, widths_mm, strict=True), 1):
                scope = heads[number - 1] if number <= len(heads) else ""
                font, room = BOLD if scope == "Column" else REGULAR, width * mm or rest
                gap = _GAP if number < len(texts) else 0
                lines = [part for line in text.split("\n") for part in wrap(line, font, size, room - gap)]
                with self._tags.cell(scope) as cell:
                    columns.append(_Column(cell, lines, left, font, GREY if scope == "Row" else INK))
                left += room
            self._draw(_Row(table, columns, size), heads="Column" in heads)

    def _draw(self, row: _Row, *, heads: bool) -> None:
        """One row, column after column as far as a page goes: that is how it is read where nobody knows tags."""
        step, done = row.size * LEADING, 0
        if row.count * step <= _TOGETHER:
            self.keep_together(row.count * step / mm)
        if heads:
            self._head = row
        elif self._head and self._head.table is row.table and self._headed < self.pages:
            self._y -= step
            with self._tags.artifact():
                self._put(self._head, 0, self._head.count, again=True)
        self._headed = self.pages
        while done < row.count:
            self._break_before(row.size)
            last = min(row.count, done + 1 + int((self._y - BOTTOM) / step))
            self._put(row, done, last)
            done = last

    def _put(self, row: _Row, first: int, last: int, *, again: bool = False) -> None:
        step = row.size * LEADING
        for one in row.columns:
            for number, text in enumerate(one.lines[first:last]):
                where = (one.left, self._y - number * step, text, row.size, one.font, one.colour)
                self._text(*where) if again else self._say(*where, one.cell)
        self._y -= (last - first - 1) * step

    def blanks(self, labels: Sequence[str], height_mm: float = 11) -> None:
        """Lines to write on by hand, side by side over the whole width, with what belongs there under each."""
        self.keep_together(height_mm + 6)
        self.space(height_mm)
        wide = (RIGHT - LEFT + _GAP) / len(labels)
        for number, label in enumerate(labels):
            self._rule(LEFT + number * wide, self._y, wide - _GAP)
            with self._tags.element("P"):
                self._say(LEFT + number * wide, self._y - 3.4 * mm, label, SMALL, colour=GREY)
        self.space(5)

    def box(self, text: str) -> None:
        """A square to tick by hand, and what it says."""
        lines = wrap(text, REGULAR, BODY, RIGHT - LEFT - 8 * mm)
        self.keep_together(len(lines) * BODY * LEADING / mm)
        with self._tags.element("P"):
            for number, part in enumerate(lines):
                self._break_before(BODY)
                if not number:
                    with self._tags.artifact():
                        self._canvas.setStrokeColor(INK)
                        self._canvas.setLineWidth(0.8)
                        self._canvas.rect(LEFT, self._y - 0.4 * mm, 3.4 * mm, 3.4 * mm)
                self._say(LEFT + 8 * mm, self._y, part, BODY)
        self.space(1.5)

    def strokes(self, canonical: bytes, width_mm: float = 80, height_mm: float = 26) -> None:
        """What the citizen wrote on the pad, as lines and not as a picture, standing on a thin line of its own."""
        self.keep_together(height_mm + 6)
        self.space(height_mm + 2)
        pad, area = pad_of(canonical), (LEFT, self._y, LEFT + width_mm * mm, self._y + height_mm * mm)
        self._canvas.setStrokeColor(_PEN)
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)
        self._canvas.setLineWidth(1.1)
        with self._figure("Die Unterschrift, wie sie auf dem Pad geschrieben wurde", area):
            for points in placed(pad, width_mm * mm, height_mm * mm):
                path = self._canvas.beginPath()
                path.moveTo(LEFT + points[0][0], self._y + points[0][1])
                for x, y in points[1:] or points:
                    path.lineTo(LEFT + x, self._y + y)
                self._canvas.drawPath(path)
        self._rule(LEFT, self._y - mm, width_mm * mm)
        self.space(1)
        self._used = True

    def picture(self, data: bytes, caption: str) -> None:
        """A page of its own for a scanned page, as large as it goes, with what it is above it."""
        self.new_page()
        self.line(caption, SMALL, grey=True)
        self.space(3)
        image, wide, high = _picture(data, caption)
        scale = min((RIGHT - LEFT) / wide, (self._y - BOTTOM) / high)
        self._image(image, LEFT, self._y - high * scale, wide * scale, high * scale, caption)

    def whole(self, data: bytes, name: str) -> None:
        """A page that is nothing but this picture, as large as A4 allows, upright or across as the picture is."""
        self.new_page()
        image, wide, high = _picture(data, name)
        across = wide > high
        width, height = (HEIGHT, WIDTH) if across else (WIDTH, HEIGHT)
        self._canvas.setPageSize((width, height))
        scale = min((width - 2 * _EDGE) / wide, (height - 2 * _EDGE) / high)
        left, below = (width - wide * scale) / 2, (height - high * scale) / 2
        self._image(image, left, below, wide * scale, high * scale, name)
        self._used = True

    def _image(self, image: ImageReader, x: float, y: float, wide: float, high: float, alt: str) -> None:
        with self._figure(alt, (x, y, x + wide, y + high)):
            self._canvas.drawImage(image, x, y, wide, high)


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
