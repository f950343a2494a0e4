"""Tables of places with openpyxl: it reads ours, and we read what it makes of them."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sojus.sheets.template import OwnStock, template_xlsx
from tests.sojus.tables import OAK, ROWS, TODAY, look, register, take, vocabulary

pytestmark = pytest.mark.peer


def test_openpyxl_reads_our_template_and_we_what_it_saves(pypi: Callable[[str], Path]) -> None:
    pypi("openpyxl")
    openpyxl = importlib.import_module("openpyxl")
    made = register()
    take(ROWS, made)
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(vocabulary(), OwnStock(made, OAK.id, TODAY, stays=True))))
    assert book.sheetnames == ["Plätze", "Erklärung", "Werte"]
    sheet = book["Plätze"]
    assert sheet.freeze_panes == "A2"
    first, *rows = sheet.iter_rows(values_only=True)
    second = dict(zip(first, rows[1], strict=True))
    assert (second["Platz"], second["Entgelt"], second["Breite"]) == ("Zimmer 2", 216.88, 53.8655)
    assert second["Belegt bis"].date() == date(2026, 12, 24)
    offered = {cells.formula1.partition("!") for cells in sheet.data_validations.dataValidation}
    values = {cell.value for _, _, area in offered for line in book["Werte"][area.replace("$", "")] for cell in line}
    assert {"ja", "nein", "Tag", "Deutsch", "Heimerziehung, sonstige betreute Wohnform"} <= values
    assert None not in values, "what is offered is there"
    sheet.cell(3, first.index("Platz") + 1).value = "Zimmer Linde"
    saved = io.BytesIO()
    book.save(saved)
    seen = look(saved.getvalue(), made)
    assert [(one.row, one.column, one.old, one.new) for one in seen.changed] == [
        (3, "Platz", "Zimmer 2", "Zimmer Linde")
    ]
    assert (seen.mistakes, seen.new, seen.same) == ((), (), 3)
