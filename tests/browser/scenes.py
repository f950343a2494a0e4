"""Every scene of her screen, as the booth itself draws it: real texts, a real Landkreis, an invented citizen."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PIL import Image, ImageDraw

from lisa_core.booth.screen import texts
from lisa_core.booth.screen.site_card import site_card
from lisa_core.booth.screen.view import Sight, view
from lisa_core.config.directory import load_directory
from lisa_core.domain.case.machine import step
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Case, Page, Receipt
from lisa_core.domain.model.ids import AgentId, BlobId, FormId, LegId, OfficeId, PaperId, ServiceId, SiteId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.screen import Leaflet, ScreenView
from lisa_core.domain.visit import states as s

DIRECTORY, _ = load_directory("uckermark")
SITE = DIRECTORY.sites[SiteId("templin")]
CARD = site_card(SITE, DIRECTORY, date(2026, 11, 23))
VISIT = s.Visit(VisitId("templin-1"))
ANSWERS = {
    "name": "Musterfrau",
    "vorname": "Erika",
    "geburtsdatum": "12.08.1949",
    "anschrift": "Am Beispielsee 3, 00000 Musterstadt",
    "familienstand": "verwitwet",
    "haushaltsmitglieder": "1",
    "gesamtmiete": "980",
    "einkommen": "1.020,00",
    "iban": "DE02120300000000202051",
}
SHEETS = {f"{number:064x}": number for number in (1, 2, 3)}
"""The digests of her pages."""
TALK = s.Talking(
    VISIT,
    0,
    AgentId("seidel"),
    "Herr Seidel",
    OfficeId("wohngeldstelle"),
    "Wohngeldstelle Uckermark",
    False,
    LegId("b"),
)
LEAFLET = Leaflet("Haus Seeblick", ("Heimerziehung, sonstige betreute Wohnform", "Seeblick · Zimmer 1", "Sofort frei."))
INK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 12">'
    '<path d="M2 9C9 1 12 1 14 8s8-9 22 1" fill="none" stroke="#123"/></svg>'
)


def case_after(*events: ops.CaseEvent, begin: Case | None = None) -> Case:
    """A case after these events, by the real machine."""
    case = begin or Case()
    for event in events:
        case, _ = step(case, event, DIRECTORY.forms, DIRECTORY.services)
    return case


def filled(case: Case, answers: Mapping[str, str], *, confirmed: bool = True) -> Case:
    for name, value in answers.items():
        case = case_after(ops.SetField(name, value, case.revision), begin=case)
        case = case_after(ops.ConfirmField(name), begin=case) if confirmed else case
    return case


def look(state: s.State, case: Case | None = None, **more: object) -> ScreenView:
    """What the screen shows then."""
    sight = Sight(state, case or Case(), DIRECTORY, SITE.trigger, present=True, site=SITE, card=CARD)
    return view(replace(sight, **more))  # type: ignore[arg-type]  # names and values are those of `Sight`


def jpeg(number: int) -> bytes:
    """A sheet with lines and its number."""
    sheet = Image.new("RGB", (636, 900), "white")
    pen = ImageDraw.Draw(sheet)
    pen.text((60, 50), f"Mietvertrag, Seite {number}", fill="black", font_size=34)
    for line in range(14):
        pen.line((60, 140 + 50 * line, 560 - 37 * (line % 4), 140 + 50 * line), fill="#667", width=6)
    data = io.BytesIO()
    sheet.save(data, "JPEG")
    return data.getvalue()


def _papers() -> Case:
    scan = ops.ScanPapers("Mietvertrag")
    case = case_after(ops.ChooseService(ServiceId("mietzuschuss")), scan)
    paper = case.papers[0].id
    pages = (ops.PageCaptured(paper, Page(BlobId(digest), digest, "image/jpeg")) for digest in SHEETS)
    return case_after(*pages, ops.CaptureEnded(paper), begin=case)


_FORM = FormId("wohngeld_mietzuschuss")
PAPERS = _papers()
PAPER: PaperId = PAPERS.papers[0].id
OPENED = case_after(ops.OpenForm(_FORM), begin=PAPERS)
FILLING = filled(filled(OPENED, {"name": "Musterfrau", "vorname": "Erika"}), {"geburtsdatum": "32.13.1949"})
ASKED = filled(FILLING, {"gesamtmiete": "980"}, confirmed=False)
IBAN = filled(filled(OPENED, dict(list(ANSWERS.items())[:-1])), {"iban": ANSWERS["iban"]}, confirmed=False)
CHECKING = case_after(ops.AskCheck(), begin=filled(OPENED, ANSWERS))
_DIGEST = CHECKING.form.declaration_digest if CHECKING.form else ""
SIGNING = case_after(ops.ConfirmDeclaration(_DIGEST), ops.AskSignature(), begin=CHECKING)
SIGNED = case_after(ops.Signed(_DIGEST, "1" * 64, INK), begin=SIGNING)
DONE = case_after(
    ops.HandIn(), ops.Received(Receipt("MU-2026-000001", "2026-11-23T10:41:00+01:00", "ab" * 32)), begin=SIGNED
)
JAMMED = case_after(
    ops.ScanPapers("Verdienstbescheinigung"),
    begin=PAPERS,
)
JAMMED = case_after(ops.CaptureFailed(JAMMED.papers[1].id, "scanner.jam"), begin=JAMMED)
_OFFICE = "Wohngeldstelle Uckermark"
_GONE = replace(VISIT, submitted=True, answered=True)
_BEFORE = replace(VISIT, answered=True)

SCENES: Mapping[str, ScreenView] = {
    "aufraeumen": look(s.Wiping(_GONE, 0, Outcome.APPLICATION)),
    "frei": look(s.Idle(), present=False, there=True),
    "frei-niemand-da": look(s.Idle(), present=False, there=False),
    "nicht-gerufen": look(s.Idle(armed=False)),
    "platz-nehmen": view(Sight(s.Entered(0), Case(), DIRECTORY, DIRECTORY.sites[SiteId("angermuende")].trigger)),
    "betreten": look(s.Entered(0)),
    "geschlossen": look(s.Closed(VISIT, 0, None)),
    "verbinden": look(s.Connecting(VISIT, 0, 0)),
    "warten": look(s.Connecting(VISIT, 0, 0, place=2, wait_s=300), there=True, minutes=3),
    "warten-niemand-da": look(s.Connecting(VISIT, 0, 0, place=1), there=False, minutes=1),
    "unterbrochen": look(s.Connecting(VISIT, 0, 0, linked=False), linked=False),
    "gestoert": look(s.Disturbed(VISIT, 0), linked=False),
    "ausser-betrieb": look(s.OutOfService(), linked=False, barred=True),
    "ruhend": look(s.Quiet(VISIT, 0)),
    "gespraech": look(TALK),
    "blatt": look(TALK, leaflet=LEAFLET),
    "tuer-offen": look(TALK, PAPERS, door_open=True),
    "unterlagen": look(TALK, PAPERS, hidden=1),
    "stau": look(TALK, JAMMED),
    "nachfrage-loeschen": look(TALK, PAPERS, asking=PAPER),
    "kollegin": look(TALK, PAPERS, consulting="Pflegestützpunkt Uckermark"),
    "falsche-angabe": look(TALK, FILLING),
    "angabe": look(TALK, ASKED),
    "iban": look(TALK, IBAN),
    "pruefen": look(TALK, CHECKING),
    "pruefen-gelesen": look(TALK, CHECKING, read=_DIGEST),
    "pad-vorbereiten": look(TALK, SIGNING, pad_ready=False),
    "unterschreiben": look(TALK, SIGNING),
    "unterschrieben": look(TALK, SIGNED),
    "abgegeben": look(TALK, DONE, copy=texts.COPY_LIES),
    "weiterleitung": look(s.InTransfer(_BEFORE, 0, _OFFICE, ringing=True), PAPERS, minutes=1),
    "zurueck": look(s.InTransfer(_BEFORE, 0, _OFFICE, returning=True)),
    "zurueck-klingelt": look(s.InTransfer(_BEFORE, 0, _OFFICE, returning=True, ringing=True)),
    "hinausgegangen": look(s.Away(TALK, 0)),
    "abgabe": look(s.Delivering(_BEFORE, 0), SIGNED),
    "abschied": look(
        s.Farewell(_GONE, 0), DONE, copy=texts.COPY_LIES, feeder=True, appointment="Montag, 7.12., 10 Uhr"
    ),
    "abschied-ausser-betrieb": look(s.Farewell(replace(_BEFORE, failed=True), 0), SIGNED, linked=False, barred=True),
}
