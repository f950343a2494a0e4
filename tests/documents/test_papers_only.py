"""Papers without an application, and copies: the rules, the sealed package, what is printed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pypdf import PageObject, PdfReader

from lisa_core.domain.case.canonical import sha256
from lisa_core.domain.case.consent import Sharing, may_operate, note
from lisa_core.domain.case.papers_only import PAPERS_ONLY, fields_of, service_of
from lisa_core.domain.case.texts import copy_fault
from lisa_core.domain.model import case_events as ev
from lisa_core.domain.model.case import Case, FormStage, PaperState
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import OfficeId, ServiceId, TenantId
from lisa_core.papers.package import pack, unpack
from lisa_core.papers.papers_only import render_paper_copy, render_papers_receipt_pdf
from lisa_core.papers.seal import MANIFEST, PAPERS, SEAL, SIGNATURE, Submission, build, verify
from lisa_core.papers.vault import MemoryVault
from tests.documents.cases import (
    MIETZUSCHUSS,
    OCCASION,
    RECEIPT,
    SPEC,
    STROKES,
    WOHNGELD,
    digest_of,
    done,
    filled,
    jpeg,
    last_paper,
    run,
    scanned,
    signed_case,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
REFERENCE = "WG 0815/26"


def declared(vault: MemoryVault) -> Case:
    return done(scanned(Case(), vault), ev.DeclarePapers(WOHNGELD, f"  {REFERENCE} "))


def handed_in(vault: MemoryVault) -> Case:
    case = declared(vault)
    return done(case, ev.ConfirmDeclaration(digest_of(case)))


def stage(case: Case) -> FormStage | None:
    return case.form.stage if case.form else None


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_her_touch_hands_in_and_nobody_signs() -> None:
    case = declared(MemoryVault())
    assert stage(case) is FormStage.CHECKING
    assert case.form is not None
    assert case.form.fields == fields_of(OfficeId("wohngeldstelle"), WOHNGELD, REFERENCE)
    case, effects = run(case, ev.ConfirmDeclaration(digest_of(case)))
    assert (stage(case), effects) == (FormStage.SUBMITTING, (ev.Deliver(),))
    case, effects = run(case, ev.Received(RECEIPT))
    assert (stage(case), effects) == (FormStage.SUBMITTED, (ev.HandOutCopy(),))
    assert [paper.state for paper in case.papers] == [PaperState.SUBMITTED]
    assert service_of(case) == WOHNGELD


def test_what_did_not_arrive_can_be_handed_in_again_by_either_and_a_late_receipt_counts() -> None:
    failed, _ = run(handed_in(MemoryVault()), ev.DeliveryFailed("timeout"))
    assert stage(failed) is FormStage.CHECKED
    assert failed.notice == (
        "Die Behörde hat den Eingang nicht bestätigt. Die Unterlagen sind noch hier: bitte erneut einreichen."
    )
    for again in (ev.HandIn(), ev.ConfirmDeclaration(digest_of(failed))):
        assert run(failed, again)[1] == (ev.Deliver(),)
    assert stage(run(failed, ev.Received(RECEIPT))[0]) is FormStage.SUBMITTED


@pytest.mark.parametrize(
    "change", [ev.ReopenForm(), ev.ScanPapers("Ausweis"), ev.DiscardForm(), ev.ChooseService(ServiceId("anderes"))]
)
def test_any_change_takes_it_away_before_it_is_handed_in(change: ev.CaseEvent) -> None:
    case = declared(MemoryVault())
    after, _ = run(case, change)
    if isinstance(change, ev.ChooseService):
        assert after.form == case.form, "a service that there is not changes nothing"
        return
    assert after.form is None
    assert run(after, ev.ConfirmDeclaration(digest_of(case)))[1] == ()


def test_a_paper_that_goes_or_is_copied_takes_it_away_too() -> None:
    case = declared(MemoryVault())
    for act in (ev.DiscardPaper(last_paper(case)), ev.CopyPaper(last_paper(case))):
        assert run(case, act)[0].form is None


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (ev.DeclarePapers(ServiceId("nichts")), "Diese Leistung gibt es hier nicht"),
        (ev.DeclarePapers(None, "x" * 61), "höchstens 60 Zeichen"),
        (ev.DeclarePapers(None, "WG\x07"), "drucken"),
        (ev.OpenForm(PAPERS_ONLY.id), "Dieses Formular gibt es hier nicht"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(event: ev.CaseEvent, said: str) -> None:
    case = scanned(Case(), MemoryVault())
    after, effects = run(case, event)
    assert (after.form, after.papers, effects) == (None, case.papers, ())
    assert said in after.notice


def test_nothing_is_declared_without_papers_beside_a_form_or_while_one_is_scanned() -> None:
    scanning = done(Case(), ev.ScanPapers("Bescheid"))
    for case, said in ((Case(), "noch keine Unterlage"), (filled(Case()), "Antrag geöffnet"), (scanning, "erfasst")):
        after, _ = run(case, ev.DeclarePapers(WOHNGELD))
        assert after.form == case.form
        assert said in after.notice


def test_papers_only_have_no_answers_and_no_signature() -> None:
    failed, _ = run(handed_in(MemoryVault()), ev.DeliveryFailed("full"))
    for event in (ev.SetField("zeichen", "X", failed.revision), ev.AskSignature(), ev.SignAgain(), ev.AskCheck()):
        after, effects = run(failed, event)
        assert (after.form, effects) == (failed.form, ()), event


def test_what_is_handed_in_is_fixed_and_another_paper_can_still_be_copied() -> None:
    vault = MemoryVault()
    case, _ = run(handed_in(vault), ev.Received(RECEIPT))
    for event in (ev.DiscardPaper(last_paper(case)), ev.CopyPaper(last_paper(case)), ev.OpenForm(MIETZUSCHUSS)):
        after, effects = run(case, event)
        assert (after.form, after.papers, effects) == (case.form, case.papers, ()), event
        assert "eingereicht" in after.notice
    case = scanned(case, vault, "Ausweis", (7,))
    case, effects = run(case, ev.CopyPaper(last_paper(case)))
    assert effects == (ev.PrintPaper(last_paper(case)),)
    assert stage(case) is FormStage.SUBMITTED


def test_what_is_on_its_way_is_named_as_what_it_is() -> None:
    after, _ = run(handed_in(MemoryVault()), ev.ChooseService(ServiceId("pflegeberatung")))
    assert after.notice == "Die Unterlagen werden gerade eingereicht: bitte einen Moment warten."


def test_after_a_copy_nothing_of_the_paper_is_there() -> None:
    case = scanned(Case(), MemoryVault())
    pages, paper = case.papers[0].pages, last_paper(case)
    case, effects = run(case, ev.CopyPaper(paper))
    assert effects == (ev.PrintPaper(paper),)
    for busy in (ev.CopyPaper(paper), ev.DiscardPaper(paper), ev.AcceptPaper(paper), ev.DeclarePapers(WOHNGELD)):
        waiting, effects = run(case, busy)
        assert (waiting.papers, effects) == (case.papers, ()), busy
        assert "Gerade wird eine Kopie gedruckt" in waiting.notice
    case, effects = run(case, ev.Copied(paper))
    assert effects == (ev.DestroyPages(pages),)
    assert (case.papers[0].state, case.papers[0].pages) == (PaperState.COPIED, ())
    assert run(case, ev.CopyPaper(paper))[1] == ()
    assert run(case, ev.CopyFailed(paper, "printer.io")) == (case, ()), "too late"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("printer.paper", "Im Drucker ist kein Papier mehr: bitte A4-Papier nachlegen lassen"),
        ("printer.jam", "Papierstau im Drucker: bitte die Klappe öffnen"),
        ("printer.attention", "bitte Papier, Klappen und Anzeige prüfen lassen"),
        ("printer.offline", "Der Drucker ist nicht erreichbar: Ist er eingeschaltet?"),
        ("printer.io", "bitte Papier und Anzeige am Drucker prüfen"),
        ("{0}", "konnte nicht kopiert werden"),
    ],
)
def test_a_printer_that_fails_says_what_to_do_and_the_scan_stays(code: str, said: str) -> None:
    case = scanned(Case(), MemoryVault())
    case, _ = run(case, ev.CopyPaper(last_paper(case)))
    failed, effects = run(case, ev.CopyFailed(last_paper(case), code))
    assert effects == ()
    assert said in failed.notice
    assert failed.notice == copy_fault(code, "Mietvertrag")
    assert (failed.papers[0].state, len(failed.papers[0].pages)) == (PaperState.CAPTURED, 3)


def test_what_an_office_cannot_see_it_sends_nowhere() -> None:
    here, there, tenant = OfficeId("jugendamt"), OfficeId("aok"), TenantId("uckermark")
    case = scanned(Case(), MemoryVault())
    sharing = note(Sharing(), case, here)
    tenants = {here: tenant, there: TenantId("aok")}
    assert may_operate(sharing, case, ev.DeclarePapers(), here, tenants)
    assert not may_operate(sharing, case, ev.DeclarePapers(), there, tenants)


# --- the package ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sealed() -> Submission:
    vault = MemoryVault()
    return build(handed_in(vault), PAPERS_ONLY, OCCASION, vault=vault, strokes=b"", seal_key=KEY)


def test_a_package_says_what_it_is_and_what_it_belongs_to(sealed: Submission) -> None:
    found = verify(sealed.package, KEY.public_key())
    assert (found.papers_only, found.reference, found.service, found.pages) == (True, REFERENCE, WOHNGELD, 3)
    entries = unpack(sealed.package)
    assert not {SIGNATURE, "antrag.json", "antrag.pdf"} & entries.keys()
    cover = text_of(entries["unterlagen.pdf"])
    for said in (OCCASION.office_name, "Mietvertrag", "3 Seiten", REFERENCE, "Wohngeld", "16.07.2025, 10:12 Uhr"):
        assert said in cover, cover


def resealed(package: bytes, **changed: object) -> bytes:
    """The same with another manifest, sealed again."""
    entries = unpack(package)
    manifest = {**json.loads(entries[MANIFEST]), **changed}
    data = json.dumps(manifest).encode()
    return pack({**entries, MANIFEST: data, SEAL: KEY.sign(data)})


def test_papers_do_not_pass_for_an_application_nor_the_other_way_round(sealed: Submission) -> None:
    vault = MemoryVault()
    application = build(signed_case(vault), SPEC, OCCASION, vault=vault, strokes=STROKES, seal_key=KEY)
    for package, kind in ((sealed.package, None), (sealed.package, "x"), (application.package, "unterlagen")):
        with pytest.raises(LisaError, match="nicht angenommen"):
            verify(resealed(package, art=kind), KEY.public_key())
    for package in changed_bytes(sealed.package):
        with pytest.raises(LisaError):
            verify(package, KEY.public_key())
    assert PAPERS in unpack(sealed.package)


def test_a_package_without_its_declaration_is_refused_in_a_sentence(sealed: Submission) -> None:
    nothing = {name: data for name, data in unpack(sealed.package).items() if name != PAPERS}
    listed = [{"name": n, "sha256": sha256(d)} for n, d in nothing.items() if n not in (MANIFEST, SEAL)]
    package = resealed(pack(nothing), eintraege=listed, erklaerung_sha256=sha256(b""))
    with pytest.raises(LisaError, match="die Erklärung ist nicht die, die geprüft wurde"):
        verify(package, KEY.public_key())


def changed_bytes(package: bytes) -> Iterator[bytes]:
    for at in range(0, len(package), len(package) // 40):
        yield package[:at] + bytes([package[at] ^ 1]) + package[at + 1 :]


@pytest.mark.parametrize("events", [(), (ev.DiscardForm(),), (ev.ReopenForm(),)])
def test_only_what_she_handed_in_is_sealed(events: tuple[ev.CaseEvent, ...]) -> None:
    vault = MemoryVault()
    case, _ = run(declared(vault), *events)
    with pytest.raises(LisaError):
        build(case, PAPERS_ONLY, OCCASION, vault=vault, strokes=b"", seal_key=KEY)


# --- paper ------------------------------------------------------------------------------------------------------------


def test_the_receipt_says_what_where_and_when() -> None:
    case, _ = run(handed_in(MemoryVault()), ev.Received(RECEIPT))
    text = text_of(render_papers_receipt_pdf(case, OCCASION))
    for said in (RECEIPT.number, "16.07.2025, 10:13 Uhr", OCCASION.office_name, "Mietvertrag", "3 Seiten", REFERENCE):
        assert said in text, text
    assert "ersetzt keine Schriftform" in text
    with pytest.raises(LisaError):
        render_papers_receipt_pdf(declared(MemoryVault()), OCCASION)


def picture_on(page: PageObject) -> bytes:
    """The only picture of a page, as it lies in the file."""
    (picture,) = page["/Resources"]["/XObject"].values()  # type: ignore[index]  # pypdf has no types for what it finds
    data: bytes = picture.get_object().get_data()
    return data


def test_a_copy_has_every_page_as_it_is_in_order_on_a4() -> None:
    pages = [jpeg(1), jpeg(2), jpeg(3)]
    printed = PdfReader(io.BytesIO(render_paper_copy(pages))).pages
    assert [picture_on(page) for page in printed] == pages
    for page in printed:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
        assert page.extract_text() == ""
    with pytest.raises(LisaError):
        render_paper_copy([b"kein Bild"])
