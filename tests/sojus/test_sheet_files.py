"""Files of spreadsheets: those of other programs, those that do harm, and what cells of a workbook can hold."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from sojus.sheets.files.parts import DAMAGED, MOST_UNPACKED
from sojus.sheets.files.reading import read_table
from sojus.sheets.files.table import Broken, CellValue, UnfitFile, letters
from sojus.sheets.files.workbook import shows_day
from sojus.sheets.files.written import delimited
from tests.sojus.tables import ROWS, look, register

STRANGERS = Path(__file__).with_name("strangers")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "xl/workbook.xml": f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{RELATED}"><x:sheets>'
    '<x:sheet name="Alt" sheetId="7" state="hidden" r:id="a"/><x:sheet name="Neu" sheetId="1" r:id="b"/>'
    "</x:sheets></x:workbook>",
    "xl/_rels/workbook.xml.rels": "<Relationships>"
    '<Relationship Id="a" Type="x/worksheet" Target="sheets/old.xml"/>'
    '<Relationship Id="b" Type="x/worksheet" Target="/xl/sheets/new.xml"/>'
    '<Relationship Id="c" Type="x/sharedStrings" Target="../xl/texts.xml"/>'
    '<Relationship Id="d" Type="x/styles" Target="styles.xml"/></Relationships>',
    "xl/texts.xml": "<sst><si><t>Haus</t></si><si><r><t>Ei</t></r><r><t>che</t></r><rPh><t>ai</t></rPh></si></sst>",
    "xl/styles.xml": '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-407]d/\\ mmmm\\ yyyy"/>'
    '<numFmt numFmtId="171" formatCode="#,##0.00\\ &quot;€/day&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/>'
    '</cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/>'
    "</cellXfs></styleSheet>",
    "xl/sheets/old.xml": "<worksheet><sheetData/></worksheet>",
}


def workbook(cells: str, parts: Mapping[str, str] = PARTS) -> bytes:
    """One row of these cells."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        archive.writestr("xl/sheets/new.xml", f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>")
    return out.getvalue()


@pytest.mark.parametrize("name", ["libreoffice", "openpyxl", "xlsxwriter"])
def test_workbooks_of_other_programs_say_what_the_csv_says(name: str) -> None:
    seen = look((STRANGERS / f"{name}.xlsx").read_bytes(), register())
    assert not seen.mistakes
    assert [one.entry for one in seen.batch] == [one.entry for one in look(ROWS, register()).batch]


def test_merged_cells_stand_in_each_row_and_an_error_is_told_where_it_is() -> None:
    data = (STRANGERS / "verbunden.xlsx").read_bytes()
    assert [one.where for one in look(data, register()).mistakes] == ["Zeile 6, Spalte Belegt"]
    table = read_table(data, "Plätze", frozenset())
    assert [line.number for line in table.lines] == [1, 3, 4, 5, 6]
    assert [line.cells[0] for line in table.lines[2:]] == ["Haus Eiche"] * 3
    assert table.lines[3].cells[9] == 216.88, "what a formula came to"
    assert table.lines[3].cells[13] == date(2026, 12, 24)


CELLS: dict[str, CellValue | None] = {
    '<c t="s"><v>1</v></c>': "Eiche",
    '<c t="inlineStr"><is><t>a_x000A_b</t></is></c>': "a\nb",
    '<c t="str"><f>A1</f><v>x</v></c>': "x",
    "<c><v>216.88</v></c>": 216.88,
    '<c s="1"><v>46022.5</v></c>': date(2025, 12, 31),
    '<c s="2"><v>46023</v></c>': date(2026, 1, 1),
    '<c s="3"><v>46023</v></c>': 46023.0,
    '<c s="1"><v>0.5</v></c>': 0.5,
    '<c t="d"><v>2026-01-01T00:00:00</v></c>': date(2026, 1, 1),
    '<c t="b"><v>1</v></c>': True,
    '<c s="1"/>': None,
    '<c t="str"><f>A1</f><v></v></c>': None,
    '<c t="s"><v>0</v></c>': "Haus",
}


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_is_what_the_spreadsheet_shows(cell: str) -> None:
    (line,) = read_table(workbook(f'<c r="AB1" t="b"><v>0</v></c>{cell}'), "Plätze", frozenset()).lines
    assert line.cells == {27: False} | ({28: CELLS[cell]} if CELLS[cell] is not None else {})
    assert letters(27) == "AB"


@pytest.mark.parametrize("cell", ['<c t="e"><v>#NV</v></c>', "<c><f>A1</f></c>"])
def test_what_the_spreadsheet_has_not_worked_out_is_no_empty_cell(cell: str) -> None:
    (line,) = read_table(workbook(cell), "Plätze", frozenset()).lines
    assert isinstance(line.cells[0], Broken)


def test_which_formats_show_a_day() -> None:
    days = ("dd.mm.yyyy", "yyyy-mm-dd;@", "[$-F800]dddd, mmmm dd, yyyy", 'd. "Tag"')
    assert all(map(shows_day, days))
    assert not any(map(shows_day, ("0.00", "[h]:mm:ss", '0 "day"', "[Red]0", "General", "@", '# ##0,00\\ "y"')))


# --- what does harm ---------------------------------------------------------------------------------------------------


def test_a_bomb_costs_no_memory() -> None:
    """A gigabyte of one letter in 1 MB: a reader that keeps it needs 1 to 1.5 GB (measured, docs/adr/0109)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text) if name != "xl/texts.xml" else None
        archive.writestr("xl/sheets/new.xml", "<worksheet/>")
        with archive.open("xl/texts.xml", "w") as part:
            part.write(b"<sst><si><t>")
            for _ in range(MOST_UNPACKED // 2**20 + 2):
                part.write(b"a" * 2**20)
    tracemalloc.start()
    try:
        with pytest.raises(UnfitFile, match="ausgepackt mehr als 96 MB"):
            read_table(out.getvalue(), "Plätze", frozenset())
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 16 * 2**20


def test_a_format_of_brackets_that_nobody_closes_is_gone_through_once() -> None:
    """Else a file of a few kilobytes keeps the portal busy for an hour."""
    assert not shows_day("[" * 2_000_000 + "d")


def test_a_tag_or_comment_without_end_is_not_gone_through_again_and_again() -> None:
    """Expat begins anew with each piece: 95 MB take minutes."""
    for long in (f"<!--{'x' * 1_200_000}-->", f'<a b="{"x" * 1_200_000}"/>'):
        with pytest.raises(UnfitFile, match=DAMAGED[:20]):
            read_table(workbook(f"<c><v>1</v></c></row>{long}<row>"), "Plätze", frozenset())
    long_text = "<c><v>1</v></c></row></sheetData><extLst>" + "x" * 1_200_000 + "</extLst><sheetData><row>"
    assert len(read_table(workbook(long_text), "Plätze", frozenset()).lines) == 1


ENTITIES = '<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("xl/texts.xml", ENTITIES),
        ("xl/texts.xml", "<sst><si>"),
        ("xl/texts.xml", "<sst/>"),
        ("xl/workbook.xml", "<workbook/>"),
        ("xl/_rels/workbook.xml.rels", "<Relationships/>"),
        ("xl/styles.xml", "\x00"),
    ],
)
def test_a_workbook_that_is_none_gets_a_sentence(part: str, text: str) -> None:
    with pytest.raises(UnfitFile, match=r"beschädigt|kein Tabellenblatt"):
        read_table(workbook('<c t="s"><v>1</v></c>', {**PARTS, part: text}), "Plätze", frozenset())


@pytest.mark.parametrize(
    "cell",
    [
        "<c><v>x</v></c>",
        "<c><v>inf</v></c>",
        '<c t="s"><v>-1</v></c>',
        '<c t="s"><v>99</v></c>',
        '<c r="A1"></c></row><row r="1">',
    ],
)
def test_cells_that_cannot_be_are_refused(cell: str) -> None:
    with pytest.raises(UnfitFile, match=DAMAGED[:20]):
        read_table(workbook(cell), "Plätze", frozenset())


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_spreadsheet_works_out_a_text_that_somebody_gave(begin: str) -> None:
    text = f"{begin}cmd|' /C calc'!A0"
    (cell,) = delimited([[text]]).decode("utf-8-sig").splitlines(keepends=True)[:1]
    assert cell.lstrip('"').startswith("'")
    (line,) = read_table(delimited([[text, "x"]]), "Plätze", frozenset()).lines
    assert line.cells[0] == text, "and it is read as it was"
