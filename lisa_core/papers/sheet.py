"""One calm A4 sheet after the other: headings, rows, paragraphs, pictures, pen strokes, a footer. Millimetres in names.

Everything is tagged (`tags`): who listens to a paper hears headings, rows and what a picture is. The same calls give
the same bytes: reportlab's `invariant` leaves out every date and random id.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import UnidentifiedImageError
from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from lisa_core.domain.model.errors import LisaError
from lisa_core.papers import typeface
from lisa_core.papers.strokes import pad_of, placed
from lisa_core.papers.tags import Box, Element, Tags
from lisa_core.papers.typeface import BOLD, REGULAR, wrap

rl_config.useA85 = 0  # its base 85 in plain Python takes a second a page and makes the file a quarter larger

_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT, _TOP, _BOTTOM = 25 * mm, _WIDTH - 20 * mm, _HEIGHT - 22 * mm, 24 * mm
_EDGE = 4.5 * mm
"""What most printers leave empty at each edge."""
_LABEL, _GAP = 62 * mm, 4 * mm
_INK, _GREY, _LINE, _PEN = HexColor("#1a1a1e"), HexColor("#5c5c66"), HexColor("#c9c9d2"), HexColor("#16245c")
_LEADING = 1.42
_TOGETHER = 80 * mm
"""A row of a table that is no higher is not broken between two pages."""
_JPEG = b"\xff\xd8\xff"

SMALL, BODY, HEADING, TITLE = 7.5, 10.0, 11.5, 18.0
"""Sizes of type in points."""
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


class Sheet:
    """A paper that grows downwards and begins a new page by itself; `pdf()` ends it. Without `footer` there is none.

    `banner` stands in bold at the top of every page, `of` is how many pages there will be, where that is known.
    """

    def __init__(self, title: str, author: str, footer: str, banner: str = "", of: int = 0) -> None:
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=A4, invariant=1, pageCompression=1, lang="de")
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("LISA")
        self._tags, self._named = Tags(self._canvas), (title, author)
        self._banner, self._of = banner, f" von {of}" if of else ""
        self._headings = 0
        self._footer, self._number, self._y, self._used = footer, 1, _TOP, False

    def pdf(self) -> bytes:
        """End the last page; the whole as PDF."""
        self.new_page()
        self._tags.finish(*self._named, "de")
        self._canvas.save()
        return self._buffer.getvalue()

    @property
    def pages(self) -> int:
        """How many pages are ended."""
        return self._number - 1

    def new_page(self) -> None:
        """Go on with an empty page, unless this one is still empty."""
        if not self._used:
            return
        if self._footer:
            self._foot()
        if self._banner:
            with self._tags.artifact():
                self._text(_LEFT, _HEIGHT - 13 * mm, self._banner, BODY, BOLD)
        self._canvas.showPage()
        self._tags.page_ended()
        self._number, self._y, self._used = self._number + 1, _TOP, False

    def space(self, height_mm: float) -> None:
        self._y -= height_mm * mm

    def keep_together(self, height_mm: float) -> None:
        """Begin a new page here if less than this is left of the present one."""
        if self._y - height_mm * mm < _BOTTOM:
            self.new_page()

    def line(self, text: str, size: float = BODY, *, bold: bool = False, grey: bool = False) -> None:
        """Text over the whole width, broken where it must be; of the size of a title it is one."""
        font = BOLD if bold else REGULAR
        with self._tags.element(_KINDS.get(size, "P")):
            for part in wrap(text, font, size, _RIGHT - _LEFT):
                self._break_before(size)
                with self._tags.marked():
                    self._text(_LEFT, self._y, part, size, font, _GREY if grey else _INK)

    def heading(self, text: str) -> None:
        self.keep_together(22)
        self.space(5)
        self._headings += 1
        self._canvas.bookmarkPage(f"h{self._headings}", fit="XYZ", left=_LEFT, top=self._y, zoom=0)
        self._canvas.addOutlineEntry(text, f"h{self._headings}")
        self.line(text, HEADING, bold=True)
        self.space(1)

    def row(self, label: str, value: str) -> None:
        """What is asked at the left, what was answered at the right."""
        self.cells((label, value), (_LABEL / mm, 0), BODY, heads=("Row", ""))
        self.space(0.8)

    def cells(
        self, texts: Sequence[str], widths_mm: Sequence[float], size: float = BODY, heads: Sequence[str] = ()
    ) -> None:
        """One row of a table; a width of 0 takes what is left. `heads` says what a cell heads: "Row" or "Column"."""
        rest, left = _RIGHT - _LEFT - sum(widths_mm) * mm, _LEFT
        columns = []
        with self._tags.row(len(texts)):
            for number, (text, width) in enumerate(zip(texts, widths_mm, strict=True), 1):
                scope = heads[number - 1] if number <= len(heads) else ""
                font, room = BOLD if scope == "Column" else REGULAR, width * mm or rest
                gap = _GAP if number < len(texts) else 0
                lines = [part for line in text.split("\n") for part in wrap(line, font, size, room - gap)]
                with self._tags.cell(scope) as cell:
                    columns.append(_Column(cell, lines, left, font, _GREY if scope == "Row" else _INK))
                left += room
            self._draw(columns, size)

    def _draw(self, columns: Sequence[_Column], size: float) -> None:
        """One row, column after column as far as a page goes: that is how it is read where nobody knows tags."""
        step, done, total = size * _LEADING, 0, max(len(one.lines) for one in columns)
        if total * step <= _TOGETHER:
            self.keep_together(total * step / mm)
        while done < total:
            self._break_before(size)
            last = min(total, done + 1 + int((self._y - _BOTTOM) / step))
            for one in columns:
                for number, text in enumerate(one.lines[done:last]):
                    with self._tags.marked(one.cell):
                        self._text(one.left, self._y - number * step, text, size, one.font, one.colour)
            self._y -= (last - done - 1) * step
            done = last

    def blanks(self, labels: Sequence[str], height_mm: float = 11) -> None:
        """Lines to write on by hand, side by side over the whole width, with what belongs there under each."""
        self.keep_together(height_mm + 6)
        self.space(height_mm)
        wide = (_RIGHT - _LEFT + _GAP) / len(labels)
        for number, label in enumerate(labels):
            self._rule(_LEFT + number * wide, self._y, wide - _GAP)
            with self._tags.element("P"), self._tags.marked():
                self._text(_LEFT + number * wide, self._y - 3.4 * mm, label, SMALL, colour=_GREY)
        self.space(5)

    def box(self, text: str) -> None:
        """A square to tick by hand, and what it says."""
        lines = wrap(text, REGULAR, BODY, _RIGHT - _LEFT - 8 * mm)
        self.keep_together(len(lines) * BODY * _LEADING / mm)
        with self._tags.element("P"):
            for number, part in enumerate(lines):
                self._break_before(BODY)
                if not number:
                    with self._tags.artifact():
                        self._canvas.setStrokeColor(_INK)
                        self._canvas.setLineWidth(0.8)
                        self._canvas.rect(_LEFT, self._y - 0.4 * mm, 3.4 * mm, 3.4 * mm)
                with self._tags.marked():
                    self._text(_LEFT + 8 * mm, self._y, part, BODY)
        self.space(1.5)

    def strokes(self, canonical: bytes, width_mm: float = 80, height_mm: float = 26) -> None:
        """What the citizen wrote on the pad, as lines and not as a picture, standing on a thin line of its own."""
        self.keep_together(height_mm + 6)
        self.space(height_mm + 2)
        pad, area = pad_of(canonical), (_LEFT, self._y, _LEFT + width_mm * mm, self._y + height_mm * mm)
        self._canvas.setStrokeColor(_PEN)
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)
        self._canvas.setLineWidth(1.1)
        with self._figure("Die Unterschrift, wie sie auf dem Pad geschrieben wurde", area):
            for points in placed(pad, width_mm * mm, height_mm * mm):
                path = self._canvas.beginPath()
                path.moveTo(_LEFT + points[0][0], self._y + points[0][1])
                for x, y in points[1:] or points:
                    path.lineTo(_LEFT + x, self._y + y)
                self._canvas.drawPath(path)
        self._rule(_LEFT, self._y - mm, width_mm * mm)
        self.space(1)
        self._used = True

    def picture(self, data: bytes, caption: str) -> None:
        """A page of its own for a scanned page, as large as it goes, with what it is above it."""
        self.new_page()
        self.line(caption, SMALL, grey=True)
        self.space(3)
        image, wide, high = _picture(data, caption)
        scale = min((_RIGHT - _LEFT) / wide, (self._y - _BOTTOM) / high)
        self._image(image, _LEFT, self._y - high * scale, wide * scale, high * scale, caption)

    def whole(self, data: bytes, name: str) -> None:
        """A page that is nothing but this picture, as large as A4 allows, upright or across as the picture is."""
        self.new_page()
        image, wide, high = _picture(data, name)
        across = wide > high
        width, height = (_HEIGHT, _WIDTH) if across else (_WIDTH, _HEIGHT)
        self._canvas.setPageSize((width, height))
        scale = min((width - 2 * _EDGE) / wide, (height - 2 * _EDGE) / high)
        left, below = (width - wide * scale) / 2, (height - high * scale) / 2
        self._image(image, left, below, wide * scale, high * scale, name)
        self._used = True

    def _image(self, image: ImageReader, x: float, y: float, wide: float, high: float, alt: str) -> None:
        with self._figure(alt, (x, y, x + wide, y + high)):
            self._canvas.drawImage(image, x, y, wide, high)

    @contextlib.contextmanager
    def _figure(self, alt: str, area: Box) -> Iterator[None]:
        with self._tags.element("Figure", alt=alt, box=area), self._tags.marked():
            yield

    def _rule(self, x: float, y: float, wide: float) -> None:
        """A thin line, which says nothing to who listens."""
        with self._tags.artifact():
            self._canvas.setStrokeColor(_LINE)
            self._canvas.setLineWidth(0.5)
            self._canvas.line(x, y, x + wide, y)

    def _foot(self) -> None:
        self._rule(_LEFT, _BOTTOM - 4 * mm, _RIGHT - _LEFT)
        page = f"Seite {self._number}{self._of}"
        with self._tags.artifact():
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
