"""The parts of an XLSX file: a zip of XML that comes from outside, read piece by piece and never more than a budget.

Nothing is unpacked to memory or disk, only what is stored or deflated is read, and a document type, with it every
entity of one's own, is refused (CWE-409, CWE-776). What a zip says of its own sizes is not believed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol
from xml.parsers import expat

from sojus.sheets.files.table import UnfitFile

MOST_UNPACKED = 96 * 1024 * 1024
"""Of all parts of one file that are read: 20,000 rows of 200 cells with much about them have less."""
MOST_ELEMENTS = 3_000_000
"""Of all parts that are read: 20,000 rows of 70 cells. More would take longer than anybody waits."""
MOST_PARTS = 5_000
PIECE = 64 * 1024
LONGEST_TAG = 1024 * 1024
"""Of a tag or a comment: expat before 2.6 goes through it again from its beginning with each piece (CVE-2023-52425)."""
DAMAGED = "Die Excel-Datei ist beschädigt oder unvollständig. Bitte noch einmal speichern und erneut hochladen."
LOCKED = "Die Excel-Datei ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern."
TOO_LARGE = (
    f"Die Excel-Datei enthält ausgepackt mehr als {MOST_UNPACKED // 1024 // 1024} MB oder {MOST_ELEMENTS // 2} Zellen. "
    "Bitte nur die Tabelle der Plätze in eine neue Arbeitsmappe kopieren."
)
_LOCKED_BIT = 1


class Hears(Protocol):
    """What is told of an XML document, in its order. Names are local: without their prefix."""

    def begin(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


class Parts:
    """An opened file. Raises `UnfitFile` for what cannot be read, whatever the reason."""

    def __init__(self, data: bytes) -> None:
        with _told():
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = {info.filename.lstrip("/").lower(): info for info in self._zip.infolist()[:MOST_PARTS]}
        self._left = MOST_UNPACKED
        self._elements = MOST_ELEMENTS

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._infos

    def hear(self, name: str, told: Hears) -> None:
        """Go through one part. `name`: as zip files have it, "xl/workbook.xml"; the case does not matter."""
        parser = self._parser(told)
        with _told():
            if name.lower() not in self._infos:
                raise UnfitFile(DAMAGED)
            given = begun = 0
            for piece in self._pieces(self._infos[name.lower()]):
                parser.Parse(piece, False)
                given, begun = given + len(piece), max(begun, parser.CurrentByteIndex)
                if given - begun > LONGEST_TAG:
                    raise UnfitFile(DAMAGED)
            parser.Parse(b"", True)

    def _pieces(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        if info.flag_bits & _LOCKED_BIT:
            raise UnfitFile(LOCKED)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnfitFile(DAMAGED)
        with self._zip.open(info) as part:
            while piece := part.read(PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise UnfitFile(TOO_LARGE)
                yield piece

    def _parser(self, told: Hears) -> expat.XMLParserType:
        def begin(name: str, attributes: dict[str, str]) -> None:
            self._elements -= 1
            if self._elements < 0:
                raise UnfitFile(TOO_LARGE)
            told.begin(name.rpartition(":")[2], attributes)

        def end(name: str) -> None:
            told.end(name.rpartition(":")[2])

        def refuse(*anything: object) -> None:
            raise UnfitFile(DAMAGED)

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = begin
        parser.EndElementHandler = end
        parser.CharacterDataHandler = told.text
        parser.StartDoctypeDeclHandler = refuse
        return parser


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (
        *(zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError),
        *(NotImplementedError, RuntimeError, ValueError, LookupError, OverflowError),
    ) as error:
        raise UnfitFile(DAMAGED) from error
