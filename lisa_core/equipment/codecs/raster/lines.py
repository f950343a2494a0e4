"""Rows of pixels, packed and unpacked, and what a page of them is. Pure; see the package for the form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from lisa_core.domain.model.errors import ProtocolError, Side

MAX_PAGE = 128 * 1024 * 1024
"""Bytes of the pixels of one page: A4 in colour at 600 dpi has 105 million."""
_MOST = 128
_WHITE_FROM_HERE = 0x80
_REPEATED = 256


@dataclass(frozen=True, slots=True)
class Colours:
    """What a pixel is: its number in a PWG head (PWG 5102.4, table 3), its bits, its colours, and the byte of white."""

    space: int
    bits: int
    colours: int
    white: int

    @property
    def pixel(self) -> int:
        """Bytes that are packed as one; 1 where several pixels share a byte."""
        return max(1, self.bits * self.colours // 8)

    def row(self, width: int) -> int:
        """Bytes of a row."""
        return (width * self.bits * self.colours + 7) // 8


KINDS: Mapping[str, Colours] = {
    "sgray_8": Colours(18, 8, 1, 0xFF),
    "srgb_8": Colours(19, 8, 3, 0xFF),
    "black_8": Colours(3, 8, 1, 0x00),
    "black_1": Colours(3, 1, 1, 0x00),
    "adobe-rgb_8": Colours(20, 8, 3, 0xFF),
    "rgb_8": Colours(1, 8, 3, 0xFF),
    "cmyk_8": Colours(6, 8, 4, 0x00),
}
"""By the words of "pwg-raster-document-type-supported"."""


@dataclass(frozen=True, slots=True)
class RasterPage:
    """One page, upright as it is fed: `data` holds `height` rows of `KINDS[kind].row(width)` bytes."""

    kind: str
    width: int
    height: int
    dpi: tuple[int, int]
    """Across and along the feed."""
    data: bytes


def checked(page: RasterPage) -> Colours:
    """What its pixels are. Raises `ProtocolError` (ours) for one whose bytes are not as many as it says."""
    colours = KINDS[page.kind]
    if page.width < 1 or page.height < 1 or len(page.data) != page.height * colours.row(page.width):
        raise ProtocolError("raster: a page whose rows are not as long as it says", Side.LOCAL)
    return colours


def packed(page: RasterPage) -> Iterator[bytes]:
    """The rows of a page, those that are equal together."""
    colours = checked(page)
    size = colours.row(page.width)
    rows = (page.data[at : at + size] for at in range(0, len(page.data), size))
    for row, equal in groupby(rows):
        left, line = sum(1 for _ in equal), _packed_row(row, colours.pixel)
        while left:
            now = min(left, _REPEATED)
            yield bytes((now - 1,)) + line
            left -= now


@cache
def _runs(pixel: int) -> re.Pattern[bytes]:
    """Pixels that are the same, or others. A few equal bytes are not worth a code of their own."""
    more = 3 if pixel == 1 else 1
    return re.compile(rb"(?s)(.{%d})\1{%d,127}|(?:(.{%d})(?!\2{%d})){1,128}" % (pixel, more, pixel, more))


def _packed_row(row: bytes, pixel: int) -> bytes:
    return b"".join(_coded(found[0], pixel, same=found[1] is not None) for found in _runs(pixel).finditer(row))


def _coded(run: bytes, pixel: int, *, same: bool) -> bytes:
    count = len(run) // pixel
    if same or count == 1:
        return bytes((count - 1,)) + run[:pixel]
    return bytes((257 - count,)) + run


def unpacked(data: memoryview, at: int, width: int, height: int, colours: Colours) -> tuple[bytes, int]:
    """The pixels of the page whose rows begin at `at`, and where they end. Raises `ProtocolError`."""
    size = colours.row(width)
    if size * height > MAX_PAGE or not size or not height:
        raise ProtocolError(f"raster: a page of {width} by {height} pixels")
    rows, have = list[bytes](), 0
    try:
        while have < height:
            times = data[at] + 1
            row, at = _row(data, at + 1, size, colours)
            have += times
            rows.append(row * times)
    except IndexError:
        raise ProtocolError("raster: a page breaks off") from None
    if have != height:
        raise ProtocolError("raster: more rows than the page has")
    return b"".join(rows), at


def _row(data: memoryview, at: int, size: int, colours: Colours) -> tuple[bytes, int]:
    parts, left, pixel = list[bytes](), size, colours.pixel
    while left > 0:
        code = data[at]
        if code == _WHITE_FROM_HERE:
            parts.append(bytes((colours.white,)) * left)
            return b"".join(parts), at + 1
        times, count = (code + 1, 1) if code < _MOST else (1, 257 - code)
        part = bytes(data[at + 1 : at + 1 + count * pixel])
        if len(part) < count * pixel:
            raise IndexError
        at, left = at + 1 + len(part), left - len(part) * times
        parts.append(part * times)
    if left:
        raise ProtocolError("raster: more pixels than a row has")
    return b"".join(parts), at
