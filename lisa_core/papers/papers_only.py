"""What is printed where there is no form: the cover sheet of papers for an office, their receipt, and plain copies.

The receipt is what she takes home: what was handed in, to whom and when. Her originals are with her, so that their
pages are not printed again. A copy is the paper as it is, with nothing of ours on it: it certifies nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from lisa_core.domain.case.canonical import declaration_digest, declared_papers
from lisa_core.domain.case.papers_only import PAPERS_ONLY, REFERENCE, value_of
from lisa_core.domain.model.case import Case
from lisa_core.domain.model.errors import LisaError
from lisa_core.papers.declaration import RECEIPT_FOOTER, head, pages_said, when_said
from lisa_core.papers.occasion import Occasion
from lisa_core.papers.pages import SMALL
from lisa_core.papers.sheet import Sheet

FOOTER = "Ohne Antrag und ohne Unterschrift abgegeben; ersetzt keine Schriftform (§ 36a SGB I)"
RECEIPT = "Eingangsbestätigung"


def render_cover_pdf(case: Case, occasion: Occasion) -> bytes:
    """The declaration on A4: what lies behind it, for whom, and what it belongs to."""
    sheet = Sheet(PAPERS_ONLY.title, occasion.office_name, FOOTER)
    head(sheet, PAPERS_ONLY.title, occasion)
    sheet.space(4)
    sheet.row("Abgegeben am", when_said(occasion.at.isoformat(), occasion.at.tzinfo))
    _what(sheet, case, occasion)
    sheet.heading("Erklärung")
    sheet.line(PAPERS_ONLY.declaration)
    _digest(sheet, case)
    return sheet.pdf()


def render_papers_receipt_pdf(case: Case, occasion: Occasion) -> bytes:
    """The Eingangsbestätigung with everything that was handed in. Raises `LisaError` before there is one."""
    if case.form is None or (receipt := case.form.receipt) is None:
        raise LisaError("Eine Eingangsbestätigung gibt es erst, wenn der Eingang bestätigt ist.")
    sheet = Sheet(RECEIPT, occasion.office_name, RECEIPT_FOOTER)
    head(sheet, RECEIPT, occasion)
    sheet.space(4)
    sheet.line("Ihre Unterlagen sind bei uns eingegangen.")
    sheet.space(5)
    sheet.row("Eingangsnummer", receipt.number)
    sheet.row("Eingegangen am", when_said(receipt.received_at, occasion.at.tzinfo))
    _what(sheet, case, occasion)
    sheet.space(5)
    sheet.line(
        "An den Prüfsummen lässt sich erkennen, dass genau diese Seiten eingegangen sind. Ihre Originale haben Sie "
        "behalten. Diese Bestätigung ersetzt keine Schriftform. Bitte heben Sie sie auf."
    )
    sheet.space(3)
    sheet.line(f"Prüfsumme der Einreichung (SHA-256): {receipt.digest}", SMALL, grey=True)
    _digest(sheet, case)
    return sheet.pdf()


def render_paper_copy(pages: Iterable[bytes]) -> bytes:
    """A paper as it was scanned, every page on a sheet of A4 of its own."""
    sheet = Sheet("Kopie", "", "")
    for number, page in enumerate(pages, start=1):
        sheet.whole(page, f"Seite {number}")
    return sheet.pdf()


def _what(sheet: Sheet, case: Case, occasion: Occasion) -> None:
    sheet.row("Empfänger", occasion.office_name)
    sheet.row("Gehört zu", occasion.service_name or "nicht angegeben")
    sheet.row("Aktenzeichen", (value_of(case.form, REFERENCE) if case.form else "") or "nicht angegeben")
    sheet.heading("Unterlagen")
    for paper in declared_papers(case):
        sheet.row(paper.title, pages_said(paper))


def _digest(sheet: Sheet, case: Case) -> None:
    sheet.space(3)
    text = f"Prüfsumme der Erklärung (SHA-256): {declaration_digest(case, PAPERS_ONLY)}"
    sheet.line(text, SMALL, grey=True)
