"""The case of one visit: papers, the form filled in together, signature, receipt. Held by the booth, shown at the desk.

`Case` is one immutable value; `domain.case.machine` says how it changes. `revision` grows by one with every change.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from lisa_core.domain.model.ids import BlobId, FormId, PaperId, ServiceId


class PaperSource(Enum):
    """How a paper came into the case."""

    SCAN = "scan"
    CAMERA = "kamera"


class PaperState(Enum):
    """unterlage: erfasst -> uebernommen -> eingereicht, or verworfen; or wird_kopiert -> kopiert, with nothing kept."""

    CAPTURING = "wird_erfasst"
    CAPTURED = "erfasst"
    ACCEPTED = "uebernommen"
    SUBMITTED = "eingereicht"
    DISCARDED = "verworfen"
    COPYING = "wird_kopiert"
    COPIED = "kopiert"


@dataclass(frozen=True, slots=True)
class Page:
    """One page in the vault; `digest` is the SHA-256 (hex) of its bytes."""

    blob: BlobId
    digest: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the citizen. `fault` is the code that stopped its capture ("scanner.jam"); it can go on."""

    id: PaperId
    title: str
    source: PaperSource
    state: PaperState
    pages: tuple[Page, ...] = ()
    fault: str = ""


class FormStage(Enum):
    """antrag: entwurf -> vollstaendig -> vom_buerger_geprueft -> unterschrieben -> eingereicht."""

    DRAFT = "entwurf"
    CHECKING = "wird_geprueft"
    CHECKED = "vom_buerger_geprueft"
    SIGNING = "wird_unterschrieben"
    SIGNED = "unterschrieben"
    SUBMITTING = "wird_eingereicht"
    SUBMITTED = "eingereicht"


@dataclass(frozen=True, slots=True)
class Field:
    """One answer; `confirmed` once the citizen has said so, and no longer when it changes.

    `changed_at` is the revision that brought this value: an operation made on an older one does not know it.
    """

    id: str
    value: str = ""
    confirmed: bool = False
    changed_at: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """Eingangsbestaetigung: `received_at` is an ISO date-time, `digest` the SHA-256 of what was handed in."""

    number: str
    received_at: str
    digest: str


@dataclass(frozen=True, slots=True)
class Form:
    """The form that is being filled in; or, with the id of `domain.case.papers_only`, papers on their way without one.

    `declaration_digest` is set while the citizen checks and after; every change of a field or paper takes it away.
    """

    id: FormId
    stage: FormStage
    fields: tuple[Field, ...]
    declaration_digest: str = ""
    signature_digest: str = ""
    signature_svg: str = ""
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that citizen and agent have before them."""

    revision: int = 0
    service: ServiceId | None = None
    papers: tuple[Paper, ...] = ()
    form: Form | None = None
    notice: str = ""
