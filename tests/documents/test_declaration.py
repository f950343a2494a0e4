"""What is printed: everything she signed is on it, in German letters, the same bytes each time."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from lisa_core.domain.case.canonical import missing_attachments
from lisa_core.domain.case.letters import LETTERS, undrawable_letters
from lisa_core.domain.model import case_events as ev
from lisa_core.domain.model.case import Case
from lisa_core.domain.model.errors import LisaError
from lisa_core.papers.declaration import render_copy_pdf, render_pdf, render_receipt_pdf
from lisa_core.papers.sheet import Sheet
from lisa_core.papers.typeface import letters
from lisa_core.papers.vault import MemoryVault
from tests.documents.cases import (
    ANSWERS,
    OCCASION,
    RECEIPT,
    SPEC,
    STROKES,
    digest_of,
    filled,
    run,
    signed_case,
)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_declaration_shows_all_that_was_signed() -> None:
    case = signed_case(MemoryVault())
    text = text_of(render_pdf(case, SPEC, OCCASION, STROKES))
    answers = [value for field, value in ANSWERS.items() if field != "name"]
    labels = [field.label for field in SPEC.fields]
    digests = [page.digest[:12] for page in case.papers[0].pages]
    for part in (*answers, *labels, *digests, SPEC.title, SPEC.declaration, digest_of(case)):
        assert part in text
    for part in (
        "Müßiggång-",
        "500,00 €",
        "3 Seiten",
        "Templin, 16.07.2025, 10:12 Uhr",
        OCCASION.office_name,
    ):
        assert part in text
    assert "Noch nicht beigefügt Verdienstbescheinigung" in text
    assert missing_attachments(case, SPEC) == ("Verdienstbescheinigung",)
    assert "Unterschrift auf dem Signaturpad; ersetzt keine Schriftform (§ 36a SGB I)" in text


def test_the_same_input_gives_the_same_bytes_and_no_font_of_the_machine() -> None:
    case = signed_case(MemoryVault())
    pdf = render_pdf(case, SPEC, OCCASION, STROKES)
    assert pdf == render_pdf(case, SPEC, OCCASION, STROKES)
    page: Any = PdfReader(io.BytesIO(pdf)).pages[0]
    fonts = page["/Resources"]["/Font"]
    used = {str(font.get_object()["/BaseFont"]) for font in fonts.values()}
    assert {name.partition("+")[2] for name in used if "+" in name} == {
        "BitstreamVeraSans-Roman",
        "BitstreamVeraSans-Bold",
    }


def test_before_signing_it_says_so() -> None:
    text = text_of(render_pdf(filled(Case()), SPEC, OCCASION, b""))
    assert "Noch nicht unterschrieben." in text
    assert "Keine Unterlagen beigefügt." in text


def test_the_receipt() -> None:
    text = text_of(render_receipt_pdf(RECEIPT, SPEC, OCCASION))
    for part in (RECEIPT.number, "16.07.2025, 10:13 Uhr", "Eingangsbestätigung", "ersetzt keine Schriftform"):
        assert part in text
    assert RECEIPT.digest in text.replace(" ", "")


def test_the_copy_holds_declaration_receipt_and_every_page() -> None:
    vault = MemoryVault()
    case, _ = run(signed_case(vault), ev.HandIn(), ev.Received(RECEIPT))
    reader = PdfReader(io.BytesIO(render_copy_pdf(case, SPEC, OCCASION, STROKES, vault)))
    assert len(reader.pages) == 5
    assert RECEIPT.number in reader.pages[1].extract_text()
    for number in (1, 2, 3):
        page: Any = reader.pages[number + 1]
        assert f"Mietvertrag, Seite {number} von 3" in page.extract_text()
        original = vault.get(case.papers[0].pages[number - 1].blob)
        (image,) = (item.get_object() for item in page["/Resources"]["/XObject"].values())
        assert image._data == original, "the scan itself, not coded anew"


def test_no_copy_without_a_receipt_and_no_page_that_is_no_picture() -> None:
    vault = MemoryVault()
    case = signed_case(vault)
    with pytest.raises(LisaError, match="Eingang bestätigt"):
        render_copy_pdf(case, SPEC, OCCASION, STROKES, vault)
    with pytest.raises(LisaError, match="kein lesbares Bild"):
        Sheet("t", "a", "f").picture(b"not a picture", "Mietvertrag, Seite 1")
    with pytest.raises(LisaError, match="nicht lesbar"):
        render_pdf(case, SPEC, OCCASION, b'{"strokes": [[[1]]]}')


def test_a_long_form_goes_on_over_pages() -> None:
    sheet = Sheet("Lang", "Amt", "Fuß")
    for number in range(120):
        sheet.row(f"Feld {number}", "Ä" * 150)
    reader = PdfReader(io.BytesIO(sheet.pdf()))
    assert len(reader.pages) > 4
    assert all(f"Seite {n}" in page.extract_text() for n, page in enumerate(reader.pages, start=1))


def test_names_of_neighbours_can_be_printed() -> None:
    assert undrawable_letters("Łódź Świnoujście Żółć Dvořák Ďuriš Őri Țepeș Đorđe Çelik Yılmaz Åse ẞ € § „–“") == ()
    assert undrawable_letters("a\nж😀ж") == ("\n", "ж", "😀")


def test_the_letters_known_are_those_of_the_fonts() -> None:
    assert letters() == LETTERS
