"""What the citizen reads of what went wrong: her words, not the agent's, nor all that the agent is told. Pure."""

from __future__ import annotations

from lisa_core.booth.screen import texts
from lisa_core.domain.case.papers_only import is_papers_only
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Case, FormStage, Paper


def told_after(event: ops.CaseEvent, before: Case, after: Case, told: str) -> str:
    """What she reads now: it stays as long as the case's own notice does.

    An answer that cannot be stands at its field, and what the agent may not do is no matter of hers.
    """
    if after.notice == before.notice:
        return told if after.notice else ""
    match event:
        case _ if not after.notice:
            return ""
        case ops.CopyFailed():
            return texts.copy_failed(event.code)
        case ops.DeliveryFailed() if is_papers_only(before.form):
            timeout = event.code == "timeout"
            return texts.PAPERS_NOT_YET_CONFIRMED if timeout else texts.PAPERS_NOT_DELIVERED
        case ops.ReopenForm() | ops.DiscardForm():
            return ""
        case _ if is_papers_only(before.form) and after.form is None:
            return texts.PAPERS_CHANGED
        case ops.SignatureFailed(code="link.missing"):
            return texts.NO_PAD
        case ops.SignatureFailed():
            return texts.NOT_SIGNED
        case ops.DeliveryFailed(code="timeout"):
            return texts.NOT_YET_CONFIRMED
        case ops.DeliveryFailed():
            return texts.NOT_DELIVERED
        case ops.CaptureFailed() if lost := _lost(event.paper, before, after):
            return texts.stopped(event.code, lost.title, 0)
        case ops.CaptureEnded() if lost := _lost(event.paper, before, after):
            return texts.NOTHING_CAPTURED.format(title=lost.title)
        case _ if _fell_back(before, after):
            signed = before.form is not None and before.form.stage is FormStage.SIGNED
            return texts.CHANGED_SIGNED if signed else texts.CHANGED
        case _:
            return ""


def copy_told(doing: str, copy: bool, *, papers_only: bool = False) -> str:
    """Where her copy is, once the printer is done with it: it is there, or why not."""
    return (texts.RECEIPT_LIES if papers_only else texts.COPY_LIES) if copy else doing


def _lost(paper: str, before: Case, after: Case) -> Paper | None:
    """The paper that was given up, not one page of it having come."""
    if any(one.id == paper for one in after.papers):
        return None
    return next((one for one in before.papers if one.id == paper), None)


def _fell_back(before: Case, after: Case) -> bool:
    """Whether the form is being filled in again after she had checked it."""
    if before.form is None or after.form is None:
        return False
    return before.form.stage is not FormStage.DRAFT and after.form.stage is FormStage.DRAFT
