"""What a file that somebody hands in is: looked at by its bytes, whatever it is called, and read."""

from __future__ import annotations

from collections.abc import Set

from sojus.sheets.files.delimited import read_delimited
from sojus.sheets.files.parts import LOCKED, Parts
from sojus.sheets.files.table import MOST_BYTES, SheetTable, UnfitFile
from sojus.sheets.files.workbook import WORKBOOK, read_workbook

SAVE = "Bitte in Excel oder LibreOffice als „Excel-Arbeitsmappe (.xlsx)“ oder als CSV speichern."
_OTHERS = (
    (b"%PDF", "Das ist eine PDF-Datei und keine Tabelle."),
    (b"\x89PNG", "Das ist ein Bild und keine Tabelle."),
    (b"\xff\xd8\xff", "Das ist ein Bild und keine Tabelle."),
    (b"GIF8", "Das ist ein Bild und keine Tabelle."),
    (b"{\\rtf", "Das ist ein Textdokument und keine Tabelle."),
    (b"<", "Das ist eine Webseite oder XML und keine Tabelle."),
    (b"\x1f\x8b", "Das ist ein gepacktes Archiv und keine Tabelle."),
    (b"7z\xbc\xaf", "Das ist ein gepacktes Archiv und keine Tabelle."),
    (b"Rar!", "Das ist ein gepacktes Archiv und keine Tabelle."),
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_table(data: bytes, sheet: str, known: Set[str]) -> SheetTable:
    """One table: of a workbook the sheet called `sheet`, else its first; of CSV all.

    `known`: headings, small and without blanks around them. Raises `UnfitFile` with a German sentence.
    """
    if not data.strip():
        raise UnfitFile("Die Datei ist leer.")
    if len(data) > MOST_BYTES:
        raise UnfitFile(f"Die Datei hat mehr als {MOST_BYTES // 1024 // 1024} MB. Bitte auf mehrere Dateien verteilen.")
    if data.startswith(_OLE):
        raise UnfitFile(LOCKED if _ENCRYPTED in data else f"Das ist eine alte Excel-Datei (.xls). {SAVE}")
    if data.startswith(_ZIP):
        table = read_workbook(_workbook(data), sheet)
    else:
        _check_other(data)
        table = read_delimited(data, known)
    if not table.lines:
        raise UnfitFile("In der Tabelle steht nichts.")
    return table


def _workbook(data: bytes) -> Parts:
    parts = Parts(data)
    if WORKBOOK in parts:
        return parts
    if "xl/workbook.bin" in parts:
        raise UnfitFile(f"Das ist eine binäre Excel-Datei (.xlsb). {SAVE}")
    if "content.xml" in parts:
        raise UnfitFile(f"Das ist eine Datei von LibreOffice (.ods oder .odt). {SAVE}")
    if "word/document.xml" in parts:
        raise UnfitFile(f"Das ist ein Word-Dokument. {SAVE}")
    raise UnfitFile(f"Das ist ein gepacktes Archiv und keine Tabelle. {SAVE}")


def _check_other(data: bytes) -> None:
    begin = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    for start, told in _OTHERS:
        if begin.startswith(start):
            raise UnfitFile(f"{told} {SAVE}")
