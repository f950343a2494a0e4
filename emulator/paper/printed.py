"""What lies in the tray of a printer: the name of a job, its digest, and the pictures on its pages.

A page that was scanned as JPEG goes into a PDF as it is, so that whoever knows the scan recognises it on the sheet.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from emulator.paper.ink import named
from lisa_core.host.printable import printable

_PICTURE = re.compile(rb"/DCTDecode[^>]{0,200}?/Length (\d{1,9})\b[^>]{0,200}>>\s{0,4}stream\r?\n")


def sheet_text(name: str, document: bytes) -> str:
    """As `name sha256`, and behind the last colons the SHA-256 of each picture: `Kopie 0123:4567:89ab`."""
    said = named(_shown(name), document)
    digests = [hashlib.sha256(data).hexdigest() for data in (document, *_pictures(document))]
    return f"{said} {':'.join(digests)}"


def raster_text(name: str, document: bytes, pages: Iterable[str], blank: bool) -> str:
    """The same of a raster: behind the last colons the SHA-256 of the pixels of each page."""
    said = f"{_shown(name)} (leer)" if blank else _shown(name)
    return f"{said} {':'.join((hashlib.sha256(document).hexdigest(), *pages))}"


def half_sheet(name: str) -> str:
    """A sheet on which the lower half is missing: nobody takes it for the copy."""
    return f"{_shown(name)} (halbe Seite)"


def _shown(name: str) -> str:
    """A name comes over the network, and the tray is shown to people."""
    return printable(name).replace("\n", " ").replace("\t", " ") or "Dokument"


def _pictures(document: bytes) -> Iterator[bytes]:
    for found in _PICTURE.finditer(document):
        yield document[found.end() : found.end() + int(found[1])]
