"""URF (image/urf), the raster of AirPrint: some printers read no other. Pure.

Its maker has published nothing; what libcups and Ghostscript read is written here, and read. Unverified: no printer has
met it yet.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

from lisa_core.domain.model.errors import ProtocolError, Side
from lisa_core.equipment.codecs.raster.lines import KINDS, RasterPage, checked, packed, unpacked

SYNC = b"UNIRAST\0"
_PAGES = struct.Struct(">I")
_HEAD = struct.Struct(">BBBB8xIII8x")
_KINDS: Mapping[tuple[int, int], str] = {(8, 0): "sgray_8", (24, 1): "srgb_8"}
"""By bits of a pixel and the number of its colours."""
_ONE_SIDE, _AS_USUAL = 1, 0


def write_urf(pages: Sequence[RasterPage]) -> bytes:
    """A whole document; see `urf_page`."""
    return b"".join((urf_head(len(pages)), *map(urf_page, pages)))


def urf_head(pages: int) -> bytes:
    """What stands before so many pages."""
    return SYNC + _PAGES.pack(pages)


def urf_page(page: RasterPage) -> bytes:
    """One page. Raises `ProtocolError` (ours) for one that cannot be said."""
    checked(page)
    told = next((bits for bits, kind in _KINDS.items() if kind == page.kind), None)
    if told is None or page.dpi[0] != page.dpi[1]:
        raise ProtocolError("URF: pages of grey or colour, with as many dots across as along", Side.LOCAL)
    return b"".join((_HEAD.pack(*told, _ONE_SIDE, _AS_USUAL, page.width, page.height, page.dpi[0]), *packed(page)))


def read_urf(document: bytes) -> Iterator[RasterPage]:
    """The pages of a document, each when it is asked for. Raises `ProtocolError` for one that is none or breaks off."""
    start = len(SYNC) + _PAGES.size
    if not document.startswith(SYNC) or len(document) <= start:
        raise ProtocolError("URF: does not begin with UNIRAST, or ends there")
    (promised,), at, came = _PAGES.unpack_from(document, len(SYNC)), start, 0
    while at < len(document):
        if len(document) - at < _HEAD.size:
            raise ProtocolError("URF: the head of a page breaks off")
        bits, space, _, _, width, height, dpi = _HEAD.unpack_from(document, at)
        if (kind := _KINDS.get((bits, space))) is None or not dpi:
            raise ProtocolError(f"URF: {bits} bits of colours {space} are not known")
        pixels, at = unpacked(memoryview(document), at + _HEAD.size, width, height, KINDS[kind])
        came += 1
        yield RasterPage(kind, width, height, (dpi, dpi), pixels)
    if promised not in (0, came):
        raise ProtocolError(f"URF: {came} pages of {promised}")
