"""What the screen shows of a case: rows, papers, receipt, and the buttons that answer to them. Pure, for `view`."""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.booth.screen import texts
from lisa_core.domain.case.canonical import missing_attachments
from lisa_core.domain.case.forms import as_written, why_wrong
from lisa_core.domain.case.papers_only import form_spec
from lisa_core.domain.model.case import Case, Field, Form, FormStage, Paper, PaperState
from lisa_core.domain.model.directory import Directory, FieldSpec, FormSpec
from lisa_core.domain.model.screen import (
    READ_TO_THE_END,
    Button,
    ButtonPlace,
    FieldRow,
    FieldState,
    PaperRow,
    Question,
    ReceiptView,
)

_KEPT = (PaperState.CAPTURED, PaperState.ACCEPTED)


def spec_of(case: Case, directory: Directory) -> FormSpec | None:
    """The empty form of the one that is open."""
    return form_spec(directory.forms, case.form.id) if case.form else None


def titles(case: Case, directory: Directory) -> tuple[str, ...]:
    """The forms of the service that her wish turned out to be."""
    service = directory.services.get(case.service) if case.service else None
    return tuple(directory.forms[form].title for form in service.forms) if service else ()


# --- the form -------------------------------------------------------------------------------------------------------


def rows(form: Form, spec: FormSpec | None) -> tuple[FieldRow, ...]:
    """Every field, as she reads it."""
    specs = {field.id: field for field in spec.fields} if spec else {}
    return tuple(_row(field, specs.get(field.id, FieldSpec(field.id, field.id))) for field in form.fields)


def _row(field: Field, spec: FieldSpec) -> FieldRow:
    label = spec.label if spec.required else texts.VOLUNTARY.format(spec.label)
    if wrong := why_wrong(spec, field.value):
        return FieldRow(field.id, label, field.value, FieldState.WRONG, spec.kind, f"{wrong}.")
    return FieldRow(field.id, label, as_written(spec.kind, field.value), _state(field, spec.required), spec.kind)


def _state(field: Field, required: bool) -> FieldState:
    if field.confirmed:
        return FieldState.CONFIRMED
    if field.value:
        return FieldState.FILLED
    return FieldState.EMPTY if required else FieldState.FREE


def asked(form: Form | None, spec: FormSpec | None) -> Field | None:
    """The field that she is asked about: the first that is filled in, right, and not confirmed."""
    if form is None or form.stage is not FormStage.DRAFT:
        return None
    specs = {field.id: field for field in spec.fields} if spec else {}
    for field in form.fields:
        if field.value and not field.confirmed and not (field.id in specs and why_wrong(specs[field.id], field.value)):
            return field
    return None


def answers(form: Form | None, spec: FormSpec | None, read: str) -> tuple[Button, ...]:
    """What she may answer now. `read`: the declaration whose end she has seen; only that one can she confirm."""
    if form is None:
        return ()
    if field := asked(form, spec):
        return (Button(f"feld:{field.id}:{field.changed_at}", texts.CORRECT, primary=True),)
    if form.stage is FormStage.CHECKING:
        return confirm(form.declaration_digest, texts.ALL_CORRECT, read)
    if form.stage is FormStage.SIGNED:
        return (Button("neu_unterschreiben", texts.SIGN_AGAIN, place=ButtonPlace.SIGNATURE),)
    return ()


def confirm(digest: str, label: str, read: str) -> tuple[Button, ...]:
    """To say yes to the declaration with this digest, once its end was in sight; or to change something."""
    seen = read == digest
    return (
        Button(f"erklaerung:{digest}", label, primary=True, active=seen),
        *(() if seen else (Button(f"{READ_TO_THE_END}:{digest}", texts.READ_ON),)),
        Button("aendern", texts.CHANGE),
    )


# --- papers and receipt ---------------------------------------------------------------------------------------------


def papers(case: Case) -> tuple[PaperRow, ...]:
    """Every paper that was begun."""
    return tuple(
        PaperRow(
            paper.id,
            paper.title,
            len(paper.pages),
            paper.state,
            texts.PAPER_STOPPED if paper.fault else texts.PAPER_STATES[paper.state],
            tuple(page.digest for page in paper.pages),
        )
        for paper in case.papers
    )


def discards(case: Case) -> tuple[Button, ...]:
    """Beside each paper whose pages she may have destroyed; not while she checks: "Etwas ändern" brings them back."""
    if case.form is not None and case.form.stage is FormStage.CHECKING:
        return ()
    return tuple(
        Button(f"verwerfen:{paper.id}", texts.discard(paper.title), place=ButtonPlace.PAPER)
        for paper in case.papers
        if paper.state in _KEPT
    )


def question(case: Case, asking: str) -> tuple[Question, tuple[Button, ...]] | None:
    """What she is asked back, and its answers, if the paper with this id can still be destroyed."""
    paper: Paper | None = next((paper for paper in case.papers if paper.id == asking), None)
    if paper is None or paper.state not in _KEPT or not discards(case):
        return None
    buttons = (
        Button("behalten", texts.DISCARD_NO, primary=True, place=ButtonPlace.QUESTION),
        Button(f"vernichten:{paper.id}", texts.DISCARD_YES, place=ButtonPlace.QUESTION),
    )
    return Question(texts.discard_question(paper.title), texts.DISCARD_TEXT), buttons


def stopped(case: Case) -> str:
    """What she can do about the paper that is stuck; "" if none is."""
    return next((texts.stopped(p.fault, p.title, len(p.pages)) for p in case.papers if p.fault), "")


def missing(case: Case, directory: Directory) -> tuple[str, ...]:
    """Papers that belong to her form and are not there."""
    spec = spec_of(case, directory)
    return missing_attachments(case, spec) if spec else ()


def receipt(case: Case, copy: str) -> ReceiptView | None:
    """What she reads after handing in."""
    given = case.form.receipt if case.form else None
    return ReceiptView(given.number, given.received_at, given.digest, texts.RECEIPT, copy) if given else None


TALK_HINTS: Mapping[FormStage, str] = {
    FormStage.SIGNING: texts.SIGN_NOW,
    FormStage.SUBMITTING: texts.HANDING_IN,
}
