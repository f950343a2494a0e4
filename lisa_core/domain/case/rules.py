"""What all rules of the case share: the forms and services that are offered, and the two ways to say no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from lisa_core.domain.case import texts
from lisa_core.domain.case.papers_only import form_spec, is_papers_only
from lisa_core.domain.model.case import Case, Form, FormStage
from lisa_core.domain.model.case_events import CaseEffect, StopSignature
from lisa_core.domain.model.directory import FieldSpec, FormSpec, Service
from lisa_core.domain.model.ids import FormId, ServiceId

Step = tuple[Case, tuple[CaseEffect, ...]]


class Offering(NamedTuple):
    """The forms and services of this Landkreis: all that a rule knows besides the case."""

    forms: Mapping[FormId, FormSpec]
    services: Mapping[ServiceId, Service]


class Refusal(Exception):
    """Not now: nothing changes but the notice, which says why and what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(texts.refusal(key, **values))


class Stale(Exception):
    """Nobody waits for this any more: nothing changes, not even the notice; `effects` clear away what came with it."""

    def __init__(self, *effects: CaseEffect) -> None:
        super().__init__()
        self.effects = effects


STAGE_KEYS: Mapping[FormStage, str] = {
    FormStage.DRAFT: "form.draft",
    FormStage.CHECKING: "form.checking",
    FormStage.CHECKED: "form.checked",
    FormStage.SIGNING: "form.signing",
    FormStage.SIGNED: "form.signed",
    FormStage.SUBMITTING: "form.submitting",
    FormStage.SUBMITTED: "form.submitted",
}
"""Why something else has to happen first, by the stage that the form has reached."""
_PAPERS_KEYS: Mapping[FormStage, str] = {
    FormStage.CHECKING: "papers.checking",
    FormStage.CHECKED: "papers.checked",
    FormStage.SUBMITTING: "papers.submitting",
    FormStage.SUBMITTED: "papers.submitted",
}
"""The same of papers without an application."""

FINAL = (FormStage.SUBMITTING, FormStage.SUBMITTED)
"""From handing in on."""


def form_of(case: Case) -> Form:
    """The open form. Refuses when there is none."""
    if case.form is None:
        raise Refusal("form.none")
    return case.form


def form_in(case: Case, *stages: FormStage) -> Form:
    """The open form in one of these stages. Refuses with what has to happen first."""
    form = form_of(case)
    if form.stage not in stages:
        raise Refusal(stage_key(form))
    return form


def application_of(case: Case) -> Form:
    """The open form, which has answers and a signature. Refuses papers without one."""
    form = form_of(case)
    if is_papers_only(form):
        raise Refusal(stage_key(form))
    return form


def spec_of(form: Form, offering: Offering) -> FormSpec:
    if (spec := form_spec(offering.forms, form.id)) is None:
        raise Refusal("form.unknown")
    return spec


def field_spec(spec: FormSpec, name: str) -> FieldSpec:
    if (found := next((field for field in spec.fields if field.id == name), None)) is None:
        raise Refusal("field.unknown")
    return found


def refuse_when_final(case: Case) -> None:
    """From handing in on, neither form nor papers change any more."""
    if case.form is not None and case.form.stage in FINAL:
        raise Refusal(stage_key(case.form))


def refuse_when_fixed(case: Case) -> None:
    """Also papers that do not belong to it change no more; but after papers alone others may still be copied."""
    if not (is_papers_only(case.form) and case.form is not None and case.form.stage is FormStage.SUBMITTED):
        refuse_when_final(case)


def as_draft(case: Case) -> Step:
    """Back to filling in: what the citizen checked and signed no longer holds. The notice says what is lost."""
    form = case.form
    if form is None or form.stage in (FormStage.DRAFT, FormStage.SUBMITTED):
        return case, ()
    if is_papers_only(form):
        return replace(case, form=None, notice=texts.told("changed.papers")), ()
    signed = form.stage is FormStage.SIGNED
    draft = replace(
        form,
        stage=FormStage.DRAFT,
        declaration_digest="",
        signature_digest="",
        signature_svg="",
        receipt=None,
    )
    stopped = (StopSignature(),) if form.stage is FormStage.SIGNING else ()
    return replace(case, form=draft, notice=texts.told("changed.signed" if signed else "changed.checked")), stopped


def stage_key(form: Form) -> str:
    """Why something else has to happen first."""
    return (_PAPERS_KEYS if is_papers_only(form) else STAGE_KEYS)[form.stage]
