"""An XLSX workbook: its sheets, the texts they share, which looks make a number a day (ECMA-376 Part 1, 18)."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from sojus.sheets.files.grid import Grid, Looks, plain
from sojus.sheets.files.parts import Parts
from sojus.sheets.files.table import MOST_CHARACTERS, SheetTable, UnfitFile

WORKBOOK = "xl/workbook.xml"
_DAYS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
"""Built-in number formats with a day in it; 18 to 21 and 45 to 47 are times."""
_QUOTED = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?')
"""What stands in a format as it is: texts, colours, languages, blanks as wide as a character.
What nobody closes goes to the end: so each character is looked at once, however many begin."""


def read_workbook(parts: Parts, wanted: str) -> SheetTable:
    """The sheet called `wanted` (in whatever case), else the first that is not hidden. Raises `UnfitFile`."""
    book = _Book()
    parts.hear(WORKBOOK, book)
    targets = _Targets()
    parts.hear("xl/_rels/workbook.xml.rels", targets)
    shown = [sheet for sheet in book.sheets if sheet.shown and sheet.ref in targets.worksheets]
    if not shown:
        raise UnfitFile("Die Arbeitsmappe hat kein Tabellenblatt, das zu sehen ist.")
    named = [sheet for sheet in shown if sheet.name.strip().casefold() == wanted.casefold()]
    shared, styles = _Shared(), _Styles()
    for told, known in ((shared, targets.shared), (styles, targets.styles)):
        if known:
            parts.hear(known, told)
    grid = Grid(shared.texts, Looks(styles.days, book.since_1904))
    parts.hear(targets.worksheets[(named or shown)[0].ref], grid)
    return grid.table()


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    ref: str
    shown: bool


@dataclass(slots=True)
class _Book:
    sheets: list[_Sheet] = field(default_factory=list)
    since_1904: bool = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.since_1904 = attributes.get("date1904", "0") in ("1", "true", "on")
        elif name == "sheet":
            ref = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.sheets.append(_Sheet(attributes.get("name", ""), ref, attributes.get("state", "visible") == "visible"))

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


@dataclass(slots=True)
class _Targets:
    """Where the sheets, the shared texts and the styles lie."""

    worksheets: dict[str, str] = field(default_factory=dict)
    shared: str = ""
    styles: str = ""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if kind == "worksheet":
            self.worksheets[attributes.get("Id", "")] = path
        elif kind == "sharedStrings":
            self.shared = path
        elif kind == "styles":
            self.styles = path

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


@dataclass(slots=True)
class _Shared:
    """Texts that cells name by their number; of one with several looks all pieces, without how it is pronounced."""

    texts: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _reading: bool = False
    _spoken: bool = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._spoken = True
        elif name == "t":
            self._reading = not self._spoken

    def end(self, name: str) -> None:
        if name == "si":
            self.texts.append(plain("".join(self._pieces)))
        elif name == "rPh":
            self._spoken = False
        elif name == "t":
            self._reading = False

    def text(self, text: str) -> None:
        if self._reading and len(self._pieces) <= MOST_CHARACTERS:
            self._pieces.append(text[: MOST_CHARACTERS + 1])


@dataclass(slots=True)
class _Styles:
    """`days`: of each look of a cell whether it shows a day."""

    days: list[bool] = field(default_factory=list)
    _own: dict[str, bool] = field(default_factory=dict)
    _cells: bool = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._own[attributes.get("numFmtId", "")] = shows_day(attributes.get("formatCode", ""))
        elif name == "cellXfs":
            self._cells = True
        elif name == "xf" and self._cells:
            number = attributes.get("numFmtId", "0")
            self.days.append(self._own.get(number, number.isdecimal() and len(number) < 4 and int(number) in _DAYS))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._cells = False

    def text(self, text: str) -> None: ...


def shows_day(code: str) -> bool:
    """Whether a number format shows the day of a year: "dd.mm.yyyy", not "[h]:mm" and not "0.00"."""
    letters = _QUOTED.sub("", code.partition(";")[0]).lower()
    return "y" in letters or "d" in letters
