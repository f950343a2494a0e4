"""Blank sheets are no contract: a page on which nothing stands is known from its picture."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from lisa_core.booth.imaging.pictures import is_blank

A4 = (620, 877)


def page(*marks: tuple[int, int, int, int], paper: int = 250, ink: int = 40) -> bytes:
    """A sheet with black bars, as JPEG."""
    image = Image.new("RGB", A4, (paper,) * 3)
    for mark in marks:
        ImageDraw.Draw(image).rectangle(mark, fill=(ink,) * 3)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


LINE = (60, 100, 320, 106)
EDGES = (0, 0, 619, 8), (0, 0, 6, 876)


@pytest.mark.parametrize(
    ("picture", "blank"),
    [
        (page(), True),
        (page(paper=205), True),
        (page(paper=10), True),
        (page(*EDGES), True),  # shadows of a scanner
        (page((300, 400, 302, 402)), True),  # dust
        (page(LINE), False),
        (page(LINE, paper=200, ink=110), False),
    ],
)
def test_page_without_anything_on_it_is_known(picture: bytes, blank: bool) -> None:
    assert is_blank(picture) is blank
