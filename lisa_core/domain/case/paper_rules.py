"""The rules of the papers: captured page by page, gone on with after a jam, accepted, discarded. Pure, one per event.

No page is ever forgotten: each one that arrives is either in a paper of the case or named in `DestroyPages`.
"""

from __future__ import annotations

from dataclasses import replace

from lisa_core.domain.case import texts
from lisa_core.domain.case.forms import why_unusable
from lisa_core.domain.case.rules import Offering, Refusal, Stale, Step, as_draft, refuse_when_fixed
from lisa_core.domain.model import case_events as ev
from lisa_core.domain.model.case import Case, Paper, PaperSource, PaperState
from lisa_core.domain.model.ids import PaperId

MAX_PAPERS, MAX_PAGES, MAX_TITLE = 30, 100, 80
"""Of one visit: papers ever begun, pages kept at a time; characters of a paper's name."""

_GONE = {PaperState.DISCARDED: "paper.discarded", PaperState.COPIED: "paper.copied"}
_STUCK = "scanner.jam"
"""A sheet is in the machine: the paper stays open even if this was its first page."""


def scan_papers(case: Case, event: ev.ScanPapers, offering: Offering) -> Step:
    changed, paper, effects = _begin(case, event.title, PaperSource.SCAN)
    return changed, (*effects, ev.StartScan(paper, event.settings))


def capture_still(case: Case, event: ev.CaptureStill, offering: Offering) -> Step:
    changed, paper, effects = _begin(case, event.title, PaperSource.CAMERA)
    return changed, (*effects, ev.TakeStill(paper))


def page_captured(case: Case, event: ev.PageCaptured, offering: Offering) -> Step:
    paper = _find(case, event.paper)
    if paper is None or not _running(paper):
        raise Stale(ev.DestroyPages((event.page,)))
    if sum(len(item.pages) for item in case.papers) >= MAX_PAGES:
        return with_paper(case, replace(paper, fault="capture.many")), (ev.DestroyPages((event.page,)),)
    return with_paper(case, replace(paper, pages=(*paper.pages, event.page))), ()


def capture_ended(case: Case, event: ev.CaptureEnded, offering: Offering) -> Step:
    paper = _awaited(case, event.paper)
    if not paper.pages:
        return replace(_without(case, paper), notice=texts.told("capture.nothing", title=paper.title)), ()
    return with_paper(case, replace(paper, state=PaperState.CAPTURED)), ()


def capture_failed(case: Case, event: ev.CaptureFailed, offering: Offering) -> Step:
    """The pages that came stay good. A try that brought no page at all leaves no paper, unless a sheet is stuck."""
    paper = _awaited(case, event.paper)
    stopped = replace(paper, fault=texts.plain(event.code))
    if paper.pages or event.code == _STUCK:
        return replace(with_paper(case, stopped), notice=_explain(stopped)), ()
    return replace(_without(case, paper), notice=_explain(stopped)), ()


def accept_paper(case: Case, event: ev.AcceptPaper, offering: Offering) -> Step:
    """Also one whose capture stopped: that it is complete all the same is for a human to say."""
    refuse_when_fixed(case)
    paper = named_paper(case, event.paper)
    if _running(paper):
        raise Refusal("paper.capturing", title=paper.title)
    if paper.state is PaperState.ACCEPTED:
        raise Refusal("paper.done", title=paper.title)
    if paper.state is PaperState.COPYING:
        raise Refusal("copy.busy")
    if paper.state is PaperState.SUBMITTED:
        raise Refusal("paper.submitted", title=paper.title)
    if not paper.pages:
        raise Refusal("paper.empty", title=paper.title)
    return with_paper(case, replace(paper, state=PaperState.ACCEPTED, fault="")), ()


def discard_paper(case: Case, event: ev.DiscardPaper, offering: Offering) -> Step:
    paper = named_paper(case, event.paper)
    if paper.state is PaperState.SUBMITTED:
        raise Refusal("paper.submitted", title=paper.title)
    refuse_when_fixed(case)
    if paper.state is PaperState.COPYING:
        raise Refusal("copy.busy")
    changed, effects = as_draft(with_paper(case, replace(paper, state=PaperState.DISCARDED, pages=(), fault="")))
    return changed, (*effects, ev.DestroyPages(paper.pages))


def refuse_open_captures(case: Case) -> None:
    """Refuse while a paper is being captured: what the citizen checks and signs must be complete."""
    for paper in case.papers:
        if paper.state is PaperState.CAPTURING:
            raise Refusal("check.open" if paper.fault else "check.capturing", title=paper.title)
        if paper.state is PaperState.COPYING:
            raise Refusal("copy.busy")


def standing_notice(case: Case) -> str:
    """What is to be done about the paper that is stuck; "" if none is."""
    return next((_explain(paper) for paper in case.papers if paper.fault), "")


def _explain(paper: Paper) -> str:
    return texts.capture_fault(paper.fault, paper.title, len(paper.pages), MAX_PAGES)


def _begin(case: Case, title: str, source: PaperSource) -> tuple[Case, PaperId, tuple[ev.CaseEffect, ...]]:
    """A new paper, or the open one of this name. One device takes one paper at a time."""
    refuse_when_fixed(case)
    name = " ".join(title.split())
    if not name or len(name) > MAX_TITLE or why_unusable(name):
        raise Refusal("paper.title", limit=MAX_TITLE)
    open_one = next((p for p in case.papers if p.state is PaperState.CAPTURING and p.source is source), None)
    drafted, effects = as_draft(case)
    if open_one is None:
        if len(case.papers) >= MAX_PAPERS:
            raise Refusal("paper.many", limit=MAX_PAPERS)
        # The revision makes the name new for ever: a page that comes late never lands in a later paper.
        paper = Paper(PaperId(f"unterlage-{case.revision + 1}"), name, source, PaperState.CAPTURING)
        return replace(drafted, papers=(*drafted.papers, paper)), paper.id, effects
    if _running(open_one) or open_one.title.casefold() != name.casefold():
        raise Refusal("paper.capturing" if _running(open_one) else "paper.open", title=open_one.title)
    return with_paper(drafted, replace(open_one, fault="")), open_one.id, effects


def _running(paper: Paper) -> bool:
    return paper.state is PaperState.CAPTURING and not paper.fault


def _find(case: Case, name: PaperId) -> Paper | None:
    return next((paper for paper in case.papers if paper.id == name), None)


def _awaited(case: Case, name: PaperId) -> Paper:
    """The paper, if it is being captured; else the report comes too late and is dropped."""
    paper = awaited_paper(case, name, PaperState.CAPTURING)
    if paper.fault:
        raise Stale
    return paper


def awaited_paper(case: Case, name: PaperId, state: PaperState) -> Paper:
    """The paper, if it waits in this state for its device; else the report comes too late and is dropped."""
    paper = _find(case, name)
    if paper is None or paper.state is not state:
        raise Stale
    return paper


def named_paper(case: Case, name: PaperId) -> Paper:
    """The paper that an agent or the citizen means. Refuses one that is gone."""
    paper = _find(case, name)
    if paper is None:
        raise Refusal("paper.unknown")
    if paper.state in _GONE:
        raise Refusal(_GONE[paper.state], title=paper.title)
    return paper


def with_paper(case: Case, changed: Paper) -> Case:
    """The case with this paper in place of the one of its name."""
    return replace(case, papers=tuple(changed if paper.id == changed.id else paper for paper in case.papers))


def _without(case: Case, gone: Paper) -> Case:
    return replace(case, papers=tuple(paper for paper in case.papers if paper.id != gone.id))
