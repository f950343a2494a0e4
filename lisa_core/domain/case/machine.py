"""The case of one visit as a pure machine: `step(case, event, ...)` gives the next case and what is to be done.

What is not allowed now changes nothing but the notice; no event raises in any state. The booth applies every event,
whoever it comes from, one after the other: so the booth decides the order, and a revision stands for exactly one case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from lisa_core.domain.case import form_rules as form
from lisa_core.domain.case import paper_rules as paper
from lisa_core.domain.case import papers_only_rules as only
from lisa_core.domain.case.canonical import declaration_digest
from lisa_core.domain.case.rules import Offering, Refusal, Stale, Step
from lisa_core.domain.model import case_events as ev
from lisa_core.domain.model.case import Case
from lisa_core.domain.model.directory import FormSpec, Service
from lisa_core.domain.model.ids import FormId, ServiceId

__all__ = ["RULES", "declaration_digest", "step"]

RULES: Mapping[type, Callable[..., Step]] = {
    ev.ChooseService: form.choose_service,
    ev.OpenForm: form.open_form,
    ev.DiscardForm: form.discard_form,
    ev.SetField: form.set_field,
    ev.ConfirmField: form.confirm_field,
    ev.AskCheck: form.ask_check,
    ev.ConfirmDeclaration: form.confirm_declaration,
    ev.ReopenForm: form.reopen,
    ev.AskSignature: form.ask_signature,
    ev.SignAgain: form.sign_again,
    ev.Signed: form.signed,
    ev.SignatureFailed: form.signature_failed,
    ev.HandIn: form.hand_in,
    ev.Received: form.received,
    ev.DeliveryFailed: form.delivery_failed,
    ev.ScanPapers: paper.scan_papers,
    ev.CaptureStill: paper.capture_still,
    ev.PageCaptured: paper.page_captured,
    ev.CaptureEnded: paper.capture_ended,
    ev.CaptureFailed: paper.capture_failed,
    ev.AcceptPaper: paper.accept_paper,
    ev.DiscardPaper: paper.discard_paper,
    ev.DeclarePapers: only.declare_papers,
    ev.CopyPaper: only.copy_paper,
    ev.Copied: only.copied,
    ev.CopyFailed: only.copy_failed,
}
"""One small function per event."""


def step(
    case: Case, event: ev.CaseEvent, forms: Mapping[FormId, FormSpec], services: Mapping[ServiceId, Service]
) -> Step:
    """Apply one event. `revision` grows by one exactly when anything changes, the notice included.

    A notice goes with the next event that succeeds, except that of a paper whose capture is stuck: it stays until the
    paper is gone on with, accepted as it is, or discarded.
    """
    try:
        quiet = replace(case, notice="") if case.notice else case
        changed, effects = RULES[type(event)](quiet, event, Offering(forms, services))
    except Refusal as refused:
        changed, effects = replace(case, notice=str(refused)), ()
    except Stale as stale:
        return case, stale.effects
    if not changed.notice and (standing := paper.standing_notice(changed)):
        changed = replace(changed, notice=standing)
    if changed is case or changed == case:
        return case, effects
    return Case(case.revision + 1, changed.service, changed.papers, changed.form, changed.notice), effects
