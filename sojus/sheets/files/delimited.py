"""CSV as people make it: which characters, which delimiter, quoted or not; the rows are those the spreadsheet shows."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Set

from sojus.sheets.files.table import FORMULA_STARTS, CellValue, Line, SheetTable, UnfitFile, check_rows, check_size

DELIMITERS = (";", "\t", ",", "|")
LOOKED_AT = 20
"""So many rows are looked at to find the delimiter: some have a title above the table."""
_KEPT_A_TEXT = tuple(f"'{begin}" for begin in FORMULA_STARTS)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_delimited(data: bytes, known: Set[str]) -> SheetTable:
    """`known`: headings, small and without blanks around them; by them the delimiter is found. Raises `UnfitFile`."""
    text, said = _without_hint(_decoded(data))
    delimiter = said or _delimiter(text, known)
    lines: list[Line] = []
    for number, record in _records(text, delimiter):
        cells: dict[int, CellValue] = {}
        for column, cell in enumerate(record):
            if cell.strip():
                check_size(number, column, cell)
                cells[column] = cell[1:] if cell.startswith(_KEPT_A_TEXT) else cell
        if cells:
            lines.append(Line(number, cells))
            check_rows(len(lines))
    return SheetTable(tuple(lines))


def _decoded(data: bytes) -> str:
    """By its mark; else UTF-8; else what Excel writes in Germany, Windows-1252."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    for name in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnfitFile(
        "Die Datei ist weder eine Excel-Datei (.xlsx) noch ein Text (.csv). Bitte in Excel oder LibreOffice öffnen und "
        "als „Excel-Arbeitsmappe (.xlsx)“ speichern."
    )


def _without_hint(text: str) -> tuple[str, str]:
    """Excel's first line "sep=;" is a hint and no row."""
    first, _, rest = text.partition("\n")
    hint = first.rstrip("\r")
    if hint.lower().startswith("sep=") and len(hint) == len("sep=;"):
        return rest, hint[-1]
    return text, ""


def _delimiter(text: str, known: Set[str]) -> str:
    """By which most headings are known, then most cells are found."""
    found: dict[str, tuple[int, int]] = {}
    for delimiter in DELIMITERS:
        rows: list[list[str]] = []
        try:
            for number, record in _records(text, delimiter):
                rows.append(record)
                if number >= LOOKED_AT:
                    break
        except UnfitFile:  # told when it is read by the one that is chosen
            pass
        hits = max((sum(" ".join(cell.casefold().split()) in known for cell in row) for row in rows), default=0)
        found[delimiter] = hits, max(map(len, rows), default=0)
    return max(found, key=found.__getitem__)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows as a spreadsheet counts them: a line break within quotation marks makes none."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise UnfitFile(
                f"In Zeile {number} stimmen die Anführungszeichen nicht, oder eine Zelle ist viel zu lang. Ein Text, "
                "der mit einem Anführungszeichen beginnt, endet auch mit einem; eines darin wird verdoppelt."
            ) from None
        yield number, record
