"""Raster for printers that read no PDF: transcripts, round trips, and that half a page is never one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs.raster.lines import KINDS, RasterPage, packed
from lisa_core.equipment.codecs.raster.pwg import HEAD, SYNC, read_pwg, write_pwg
from lisa_core.equipment.codecs.raster.urf import read_urf, write_urf


@st.composite
def pages(draw: st.DrawFn, *kinds: str) -> RasterPage:
    """A small page, some of whose rows and pixels are equal."""
    kind, width = draw(st.sampled_from(kinds or tuple(KINDS))), draw(st.integers(1, 150))
    size = KINDS[kind].row(width)
    runs = st.lists(st.tuples(st.sampled_from(b"\0\x07\x80\xff"), st.integers(1, 140)), min_size=1)
    row = runs.map(lambda found: b"".join(bytes((byte,)) * times for byte, times in found).ljust(size, b"\7")[:size])
    rows = draw(st.lists(st.tuples(row, st.integers(1, 260)), min_size=1, max_size=2))
    data = b"".join(one * times for one, times in rows)
    return RasterPage(kind, width, len(data) // size, (300, 300), data)


@settings(max_examples=25)
@given(st.lists(pages(), min_size=1, max_size=2))
def test_pwg_raster_comes_back_as_it_went(papers: list[RasterPage]) -> None:
    assert list(read_pwg(write_pwg(papers, len(papers), "iso_a4_210x297mm"))) == papers


@settings(max_examples=25)
@given(st.lists(pages("sgray_8", "srgb_8"), min_size=1, max_size=2))
def test_urf_comes_back_as_it_went(papers: list[RasterPage]) -> None:
    assert list(read_urf(write_urf(papers))) == papers


def test_rows_are_packed_as_the_standard_says() -> None:
    """PWG 5102.4, 4.2: five times one pixel, three others; the second row is like the first; then one pixel alone."""
    rows = (b"\xff" * 5 + b"\1\2\3", b"\xff" * 5 + b"\1\2\3", b"\7" * 8)
    page = RasterPage("sgray_8", 8, 3, (300, 300), b"".join(rows))
    assert b"".join(packed(page)).hex(" ") == "01 04 ff fe 01 02 03 00 07 07"
    colours = RasterPage("srgb_8", 3, 1, (300, 300), b"\1\2\3\1\2\3\4\5\6")
    assert b"".join(packed(colours)).hex(" ") == "00 01 01 02 03 00 04 05 06"
    black = RasterPage("black_1", 20, 1, (300, 300), b"\xf0\x0f\xa0")
    assert b"".join(packed(black)).hex(" ") == "00 fe f0 0f a0"


def test_the_head_of_a_page_has_its_numbers_where_the_standard_says() -> None:
    page = RasterPage("srgb_8", 2, 1, (300, 600), b"\0" * 6)
    head = write_pwg([page], 1, "iso_a4_210x297mm")[len(SYNC) :][:HEAD]
    assert head.startswith(b"PwgRaster\0")
    numbers = {at: int.from_bytes(head[at : at + 4]) for at in (276, 280, 372, 376, 384, 388, 392, 396, 400, 420, 452)}
    assert list(numbers.values()) == [300, 600, 2, 1, 8, 24, 6, 0, 19, 3, 1]
    assert head[1732:].rstrip(b"\0") == b"iso_a4_210x297mm"


GREY = RasterPage("sgray_8", 40, 30, (300, 300), bytes(range(40)) * 15 + b"\xff" * 600)
PWG, URF = write_pwg([GREY, GREY]), write_urf([GREY, GREY])


@pytest.mark.parametrize("document", [PWG, URF], ids=["pwg", "urf"])
def test_a_document_that_breaks_off_is_none(document: bytes) -> None:
    read, whole = (read_pwg, {len(PWG), (len(PWG) + len(SYNC)) // 2}) if document is PWG else (read_urf, {len(URF)})
    taken = set()
    for cut in range(len(document) + 1):
        try:
            list(read(document[:cut]))
            taken.add(cut)
        except ProtocolError:
            pass
    assert taken == whole, "PWG raster does not say how many pages there are: one alone is whole"


@pytest.mark.parametrize(
    ("at", "number", "why"),
    [
        (0, 0, "PwgRaster"),
        (276, 0, "contradicts"),
        (372, 41, "contradicts"),
        (376, 29, "more rows"),
        (376, 31, "raster"),
        (376, 0xFFFF_FFFF, "by 4294967295"),
        (384, 16, "not known"),
        (396, 1, "contradicts"),
        (400, 48, "not known"),
    ],
)
def test_a_head_that_is_wrong_is_refused(at: int, number: int, why: str) -> None:
    wrong = bytearray(PWG)
    wrong[len(SYNC) + at : len(SYNC) + at + 4] = number.to_bytes(4)
    with pytest.raises(ProtocolError, match=why):
        list(read_pwg(bytes(wrong)))


@pytest.mark.parametrize(
    ("row", "why"), [("00 28 ff", "more pixels"), ("1e 27 ff", "more rows"), ("00 d9 ff", "breaks off"), ("", "breaks")]
)
def test_rows_that_are_too_long_or_too_many_are_refused(row: str, why: str) -> None:
    head = PWG[: len(SYNC) + HEAD]
    with pytest.raises(ProtocolError, match=why):
        list(read_pwg(head + bytes.fromhex(row)))


def test_the_rest_of_a_row_may_be_white() -> None:
    head = PWG[: len(SYNC) + HEAD]
    (page,) = read_pwg(head + bytes.fromhex("1d 00 07 80"))
    assert page.data == (b"\7" + b"\xff" * 39) * 30
    with pytest.raises(ProtocolError, match="2 pages of 3"):
        list(read_urf(URF.replace(b"\0\0\0\2", b"\0\0\0\3", 1)))
