"""Raster as libcups reads and writes it: the library with which CUPS, ippeveprinter and many printers' programs do."""

from __future__ import annotations

import ctypes
import ctypes.util
import struct
import tempfile
from collections.abc import Iterator

import pytest

from lisa_core.equipment.codecs.raster.lines import KINDS, RasterPage
from lisa_core.equipment.codecs.raster.pwg import read_pwg, write_pwg
from lisa_core.equipment.codecs.raster.urf import write_urf
from tests.peers.clients import Client
from tests.peers.conftest import missing

pytestmark = pytest.mark.peer
ACCEPTED = (
    Client(
        "ipp-printer",
        "libcups (raster)",
        "2.4.2",
        "Debian",
        "codec",
        "test_libcups_reads_the_pages_that_we_write",
        "PWG raster of seven kinds both ways, URF of two",
    ),
)
READ, WRITE_PWG = 0, 3
HEAD = 1796
_PLACES = {
    "width": 372,
    "height": 376,
    "bits": 384,
    "pixel": 388,
    "row": 392,
    "space": 400,
    "across": 276,
    "along": 280,
}


@pytest.fixture
def cups() -> ctypes.CDLL:
    name = ctypes.util.find_library("cups")
    if not name:
        missing("libcups fehlt: Raster sind mit keinem anderen verglichen")
    library = ctypes.CDLL(name)
    library.cupsRasterOpen.restype = ctypes.c_void_p
    return library


def a_page(kind: str) -> RasterPage:
    """Rows that are equal, runs, single pixels, and a last byte that is not full."""
    size, width = KINDS[kind].row(37), 37
    run, single = b"\xff" * size, bytes(number * 7 % 256 for number in range(size))
    rows = [run, run, single, run[: size // 2] + single[size // 2 :], *[b"\0" * size] * 300]
    return RasterPage(kind, width, len(rows), (300, 300), b"".join(rows))


def read_by(library: ctypes.CDLL, document: bytes) -> Iterator[tuple[dict[str, int], bytes]]:
    """The numbers of each head, and the pixels."""
    with tempfile.TemporaryFile() as file:
        file.write(document)
        file.seek(0)
        raster, head = ctypes.c_void_p(library.cupsRasterOpen(file.fileno(), READ)), ctypes.create_string_buffer(HEAD)
        while library.cupsRasterReadHeader2(raster, head):
            told = {name: struct.unpack_from("=I", head.raw, at)[0] for name, at in _PLACES.items()}
            pixels = ctypes.create_string_buffer(told["row"] * told["height"])
            for at in range(told["height"]):
                row = ctypes.byref(pixels, at * told["row"])
                assert library.cupsRasterReadPixels(raster, row, told["row"]) == told["row"]
            yield told, pixels.raw
        library.cupsRasterClose(raster)


@pytest.mark.parametrize("kind", KINDS)
def test_libcups_reads_the_pages_that_we_write(kind: str, cups: ctypes.CDLL) -> None:
    page, colours = a_page(kind), KINDS[kind]
    numbers = {"width": 37, "height": 304, "bits": colours.bits, "row": colours.row(37), "across": 300, "along": 300}
    numbers |= {"pixel": colours.bits * colours.colours, "space": colours.space}
    written = [write_pwg([page, page], 2, "iso_a4_210x297mm")]
    if kind in ("sgray_8", "srgb_8"):
        written.append(write_urf([page, page]))
    for document in written:
        assert list(read_by(cups, document)) == [(numbers, page.data)] * 2


@pytest.mark.parametrize("kind", KINDS)
def test_we_read_the_pages_that_libcups_writes(kind: str, cups: ctypes.CDLL) -> None:
    page, colours = a_page(kind), KINDS[kind]
    head = ctypes.create_string_buffer(HEAD)
    head.raw = write_pwg([page])[4 : 4 + HEAD]
    for at in range(256, HEAD, 4):  # numbers as this machine has them; what is text of ours is zero here
        struct.pack_into("=I", head, at, int.from_bytes(head.raw[at : at + 4]))
    with tempfile.TemporaryFile() as file:
        raster = ctypes.c_void_p(cups.cupsRasterOpen(file.fileno(), WRITE_PWG))
        assert cups.cupsRasterWriteHeader2(raster, head)
        size = colours.row(page.width)
        for at in range(0, len(page.data), size):
            assert cups.cupsRasterWritePixels(raster, page.data[at : at + size], size) == size
        cups.cupsRasterClose(raster)
        file.seek(0)
        assert list(read_pwg(file.read())) == [page]
