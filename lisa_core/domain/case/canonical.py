"""The declaration as bytes: what the citizen checks and signs, in one form only, so its SHA-256 stands for it."""

from __future__ import annotations

import hashlib
import json

from lisa_core.domain.model.case import Case, FormStage, Paper, PaperState
from lisa_core.domain.model.directory import FormSpec
from lisa_core.domain.model.errors import LisaError

_COMPLETE = (PaperState.CAPTURED, PaperState.ACCEPTED)


def sha256(data: bytes) -> str:
    """The SHA-256 of `data`, in hex."""
    return hashlib.sha256(data).hexdigest()


def canonical_json(value: object) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8. Raises `LisaError` for floats: their digits are a matter of taste."""
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def declared_papers(case: Case) -> tuple[Paper, ...]:
    """The papers that belong to the declaration, in order: the complete ones; once handed in, those handed in."""
    handed_in = case.form is not None and case.form.stage is FormStage.SUBMITTED
    states = (PaperState.SUBMITTED,) if handed_in else _COMPLETE
    return tuple(paper for paper in case.papers if paper.state in states and paper.pages)


def missing_attachments(case: Case, spec: FormSpec) -> tuple[str, ...]:
    """The papers that belong to this form and are not with it, by their names."""
    there = {paper.title.casefold() for paper in declared_papers(case)}
    return tuple(title for title in spec.attachments if title.casefold() not in there)


def declaration_json(case: Case, spec: FormSpec) -> bytes:
    """The whole declaration, canonical: form, its text, every field with label and value, every paper page by page.

    Raises `LisaError` when the case has no form or another one than `spec`.
    """
    if case.form is None or case.form.id != spec.id:
        raise LisaError(f"Zum Formular {spec.id!r} ist kein Antrag geöffnet: eine Erklärung gibt es noch nicht.")
    values = {field.id: field.value for field in case.form.fields}
    return canonical_json(
        {
            "formular": spec.id,
            "titel": spec.title,
            "erklaerung": spec.declaration,
            "felder": [
                {"id": field.id, "bezeichnung": field.label, "wert": values.get(field.id, "")} for field in spec.fields
            ],
            "unterlagen": [
                {"titel": paper.title, "seiten": [page.digest for page in paper.pages]}
                for paper in declared_papers(case)
            ],
        }
    )


def declaration_digest(case: Case, spec: FormSpec) -> str:
    """The SHA-256 of `declaration_json`: anyone can compute it from antrag.json of a submission."""
    return sha256(declaration_json(case, spec))


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise LisaError(f"Die Zahl {value!r} hat keine eindeutige Schreibweise: bitte als Text ablegen.")
    if isinstance(value, dict):
        value = list(value.values())
    for item in value if isinstance(value, list | tuple) else ():
        _refuse_floats(item)
