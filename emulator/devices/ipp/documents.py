"""What a document is to the emulated IPP printer: its format, whether it is whole, what is seen on its sheets. Pure.

It prints what it offers and nothing else, and half a document is none: what breaks off is aborted before a sheet is
drawn in.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from emulator.paper.printed import raster_text, sheet_text
from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs.ipp.message import Group
from lisa_core.equipment.codecs.ipp.values import Resolution
from lisa_core.equipment.codecs.raster.lines import KINDS, RasterPage
from lisa_core.equipment.codecs.raster.pwg import read_pwg
from lisa_core.equipment.codecs.raster.urf import read_urf

MAX_DOCUMENT = 48 * 1024 * 1024
"""Bytes of a document, also of one that was compressed: a scanned page may have 8 MB as raster."""
MAX_UNFOLDED = 2 * 1024 * 1024 * 1024
"""Bytes of all pixels of a raster: a row of white is two bytes of it."""
ERROR, UNKNOWN = "document-format-error", "application/octet-stream"
PDF, JPEG, PWG, URF = "application/pdf", "image/jpeg", "image/pwg-raster", "image/urf"
_PAGE = re.compile(rb"/Type\s*/Page\b")
_SIGNS: Mapping[str, bytes] = {PDF: b"%PDF-", JPEG: b"\xff\xd8\xff", PWG: b"RaS2", URF: b"UNIRAST\0"}
"""How documents begin."""
_TAILS: Mapping[str, bytes] = {PDF: b"%%EOF", JPEG: b"\xff\xd9"}
"""What stands in the last 2048 bytes of a whole one."""
_URF_KINDS: Mapping[str, str] = {"sgray_8": "W8", "srgb_8": "SRGB24"}


@dataclass(frozen=True, slots=True)
class Judged:
    """`why` it cannot be printed, as a keyword, "" if it can; then how it lies in the tray, and its pages."""

    why: str
    sheet: str = ""
    pages: int = 1


def judged(name: str, called: str, document: bytes, offer: Group) -> Judged:
    """What a printer with this offer makes of a document that its sender calls `called`. May take seconds."""
    found = sniffed(document)
    if called not in (*_SIGNS, UNKNOWN):
        return Judged("", sheet_text(name, document))  # what it is called is all that is known of it
    if found not in offer.all("document-format-supported") or called not in (found, UNKNOWN):
        return Judged(ERROR)
    if found in _TAILS:
        whole = _TAILS[found] in document[-2048:]
        return Judged("", sheet_text(name, document), pages_in(document)) if whole else Judged(ERROR)
    try:
        seen = tuple(_seen(_READERS[found](document), _takes(offer, found)))
    except ProtocolError:
        return Judged(ERROR)
    blank = not any(ink for _, ink in seen)
    return Judged("", raster_text(name, document, [digest for digest, _ in seen], blank), len(seen))


_READERS: Mapping[str, Callable[[bytes], Iterator[RasterPage]]] = {PWG: read_pwg, URF: read_urf}


def _seen(pages: Iterator[RasterPage], takes: Callable[[RasterPage], bool]) -> Iterator[tuple[str, bool]]:
    """The SHA-256 of the pixels of each page, and whether there is ink on it."""
    left = MAX_UNFOLDED
    for page in pages:
        left -= len(page.data)
        if left < 0 or not takes(page):
            raise ProtocolError("raster: more than is printed here")
        white = bytes((KINDS[page.kind].white,))
        yield hashlib.sha256(page.data).hexdigest(), bool(page.data.strip(white))


def _takes(offer: Group, found: str) -> Callable[[RasterPage], bool]:
    if found == URF:
        words = {str(word).partition("-")[0] for word in offer.all("urf-supported")}
        return lambda page: _URF_KINDS.get(page.kind) in words
    kinds = offer.all("pwg-raster-document-type-supported")
    dots = offer.all("pwg-raster-document-resolution-supported")
    return lambda page: page.kind in kinds and Resolution(*page.dpi) in dots


def pages_in(document: bytes) -> int:
    """Sheets of a document that is no raster, as far as its bytes show."""
    return max(1, len(_PAGE.findall(document)))


def sniffed(document: bytes) -> str:
    """The format of a document by its first bytes; "" for one that it does not know."""
    return next((name for name, sign in _SIGNS.items() if document.startswith(sign)), "")


def unpacked(document: bytes, compression: str) -> bytes:
    """The document as it is. Raises `zlib.error` for what is not compressed so, `ValueError` for too large a one."""
    if compression == "none":
        plain = document
    else:
        unpacking = zlib.decompressobj(31 if compression == "gzip" else -15 if _is_bare(document) else 15)
        plain = unpacking.decompress(document, MAX_DOCUMENT + 1)
        if len(plain) <= MAX_DOCUMENT and not unpacking.eof:
            raise zlib.error("breaks off")
    if len(plain) > MAX_DOCUMENT:
        raise ValueError(f"more than {MAX_DOCUMENT} bytes")
    return plain


def _is_bare(document: bytes) -> bool:
    """RFC 1951 alone, as the RFC says, or with the head of RFC 1950 around it, as some clients send."""
    return len(document) < 2 or document[0] & 0x0F != 8 or int.from_bytes(document[:2], "big") % 31 != 0
