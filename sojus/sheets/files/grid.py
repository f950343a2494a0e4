"""The cells of one XLSX sheet, one after the other: texts, numbers, days, yes and no, and what Excel itself lacks."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from sojus.sheets.files.parts import DAMAGED
from sojus.sheets.files.table import Broken, CellValue, Line, SheetTable, UnfitFile, check_rows, check_size

LAST_ROW = 1_048_576
"""A sheet has no more."""
MOST_MERGED = 10
"""Columns in which each row may be merged with others."""
_REF = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FIRST_SERIAL, _LAST_SERIAL = 61, 110_000
"""The first of March 1900, from which on Excel counts right, and a day beyond the year 2200."""
_WITHOUT = "Die Formel hat kein Ergebnis. Bitte die Datei in Excel öffnen und neu speichern, oder den Wert eintragen."
_ERROR = "Excel zeigt hier einen Fehler. Bitte die Formel in Ordnung bringen oder den Wert eintragen."


class Looks(NamedTuple):
    """`days`: of each style whether it shows a day. `since_1904`: days are counted from 1904 on (Mac)."""

    days: list[bool]
    since_1904: bool


@dataclass(slots=True)
class Grid:
    """Hears one sheet. `shared`: the texts that cells name by number."""

    shared: list[str]
    looks: Looks
    _lines: dict[int, dict[int, CellValue]] = field(default_factory=dict)
    _row: int = 0
    _cells: dict[int, CellValue] = field(default_factory=dict)
    _column: int = -1
    _kind: str = "n"
    _style: str = ""
    _formula: bool = False
    _pieces: list[str] | None = None
    _reading: bool = False
    _merged: list[str] = field(default_factory=list)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "t"):
            self._reading, self._pieces = True, self._pieces or []
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._begin_row(attributes.get("r", ""))
        elif name == "rPh":
            raise UnfitFile(DAMAGED)  # within a cell nobody writes it
        elif name == "mergeCell":
            self._merged.append(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name == "c":
            value = self._value()
            if value != "":
                check_size(self._row, self._column, value if isinstance(value, str) else "")
                self._cells[self._column] = value
        elif name in ("v", "t"):
            self._reading = False
        elif name == "row" and self._cells:
            self._lines[self._row] = self._cells
            check_rows(len(self._lines))

    def text(self, text: str) -> None:
        if self._reading and self._pieces is not None:
            self._pieces.append(text)

    def table(self) -> SheetTable:
        """When all of it was heard. What is merged downwards stands in each row of it."""
        left = MOST_MERGED * (len(self._lines) + 1)
        for ref in self._merged:
            left -= self._spread(ref, self._lines, left)
        return SheetTable(tuple(Line(number, cells) for number, cells in self._lines.items()))

    def _begin_row(self, number: str) -> None:
        following = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
        if not self._row < following <= LAST_ROW:
            raise UnfitFile(DAMAGED)
        self._row, self._column, self._cells = following, -1, {}

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        ref = _REF.fullmatch(attributes.get("r", ""))
        self._column = _index(ref[1]) if ref else self._column + 1
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._formula, self._pieces = False, None

    def _value(self) -> CellValue:
        if self._pieces is None:
            return Broken("=", _WITHOUT) if self._formula else ""
        said = "".join(self._pieces)
        if self._kind == "s":
            return self._shared(said)
        if self._kind in ("str", "inlineStr"):
            return plain(said) if said.strip() else ""
        if self._kind == "b":
            return said.strip() in ("1", "true")
        if self._kind == "e":
            return Broken(said[:20], _ERROR)
        if self._kind == "d":
            return _iso(said)
        return self._number(said.strip())

    def _shared(self, said: str) -> str:
        index = int(said) if said.strip().isdecimal() and len(said) < 10 else -1
        if not 0 <= index < len(self.shared):
            raise UnfitFile(DAMAGED)
        text = self.shared[index]
        return text if text.strip() else ""

    def _number(self, said: str) -> CellValue:
        if not said:
            return Broken("=", _WITHOUT) if self._formula else ""
        try:
            number = float(said)
        except ValueError:
            raise UnfitFile(DAMAGED) from None
        if not math.isfinite(number):
            raise UnfitFile(DAMAGED)
        style = int(self._style) if self._style.isdecimal() and len(self._style) < 7 else 0
        if style < len(self.looks.days) and self.looks.days[style] and _FIRST_SERIAL <= number <= _LAST_SERIAL:
            begin = date(1904, 1, 1) if self.looks.since_1904 else date(1899, 12, 30)
            return begin + timedelta(days=int(number))
        return number

    def _spread(self, ref: str, lines: Mapping[int, dict[int, CellValue]], most: int) -> int:
        """Returns how many rows it has."""
        first, _, last = ref.partition(":")
        top, bottom = _REF.fullmatch(first), _REF.fullmatch(last)
        if not top or not bottom or top[1] != bottom[1]:
            return 1
        column, begin, end = _index(top[1]), int(top[2]), min(int(bottom[2]), self._row)
        if end - begin > most:
            raise UnfitFile(DAMAGED)
        if begin in lines and (value := lines[begin].get(column)) is not None:
            for number in range(begin + 1, end + 1):
                if number in lines:
                    lines[number].setdefault(column, value)
        return max(end - begin, 1)


def plain(text: str) -> str:
    """Without the escapes that Excel writes for characters XML cannot have: "_x000D_"."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _index(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _iso(said: str) -> CellValue:
    try:
        return date.fromisoformat(said.strip()[:10])
    except ValueError:
        return said
