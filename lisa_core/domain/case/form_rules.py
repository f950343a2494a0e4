"""The rules of the form: filled in together, confirmed, checked as a whole, signed, handed in. Pure, one per event.

Law behind them, § 36a (2b) SGB I: the citizen can check the whole declaration before handing in, and gets a copy after.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from lisa_core.domain.case import texts
from lisa_core.domain.case.canonical import declaration_digest, declared_papers
from lisa_core.domain.case.forms import check_value, why_unusable
from lisa_core.domain.case.paper_rules import refuse_open_captures
from lisa_core.domain.case.papers_only import is_papers_only
from lisa_core.domain.case.rules import (
    Offering,
    Refusal,
    Stale,
    Step,
    application_of,
    as_draft,
    field_spec,
    form_in,
    form_of,
    refuse_when_final,
    spec_of,
    stage_key,
)
from lisa_core.domain.model import case_events as ev
from lisa_core.domain.model.case import Case, Field, Form, FormStage, PaperState


def choose_service(case: Case, event: ev.ChooseService, offering: Offering) -> Step:
    if case.form is not None and case.form.stage is FormStage.SUBMITTING:
        raise Refusal(stage_key(case.form))
    if event.service not in offering.services:
        raise Refusal("service.unknown")
    if event.service == case.service:
        return case, ()
    # Where papers go without an application follows from what they belong to.
    drafted, effects = as_draft(case) if is_papers_only(case.form) else (case, ())
    return replace(drafted, service=event.service), effects


def open_form(case: Case, event: ev.OpenForm, offering: Offering) -> Step:
    refuse_when_final(case)
    if case.form is not None:
        raise Refusal("form.open")
    if (spec := offering.forms.get(event.form)) is None:
        raise Refusal("form.unknown")
    # Empty fields count as changed now: what was typed into a form thrown away before does not land in this one.
    fields = tuple(Field(field.id, changed_at=case.revision + 1) for field in spec.fields)
    return replace(case, form=Form(spec.id, FormStage.DRAFT, fields)), ()


def discard_form(case: Case, event: ev.DiscardForm, offering: Offering) -> Step:
    form = form_of(case)
    refuse_when_final(case)
    stopped = (ev.StopSignature(),) if form.stage is FormStage.SIGNING else ()
    return replace(case, form=None), stopped


def set_field(case: Case, event: ev.SetField, offering: Offering) -> Step:
    form = application_of(case)
    refuse_when_final(case)
    spec = field_spec(spec_of(form, offering), event.field)
    value = unicodedata.normalize("NFC", " ".join(event.value.split()))
    if why := why_unusable(value):
        raise Refusal("field.unusable", label=spec.label, why=why)
    old = _field(form, event.field)
    if value == old.value:
        return case, ()
    if not old.changed_at <= event.revision <= case.revision:
        raise Refusal("field.stale", label=spec.label)
    drafted, effects = as_draft(_with_field(case, Field(old.id, value, changed_at=case.revision + 1)))
    if value and (wrong := check_value(spec, value)):
        drafted = replace(drafted, notice=" ".join(filter(None, (wrong, drafted.notice))))
    return drafted, effects


def confirm_field(case: Case, event: ev.ConfirmField, offering: Offering) -> Step:
    form = form_in(case, FormStage.DRAFT)
    spec = field_spec(spec_of(form, offering), event.field)
    field = _field(form, event.field)
    if event.changed_at not in (None, field.changed_at):
        raise Stale  # the answer changed under the citizen's finger: she is asked about the new one
    if spec.required and not field.value:
        raise Refusal("field.empty", label=spec.label)
    if wrong := check_value(spec, field.value):
        return replace(case, notice=wrong), ()
    return _with_field(case, Field(field.id, field.value, confirmed=True, changed_at=field.changed_at)), ()


def ask_check(case: Case, event: ev.AskCheck, offering: Offering) -> Step:
    form = form_in(case, FormStage.DRAFT)
    spec = spec_of(form, offering)
    open_fields = [item.label for item in spec.fields if not _settled(_field(form, item.id), item.required)]
    wrong = [item.label for item in spec.fields if check_value(item, _field(form, item.id).value)]
    if missing := list(dict.fromkeys([*wrong, *open_fields])):
        raise Refusal("check.fields", labels=", ".join(missing))
    refuse_open_captures(case)
    digest = declaration_digest(case, spec)
    return replace(case, form=replace(form, stage=FormStage.CHECKING, declaration_digest=digest)), ()


def confirm_declaration(case: Case, event: ev.ConfirmDeclaration, offering: Offering) -> Step:
    again = (FormStage.CHECKED,) if is_papers_only(case.form) else ()
    form = form_in(case, FormStage.CHECKING, *again)
    if event.digest != form.declaration_digest:
        raise Refusal("declaration.other")
    if is_papers_only(form):
        return _submitting(case, form)
    return replace(case, form=replace(form, stage=FormStage.CHECKED)), ()


def reopen(case: Case, event: ev.ReopenForm, offering: Offering) -> Step:
    """The citizen wants to change something: she knows what that loses, so no notice says it."""
    form_of(case)
    refuse_when_final(case)
    drafted, effects = as_draft(case)
    return replace(drafted, notice=texts.told("papers.reopened") if is_papers_only(case.form) else ""), effects


def ask_signature(case: Case, event: ev.AskSignature, offering: Offering) -> Step:
    application_of(case)
    return _start_signature(case, form_in(case, FormStage.CHECKED)), (_pad_for(case),)


def sign_again(case: Case, event: ev.SignAgain, offering: Offering) -> Step:
    """The former strokes are gone before new ones are taken."""
    application_of(case)
    form = form_in(case, FormStage.CHECKED, FormStage.SIGNING, FormStage.SIGNED)
    stopped = (ev.StopSignature(),) if form.stage is FormStage.SIGNING else ()
    return _start_signature(case, form), (*stopped, _pad_for(case))


def signed(case: Case, event: ev.Signed, offering: Offering) -> Step:
    form = _awaited(case, FormStage.SIGNING)
    if event.declaration_digest != form.declaration_digest:
        raise Refusal("signature.other")
    done = replace(form, stage=FormStage.SIGNED, signature_digest=event.digest, signature_svg=event.svg)
    return replace(case, form=done), ()


def signature_failed(case: Case, event: ev.SignatureFailed, offering: Offering) -> Step:
    form = _awaited(case, FormStage.SIGNING)
    again = replace(form, stage=FormStage.CHECKED)
    return replace(case, form=again, notice=texts.signature_fault(event.code)), ()


def hand_in(case: Case, event: ev.HandIn, offering: Offering) -> Step:
    return _submitting(case, form_in(case, ready_stage(case.form)))


def received(case: Case, event: ev.Received, offering: Offering) -> Step:
    # Also when it comes after the wait for it was given up: the office has what was signed all the same.
    form = _awaited(case, FormStage.SUBMITTING, ready_stage(case.form))
    handed_in = {paper.id for paper in declared_papers(case)}
    papers = tuple(
        replace(paper, state=PaperState.SUBMITTED) if paper.id in handed_in else paper for paper in case.papers
    )
    done = replace(form, stage=FormStage.SUBMITTED, receipt=event.receipt)
    return replace(case, form=done, papers=papers), (ev.HandOutCopy(),)


def delivery_failed(case: Case, event: ev.DeliveryFailed, offering: Offering) -> Step:
    form = _awaited(case, FormStage.SUBMITTING)
    told = texts.papers_fault if is_papers_only(form) else texts.delivery_fault
    return replace(case, form=replace(form, stage=ready_stage(form)), notice=told(event.code)), ()


def ready_stage(form: Form | None) -> FormStage:
    """From where it is handed in: papers without an application are not signed."""
    return FormStage.CHECKED if is_papers_only(form) else FormStage.SIGNED


def _submitting(case: Case, form: Form) -> Step:
    return replace(case, form=replace(form, stage=FormStage.SUBMITTING)), (ev.Deliver(),)


def _awaited(case: Case, *stages: FormStage) -> Form:
    """The form, if it waits for this device or office; else the report comes too late and is dropped."""
    if case.form is None or case.form.stage not in stages:
        raise Stale
    return case.form


def _start_signature(case: Case, form: Form) -> Case:
    return replace(case, form=replace(form, stage=FormStage.SIGNING, signature_digest="", signature_svg=""))


def _pad_for(case: Case) -> ev.StartSignature:
    return ev.StartSignature(form_of(case).declaration_digest)


def _field(form: Form, name: str) -> Field:
    return next((field for field in form.fields if field.id == name), Field(name))


def _settled(field: Field, required: bool) -> bool:
    return field.confirmed or not (required or field.value)


def _with_field(case: Case, changed: Field) -> Case:
    form = form_of(case)
    fields = tuple(changed if field.id == changed.id else field for field in form.fields)
    # A form is filled in field by field, so this runs more often than all else here: `replace` would take longer.
    filled = Form(
        form.id,
        form.stage,
        fields,
        declaration_digest=form.declaration_digest,
        signature_digest=form.signature_digest,
        signature_svg=form.signature_svg,
        receipt=form.receipt,
    )
    return Case(case.revision, case.service, case.papers, filled, case.notice)
