"""The case of one visit, told as scenes: what is allowed when, what a change takes away, what a jam leaves."""

from __future__ import annotations

from typing import get_args

import pytest

from lisa_core.domain.case.canonical import sha256
from lisa_core.domain.case.machine import RULES, declaration_digest
from lisa_core.domain.model import case_events as ev
from lisa_core.domain.model.case import Case, FormStage, PaperState
from lisa_core.domain.model.ids import PaperId
from lisa_core.domain.model.values import from_json, to_json
from lisa_core.papers.vault import MemoryVault
from tests.documents.cases import (
    ANSWERS,
    MIETZUSCHUSS,
    RECEIPT,
    SPEC,
    STROKES,
    checked,
    digest_of,
    done,
    filled,
    jpeg,
    last_paper,
    put,
    run,
    scanned,
    signed,
    signed_case,
)


def stage(case: Case) -> FormStage:
    assert case.form is not None
    return case.form.stage


def test_every_event_has_its_rule() -> None:
    assert set(RULES) == set(get_args(ev.CaseEvent))


def test_from_the_first_field_to_the_copy() -> None:
    case = signed_case(MemoryVault())
    case, effects = run(case, ev.HandIn())
    assert (stage(case), effects) == (FormStage.SUBMITTING, (ev.Deliver(),))
    case, effects = run(case, ev.Received(RECEIPT))
    assert (stage(case), effects) == (FormStage.SUBMITTED, (ev.HandOutCopy(),))
    assert [paper.state for paper in case.papers] == [PaperState.SUBMITTED]
    assert case.form is not None
    assert case.form.receipt == RECEIPT
    assert declaration_digest(case, SPEC) == case.form.declaration_digest
    assert from_json(Case, to_json(case)) == case


@pytest.mark.parametrize(
    ("change", "effect"),
    [
        (lambda case: ev.SetField("einkommen", "1.000,00", case.revision), ()),
        (lambda case: ev.DiscardPaper(last_paper(case)), (ev.DestroyPages,)),
        (lambda case: ev.ScanPapers("Ausweis"), (ev.StartScan,)),
        (lambda case: ev.CaptureStill("Ausweis"), (ev.TakeStill,)),
    ],
)
def test_any_change_after_signing_takes_the_signature_away(change: object, effect: tuple[type, ...]) -> None:
    assert callable(change)
    before = signed_case(MemoryVault())
    after, effects = run(before, change(before))
    assert stage(after) is FormStage.DRAFT
    assert after.form is not None
    assert (after.form.declaration_digest, after.form.signature_digest, after.form.signature_svg) == (
        "",
        "",
        "",
    )
    assert "Die Unterschrift gilt nicht mehr" in after.notice
    assert tuple(map(type, effects)) == effect
    refused, effects = run(after, ev.HandIn())
    assert effects == ()
    assert "noch ausgefüllt" in refused.notice


def test_a_change_while_she_signs_stops_the_pad_and_her_late_strokes_count_for_nothing() -> None:
    case = done(checked(filled(Case())), ev.AskSignature())
    late = ev.Signed(digest_of(case), sha256(STROKES), "<svg/>")
    case, effects = run(case, ev.SetField("name", "Muster", case.revision))
    assert effects == (ev.StopSignature(),)
    assert run(case, late) == (case, ())
    case = done(checked(done(case, ev.ConfirmField("name"))), ev.AskSignature())
    case, effects = run(case, late)
    assert (stage(case), effects) == (FormStage.SIGNING, ())
    assert "anderen Fassung" in case.notice


def test_nothing_is_signed_before_she_has_checked_exactly_this() -> None:
    case = done(filled(Case()), ev.AskCheck())
    for event in (ev.AskSignature(), ev.SignAgain(), ev.HandIn(), ev.ConfirmDeclaration("0" * 64)):
        refused, effects = run(case, event)
        assert stage(refused) is FormStage.CHECKING
        assert effects == ()
        assert refused.notice


def test_the_check_names_what_is_missing_or_wrong() -> None:
    case = filled(Case())
    case, _ = run(case, ev.SetField("iban", "DE00 0000 0000 0000 0000 00", case.revision))
    assert "Prüfziffer" in case.notice
    case = done(case, ev.SetField("vorname", "", case.revision), ev.SetField("heizkosten", "", case.revision))
    case, _ = run(case, ev.ConfirmField("iban"))
    assert "Prüfziffer" in case.notice
    case, _ = run(case, ev.AskCheck())
    assert "vollständig: Vorname, IBAN." in case.notice
    assert stage(case) is FormStage.DRAFT


def test_a_changed_answer_is_unconfirmed_and_the_same_answer_changes_nothing() -> None:
    case = filled(Case())
    assert run(case, ev.SetField("name", f" {ANSWERS['name']} ", case.revision)) == (case, ())
    case = done(case, ev.SetField("name", "Muster", case.revision))
    assert case.form is not None
    assert [field.id for field in case.form.fields if not field.confirmed] == ["name"]


def test_an_operation_on_an_older_revision_is_rebased_or_refused() -> None:
    case = done(Case(), ev.OpenForm(MIETZUSCHUSS))
    seen = case.revision
    case = done(case, ev.SetField("name", "Muster", seen), ev.SetField("vorname", "Erika", seen))
    refused, _ = run(case, ev.SetField("name", "Mustermann", seen))
    assert "inzwischen geändert" in refused.notice
    assert refused.form == case.form
    again = done(case, ev.DiscardForm(), ev.OpenForm(MIETZUSCHUSS))
    assert "inzwischen" in run(again, ev.SetField("name", "Muster", case.revision))[0].notice
    assert "inzwischen" in run(case, ev.SetField("anschrift", "Weg 1", case.revision + 1))[0].notice


def test_a_jam_keeps_the_pages_says_what_to_do_and_the_paper_becomes_complete() -> None:
    vault = MemoryVault()
    case, effects = run(done(Case(), ev.OpenForm(MIETZUSCHUSS)), ev.ScanPapers("Mietvertrag"))
    paper = last_paper(case)
    assert [type(effect) for effect in effects] == [ev.StartScan]
    first = put(vault, jpeg(1))
    case, _ = run(case, ev.PageCaptured(paper, first), ev.CaptureFailed(paper, "scanner.jam"))
    assert case.notice.startswith("Papierstau im Scanner: Seite 2 von „Mietvertrag“")
    assert case.notice.endswith("Seite 1 ist schon erfasst.")
    case, _ = run(case, ev.SetField("name", "Muster", case.revision))
    assert case.notice.startswith("Papierstau"), "it stays while the sheet is stuck"
    assert "erst weiter erfassen" in run(case, ev.ScanPapers("Ausweis"))[0].notice.replace("zuerst", "erst")
    case, effects = run(case, ev.ScanPapers("mietvertrag"))
    assert [getattr(effect, "paper", None) for effect in effects] == [paper]
    assert case.notice == ""
    more = [ev.PageCaptured(paper, put(vault, jpeg(number))) for number in (2, 3)]
    case = done(case, *more, ev.CaptureEnded(paper))
    assert [(p.title, len(p.pages), p.state) for p in case.papers] == [("Mietvertrag", 3, PaperState.CAPTURED)]
    assert case.papers[0].pages[0] == first


def test_a_stuck_paper_holds_the_check_up_until_somebody_decides() -> None:
    case = filled(scanned(Case(), MemoryVault()))
    case = done(case, ev.ScanPapers("Ausweis"))
    assert "noch erfasst" in run(case, ev.AskCheck())[0].notice
    page = case.papers[0].pages[0]
    case, _ = run(case, ev.PageCaptured(last_paper(case), page), ev.CaptureFailed(last_paper(case), "scanner.io"))
    assert "noch unvollständig" in run(case, ev.AskCheck())[0].notice
    assert stage(checked(done(case, ev.AcceptPaper(last_paper(case))))) is FormStage.CHECKED
    assert stage(checked(done(case, ev.DiscardPaper(last_paper(case))))) is FormStage.CHECKED


def test_a_try_without_a_page_leaves_no_paper() -> None:
    case = done(Case(), ev.ScanPapers("Mietvertrag"))
    empty, _ = run(case, ev.CaptureFailed(last_paper(case), "scanner.empty"))
    assert empty.papers == ()
    assert "kein Papier" in empty.notice
    ended, _ = run(case, ev.CaptureEnded(last_paper(case)))
    assert ended.papers == ()
    assert "keine Seite" in ended.notice


def test_pages_that_come_after_their_paper_was_discarded_are_destroyed() -> None:
    vault = MemoryVault()
    case = done(Case(), ev.ScanPapers("Mietvertrag"))
    paper, page = last_paper(case), put(vault, jpeg(1))
    case, effects = run(case, ev.PageCaptured(paper, page), ev.DiscardPaper(paper))
    assert effects == (ev.DestroyPages((page,)),)
    late = put(vault, jpeg(2))
    assert run(case, ev.PageCaptured(paper, late)) == (case, (ev.DestroyPages((late,)),))
    assert run(case, ev.CaptureEnded(paper)) == (case, ())


def test_what_is_handed_in_is_fixed() -> None:
    case, _ = run(signed_case(MemoryVault()), ev.HandIn())
    events: list[ev.CaseEvent] = [
        ev.SetField("name", "Anders", case.revision),
        ev.DiscardPaper(last_paper(case)),
        ev.ScanPapers("Ausweis"),
        ev.ReopenForm(),
        ev.DiscardForm(),
        ev.SignAgain(),
        ev.HandIn(),
    ]
    submitted, _ = run(case, ev.Received(RECEIPT))
    for state in (case, submitted):
        for event in events:
            after, effects = run(state, event)
            assert (after.form, after.papers, effects) == (state.form, state.papers, ()), event
            assert "eingereicht" in after.notice


def test_a_receipt_counts_also_after_the_wait_for_it_was_given_up() -> None:
    case, effects = run(signed_case(MemoryVault()), ev.HandIn(), ev.DeliveryFailed("timeout"), ev.Received(RECEIPT))
    assert (stage(case), effects[-1], case.notice) == (FormStage.SUBMITTED, ev.HandOutCopy(), "")
    changed, _ = run(signed_case(MemoryVault()), ev.ReopenForm(), ev.Received(RECEIPT))
    assert stage(changed) is FormStage.DRAFT, "what she has changed since is not what the office has"


def test_a_failed_delivery_keeps_the_signature_and_can_be_tried_again() -> None:
    before = signed_case(MemoryVault())
    case, _ = run(before, ev.HandIn(), ev.DeliveryFailed("timeout"))
    assert case.form == before.form
    assert "erneut einreichen" in case.notice
    assert run(case, ev.HandIn())[1] == (ev.Deliver(),)


def test_she_may_sign_again_and_after_a_failed_try() -> None:
    case = signed_case(MemoryVault())
    case, effects = run(case, ev.SignAgain())
    assert effects == (ev.StartSignature(digest_of(case)),)
    assert case.form is not None
    assert case.form.signature_digest == ""
    assert run(case, ev.SignAgain())[1] == (ev.StopSignature(), ev.StartSignature(digest_of(case)))
    failed, _ = run(case, ev.SignatureFailed("pad.silent"))
    assert stage(failed) is FormStage.CHECKED
    assert "noch einmal unterschreiben" in failed.notice
    assert stage(signed(failed)) is FormStage.SIGNED


def test_too_many_pages_are_destroyed_and_said() -> None:
    case = done(Case(), ev.ScanPapers("Aktenordner"))
    paper, page = last_paper(case), put(MemoryVault(), b"page")
    for _ in range(100):
        case = done(case, ev.PageCaptured(paper, page))
    case, effects = run(case, ev.PageCaptured(paper, page))
    assert effects == (ev.DestroyPages((page,)),)
    assert "Mehr als 100 Seiten" in case.notice
    assert run(case, ev.CaptureEnded(PaperId(paper)))[0] == case


def test_any_byte_of_the_declaration_changes_its_digest() -> None:
    case = filled(scanned(Case(), MemoryVault()))
    digests = {declaration_digest(case, SPEC)}
    for field in SPEC.fields:
        changed, _ = run(case, ev.SetField(field.id, ANSWERS[field.id] + ".", case.revision))
        digests.add(declaration_digest(changed, SPEC))
    without, _ = run(case, ev.DiscardPaper(last_paper(case)))
    digests.add(declaration_digest(without, SPEC))
    assert len(digests) == len(SPEC.fields) + 2
