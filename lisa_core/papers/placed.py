"""A sheet on which things stand where they are said to: in millimetres from its upper left corner, as on a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.lib.units import mm

from lisa_core.papers.pages import BODY, HEIGHT
from lisa_core.papers.sheet import Sheet
from lisa_core.papers.typeface import BOLD, REGULAR, width


@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle in millimetres, `x` and `y` of its upper left corner; `ink` from 0 (none) to 1 (black)."""

    x: float
    y: float
    wide: float
    high: float
    ink: float = 1.0


class PlacedSheet(Sheet):
    """Also takes what stands at a place of its own."""

    def patches(self, alt: str, patches: Sequence[Patch]) -> None:
        """Draw these, which are one picture to who listens. At least one."""
        left, right = min(one.x for one in patches), max(one.x + one.wide for one in patches)
        top, bottom = min(one.y for one in patches), max(one.y + one.high for one in patches)
        with self._figure(alt, (left * mm, HEIGHT - bottom * mm, right * mm, HEIGHT - top * mm)):
            for one in patches:
                grey = 1 - one.ink
                self._canvas.setFillColor(Color(grey, grey, grey))
                self._canvas.rect(
                    one.x * mm, HEIGHT - (one.y + one.high) * mm, one.wide * mm, one.high * mm, stroke=0, fill=1
                )
        self._used = True

    def words(
        self, x: float, y: float, text: str, size: float = BODY, *, bold: bool = False, middle: bool = False
    ) -> None:
        """One line with its baseline at `y`, from `x` on, or around it."""
        font = BOLD if bold else REGULAR
        left = x * mm - (width(text, font, size) / 2 if middle else 0)
        with self._tags.element("P"):
            self._say(left, HEIGHT - y * mm, text, size, font)
