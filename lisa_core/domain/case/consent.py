"""Who may see which paper. One office shows what another took only after the citizen agreed, never across tenants.

Pure. `taken_at` remembers the office at which each paper, and the form, came into the case (I6; § 35 SGB I).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lisa_core.domain.case.canonical import declared_papers
from lisa_core.domain.model.case import Case
from lisa_core.domain.model.case_events import (
    AgentOperation,
    AskCheck,
    AskSignature,
    DeclarePapers,
    DiscardForm,
    HandIn,
    OpenForm,
    SetField,
)
from lisa_core.domain.model.ids import OfficeId, PaperId, TenantId

FORM = PaperId("form")
"""The form is remembered like a paper, under this name."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """`agreed` are the offices that the citizen lets see what other offices of the same tenant took."""

    taken_at: Mapping[PaperId, OfficeId] = field(default_factory=dict)
    agreed: frozenset[OfficeId] = frozenset()


def note(sharing: Sharing, case: Case, office: OfficeId) -> Sharing:
    """What is new in the case was taken at this office; what is no longer in it is forgotten.

    So a form that was thrown away does not decide where the next one was begun.
    """
    names = [paper.id for paper in case.papers] + ([FORM] if case.form else [])
    if names == [*sharing.taken_at]:
        return sharing
    return replace(sharing, taken_at={name: sharing.taken_at.get(name, office) for name in names})


def agree(sharing: Sharing, office: OfficeId) -> Sharing:
    """The citizen lets this office see what others took."""
    return replace(sharing, agreed=sharing.agreed | {office})


def withdraw(sharing: Sharing, office: OfficeId) -> Sharing:
    """This office sees it no longer; what it took itself stays with it."""
    return replace(sharing, agreed=sharing.agreed - {office})


def visible(sharing: Sharing, name: PaperId, office: OfficeId, tenants: Mapping[OfficeId, TenantId]) -> bool:
    """Whether this office may see it."""
    taken_at = sharing.taken_at.get(name, office)
    if taken_at == office:
        return True
    return office in sharing.agreed and tenants[taken_at] == tenants[office]


def hidden_count(sharing: Sharing, case: Case, office: OfficeId, tenants: Mapping[OfficeId, TenantId]) -> int:
    """How many papers and forms this office could see if the citizen agreed."""
    names = [paper.id for paper in case.papers] + ([FORM] if case.form else [])
    return sum(
        not visible(sharing, name, office, tenants) and visible(agree(sharing, office), name, office, tenants)
        for name in names
    )


def shared_count(sharing: Sharing, case: Case, office: OfficeId, tenants: Mapping[OfficeId, TenantId]) -> int:
    """How many papers and forms this office sees only because the citizen agreed."""
    return hidden_count(withdraw(sharing, office), case, office, tenants) if office in sharing.agreed else 0


def for_office(sharing: Sharing, case: Case, office: OfficeId, tenants: Mapping[OfficeId, TenantId]) -> Case:
    """The case as this office may see it; a notice may name what it must not know of, and stays away with it."""
    papers = tuple(paper for paper in case.papers if visible(sharing, paper.id, office, tenants))
    form = case.form if case.form and visible(sharing, FORM, office, tenants) else None
    if len(papers) == len(case.papers) and form is case.form:
        return case
    return replace(case, papers=papers, form=form, notice="")


def may_operate(
    sharing: Sharing, case: Case, act: AgentOperation, office: OfficeId, tenants: Mapping[OfficeId, TenantId]
) -> bool:
    """Whether an agent of this office may do that to the case: no agent changes what is hidden from the office."""
    paper = getattr(act, "paper", None)
    if paper is not None:
        return visible(sharing, paper, office, tenants)
    if isinstance(act, DeclarePapers):  # what an office cannot see it does not send anywhere
        names = [paper.id for paper in declared_papers(case)] + ([FORM] if case.form else [])
        return all(visible(sharing, name, office, tenants) for name in names)
    on_form = isinstance(act, OpenForm | DiscardForm | SetField | AskCheck | AskSignature | HandIn)
    return not on_form or case.form is None or visible(sharing, FORM, office, tenants)
