"""PJL around a PDF, as hosts write it and as a printer reads it: HP's Printer Job Language, sans-IO.

Source: HP, "Printer Job Language Technical Reference Manual": chapter 3 (form of a command), 5-13 (JOB, EOJ) and 7-34
(USTATUS, INFO). Unverified: no recorded job of a real driver has met it yet. The Universal Exit Language opens and
closes what is for PJL; commands are read in capitals or not; strings stand in double quotes, so a quote or a control
character in a name becomes a blank. A connection may carry any number of jobs, and of documents without PJL one behind
the other. What the printer says to it: `printer_status`.

    UEL = ESC %-12345X                 lines end with CR LF; a reader takes LF, too

    UEL @PJL USTATUS DEVICE = ON
        @PJL USTATUS JOB = ON
        @PJL JOB NAME = "kopie"
        @PJL ENTER LANGUAGE = PDF
        %PDF-1.7 ... %%EOF
    UEL @PJL EOJ NAME = "kopie"
    UEL
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from lisa_core.domain.model.errors import ProtocolError

UEL = b"\x1b%-12345X"
MAX_NAME = 80
"""Longest name of a job, in characters."""
MAX_LINE = 1000
ASK_STATUS = UEL + b"@PJL INFO STATUS\r\n"
"""Asks a printer how it is, before anything is printed."""

_PJL = b"@PJL"
_NAME = re.compile(r'JOB\s.*?NAME\s*=\s*"([^"]*)"', re.IGNORECASE)
_ENTER = re.compile(r"ENTER\s+LANGUAGE\s*=", re.IGNORECASE)
_BETWEEN = re.compile(rb"%%EOF\s*(?=%PDF-)")
_BLANK = b"\r\n\t \0"
_BLANKS = re.compile(rb"[\r\n\t \0]*")
_TRAILER = 2048
"""The end of a PDF stands within so many bytes of its end, whatever a sender appends."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A document and the name it goes by; the name is empty where the sender gave none."""

    name: str
    document: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of PJL without its "@PJL": what the printer is to do or to tell."""

    command: str

    @property
    def words(self) -> tuple[str, ...]:
        """In capitals, without blanks around "="."""
        return tuple(re.sub(r"\s*=\s*", "=", self.command.upper()).split())


@dataclass(frozen=True, slots=True)
class Spoilt:
    """What was to be printed and is no whole PDF, with the reason."""

    name: str
    why: str


Received = PrintJob | Asked | Spoilt


def write_job(job: PrintJob) -> bytes:
    """Wrap a PDF as drivers do; the printer shall tell what becomes of it."""
    name = _plain(job.name).encode()
    head = b'@PJL USTATUS DEVICE = ON\r\n@PJL USTATUS JOB = ON\r\n@PJL JOB NAME = "%b"\r\n' % name
    head += b"@PJL ENTER LANGUAGE = PDF\r\n"
    return UEL + head + job.document + UEL + b'@PJL EOJ NAME = "%b"\r\n' % name + UEL


def _plain(name: str) -> str:
    """A name that fits into a line of PJL, and does no harm where it is shown."""
    return re.sub(r'["\x00-\x1f\x7f-\x9f\ud800-\udfff]', " ", name)[:MAX_NAME]


def read_job(data: bytes) -> PrintJob:
    """The one PDF of a connection, with or without PJL around it. Raises `ProtocolError` when there is none."""
    parser = JobParser()
    for found in (*parser.feed(data), *parser.finish()):
        if isinstance(found, PrintJob):
            return found
        if isinstance(found, Spoilt):
            raise ProtocolError(f"print job: {found.why}")
    raise ProtocolError("print job: no PDF in it")


class JobParser:
    """The printer's side of one connection."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._name = ""
        self._in_document = False
        self._looked = 0
        """So far the document holds no exit to PJL."""

    def feed(self, data: bytes) -> list[Received]:
        """What is complete by now."""
        self._buffer += data
        found: list[Received] = []
        while self._step(found):
            pass
        return found

    def finish(self) -> list[Received]:
        """What the end of the connection completes."""
        found: list[Received] = []
        if self._in_document:
            end = self._buffer.rfind(UEL) if self._buffer.rstrip(_BLANK).endswith(UEL) else len(self._buffer)
            found += self._documents(bytes(self._buffer[:end]))
        elif self._buffer.strip(_BLANK):
            found.append(Spoilt(self._name, f"{bytes(self._buffer[:8])!r} is not the beginning of a PDF"))
        self._buffer.clear()
        return found

    def _step(self, found: list[Received]) -> bool:
        """Take one thing out of the buffer; False when it has to grow before that."""
        if self._in_document:
            return self._take_document(found)
        if blanks := _BLANKS.match(self._buffer):
            del self._buffer[: blanks.end()]
        if self._buffer.startswith(UEL):
            del self._buffer[: len(UEL)]
            return True
        begun = bytes(self._buffer[: len(_PJL)]).upper()
        if UEL.startswith(self._buffer) or (_PJL.startswith(begun) and begun != _PJL):
            return False
        line = self._buffer.find(b"\n", 0, MAX_LINE)
        if begun == _PJL and (line >= 0 or len(self._buffer) < MAX_LINE):
            return line >= 0 and self._take_line(line, found)
        self._in_document, self._looked = True, 0
        return True

    def _take_line(self, end: int, found: list[Received]) -> bool:
        command = self._buffer[len(_PJL) : end].decode("utf-8", errors="replace").strip()
        del self._buffer[: end + 1]
        if named := _NAME.match(command):
            self._name = _plain(named[1])
        if command.upper().startswith("EOJ"):
            self._name = ""
        if _ENTER.match(command):
            self._in_document, self._looked = True, 0
        found.append(Asked(command))
        return True

    def _take_document(self, found: list[Received]) -> bool:
        """Only what PJL follows ends a document: the bytes of the exit may stand in a picture."""
        at = self._buffer.find(UEL, self._looked)
        if at < 0:
            self._looked = max(0, len(self._buffer) - len(UEL))
            return False
        after = bytes(self._buffer[at + len(UEL) : at + 2 * len(UEL) + MAX_LINE]).lstrip(b"\r\n")
        begun = after[: len(_PJL)].upper()
        if not after.startswith(UEL) and begun != _PJL:
            if UEL.startswith(after) or _PJL.startswith(begun):
                self._looked = at
                return False
            self._looked = at + 1
            return True
        found += self._documents(bytes(self._buffer[:at]))
        del self._buffer[:at]
        self._in_document = False
        return True

    def _documents(self, data: bytes) -> list[Received]:
        cuts = [0, *(found.end() for found in _BETWEEN.finditer(data)), len(data)]
        pieces = (data[begin:end] for begin, end in pairwise(cuts))
        return [self._document(piece) for piece in pieces if piece.strip(_BLANK)]

    def _document(self, piece: bytes) -> Received:
        if not piece.startswith(b"%PDF-"):
            return Spoilt(self._name, f"{piece[:8]!r} is not the beginning of a PDF")
        if b"%%EOF" not in piece[-_TRAILER:]:
            return Spoilt(self._name, "the PDF has no end")
        return PrintJob(self._name, piece)
