"""What is printed: the declaration as the citizen checked and signed it, the receipt, and the copy with all pages.

§ 36a SGB I: the citizen checks the whole declaration before handing in and gets a copy after; what is written on a
pad is evidence and no Schriftform, and each sheet says so.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from lisa_core.domain.case.canonical import declaration_digest, declared_papers, missing_attachments
from lisa_core.domain.case.forms import as_written
from lisa_core.domain.model.case import Case, Paper, Receipt
from lisa_core.domain.model.directory import FieldSpec, FormSpec
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.time import moment_of
from lisa_core.papers.occasion import Occasion as Occasion
from lisa_core.papers.pages import SMALL, TITLE
from lisa_core.papers.sheet import Sheet
from lisa_core.papers.vault import PageSource

FOOTER = "Unterschrift auf dem Signaturpad; ersetzt keine Schriftform (§ 36a SGB I)"
RECEIPT_FOOTER = "Eingangsbestätigung; ersetzt keine Schriftform (§ 36a SGB I)"
_SHORT = 12
"""Number of characters of a page's SHA-256 that are printed: enough to tell pages apart."""


def render_pdf(case: Case, spec: FormSpec, occasion: Occasion, strokes: bytes) -> bytes:
    """The declaration on A4. `strokes` are canonical strokes, or empty while nothing is signed."""
    sheet = Sheet(spec.title, occasion.office_name, FOOTER)
    _declaration(sheet, case, spec, occasion, strokes)
    return sheet.pdf()


def render_receipt_pdf(receipt: Receipt, spec: FormSpec, occasion: Occasion) -> bytes:
    """The Eingangsbestätigung on one sheet."""
    sheet = Sheet("Eingangsbestätigung", occasion.office_name, RECEIPT_FOOTER)
    _receipt(sheet, receipt, spec, occasion)
    return sheet.pdf()


def render_copy_pdf(case: Case, spec: FormSpec, occasion: Occasion, strokes: bytes, pages: PageSource) -> bytes:
    """The citizen's copy: the declaration, the receipt and every page that was handed in, as one PDF."""
    if case.form is None or case.form.receipt is None:
        raise LisaError("Eine Kopie gibt es erst, wenn der Eingang bestätigt ist.")
    sheet = Sheet(f"Kopie: {spec.title}", occasion.office_name, FOOTER)
    _declaration(sheet, case, spec, occasion, strokes)
    sheet.new_page()
    _receipt(sheet, case.form.receipt, spec, occasion)
    for paper in declared_papers(case):
        for number, page in enumerate(paper.pages, start=1):
            caption = f"{paper.title}, Seite {number} von {len(paper.pages)} · Prüfsumme {page.digest[:_SHORT]}"
            sheet.picture(pages.get(page.blob), caption)
    return sheet.pdf()


def _declaration(sheet: Sheet, case: Case, spec: FormSpec, occasion: Occasion, strokes: bytes) -> None:
    head(sheet, spec.title, occasion)
    sheet.heading("Angaben")
    values = {field.id: field.value for field in case.form.fields} if case.form else {}
    for field in spec.fields:
        sheet.row(field.label, _answer(field, values.get(field.id, "")))
    sheet.heading("Unterlagen")
    papers = declared_papers(case)
    for paper in papers:
        sheet.row(paper.title, pages_said(paper))
    if not papers:
        sheet.line("Keine Unterlagen beigefügt.")
    if missing := missing_attachments(case, spec):
        sheet.row("Noch nicht beigefügt", ", ".join(missing))
    sheet.heading("Erklärung")
    sheet.line(spec.declaration)
    sheet.keep_together(62)
    sheet.heading("Unterschrift")
    if strokes:
        sheet.strokes(strokes)
    sheet.line(f"{occasion.place}, {_when(occasion.at)}" if strokes else "Noch nicht unterschrieben.")
    sheet.space(3)
    sheet.line(f"Prüfsumme der Erklärung (SHA-256): {declaration_digest(case, spec)}", SMALL, grey=True)


def _receipt(sheet: Sheet, receipt: Receipt, spec: FormSpec, occasion: Occasion) -> None:
    head(sheet, "Eingangsbestätigung", occasion)
    sheet.space(4)
    sheet.line(f"Ihr Antrag ist bei uns eingegangen: {spec.title}.")
    sheet.space(5)
    sheet.row("Eingangsnummer", receipt.number)
    sheet.row("Eingegangen am", when_said(receipt.received_at, occasion.at.tzinfo))
    sheet.row("Zuständige Stelle", occasion.office_name)
    sheet.row("Prüfsumme (SHA-256)", receipt.digest)
    sheet.space(5)
    sheet.line(
        "An der Prüfsumme lässt sich erkennen, dass genau diese Fassung mit allen Unterlagen eingegangen ist. "
        "Diese Bestätigung ersetzt keine Schriftform. Bitte heben Sie sie zusammen mit der Kopie Ihres Antrags auf."
    )


def head(sheet: Sheet, title: str, occasion: Occasion) -> None:
    """For whom, where, and what this is."""
    sheet.line(occasion.office_name, grey=True)
    sheet.line(f"Abgegeben im Bürgerbüro {occasion.place}", SMALL, grey=True)
    sheet.space(8)
    sheet.line(title, TITLE, bold=True)


def _answer(field: FieldSpec, value: str) -> str:
    return as_written(field.kind, value) or "keine Angabe"


def pages_said(paper: Paper) -> str:
    """How many pages, and the beginning of the SHA-256 of each."""
    count = "1 Seite" if len(paper.pages) == 1 else f"{len(paper.pages)} Seiten"
    return f"{count}: {', '.join(page.digest[:_SHORT] for page in paper.pages)}"


def _when(at: datetime) -> str:
    """As people read it. In the hour that comes twice when summer time ends, also which of the two it was."""
    twice = at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset()
    which = "" if not twice else " (Sommerzeit)" if at.dst() else " (Normalzeit)"
    return f"{at:%d.%m.%Y}, {at:%H:%M} Uhr{which}"


def when_said(text: str, place: tzinfo | None) -> str:
    """An ISO date-time in the time of this place; what is none stays as it is."""
    said = moment_of(text)
    return _when(said.astimezone(place)) if said else text
