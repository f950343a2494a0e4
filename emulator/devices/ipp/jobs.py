"""The jobs of the emulated IPP printer: what it knows of each, how it tells that, and what a document must be."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from emulator.devices.ipp.attributes import Now, moment
from lisa_core.equipment.codecs.ipp.values import Attribute, Collection, Data, Tag, attribute
from lisa_core.equipment.codecs.ipp.words import PrintJobState

MAX_DOCUMENT = 20 * 1024 * 1024
"""Bytes of a document, also of one that was compressed."""
_OVER = (PrintJobState.CANCELED, PrintJobState.ABORTED, PrintJobState.COMPLETED)
_PAGE = re.compile(rb"/Type\s*/Page\b")
_SIGNS: Mapping[str, bytes] = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/pwg-raster": b"RaS2",
    "image/urf": b"UNIRAST\0",
}
"""How documents begin."""


@dataclass(slots=True)
class Job:
    """One job. Times are seconds since the printer has power; 0: not yet."""

    id: int
    name: str
    user: str
    made_s: int
    template: Collection = ()
    """The attributes that its client has asked for."""
    format: str = ""
    document: bytes | None = None
    octets: int = 0
    pages: int = 1
    """Of one copy, as far as its bytes show; both are told when the document is long gone."""
    state: PrintJobState = PrintJobState.PENDING
    reasons: tuple[str, ...] = ()
    begun_s: int = 0
    over_s: int = 0
    printed: int = 0
    """Pages that have come out."""

    @property
    def is_over(self) -> bool:
        return self.state in _OVER

    @property
    def copies(self) -> int:
        wanted = (value.data for one in self.template if one.name == "copies" for value in one.values)
        return next((one for one in wanted if isinstance(one, int)), 1)

    def take(self, document: bytes) -> None:
        """This is what it prints."""
        self.document, self.octets = document, len(document)
        self.pages = max(1, len(_PAGE.findall(document)))


def job_attributes(job: Job, now: Now) -> Collection:
    """All that is told of a job (RFC 8011, 5.3)."""
    scheme = "ipps" if now.secure else "ipp"
    printer = f"{scheme}://{now.address}/ipp/print"
    return (
        attribute("job-id", Tag.INTEGER, job.id),
        attribute("job-uri", Tag.URI, f"{printer}/{job.id}"),
        attribute("job-printer-uri", Tag.URI, printer),
        attribute("job-name", Tag.NAME, job.name),
        attribute("job-originating-user-name", Tag.NAME, job.user),
        attribute("job-state", Tag.ENUM, job.state),
        attribute("job-state-reasons", Tag.KEYWORD, *(job.reasons or ("none",))),
        attribute("job-printer-up-time", Tag.INTEGER, now.up_s),
        attribute("job-k-octets", Tag.INTEGER, (job.octets + 1023) // 1024),
        attribute("job-impressions", Tag.INTEGER, job.pages),
        attribute("job-impressions-completed", Tag.INTEGER, job.printed),
        attribute("document-format", Tag.MIME_TYPE, job.format or "application/octet-stream"),
        *_times((("creation", job.made_s), ("processing", job.begun_s), ("completed", job.over_s))),
        *job.template,
    )


def _times(times: Iterable[tuple[str, int]]) -> Iterable[Attribute]:
    for name, at_s in times:
        known = at_s > 0
        yield attribute(f"time-at-{name}", Tag.INTEGER if known else Tag.NO_VALUE, at_s if known else None)
        told = moment(at_s) if known else None
        yield attribute(f"date-time-at-{name}", Tag.DATE_TIME if known else Tag.NO_VALUE, told)


def sniffed(document: bytes) -> str:
    """The format of a document by its first bytes; "" for one that it does not know."""
    return next((name for name, sign in _SIGNS.items() if document.startswith(sign)), "")


def why_unprintable(job: Job, offered: tuple[Data, ...]) -> str:
    """The reason for which one that offers these formats aborts this job, as a keyword; "" if it can print it."""
    document = job.document or b""
    found = sniffed(document)
    if job.format not in (*_SIGNS, "application/octet-stream"):
        return ""  # what it is called is all that is known of it
    if found not in offered or job.format not in (found, "application/octet-stream"):
        return "document-format-error"
    whole = found != "application/pdf" or b"%%EOF" in document[-2048:]
    return "" if whole else "document-format-error"


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
