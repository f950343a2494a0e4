"""PJL around a PDF: UEL, JOB, EOJ and ENTER LANGUAGE of HP's Printer Job Language.

Unverified: written without the manual at hand and not yet tried on a printer or against a recorded job.

Sans-IO: one whole job in, one whole job out. The Universal Exit Language opens and closes the job; strings stand in
double quotes, so a quote or a control character in a name becomes a blank.

    UEL = ESC %-12345X                 lines end with CR LF; a reader takes LF, too, and up to 64 PJL lines at each end

    UEL @PJL JOB NAME = "kopie"
        @PJL ENTER LANGUAGE = PDF
        %PDF-1.7 ... %%EOF
    UEL @PJL EOJ NAME = "kopie"
    UEL
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lisa_core.domain.model.errors import ProtocolError

UEL = b"\x1b%-12345X"
MAX_NAME = 80
"""Longest name of a job, in characters."""

_HEAD = re.compile(rb"(?:@PJL[^\r\n]{0,1000}\r?\n){0,64}")
_NAME = re.compile(rb'@PJL JOB [^\r\n]*?NAME *= *"([^"\r\n]*)"')
_TAIL = re.compile(rb"(?:\x1b%-12345X(?:@PJL[^\r\n]{0,1000}\r?\n){0,64})+\Z")
_TAIL_LENGTH = 4096


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A document and the name it goes by; the name is empty where the sender gave none."""

    name: str
    document: bytes


def write_job(job: PrintJob) -> bytes:
    """Wrap a PDF as drivers do."""
    name = _plain(job.name).encode()
    head = b'@PJL JOB NAME = "%b"\r\n@PJL ENTER LANGUAGE = PDF\r\n' % name
    return UEL + head + job.document + UEL + b'@PJL EOJ NAME = "%b"\r\n' % name + UEL


def _plain(name: str) -> str:
    """A name that fits into a line of PJL, and does no harm where it is shown."""
    return re.sub(r'["\x00-\x1f\x7f-\x9f\ud800-\udfff]', " ", name)[:MAX_NAME]


def read_job(data: bytes) -> PrintJob:
    """Take the PDF out, with or without PJL around it. Raises `ProtocolError` when it is no PDF."""
    body, name = data, ""
    if data.startswith(UEL):
        head = _HEAD.match(data, len(UEL))
        assert head is not None  # the pattern also fits nothing
        body = data[head.end() :]
        named = _NAME.search(head.group())
        name = _plain(named.group(1).decode("utf-8", errors="replace")) if named else ""
    start = max(0, len(body) - _TAIL_LENGTH)
    tail = _TAIL.search(body, start)
    document = body[: tail.start()] if tail else body
    if not document.startswith(b"%PDF-"):
        raise ProtocolError(f"print job: {document[:8]!r} is not the beginning of a PDF")
    return PrintJob(name, document)
