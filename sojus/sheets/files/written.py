"""Tables written as XLSX and CSV, as plain as every spreadsheet reads them; the same values make the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from html import escape

from sojus.domain.model.days import german
from sojus.sheets.files.table import FORMULA_STARTS, letters

Written = str | int | float | Decimal | date | None
"""What stands in a cell; None: nothing. Money is a Decimal with two places."""
_LAST_ROW = 20_001
_NEVER = (1980, 1, 1, 0, 0, 0)
_FIRST = date(1899, 12, 30)


class Look(IntEnum):
    """How the cells of a column look: the number of a style in `_STYLES`."""

    PLAIN = 0
    HEADING = 1
    DAY = 2
    TEXT = 3
    MONEY = 4
    WRAPPED = 5


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """`offered`: where the values stand that a cell offers, "Werte!$A$1:$A$3"; it takes others as well."""

    width: int = 16
    look: Look = Look.PLAIN
    offered: str = ""


@dataclass(frozen=True, slots=True)
class SheetWritten:
    """`rows`: the first is the headings. `columns`: how each looks, in order."""

    name: str
    rows: Sequence[Sequence[Written]]
    columns: Sequence[ColumnLook] = ()


def delimited(rows: Sequence[Sequence[Written]]) -> bytes:
    """CSV as Excel in Germany opens it by a double click: semicolons, UTF-8 with its mark, lines end with CR LF."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([list(map(_german, row)) for row in rows])
    return out.getvalue().encode("utf-8-sig")


def workbook(sheets: Sequence[SheetWritten]) -> bytes:
    """XLSX with these sheets (ECMA-376): texts in the cells themselves, the first row stays in sight."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(sheets):
            info = zipfile.ZipInfo(name, _NEVER)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return out.getvalue()


def _german(value: Written) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return german(value)
    if isinstance(value, float | Decimal):
        return f"{value}".replace(".", ",")
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return str(value)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = f"""<styleSheet xmlns="{_MAIN}">
<numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFE3EAF2"/></patternFill></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf></cellXfs>
</styleSheet>"""


def _parts(sheets: Sequence[SheetWritten]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_KINDS}.worksheet+xml"/>'
        for number in numbers
    )
    yield (
        "[Content_Types].xml",
        (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_KINDS}.styles+xml"/>{types}</Types>'
        ),
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    names = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in zip(numbers, sheets, strict=True)
    )
    yield "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{names}</sheets></workbook>'
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*targets, ("styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES
    for number, sheet in zip(numbers, sheets, strict=True):
        yield f"xl/worksheets/sheet{number}.xml", _sheet(sheet)


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    made = "".join(
        f'<Relationship Id="rId{number}" Type="{_REL}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


def _sheet(sheet: SheetWritten) -> str:
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{column.width}" style="{column.look:d}" customWidth="1"/>'
        for number, column in enumerate(sheet.columns, 1)
    )
    rows = "".join(
        f'<row r="{number}">{"".join(_cells(sheet, number, row))}</row>' for number, row in enumerate(sheet.rows, 1)
    )
    offered = [
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="{letters(at)}2:'
        f'{letters(at)}{_LAST_ROW}">'
        f"<formula1>{escape(column.offered)}</formula1></dataValidation>"
        for at, column in enumerate(sheet.columns)
        if column.offered
    ]
    choices = f'<dataValidations count="{len(offered)}">{"".join(offered)}</dataValidations>' if offered else ""
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"{f'<cols>{widths}</cols>' if widths else ''}<sheetData>{rows}</sheetData>{choices}</worksheet>"
    )


def _cells(sheet: SheetWritten, number: int, row: Sequence[Written]) -> Iterator[str]:
    for at, value in enumerate(row):
        look = sheet.columns[at].look if at < len(sheet.columns) else Look.PLAIN
        style = Look.HEADING if number == 1 else Look.DAY if isinstance(value, date) else look
        begin = f'<c r="{letters(at)}{number}" s="{style:d}"'
        if isinstance(value, str) and value:
            yield f'{begin} t="inlineStr"><is><t xml:space="preserve">{escape(_clean(value), quote=False)}</t></is></c>'
        elif isinstance(value, date):
            yield f"{begin}><v>{(value - _FIRST).days}</v></c>"
        elif isinstance(value, int | float | Decimal):
            yield f"{begin}><v>{value}</v></c>"


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")
