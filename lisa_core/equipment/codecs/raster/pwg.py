"""PWG raster (image/pwg-raster), which each printer for IPP Everywhere has to read: PWG 5102.4, 4.3. Pure."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs.raster.lines import KINDS, RasterPage, checked, packed, unpacked

SYNC = b"RaS2"
HEAD = 1796
_FIRST = b"PwgRaster"
_NUMBERS = {
    "across": 276,
    "along": 280,
    "copies": 340,
    "points_wide": 352,
    "points_high": 356,
    "width": 372,
    "height": 376,
    "bits": 384,
    "bits_of_pixel": 388,
    "row": 392,
    "order": 396,
    "space": 400,
    "colours": 420,
    "total": 452,
    "cross_feed": 456,
    "feed": 460,
}
"""Where each number stands in the head."""
_SIZE_NAME = 1732


def write_pwg(pages: Iterable[RasterPage], total: int = 0, size_name: str = "") -> bytes:
    """A whole document; see `pwg_page`."""
    return b"".join((SYNC, *(pwg_page(page, total, size_name) for page in pages)))


def pwg_page(page: RasterPage, total: int = 0, size_name: str = "") -> bytes:
    """One page; a document is `SYNC` and its pages. `total`: how many, 0 for unknown; `size_name`: a media keyword.

    Raises `ProtocolError` (ours) for a page whose bytes are not as many as it says.
    """
    return b"".join((_head(page, total, size_name), *packed(page)))


def _head(page: RasterPage, total: int, size_name: str) -> bytes:
    colours, (across, along) = checked(page), page.dpi
    head = bytearray(HEAD)
    head[: len(_FIRST)] = _FIRST
    told = {
        "across": across,
        "along": along,
        "copies": 1,
        "points_wide": round(page.width * 72 / across),
        "points_high": round(page.height * 72 / along),
        "width": page.width,
        "height": page.height,
        "bits": colours.bits,
        "bits_of_pixel": colours.bits * colours.colours,
        "row": colours.row(page.width),
        "space": colours.space,
        "colours": colours.colours,
        "total": total,
        "cross_feed": 1,
        "feed": 1,
    }
    for name, number in told.items():
        struct.pack_into(">I", head, _NUMBERS[name], number)
    called = size_name.encode("ascii", "replace")[:63]
    head[_SIZE_NAME : _SIZE_NAME + len(called)] = called
    return bytes(head)


def read_pwg(document: bytes) -> Iterator[RasterPage]:
    """The pages of a document, each when it is asked for. Raises `ProtocolError` for one that is none or breaks off."""
    if not document.startswith(SYNC):
        raise ProtocolError("PWG raster: does not begin with RaS2")
    data, at = memoryview(document), len(SYNC)
    while at < len(document):
        if len(document) - at < HEAD:
            raise ProtocolError("PWG raster: the head of a page breaks off")
        kind, width, height, dpi = _read_head(document[at : at + HEAD])
        pixels, at = unpacked(data, at + HEAD, width, height, KINDS[kind])
        yield RasterPage(kind, width, height, dpi, pixels)
    if at == len(SYNC):
        raise ProtocolError("PWG raster: no page in it")


def _read_head(head: bytes) -> tuple[str, int, int, tuple[int, int]]:
    told = {name: struct.unpack_from(">I", head, at)[0] for name, at in _NUMBERS.items()}
    if not head.startswith(_FIRST + b"\0"):
        raise ProtocolError("PWG raster: the head of a page does not begin with PwgRaster")
    found = (name for name, one in KINDS.items() if (one.space, one.bits) == (told["space"], told["bits"]))
    if (kind := next(found, None)) is None:
        raise ProtocolError(f"PWG raster: colours {told['space']} of {told['bits']} bits are not known")
    colours = KINDS[kind]
    says = (told["bits_of_pixel"], told["row"], told["order"])
    if says != (colours.bits * colours.colours, colours.row(told["width"]), 0) or not told["across"] * told["along"]:
        raise ProtocolError("PWG raster: the head of a page contradicts itself")
    return kind, told["width"], told["height"], (told["across"], told["along"])
