"""Papers without an application: a letter, a proof that was asked for later (Nachreichung). What it consists of. Pure.

It is a declaration like any other, with a form of its own that every Landkreis has: to which office, what it belongs
to, under which reference, which papers. The citizen checks it, and her touch hands it in; nobody signs it (ADR 63).
So it never is a draft: what she shall check is put before her at once, and any change takes it away again.

    (none) -- DeclarePapers --> wird_geprueft -- she hands in --> wird_eingereicht -- receipt --> eingereicht
                     vom_buerger_geprueft <-- it did not arrive --'  '-- again, by either side
"""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.domain.model.case import Case, Field, Form
from lisa_core.domain.model.directory import FieldSpec, FormSpec
from lisa_core.domain.model.ids import FormId, OfficeId, ServiceId

OFFICE, SERVICE, REFERENCE = "stelle", "leistung", "zeichen"
"""The fields: ids of office and service ("" for the front desk, and for none), and what stands on the letter."""

PAPERS_ONLY = FormSpec(
    FormId("unterlagen-ohne-antrag"),
    "Unterlagen ohne Antrag",
    "Diese Unterlagen gehen so an die genannte Stelle, mit allen Seiten. Ihre Originale behalten Sie. Was nach dem "
    "Gesetz schriftlich sein muss, etwa ein Widerspruch, geben Sie bitte im Original ab.",
    (
        FieldSpec(OFFICE, "Empfänger", required=False),
        FieldSpec(SERVICE, "Gehört zu", required=False),
        FieldSpec(REFERENCE, "Aktenzeichen", required=False),
    ),
    signature=False,
)
"""The form behind it: shown to her, sealed and printed as any other."""

MAX_REFERENCE = 60
"""Maximum number of characters of a reference."""


def is_papers_only(form: Form | None) -> bool:
    """Whether this is no application but papers on their way without one."""
    return form is not None and form.id == PAPERS_ONLY.id


def form_spec(forms: Mapping[FormId, FormSpec], name: FormId) -> FormSpec | None:
    """The form of this id: one of the Landkreis, or the one for papers without any."""
    return PAPERS_ONLY if name == PAPERS_ONLY.id else forms.get(name)


def fields_of(office: OfficeId | None, service: ServiceId | None, reference: str) -> tuple[Field, ...]:
    """What it belongs to, as answers: nobody is asked about them one by one, she checks the whole."""
    values = ((OFFICE, office or ""), (SERVICE, service or ""), (REFERENCE, reference))
    return tuple(Field(name, value, confirmed=True) for name, value in values)


def value_of(form: Form, name: str) -> str:
    """What stands in this field."""
    return next((field.value for field in form.fields if field.id == name), "")


def service_of(case: Case) -> ServiceId | None:
    """The service that what is handed in belongs to: also when the talk has gone on to another one."""
    if case.form is not None and is_papers_only(case.form):
        return ServiceId(value_of(case.form, SERVICE)) or None
    return case.service
