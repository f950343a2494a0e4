"""The jobs of the emulated IPP printer: what it knows of each, and how it tells that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from emulator.devices.ipp.attributes import Now, moment
from emulator.devices.ipp.documents import pages_in
from lisa_core.equipment.codecs.ipp.values import Attribute, Collection, Tag, attribute
from lisa_core.equipment.codecs.ipp.words import PrintJobState

_OVER = (PrintJobState.CANCELED, PrintJobState.ABORTED, PrintJobState.COMPLETED)


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
    """Sides that have come out."""

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
        self.pages = pages_in(document)


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
