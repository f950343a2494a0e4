"""The case under any sequence of events: never raises, revisions grow, nothing is signed unchecked, no page is lost."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import event as seen
from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.domain.case.canonical import declaration_digest, sha256
from lisa_core.domain.case.machine import step
from lisa_core.domain.case.papers_only import PAPERS_ONLY, is_papers_only
from lisa_core.domain.model import case_events as ev
from lisa_core.domain.model.case import Case, FormStage, Page, PaperState
from lisa_core.domain.model.ids import BlobId, FormId, PaperId, ServiceId
from tests.documents.cases import (
    ANSWERS,
    FORMS,
    MIETZUSCHUSS,
    RECEIPT,
    SERVICES,
    SPEC,
    WOHNGELD,
    digest_of,
    filled,
)

AFTER_CHECK = {
    FormStage.CHECKED,
    FormStage.SIGNING,
    FormStage.SIGNED,
    FormStage.SUBMITTING,
    FormStage.SUBMITTED,
}
SIGNED = {FormStage.SIGNED, FormStage.SUBMITTING, FormStage.SUBMITTED}
TITLES = st.sampled_from(["Mietvertrag", "mietvertrag ", "Ausweis", "", "\ud800", "{x}" * 40])
CODES = st.sampled_from(["scanner.jam", "scanner.empty", "pad.empty", "", "{0}", "\ud800\n"])
VALUES = st.one_of(st.sampled_from(list(ANSWERS.values())), st.text(max_size=220))
REVISIONS = st.integers(-3, 60)
NAMES = st.sampled_from([*ANSWERS, "gibt es nicht"])

NEXT: dict[FormStage, Callable[[Case], ev.CaseEvent]] = {
    FormStage.DRAFT: lambda case: ev.AskCheck(),
    FormStage.CHECKING: lambda case: ev.ConfirmDeclaration(digest_of(case)),
    FormStage.CHECKED: lambda case: ev.AskSignature(),
    FormStage.SIGNING: lambda case: ev.Signed(digest_of(case), sha256(b"strokes"), "<svg/>"),
    FormStage.SIGNED: lambda case: ev.HandIn(),
    FormStage.SUBMITTING: lambda case: ev.Received(RECEIPT),
    FormStage.SUBMITTED: lambda case: ev.HandIn(),
}
NEXT_OF_PAPERS = {**NEXT, FormStage.CHECKED: lambda case: ev.HandIn()}


def forward(case: Case, page: Page) -> ev.CaseEvent:
    """What leads on from here; without it a random walk hardly ever gets as far as the receipt."""
    if case.form is None:
        return ev.OpenForm(MIETZUSCHUSS) if case.revision % 2 else ev.DeclarePapers(WOHNGELD, "WG 1/26")
    return (NEXT_OF_PAPERS if is_papers_only(case.form) else NEXT)[case.form.stage](case)


# Lambdas of the case as it stands, so that events often name what is really there.
EVENTS: st.SearchStrategy[object] = st.one_of(
    st.builds(lambda s: lambda case, page: ev.ChooseService(ServiceId(s)), st.sampled_from([WOHNGELD, "x"])),
    st.builds(lambda f: lambda case, page: ev.OpenForm(FormId(f)), st.sampled_from([MIETZUSCHUSS, "x"])),
    st.builds(lambda n, v, r: lambda case, page: ev.SetField(n, v, r), NAMES, VALUES, REVISIONS),
    st.builds(lambda n, v: lambda case, page: ev.SetField(n, v, case.revision), NAMES, VALUES),
    st.builds(lambda n: lambda case, page: ev.ConfirmField(n), NAMES),
    st.builds(lambda t: lambda case, page: ev.ScanPapers(t), TITLES),
    st.builds(lambda t: lambda case, page: ev.CaptureStill(t), TITLES),
    st.builds(lambda c: lambda case, page: ev.CaptureFailed(some_paper(case, -1), c), CODES),
    st.builds(lambda i: lambda case, page: ev.PageCaptured(some_paper(case, i), page), st.integers(-3, 2)),
    st.builds(lambda i: lambda case, page: ev.CaptureEnded(some_paper(case, i)), st.integers(-3, 2)),
    st.builds(lambda i: lambda case, page: ev.AcceptPaper(some_paper(case, i)), st.integers(-3, 2)),
    st.builds(lambda i: lambda case, page: ev.DiscardPaper(some_paper(case, i)), st.integers(-3, 2)),
    st.builds(lambda i: lambda case, page: ev.CopyPaper(some_paper(case, i)), st.integers(-3, 2)),
    st.builds(lambda i: lambda case, page: ev.Copied(some_paper(case, i)), st.integers(-3, 2)),
    st.builds(lambda c: lambda case, page: ev.CopyFailed(some_paper(case, -1), c), CODES),
    st.builds(
        lambda s, r: lambda case, page: ev.DeclarePapers(s, r),
        st.sampled_from([None, WOHNGELD, ServiceId("x"), ServiceId("")]),
        st.sampled_from(["", " WG  1/26", "x" * 61, "\n\ud800"]),
    ),
    st.builds(lambda c: lambda case, page: ev.SignatureFailed(c), CODES),
    st.builds(lambda c: lambda case, page: ev.DeliveryFailed(c), CODES),
    st.builds(
        lambda d: lambda case, page: ev.Signed(d, sha256(b"strokes"), "<svg/>"),
        st.sampled_from(["", "0" * 64]),
    ),
    st.builds(lambda d: lambda case, page: ev.ConfirmDeclaration(d), st.sampled_from(["", "0" * 64])),
    st.sampled_from([ev.DiscardForm(), ev.ReopenForm(), ev.SignAgain(), ev.Received(RECEIPT)]).map(
        lambda event: lambda case, page: event
    ),
    *[
        st.just(lambda case, page, event=event: event)
        for event in (ev.AskCheck(), ev.AskSignature(), ev.HandIn(), ev.Received(RECEIPT))
    ],
)


# Half of the events lead on, the other half is anything.
STEPS = st.tuples(st.booleans(), EVENTS).map(lambda drawn: forward if drawn[0] else drawn[1])


def some_paper(case: Case, index: int) -> PaperId:
    return case.papers[index].id if -len(case.papers) <= index < len(case.papers) else PaperId("unterlage-0")


def live_pages(case: Case) -> set[Page]:
    return {page for paper in case.papers for page in paper.pages}


@settings(max_examples=250)
@given(started=st.booleans(), makers=st.lists(STEPS, min_size=1, max_size=40))
def test_any_sequence_of_events(started: bool, makers: list[object]) -> None:
    case = filled(Case()) if started else Case()
    confirmed: set[str] = set()
    arrived: set[Page] = set()
    destroyed: set[Page] = set()
    for number, make in enumerate(makers):
        assert callable(make)
        page = Page(BlobId(str(number)), sha256(str(number).encode()), "image/jpeg")
        event = make(case, page)
        before, (case, effects) = case, step(case, event, FORMS, SERVICES)
        assert case == before or case.revision == before.revision + 1
        if isinstance(event, ev.ConfirmDeclaration):
            confirmed.add(event.digest)
        if isinstance(event, ev.PageCaptured):
            arrived.add(event.page)
        destroyed |= {page for effect in effects if isinstance(effect, ev.DestroyPages) for page in effect.pages}
        check_form(case, confirmed)
        assert live_pages(case) | destroyed == arrived
        assert not live_pages(case) & destroyed
    check_end(case)
    seen(case.form.stage.value if case.form else "kein Antrag")


def check_form(case: Case, confirmed: set[str]) -> None:
    form = case.form
    if form is None:
        return
    papers_only = is_papers_only(form)
    assert (form.stage is FormStage.DRAFT) == (form.declaration_digest == "")
    assert not (papers_only and form.stage in {FormStage.DRAFT, FormStage.SIGNING, FormStage.SIGNED})
    if form.stage in AFTER_CHECK:
        assert form.declaration_digest in confirmed
    if form.stage is not FormStage.DRAFT:
        assert form.declaration_digest == declaration_digest(case, PAPERS_ONLY if papers_only else SPEC)
    assert (form.stage in SIGNED and not papers_only) == (form.signature_digest != "")
    assert (form.stage is FormStage.SUBMITTED) == (form.receipt is not None)


def check_end(case: Case) -> None:
    """Every paper is handed in, or destroyed as soon as anyone asks for it (I3)."""
    final = case.form is not None and case.form.stage in {FormStage.SUBMITTING, FormStage.SUBMITTED}
    if is_papers_only(case.form) and case.form is not None and case.form.stage is FormStage.SUBMITTED:
        final = False  # what did not go with them can still be copied or discarded
    for paper in case.papers:
        if paper.state is PaperState.SUBMITTED:
            assert case.form is not None
            assert case.form.stage is FormStage.SUBMITTED
        elif paper.state in {PaperState.DISCARDED, PaperState.COPIED}:
            assert paper.pages == ()
        elif paper.state is PaperState.COPYING:
            _, effects = step(case, ev.Copied(paper.id), FORMS, SERVICES)
            assert effects == (ev.DestroyPages(paper.pages),)
        elif not final:
            _, effects = step(case, ev.DiscardPaper(paper.id), FORMS, SERVICES)
            assert ev.DestroyPages(paper.pages) in effects
        else:
            assert case.form is not None
            assert case.form.stage is FormStage.SUBMITTING
