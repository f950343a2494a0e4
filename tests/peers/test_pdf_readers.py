"""Our papers with programs of others: one holds them against PDF/UA-1, one reads them out as they are tagged."""

from __future__ import annotations

import importlib
import io
import subprocess
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from reportlab.pdfgen.canvas import Canvas

from lisa_core.domain.model import case_events as ev
from lisa_core.domain.model.case import Case
from lisa_core.harness.acceptance.make import PAPER, AcceptanceOrder, accept
from lisa_core.harness.report.record import Verdict
from lisa_core.papers.declaration import render_copy_pdf, render_pdf, render_receipt_pdf
from lisa_core.papers.papers_only import render_paper_copy
from lisa_core.papers.slip import render_slip_pdf
from lisa_core.papers.vault import MemoryVault
from tests.acceptance.kept_runs import DOOR, Way, keep
from tests.documents.cases import ANSWERS, OCCASION, RECEIPT, SPEC, STROKES, filled, jpeg, run, signed_case

pytestmark = pytest.mark.peer


@pytest.fixture
def page(pypi: Callable[[str], Path]) -> ModuleType:
    pypi("pdf-page")
    return importlib.import_module("page")


def papers(folder: Path) -> Mapping[str, bytes]:
    """Each kind of paper once: with a signature, scanned pages, a table over pages, and nothing but a picture."""
    vault = MemoryVault()
    case, _ = run(signed_case(vault), ev.HandIn(), ev.Received(RECEIPT))
    kept = keep(folder / "lauf", Way({DOOR: Verdict.FAILED}))
    made = accept(AcceptanceOrder((str(kept),), folder / "abnahme"))
    return {
        "unsigned": render_pdf(filled(Case()), SPEC, OCCASION, b""),
        "copy": render_copy_pdf(case, SPEC, OCCASION, STROKES, vault),
        "receipt": render_receipt_pdf(RECEIPT, SPEC, OCCASION),
        "slip": render_slip_pdf("K7QM", "am Dienstag um 10 Uhr", "Templin", "Wohngeldstelle"),
        "copies": render_paper_copy([jpeg(1)]),
        "acceptance": next(file for file in made.files if file.name == PAPER).read_bytes(),
    }


def test_every_paper_is_pdf_ua(page: ModuleType, tmp_path: Path) -> None:
    found = {name: faults(page, pdf) for name, pdf in papers(tmp_path).items()}
    assert not {name: told for name, told in found.items() if told}
    plain = io.BytesIO()
    canvas = Canvas(plain)
    canvas.drawString(72, 720, "Ohne Auszeichnung")
    canvas.save()
    assert any("TAGG" in rule for rule, _ in faults(page, plain.getvalue()))


def faults(page: ModuleType, pdf: bytes) -> list[tuple[str, str]]:
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    return [(one.rule_id, one.message) for one in report.failures]


def test_a_listener_hears_headings_tables_and_what_a_picture_is(need: Callable[[str], str], tmp_path: Path) -> None:
    pdfinfo = need("pdfinfo")
    heard = {}
    for name, pdf in papers(tmp_path).items():
        done = subprocess.run([pdfinfo, "-struct-text", "-"], input=pdf, capture_output=True, check=True)
        assert not done.stderr, name
        heard[name] = [line.strip() for line in done.stdout.decode().splitlines()]
    signed, whole = heard["copy"], heard["acceptance"]
    assert follows(signed, "H1 (block)", '"Antrag auf Wohngeld (Mietzuschuss)"')
    assert [line for line in whole if line.startswith("H")][:2] == ["H1 (block)", "H2 (block)"]
    assert follows(whole, "/Scope /Column", '"Anforderung und Quelle"')
    assert follows(whole, "/Scope /Row", '"Satz"')
    assert any(line.startswith('"Dann ist die Tür zu') for line in whole)
    assert not any("Seite 1 von" in line for line in whole), "the foot of a page says nothing new"
    assert sum(line.startswith("Figure") for line in signed) == 4


def test_letters_that_are_drawn_of_two_are_read_as_the_one_they_are(need: Callable[[str], str]) -> None:
    pdf = render_pdf(filled(Case()), SPEC, OCCASION, b"")
    done = subprocess.run([need("pdftotext"), "-", "-"], input=pdf, capture_output=True, check=True)
    assert ANSWERS["name"] in done.stdout.decode().splitlines()


def follows(lines: list[str], first: str, second: str) -> bool:
    return any(pair == (first, second) for pair in pairwise(lines))
