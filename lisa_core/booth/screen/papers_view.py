"""What the citizen sees of papers that go to an office without an application, and of copies. Pure, part of the view.

Rows, buttons and sentences stand where those of an application would: `booth.screen.view` asks here when there is none.
"""

from __future__ import annotations

from lisa_core.booth.screen import texts
from lisa_core.booth.screen.case_view import confirm
from lisa_core.domain.case.canonical import declared_papers
from lisa_core.domain.case.papers_only import OFFICE, PAPERS_ONLY, REFERENCE, SERVICE, is_papers_only, value_of
from lisa_core.domain.model.case import Case, Form, FormStage, PaperState
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.ids import OfficeId, ServiceId
from lisa_core.domain.model.screen import Button, FieldRow, FieldState, ReceiptView

TO_CHECK = (FormStage.CHECKING, FormStage.CHECKED)
"""She has the whole before her: for the first time, or again because it did not arrive."""


def office_name(form: Form, directory: Directory) -> str:
    """Where it goes."""
    named = value_of(form, OFFICE)
    return (directory.offices[OfficeId(named)] if named else directory.front_desk).name


def rows(form: Form, directory: Directory) -> tuple[FieldRow, ...]:
    """To whom, and what it belongs to; what nobody said is not shown."""
    named = value_of(form, SERVICE)
    service = directory.services[ServiceId(named)].name if named else ""
    labels = {field.id: field.label for field in PAPERS_ONLY.fields}
    values = {OFFICE: office_name(form, directory), SERVICE: service, REFERENCE: value_of(form, REFERENCE)}
    return tuple(FieldRow(name, labels[name], value, FieldState.CONFIRMED) for name, value in values.items() if value)


def buttons(form: Form, read: str) -> tuple[Button, ...]:
    """Her touch hands it in, once she has seen it to its end: `read` is what she has."""
    if form.stage not in TO_CHECK:
        return ()
    label = texts.HAND_IN_AGAIN if form.stage is FormStage.CHECKED else texts.HAND_IN
    return confirm(form.declaration_digest, label, read)


def receipt(case: Case, form: Form, directory: Directory, copy: str) -> ReceiptView | None:
    """What was handed in, where and when; `copy` says where the printed one is."""
    if (given := form.receipt) is None:
        return None
    papers = ", ".join(f"{paper.title} ({texts.pages(len(paper.pages))})" for paper in declared_papers(case))
    text = texts.papers_receipt(office_name(form, directory), papers)
    return ReceiptView(given.number, given.received_at, given.digest, text, copy)


def at_work(case: Case) -> str:
    """What is being done with papers of hers that no application holds."""
    if any(paper.state is PaperState.COPYING for paper in case.papers):
        return texts.PAPER_COPYING
    form = case.form
    if form is not None and is_papers_only(form) and form.stage is FormStage.SUBMITTING:
        return texts.HANDING_IN_PAPERS
    return ""
