"""What the tests of this room share: the shipped forms, an answer for each field, and a case driven to any point."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from PIL import Image, ImageDraw

from lisa_core.config.form_files import load_forms
from lisa_core.domain.case.canonical import sha256
from lisa_core.domain.case.machine import step
from lisa_core.domain.model import case_events as ev
from lisa_core.domain.model.case import Case, Page, Receipt
from lisa_core.domain.model.directory import Service
from lisa_core.domain.model.ids import FormId, OfficeId, PaperId, ServiceId
from lisa_core.domain.model.readings import PadInfo, PenSample
from lisa_core.host.data import data_dir
from lisa_core.papers.declaration import Occasion
from lisa_core.papers.strokes import canonical_strokes
from lisa_core.papers.vault import PageVault

FORMS = load_forms(data_dir("fixtures") / "forms")
MIETZUSCHUSS = FormId("wohngeld_mietzuschuss")
SPEC = FORMS[MIETZUSCHUSS]
WOHNGELD = ServiceId("wohngeld")
SERVICES = {WOHNGELD: Service(WOHNGELD, "Wohngeld", OfficeId("wohngeldstelle"), (MIETZUSCHUSS,))}
ANSWERS = {
    "name": "Müßiggång-Żółć",
    "vorname": "Erika",
    "geburtsdatum": "12.08.1964",
    "anschrift": "Musterweg 1, 00000 Musterstadt",
    "familienstand": "verwitwet",
    "haushaltsmitglieder": "2",
    "gesamtmiete": "500,00",
    "heizkosten": "71,50",
    "einkommen": "1.412,00",
    "iban": "DE89 3704 0044 0532 0130 00",
}
PAD = PadInfo("STU-540", 10800, 6480, 1023, 200)
STROKES = canonical_strokes(
    (PenSample(i * 5_000, 1000 + i * 80, 3000 + (i % 20) * 90, 500, True, i % 33 != 32) for i in range(100)),
    PAD,
)
OCCASION = Occasion(
    OfficeId("wohngeldstelle"),
    "Landkreis Uckermark · Wohngeldstelle Prenzlau",
    "Templin",
    datetime(2025, 7, 16, 10, 12, tzinfo=timezone(timedelta(hours=2))),
    WOHNGELD,
)
RECEIPT = Receipt("W-2025-000017", "2025-07-16T10:13:00+02:00", "ab" * 32)


def run(case: Case, *events: ev.CaseEvent) -> tuple[Case, tuple[ev.CaseEffect, ...]]:
    """Apply events one after the other; all effects together."""
    effects: list[ev.CaseEffect] = []
    for event in events:
        case, more = step(case, event, FORMS, SERVICES)
        effects += more
    return case, tuple(effects)


def done(case: Case, *events: ev.CaseEvent) -> Case:
    """The case after events of which none may leave a notice."""
    for event in events:
        case, _ = run(case, event)
        assert case.notice == "", event
    return case


def page(number: int) -> Image.Image:
    """A small grey page with its number on it."""
    image = Image.new("L", (310, 438), 245)
    ImageDraw.Draw(image).text((40, 40), f"Seite {number}", fill=20, font_size=40)
    return image


def jpeg(number: int) -> bytes:
    buffer = io.BytesIO()
    page(number).save(buffer, "JPEG", quality=60)
    return buffer.getvalue()


def put(vault: PageVault, data: bytes) -> Page:
    blob, digest = vault.put(data)
    return Page(blob, digest, "image/jpeg")


def last_paper(case: Case) -> PaperId:
    return case.papers[-1].id


def scanned(case: Case, vault: PageVault, title: str = "Mietvertrag", pages: Iterable[int] = (1, 2, 3)) -> Case:
    case = done(case, ev.ScanPapers(title))
    paper = last_paper(case)
    case = done(case, *(ev.PageCaptured(paper, put(vault, jpeg(number))) for number in pages))
    return done(case, ev.CaptureEnded(paper), ev.AcceptPaper(paper))


def filled(case: Case) -> Case:
    case = done(case, ev.ChooseService(WOHNGELD), ev.OpenForm(MIETZUSCHUSS))
    for field, value in ANSWERS.items():
        case = done(case, ev.SetField(field, value, case.revision), ev.ConfirmField(field))
    return case


def checked(case: Case) -> Case:
    case = done(case, ev.AskCheck())
    return done(case, ev.ConfirmDeclaration(digest_of(case)))


def signed(case: Case) -> Case:
    case = done(case, ev.AskSignature())
    return done(case, ev.Signed(digest_of(case), sha256(STROKES), "<svg/>"))


def signed_case(vault: PageVault) -> Case:
    """A whole application with a three-page paper, signed."""
    return signed(checked(scanned(filled(Case()), vault)))


def digest_of(case: Case) -> str:
    assert case.form is not None
    return case.form.declaration_digest
