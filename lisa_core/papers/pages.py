"""The pages of a paper: where the next thing goes, when a page is full, its foot. What goes on them: `sheet.Sheet`.

Everything is tagged (`tags`). The same calls give the same bytes: reportlab's `invariant` leaves out every date and
random id.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from lisa_core.papers import typeface
from lisa_core.papers.tags import Box, Element, Tags
from lisa_core.papers.typeface import BOLD, REGULAR

rl_config.useA85 = 0  # its base 85 in plain Python takes a second a page and makes the file a quarter larger

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 25 * mm, WIDTH - 20 * mm, HEIGHT - 22 * mm, 24 * mm
INK, GREY, LINE = HexColor("#1a1a1e"), HexColor("#5c5c66"), HexColor("#c9c9d2")
LEADING = 1.42

SMALL, BODY, HEADING, TITLE = 7.5, 10.0, 11.5, 18.0
"""Sizes of type in points."""


class Pages:
    """A paper that grows downwards and begins a new page by itself; `pdf()` ends it. Without `footer` there is none.

    `banner` stands in bold at the top of every page, `of` is how many pages there will be, where that is known.
    """

    language, page_word = "de", "Seite"
    """In which language it is written, and what it calls a page."""

    def __init__(self, title: str, author: str, footer: str, banner: str = "", of: int = 0) -> None:
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=A4, invariant=1, pageCompression=1, lang=self.language)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("LISA")
        self._bookmarks = 0
        self._tags, self._named = Tags(self._canvas), (title, author)
        self._banner, self._of = banner, f" von {of}" if of else ""
        self._footer, self._number, self._y, self._used = footer, 1, TOP, False

    def pdf(self) -> bytes:
        """End the last page; the whole as PDF."""
        self.new_page()
        self._tags.finish(*self._named, self.language)
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
                self._text(LEFT, HEIGHT - 13 * mm, self._banner, BODY, BOLD)
        self._canvas.showPage()
        self._tags.page_ended()
        self._number, self._y, self._used = self._number + 1, TOP, False

    def space(self, height_mm: float) -> None:
        self._y -= height_mm * mm

    def keep_together(self, height_mm: float) -> None:
        """Begin a new page here if less than this is left of the present one."""
        if self._y - height_mm * mm < BOTTOM:
            self.new_page()

    def _bookmark(self, text: str) -> None:
        """What comes now can be gone to from the table of contents that a reader shows beside the pages."""
        self._bookmarks += 1
        self._canvas.bookmarkPage(f"b{self._bookmarks}", fit="XYZ", left=LEFT, top=self._y, zoom=0)
        self._canvas.addOutlineEntry(text, f"b{self._bookmarks}")

    @contextlib.contextmanager
    def _figure(self, alt: str, area: Box) -> Iterator[None]:
        with self._tags.element("Figure", alt=alt, box=area), self._tags.marked():
            yield

    def _rule(self, x: float, y: float, wide: float) -> None:
        """A thin line, which says nothing to who listens."""
        with self._tags.artifact():
            self._canvas.setStrokeColor(LINE)
            self._canvas.setLineWidth(0.5)
            self._canvas.line(x, y, x + wide, y)

    def _foot(self) -> None:
        self._rule(LEFT, BOTTOM - 4 * mm, RIGHT - LEFT)
        page = f"{self.page_word} {self._number}{self._of}"
        with self._tags.artifact():
            self._text(LEFT, BOTTOM - 9 * mm, self._footer, SMALL, colour=GREY)
            self._text(RIGHT - typeface.width(page, REGULAR, SMALL), BOTTOM - 9 * mm, page, SMALL, colour=GREY)

    def _break_before(self, size: float) -> None:
        if self._y - size * LEADING < BOTTOM:
            self.new_page()
        self._y -= size * LEADING

    def _say(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        font: str = REGULAR,
        colour: Color = INK,
        cell: Element | None = None,
    ) -> None:
        """Text that belongs to the open element, or to this cell; letters drawn of two read as the one they are."""
        with self._tags.marked(cell, text if typeface.is_composed(text) else ""):
            self._text(x, y, text, size, font, colour)

    def _text(self, x: float, y: float, text: str, size: float, font: str = REGULAR, colour: Color = INK) -> None:
        self._canvas.setFillColor(colour)
        typeface.draw(self._canvas, x, y, text, font, size)
        self._used = True
