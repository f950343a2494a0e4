"""The pages in a real Chromium: the citizen's screen, the desk against a scripted exchange."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from lisa_core.booth.screen import texts
from lisa_core.booth.screen.page import PageScreen
from lisa_core.domain.case.papers_only import PAPERS_ONLY
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Case, Field, Form, FormStage, Paper, PaperSource, PaperState, Receipt
from lisa_core.domain.model.case import Page as PaperPage
from lisa_core.domain.model.directory import FieldSpec, FormSpec
from lisa_core.domain.model.ids import BlobId, FormId, LegId, PaperId, ServiceId, SiteId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.readings import ScanSource
from lisa_core.domain.model.screen import (
    NOTHING_TOUCHED,
    AgentCard,
    Button,
    FieldRow,
    FieldState,
    PaperRow,
    ReceiptView,
    ScreenScene,
    ScreenView,
    Sound,
)
from lisa_core.domain.model.values import to_json
from lisa_core.exchange.web import build_app
from lisa_core.wire import messages as m
from tests.browser.pages import LARGE, SMALL, Browsers, Opened, findings, served
from tests.browser.stub import DIRECTORY, FRONT, HOUSING, LIMIT_S, StubExchange

pytestmark = pytest.mark.browser

AGENT = AgentCard("Jana Muster", "Wohngeldstelle Musterland")
ROWS = (
    FieldRow("name", "Name", "Mustermann", FieldState.CONFIRMED),
    FieldRow("miete", "Gesamtmiete monatlich", "486,50", FieldState.FILLED),
    FieldRow("iban", "IBAN", "", FieldState.EMPTY),
)
FILLING = ScreenView(
    ScreenScene.TALK,
    "Sie sprechen mit Jana Muster",
    agent=AGENT,
    form_title="Antrag auf Wohngeld",
    rows=ROWS,
    focus="miete",
    papers=(PaperRow("u1", "Mietvertrag", 3, PaperState.ACCEPTED, "übernommen"),),
    notice="Papierstau im Scanner.",
    buttons=(Button("feld:miete", "Stimmt so", primary=True),),
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>top.bad = 1</script><path d="M0 0h9"/></svg>'
SIGNED = replace(FILLING, focus="", signature_svg=SVG)
RECEIPT = ReceiptView("MU-2026-000001", "2026-11-03T10:41:00+01:00", "ab" * 32, "Ersetzt keine Schriftform.")
DONE = ScreenView(ScreenScene.FAREWELL, "Auf Wiedersehen", "Bitte nehmen Sie alles mit.", receipt=RECEIPT)
WIPING = ScreenView(ScreenScene.WIPING, "Wir räumen auf")


FOREIGN_TOUCH = """new Promise((done) => {
  const socket = new WebSocket(`ws://${location.host}/ws`);
  socket.onopen = () => { socket.send('{"touch":"gibt-es-nicht"}'); socket.send("kein JSON"); done(); };
})"""


def test_the_screen_shows_every_scene_and_a_touch_comes_back(browsers: Browsers) -> None:
    async def run() -> None:
        screen = PageScreen()
        async with served(screen.app) as address, browsers.browsing() as opened:
            page = await opened.page(address)
            for view in (FILLING, SIGNED, DONE):  # all scenes: test_screen.py
                await screen.show(view)
                await expect(page.locator("body")).to_have_attribute("data-scene", view.scene.value)
                await expect(page.get_by_role("heading", level=1)).to_have_text(view.title)
                assert await findings(page, target=80, base=28) == [], view.title
            await screen.show(FILLING)
            await expect(page.locator("[data-focus]")).to_contain_text("Gesamtmiete monatlich")
            await expect(page.locator("[data-field=name]")).to_contain_text("bestätigt")
            await expect(page.get_by_role("alert")).to_have_text("Papierstau im Scanner.")
            await expect(page.locator("#plate")).to_contain_text("Wohngeldstelle Musterland")
            touches = screen.touches()
            await page.evaluate(FOREIGN_TOUCH)
            await page.reload()
            await page.get_by_role("button", name="Stimmt so").click()
            while (touch := await asyncio.wait_for(anext(touches), LIMIT_S)) is NOTHING_TOUCHED:
                continue  # the page was gone for a moment
            assert touch.button == "feld:miete"

    browsers.run(run())


def test_nothing_of_her_stays_on_the_screen(browsers: Browsers) -> None:
    async def run() -> None:
        screen = PageScreen()
        async with browsers.browsing() as opened:
            async with served(screen.app) as address:
                page = await opened.page(address)
                await screen.show(SIGNED)
                await screen.show_face(_jpeg())
                await expect(page.locator("#face")).to_be_visible()
                assert await page.locator("#face").evaluate("face => face.width") == 64
                assert await page.evaluate("window.bad") is None
                await screen.show_face(b"")
                await expect(page.locator("#face")).to_be_hidden()
                await screen.show_face(_jpeg())
                await expect(page.locator("#face")).to_be_visible()
                async with page.expect_navigation():  # it goes on in a new process
                    await screen.show(WIPING)
                await expect(page.get_by_role("heading", level=1)).to_have_text("Wir räumen auf")
                await _holds_nothing(page)
                await screen.show(SIGNED)
                await expect(page.locator("body")).to_contain_text("Mustermann")
            # The booth's program is gone: a screen that nobody speaks to shows nothing of anybody.
            await expect(page.get_by_role("heading", level=1)).to_have_text("Einen Moment bitte")
            await _holds_nothing(page)

    browsers.run(run())


async def _holds_nothing(page: Page) -> None:
    html = await page.content()
    assert not [text for text in ("Mustermann", "486,50", "Jana", "svg+xml") if text in html]
    blank = await page.locator("#face").evaluate(
        "f => !f.getContext('2d').getImageData(0, 0, f.width, 1).data.some(Boolean)"
    )
    assert blank


def _jpeg() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (64, 36), (200, 120, 90)).save(data, "JPEG")
    return data.getvalue()


# --- the desk --------------------------------------------------------------------------------------------------------

FORM = FormSpec(
    FormId("wohngeld"),
    "Antrag auf Wohngeld",
    "Alles ist richtig.",
    (FieldSpec("name", "Name"), FieldSpec("stand", "Familienstand", "choice", choices=("ledig", "verwitwet"))),
    ("Mietvertrag",),
)
SERVICE = m.ServiceEntry(ServiceId("mietzuschuss"), "Mietzuschuss", HOUSING, (FORM.id,), (FORM.title,))
OFFICES = (m.OfficeEntry(FRONT, "LISA-Team", 1), m.OfficeEntry(HOUSING, "Wohngeldstelle Musterland", 1))
PAPER = Paper(
    PaperId("u-1"),
    "Mietvertrag",
    PaperSource.SCAN,
    PaperState.CAPTURED,
    (PaperPage(BlobId("b-1"), "d1" * 32, "image/jpeg"),),
)
CASE = Case(3, SERVICE.id, (PAPER,), Form(FORM.id, FormStage.DRAFT, (Field("name"), Field("stand"))))


def desk_state(state: str) -> m.DeskState:
    return m.DeskState(state, 0, OFFICES, (SERVICE,))


@contextlib.asynccontextmanager
async def at_the_desk(browsers: Browsers) -> AsyncIterator[tuple[Opened, Page, StubExchange]]:
    """A desk that has just come on duty."""
    exchange = StubExchange()
    app = build_app(exchange.attend, exchange.attend, DIRECTORY)
    async with served(app) as address, browsers.browsing() as opened:
        page = await opened.page(address)
        await page.get_by_role("link", name="Petra Beispiel").click()
        await asyncio.wait_for(exchange.greeted.wait(), LIMIT_S)
        await exchange.say(desk_state("pause"))
        yield opened, page, exchange


async def take_a_call(page: Page, exchange: StubExchange) -> None:
    await exchange.say(m.Offer("Bürgerbüro Musterstadt", 12, "Mietzuschuss", (FORM.title,), "Max Beispiel"))
    await exchange.say(desk_state("klingelt"))
    await page.get_by_role("button", name="Annehmen").click()
    await exchange.hear(m.Accept)
    await exchange.say(m.Taken(LegId("leg-1"), "Bürgerbüro Musterstadt"))
    await exchange.say(desk_state("im_gespraech"))
    await expect(page.get_by_role("button", name="Gespräch beenden")).to_be_visible()


async def read_aloud(page: Page, size: dict[str, int]) -> list[str]:
    await page.set_viewport_size({"width": size["width"], "height": size["height"]})
    return await findings(page, target=44, base=12)


def test_the_desk_rings_answers_and_ends(browsers: Browsers) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (_, page, exchange):
            await page.get_by_role("button", name="Bereit").click()
            await exchange.hear(m.Ready)
            await exchange.say(desk_state("bereit"))
            await expect(page.get_by_role("heading", name="Sie sind bereit")).to_be_visible()
            await exchange.say(m.Offer("Bürgerbüro Musterstadt", 12, "Mietzuschuss", (FORM.title,), "Max Beispiel"))
            ring = page.get_by_role("alertdialog", name="Anruf: Bürgerbüro Musterstadt")
            for text in ("Mietzuschuss", FORM.title, "Max Beispiel", "12 Sekunden"):
                await expect(ring).to_contain_text(text)
            await expect(page.get_by_role("button", name="Annehmen")).to_be_focused()
            assert await read_aloud(page, LARGE) == []
            await page.keyboard.press("F4")
            await exchange.hear(m.Reject)
            await exchange.say(m.Withdrawn("rejected"))
            await expect(ring).to_be_hidden()
            await take_a_call(page, exchange)
            await page.get_by_role("button", name="Gespräch beenden").click()
            await exchange.hear(m.HangUp)
            await exchange.say(m.CallEnded("agent"))
            await exchange.say(desk_state("nacharbeit"))
            await expect(page.get_by_role("heading", name="Nacharbeit")).to_be_visible()
            assert await read_aloud(page, SMALL) == []

    browsers.run(run())


def test_the_desk_works_on_the_case(browsers: Browsers) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (_, page, exchange):
            await take_a_call(page, exchange)
            await page.get_by_label("Leistung").select_option("Mietzuschuss")
            assert (await exchange.hear(ops.ChooseService)).service == SERVICE.id
            await exchange.say(m.CaseState(replace(CASE, form=None)))
            assert (await exchange.hear(m.AskPreview)).digest == PAPER.pages[0].digest
            await _hands_in_without_a_form(page, exchange)
            await page.get_by_role("button", name=f"{FORM.title} öffnen").click()
            assert (await exchange.hear(ops.OpenForm)).form == FORM.id
            await exchange.say(m.CaseState(CASE, to_json(FORM)))
            await page.get_by_label("Name").fill("Mustermann")
            await page.keyboard.press("Enter")
            assert await exchange.hear(ops.SetField) == ops.SetField("name", "Mustermann", 3)
            await page.get_by_label("Familienstand").select_option("ledig")
            assert await exchange.hear(ops.SetField) == ops.SetField("stand", "ledig", 3)
            await _papers(page, exchange)
            assert await read_aloud(page, LARGE) == []
            assert await read_aloud(page, SMALL) == []
            await page.get_by_role("button", name="Weiterleiten an Wohngeldstelle Musterland").click()
            assert await exchange.hear(m.Forward) == m.Forward(HOUSING, SERVICE.id)
            await exchange.say(m.CallEnded("forwarded"))
            await exchange.say(desk_state("bereit"))
            await expect(page.locator("#idle")).to_contain_text("weitergeleitet")
            await expect(page.locator(".form-row, .paper, img[src]")).to_have_count(0)

    browsers.run(run())


def test_what_goes_by_post_stands_at_the_desk_until_it_is_read(browsers: Browsers) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (_, page, exchange):
            await exchange.say(m.CopyOwed("20261123-100004-templin-0001", "Bürgerbüro Templin"))
            await expect(page.locator("#notices")).to_contain_text("20261123-100004-templin-0001")
            await page.reload()
            await expect(page.locator("#link")).to_have_text("verbunden")
            await expect(page.locator("#notices")).to_contain_text("20261123-100004-templin-0001")
            await take_a_call(page, exchange)
            await expect(page.locator("#notices")).to_contain_text("Bitte mit der Post senden.")
            await page.get_by_role("button", name="Gelesen").click()
            assert await exchange.hear(m.CopyNoted) == m.CopyNoted("20261123-100004-templin-0001")
            await expect(page.locator("#notices")).not_to_contain_text("mit der Post")
            await exchange.say(m.CopyOwed("20261123-100004-templin-U0002", "Bürgerbüro Templin"))
            await expect(page.locator("#notices")).to_contain_text("Die Eingangsbestätigung der Unterlagen 20261123-")
            await page.get_by_role("button", name="Gelesen").click()
            await exchange.hear(m.CopyNoted)
            await page.reload()
            await expect(page.locator("#link")).to_have_text("verbunden")
            await expect(page.locator("#notices")).not_to_contain_text("mit der Post")

    browsers.run(run())


def test_what_is_handed_in_is_no_draft_that_hanging_up_would_destroy(browsers: Browsers) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (_, page, exchange):
            await take_a_call(page, exchange)
            hang_up, question = page.locator("#hangup"), page.get_by_role("dialog", name="Gespräch beenden?")
            assert CASE.form is not None
            for stage, asked in ((FormStage.SIGNED, True), (FormStage.SUBMITTING, False), (FormStage.SUBMITTED, False)):
                await exchange.say(
                    m.CaseState(replace(CASE, papers=(), form=replace(CASE.form, stage=stage)), to_json(FORM))
                )
                await expect(question).to_be_hidden()
                await hang_up.click()
                if asked:
                    await expect(question).to_contain_text("noch nicht abgegeben")
                else:
                    await exchange.hear(m.HangUp)

    browsers.run(run())


def test_each_device_that_is_missing_is_told(browsers: Browsers) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (_, page, exchange):
            await take_a_call(page, exchange)
            for device in ("scanner", "signature_pad"):
                await exchange.say(m.Notice(f"device.gone.{device}", texts.notice(f"device.gone.{device}")))
            for name in ("Der Scanner", "Das Unterschriftenpad"):
                await expect(page.locator("#notices")).to_contain_text(f"{name} in der Kabine antwortet nicht.")
            own = "Scanner http://192.0.2.7/eSCL: Er hat keinen Einzug: jedes Blatt einzeln auf das Vorlagenglas legen."
            await exchange.say(m.Notice("device.said.scanner", texts.notice("device.said.scanner", own)))
            await expect(page.locator("#notices")).to_contain_text(f"Der Scanner meldet: {own}")
            await exchange.say(m.Notice("device.back.scanner", texts.notice("device.back.scanner")))
            await expect(page.locator("#notices")).to_contain_text("Der Scanner in der Kabine antwortet wieder.")
            for gone in ("Der Scanner in der Kabine antwortet nicht.", own):
                await expect(page.locator("#notices")).not_to_contain_text(gone)
            await expect(page.locator("#notices")).to_contain_text(
                "Das Unterschriftenpad in der Kabine antwortet nicht."
            )

    browsers.run(run())


def test_the_desk_books_a_follow_up_appointment_and_notes_the_outcome(browsers: Browsers) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (_, page, exchange):
            await take_a_call(page, exchange)
            book = page.get_by_role("button", name="Termin vereinbaren")
            await expect(book).to_be_disabled()
            await page.get_by_label("Tag und Zeit").fill("2026-11-27T10:00")
            await page.get_by_label("Bei").select_option("Wohngeldstelle Musterland")
            await page.get_by_label("wieder mit mir").check()
            await book.click()
            assert await exchange.hear(m.Book) == m.Book(HOUSING, "2026-11-27T10:00", None, True)
            await exchange.say(m.Refused("appointment", "27.11.2026, 10:00 Uhr ist schon vergeben."))
            await expect(page.locator("#notices")).to_contain_text("schon vergeben")
            await book.click()
            await exchange.hear(m.Book)
            await exchange.say(m.Booked("1a2b3c4d", "2026-11-27T10:00", "Bürgerbüro Templin"))
            await expect(page.locator("#appointment-made")).to_contain_text("27.11.2026, 10:00 Uhr, Bürgerbüro Templin")
            await page.get_by_label("Ergebnis des Besuchs").select_option("An andere Stelle verwiesen")
            assert await exchange.hear(m.Classify) == m.Classify(Outcome.OTHER_OFFICE)
            assert await read_aloud(page, SMALL) == []

    browsers.run(run())


def test_the_desk_keeps_the_diary_for_those_who_telephone(browsers: Browsers) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (_, page, exchange):
            await exchange.say(desk_state("bereit"))
            await page.get_by_role("button", name="Termine").click()
            await exchange.hear(m.AskDiary)
            entry = m.DiaryEntry(
                "1a2b3c4d", "2026-11-27T10:00", "Bürgerbüro Musterstadt", "Wohngeldstelle Musterland", "Max"
            )
            await exchange.say(m.Diary((entry,), (m.SiteEntry(SiteId("musterstadt"), "Bürgerbüro Musterstadt"),)))
            dialog = page.get_by_role("dialog", name="Termine")
            await expect(dialog.locator("li")).to_contain_text("27.11.2026, 10:00 Uhr, Bürgerbüro Musterstadt: W")
            assert await read_aloud(page, LARGE) == []
            await dialog.get_by_label("Ort").select_option("Bürgerbüro Musterstadt")
            await dialog.get_by_label("Mit wem").select_option("Wohngeldstelle Musterland")
            await dialog.get_by_label("Wann").fill("2026-11-30T09:00")
            await dialog.get_by_role("button", name="Termin eintragen").click()
            booked = m.Book(HOUSING, "2026-11-30T09:00", None, False, SiteId("musterstadt"))
            assert await exchange.hear(m.Book) == booked
            await exchange.say(m.Refused("appointment", "30.11.2026, 09:00 Uhr ist schon vergeben."))
            await expect(dialog.get_by_role("status")).to_contain_text("schon vergeben")
            await exchange.hear(m.AskDiary)
            await dialog.get_by_role("button", name="absagen").click()
            assert await exchange.hear(m.Unbook) == m.Unbook("1a2b3c4d")
            await exchange.say(m.Unbooked("1a2b3c4d"))
            await exchange.hear(m.AskDiary)
            await exchange.say(m.Diary((), ()))
            await expect(dialog).to_contain_text("Keine Termine.")
            await take_a_call(page, exchange)
            await expect(dialog).to_be_hidden()
            await page.get_by_label("Kennwort vom Terminzettel").fill("1a2b3c4d")
            await page.get_by_role("button", name="Nachsehen").click()
            assert await exchange.hear(m.ShowSlip) == m.ShowSlip("1a2b3c4d")
            known = m.SlipKnown("2026-11-27T10:00", HOUSING, "Wohngeldstelle Musterland", SERVICE.id, "Max Beispiel")
            await exchange.say(known)
            assert (await exchange.hear(ops.ChooseService)).service == SERVICE.id
            await expect(page.locator("#slip-known")).to_contain_text("Wohngeldstelle Musterland, Max Beispiel")
            await page.get_by_role("button", name="Weiterleiten an Wohngeldstelle Musterland").click()
            assert (await exchange.hear(m.Forward)).office == HOUSING

    browsers.run(run())


async def _hands_in_without_a_form(page: Page, exchange: StubExchange) -> None:
    """She is shown what goes where, hands it in, and it does not arrive at once; and a paper is only copied."""
    card = page.locator("#papers-only-card")
    await expect(card).to_contain_text("1 Unterlage, 1 Seite, an: Wohngeldstelle Musterland")
    await card.get_by_label("Aktenzeichen").fill(" WG 0815/26 ")
    await card.get_by_role("button", name="Zum Einreichen zeigen").click()
    assert await exchange.hear(ops.DeclarePapers) == ops.DeclarePapers(SERVICE.id, "WG 0815/26")
    form = Form(PAPERS_ONLY.id, FormStage.CHECKING, ())
    for stage, said in (
        (FormStage.CHECKING, "reicht es selbst ein"),
        (FormStage.SUBMITTING, "werden eingereicht"),
        (FormStage.CHECKED, "noch nicht angekommen"),
    ):
        await exchange.say(m.CaseState(replace(CASE, form=replace(form, stage=stage)), to_json(PAPERS_ONLY)))
        await expect(card).to_contain_text(said)
    assert await page.locator("#form-column").get_by_role("button").count() == 0, "it is no form"
    await expect(page.locator("#form-column")).not_to_contain_text("Öffnen Sie")  # nothing can be opened now
    await card.get_by_role("button", name="Erneut einreichen").click()
    await exchange.hear(ops.HandIn)
    done = replace(form, stage=FormStage.SUBMITTED, receipt=Receipt("T-U0001", "2026-11-23T10:41:00+01:00", "ab" * 32))
    await exchange.say(m.CaseState(replace(CASE, form=done), to_json(PAPERS_ONLY)))
    await expect(card).to_contain_text("Eingegangen: T-U0001")
    assert await read_aloud(page, SMALL) == []
    await exchange.say(m.CaseState(replace(CASE, form=None)))
    await page.get_by_role("button", name="Nur kopieren: Mietvertrag").click()
    await page.get_by_role("dialog", name="nur kopieren").get_by_role("button", name="Kopieren").click()
    assert (await exchange.hear(ops.CopyPaper)).paper == PAPER.id


async def _papers(page: Page, exchange: StubExchange) -> None:
    await page.get_by_label("Bezeichnung").fill("Rentenbescheid")
    await page.get_by_label("Quelle").select_option("Vorlagenglas")
    await page.keyboard.press("F8")
    scan = await exchange.hear(ops.ScanPapers)
    assert (scan.title, scan.settings.source) == ("Rentenbescheid", ScanSource.PLATEN)
    await page.get_by_role("button", name="Übernehmen: Mietvertrag").click()
    assert (await exchange.hear(ops.AcceptPaper)).paper == PAPER.id
    await page.get_by_role("button", name="Erklärung prüfen lassen").click()
    await exchange.hear(ops.AskCheck)
    await exchange.say(m.Notice("scanner.jam", "Papierstau: bitte das Blatt herausnehmen."))
    await expect(page.locator("#notices")).to_contain_text("Papierstau")


def test_the_desk_resumes_after_a_cut_and_begins_anew_with_a_new_exchange(browsers: Browsers) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (_, page, exchange):
            await take_a_call(page, exchange)
            await exchange.say(m.CaseState(CASE, to_json(FORM)))
            await expect(page.get_by_label("Name")).to_be_visible()
            exchange.away = True
            await exchange.cut()
            await expect(page.locator("#link")).to_contain_text("unterbrochen")
            await page.get_by_label("Name").fill("Musterfrau")
            await page.keyboard.press("Enter")
            await exchange.say(m.Notice("link.back", "Während der Unterbrechung gesagt."))
            exchange.away = False
            await asyncio.wait_for(exchange.greeted.wait(), LIMIT_S)
            assert (await exchange.hear(m.AskPreview)).digest == PAPER.pages[0].digest
            assert (await exchange.hear(ops.SetField)).value == "Musterfrau"
            await expect(page.locator("#notices")).to_contain_text("Während der Unterbrechung gesagt.")
            assert len({hello.session for hello in exchange.hellos}) == 1
            await exchange.cut()
            await exchange.forgotten()
            await exchange.say(desk_state("pause"))
            await expect(page.get_by_role("heading", name="Pause")).to_be_visible()

    browsers.run(run())


BOOTH = """async () => {
  const source = (colour) => {
    const canvas = new OffscreenCanvas(320, 180), pen = canvas.getContext("2d");
    const generator = new MediaStreamTrackGenerator({kind: "video"}), writer = generator.writable.getWriter();
    setInterval(() => { pen.fillStyle = colour; pen.fillRect(0, 0, 320, 180);
      writer.write(new VideoFrame(canvas, {timestamp: performance.now() * 1000})); }, 40);
    return generator; };
  const voice = new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0];
  window.pc = new RTCPeerConnection({bundlePolicy: "max-bundle"});
  pc.addTrack(voice); pc.addTrack(source("red"));
  pc.addTransceiver(source("blue"), {direction: "sendonly"});
  await pc.setLocalDescription();
  await new Promise((done) => { const look = () => pc.iceGatheringState === "complete" && done();
    pc.onicegatheringstatechange = look; look(); });
  return pc.localDescription.sdp; }"""
DOMINANT = """([video, colour]) => { const pen = new OffscreenCanvas(1, 1).getContext("2d");
  pen.drawImage(document.getElementById(video), 0, 0, 1, 1);
  const [red, , blue] = pen.getImageData(0, 0, 1, 1).data;
  return (colour === "red" ? red - blue : blue - red) > 100; }"""
"""Before its first picture a video is neither."""


def test_the_desk_answers_the_booths_media(browsers: Browsers) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (opened, page, exchange):
            await take_a_call(page, exchange)
            booth = await opened.page(f"{page.url.split('/')[2]}/")
            await exchange.say(m.MediaOffer(LegId("leg-1"), await booth.evaluate(BOOTH)))
            answer = await exchange.hear(m.MediaAnswer)
            assert answer.leg == "leg-1"
            await booth.evaluate("sdp => pc.setRemoteDescription({type: 'answer', sdp})", answer.sdp)
            await expect(page.locator("#media-state")).to_have_text("Bild und Ton laufen")
            await booth.wait_for_function("() => !pc.getReceivers()[1].track.muted")
            await page.wait_for_function(DOMINANT, arg=["citizen", "red"])
            await page.wait_for_function(DOMINANT, arg=["document", "blue"])
            await exchange.say(m.CallEnded("citizen"))
            await page.wait_for_function("() => document.getElementById('citizen').srcObject === null")
            await booth.close()

    browsers.run(run())


HEARD = """async () => {
  const { level } = await import("/seiten/sound.js");
  for (let n = 0; n < 3000; n++) {
    if (level() > 0.01) return true;
    await new Promise((done) => setTimeout(done, 20));
  }
  return false;
}"""
STILL = """async () => {
  const { level } = await import("/seiten/sound.js");
  for (let n = 0; n < 3000 && level() > 0.001; n++) await new Promise((done) => setTimeout(done, 20));
  return level() <= 0.001;
}"""


def test_she_hears_that_somebody_is_called_and_silence_in_the_talk(browsers: Browsers) -> None:
    async def run() -> None:
        screen = PageScreen()
        async with served(screen.app) as address, browsers.browsing() as opened:
            page = await opened.page(address)
            for sound in (Sound.RINGING, Sound.WAITING, Sound.NOTICE):
                await screen.show(ScreenView(ScreenScene.CONNECTING, sound.value, "Ein Satz.", sound=sound))
                await expect(page.locator("body")).to_have_attribute("data-sound", sound.value)
                assert await page.evaluate(HEARD), sound
            await screen.show(FILLING)
            await expect(page.locator("body")).to_have_attribute("data-sound", "")
            assert await page.evaluate(STILL)

    browsers.run(run())
