"""The rules of handing in without an application, and of copying without handing in. Pure, one per event.

Both begin with papers that were captured as always (`domain.case.paper_rules`).
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from lisa_core.domain.case import texts
from lisa_core.domain.case.canonical import declaration_digest, declared_papers
from lisa_core.domain.case.forms import why_unusable
from lisa_core.domain.case.paper_rules import awaited_paper, named_paper, refuse_open_captures, with_paper
from lisa_core.domain.case.papers_only import MAX_REFERENCE, PAPERS_ONLY, fields_of, is_papers_only
from lisa_core.domain.case.rules import Offering, Refusal, Step, as_draft, refuse_when_final, refuse_when_fixed
from lisa_core.domain.model import case_events as ev
from lisa_core.domain.model.case import Case, Form, FormStage, PaperState


def declare_papers(case: Case, event: ev.DeclarePapers, offering: Offering) -> Step:
    """All papers that are there go together; what shall not go with them is discarded, or copied, before."""
    refuse_when_final(case)
    if case.form is not None and not is_papers_only(case.form):
        raise Refusal("papers.form")
    service = offering.services.get(event.service) if event.service else None
    if event.service and service is None:
        raise Refusal("service.unknown")
    reference = unicodedata.normalize("NFC", " ".join(event.reference.split()))
    if len(reference) > MAX_REFERENCE or why_unusable(reference):
        raise Refusal("papers.reference", limit=MAX_REFERENCE)
    refuse_open_captures(case)
    if not declared_papers(case):
        raise Refusal("papers.none")
    fields = fields_of(service.office if service else None, event.service or None, reference)
    form = Form(PAPERS_ONLY.id, FormStage.CHECKING, fields)
    declared = replace(case, service=event.service or case.service, form=form)
    return replace(declared, form=replace(form, declaration_digest=declaration_digest(declared, PAPERS_ONLY))), ()


def copy_paper(case: Case, event: ev.CopyPaper, offering: Offering) -> Step:
    """While it is printed it belongs to no declaration; afterwards nothing of it is there."""
    refuse_when_fixed(case)
    paper = named_paper(case, event.paper)
    if paper.state is PaperState.SUBMITTED:
        raise Refusal("copy.submitted", title=paper.title)
    if paper.state is PaperState.CAPTURING:
        raise Refusal("paper.open" if paper.fault else "paper.capturing", title=paper.title)
    if any(other.state is PaperState.COPYING for other in case.papers):
        raise Refusal("copy.busy")
    drafted, effects = as_draft(with_paper(case, replace(paper, state=PaperState.COPYING)))
    return drafted, (*effects, ev.PrintPaper(paper.id))


def copied(case: Case, event: ev.Copied, offering: Offering) -> Step:
    paper = awaited_paper(case, event.paper, PaperState.COPYING)
    gone = replace(paper, state=PaperState.COPIED, pages=())
    return with_paper(case, gone), (ev.DestroyPages(paper.pages),)


def copy_failed(case: Case, event: ev.CopyFailed, offering: Offering) -> Step:
    """The scan stays, for another try or to be discarded."""
    paper = awaited_paper(case, event.paper, PaperState.COPYING)
    kept = with_paper(case, replace(paper, state=PaperState.CAPTURED))
    return replace(kept, notice=texts.copy_fault(event.code, paper.title)), ()
