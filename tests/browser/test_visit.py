"""A whole visit by clicking: two desks, the citizen's screen and the Simulierte Kabine, on one real emulated booth."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from playwright.async_api import Page, TimeoutError, expect

from emulator import booth
from emulator.devices.camera import CITIZEN, DOCUMENT, View, open_view
from emulator.world.live_world import LiveWorld
from lisa_core.config.profile import Profile, load_profile
from lisa_core.equipment.slots.call import BoothLeg
from lisa_core.harness.rig.rig import Rig, Wishes, open_rig
from tests.browser.pages import SMALL, Opened, browsing, served
from tests.media.booths import until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

A_MONDAY = datetime.fromisoformat("2026-11-23T10:00")
LIMIT_S = 100
POLL_MS = 30
GLANCE_S, HEARD, SILENT_S = 0.05, 0.001, 2.0
FORM = "Antrag auf Wohngeld (Mietzuschuss)"
ANSWERS = (
    ("name", "Musterfrau"),
    ("vorname", "Erika"),
    ("geburtsdatum", "12.08.1949"),
    ("anschrift", "Am Beispielsee 3, Musterstadt"),
    ("familienstand", "verwitwet"),
    ("haushaltsmitglieder", "1"),
    ("gesamtmiete", "412,50"),
    ("einkommen", "1.020,00"),
    ("iban", "DE02 1203 0000 0000 2020 51"),
)
"""Every field that must be filled in, and what she says."""
BEFORE_RELOAD = 2
FRUGAL = ("--use-fake-device-for-media-stream=fps=5",)
"""Four pages in one browser without a graphics card: the agents' fake cameras need not be quick."""
SELDOM = {view.device: replace(view, fps=fps) for view, fps in ((CITIZEN, 5), (DOCUMENT, 2))}
"""Nor the booth's: how fluent a picture is, is not the subject here, and each of them is coded, decoded and drawn."""

PLAYS = """(video, wanted) => new Promise((done) => {
  let seen = 0;
  const next = () => (++seen < wanted ? video.requestVideoFrameCallback(next) : done(video.videoWidth));
  video.requestVideoFrameCallback(next);
})"""
SEES = """([selector, text]) => [...document.querySelectorAll(selector)].some(
  (node) => node.checkVisibility() && node.textContent.includes(text))"""
LOOKS = """([id, so]) => {
  const source = document.getElementById(id);
  const pen = new OffscreenCanvas(64, 36).getContext("2d");
  if (source.hidden || source.videoWidth === 0) return false;
  pen.drawImage(source, 0, 0, 64, 36);
  const { data } = pen.getImageData(0, 0, 64, 36);
  const greys = Array.from({ length: 64 * 36 }, (_, at) => (data[4 * at] + data[4 * at + 1] + data[4 * at + 2]) / 3);
  const share = (least) => greys.filter((grey) => grey > least).length / greys.length;
  const first = (source.first ??= data);
  return {
    paper: () => share(225) > 0.3,
    "no paper": () => share(225) < 0.05,
    moving: () => data.some((colour, at) => at > 4 * 64 * 6 && Math.abs(colour - first[at]) > 25),
  }[so]();
}"""
"""Small. "moving": any colour does, for Firefox's fake camera changes nothing else. It leaves out the upper edge, where
the emulated camera counts: an empty room stands still."""


@dataclass(frozen=True)
class House:
    """Everything that runs, and the four pages that are open."""

    rig: Rig
    opened: Opened
    screen: Page
    stage: Page

    async def desks(self, *agents: str) -> list[Page]:
        """Agents come on duty, in this order."""
        seats = [f"{self.rig.exchange_address}/platz/{agent}" for agent in agents]
        pages = await asyncio.gather(*(self.opened.page(seat, SMALL) for seat in seats))
        for page in pages:
            await page.get_by_role("button", name="Bereit").click()
            await sees(page, "h1", "Sie sind bereit")
        return pages

    async def act(self, name: str) -> None:
        """The citizen does something in the booth."""
        await self.stage.get_by_role("button", name=name, exact=True).click()

    async def free_again(self) -> None:
        """She is gone, and so is everything of hers."""
        await sees(self.screen, "[data-scene=frei]")
        await sees(self.stage, "#facts", "Niemand in der Kabine")
        assert self.rig.booth.erased


def filmed_seldom() -> Mapping[str, booth.Opener]:
    """What imitates each device, its cameras seldom."""
    seldom = {device: partial(_filmed, view) for device, view in SELDOM.items()}
    return {**booth.DEVICES, **seldom}


def _filmed(view: View, world: LiveWorld, /, *, listen: str = "") -> contextlib.AbstractAsyncContextManager[str]:
    return open_view(world, view, listen)


@contextlib.asynccontextmanager
async def open_house(chromium: str) -> AsyncIterator[House]:
    """A booth with an exchange; deadlines for people, but for how long a booth waits for somebody who has left."""
    profile = load_profile("vorfuehrung")
    profile = replace(profile, deadlines=replace(profile.deadlines, away_grace_us=1_000_000, touch_us=50_000))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(booth, "devices", filmed_seldom)
        async with _house(chromium, profile) as house:
            yield house


@contextlib.asynccontextmanager
async def _house(chromium: str, profile: Profile) -> AsyncIterator[House]:
    async with open_rig(profile, Wishes(civil=A_MONDAY)) as rig:
        assert rig.opened.stage is not None
        async with (
            served(rig.opened.stage(f"http://{rig.screen_address}/")) as address,
            browsing(chromium, *FRUGAL) as opened,
        ):
            pages = [opened.page(shown, SMALL) for shown in (rig.screen_address, address)]
            yield House(rig, opened, *await asyncio.gather(*pages))


def test_a_visit_with_two_desks(chromium: str) -> None:
    async def run() -> None:
        async with open_house(chromium) as house:
            front, housing = await house.desks("brandt", "vogt")
            await comes_and_is_answered(house, front)
            await is_forwarded(house, front, housing)
            await shows_and_scans_papers(house, housing)
            await begins_the_form(house, housing)
            await loses_nothing_when_the_desk_is_loaded_anew(house, housing)
            await fills_in_the_rest(house, housing)
            await checks_and_signs(house, housing)
            await hands_in(house, housing)
            await says_goodbye(house, housing, front)

    asyncio.run(run())


def test_the_specialist_is_asked_gives_the_question_back_is_asked_again_and_takes_over(chromium: str) -> None:
    async def run() -> None:
        async with open_house(chromium) as house:
            legs = legs_of(house)
            front, housing = await house.desks("brandt", "vogt")
            await comes_and_is_answered(house, front)
            await hears(legs[-1])
            await asks(front, housing)
            await a_question_stands(house, front, housing)
            await hears_nothing(legs[-1])
            await housing.get_by_role("button", name="Rückfrage beenden").click()
            await sees(front, "#notices", "Die Rückfrage wurde dort beendet.")
            await hears(legs[-1])
            assert len(legs) == 1
            await asks(front, housing)
            await sees(front, "#question-text", "Sie sprechen mit Frau Vogt")
            await front.get_by_role("button", name="Bürgerin übergeben").click()
            await talk_stands(house, housing, "Frau Vogt", "Wohngeldstelle")
            await sees(front, "#idle", "weitergeleitet")
            await sees(housing, "#work-column", "Anliegen")
            assert len(legs) == 2

    asyncio.run(run())


def test_rejected_it_rings_at_the_colleague_until_she_leaves(chromium: str) -> None:
    async def run() -> None:
        async with open_house(chromium) as house:
            front, colleague = await house.desks("brandt", "seidel")
            await house.act("Eintreten")
            await front.get_by_role("button", name="Ablehnen").click()
            await sees(colleague, "#ring", "Anruf: Bürgerbüro Templin")
            await sees(front, "#idle", "Sie haben den Anruf abgelehnt.")
            await house.act("Gehen")
            await sees(colleague, "#idle", "wartet nicht mehr auf diesen Anruf")
            await house.free_again()
            await house.act("Eintreten")
            await colleague.get_by_role("button", name="Gerade nicht").click()
            await sees(colleague, "#idle", "Sie bekommen einen Augenblick lang keinen")
            await house.act("Gehen")
            await house.free_again()

    asyncio.run(run())


# --- the visit, chapter by chapter -----------------------------------------------------------------------------------


async def comes_and_is_answered(house: House, front: Page) -> None:
    await house.act("Eintreten")
    await house.act("Hinsetzen")
    await front.get_by_role("button", name="Annehmen").click()
    await talk_stands(house, front, "Frau Brandt", "LISA-Team")


async def asks(front: Page, housing: Page) -> None:
    await front.get_by_label("Stelle").select_option("wohngeldstelle")
    await front.get_by_role("button", name="Erst rückfragen").click()
    await sees(housing, "#ring-title", "Rückfrage von Frau Brandt")
    await housing.get_by_role("button", name="Annehmen").click()


async def a_question_stands(house: House, front: Page, housing: Page) -> None:
    await sees(front, "#question-text", "Sie sprechen mit Frau Vogt")
    await looks(front, "colleague", "moving")
    await looks(housing, "citizen", "moving")
    await sees(house.screen, "#plate", "Frau Brandt")
    await sees(housing, "#hangup", "Rückfrage beenden")
    await sees(housing, "#asked-card", "Rückfrage von Frau Brandt")
    for kept_away in ("#document-view", "#form-column", "#work-column"):
        await expect(housing.locator(kept_away)).to_be_hidden()


async def is_forwarded(house: House, front: Page, housing: Page) -> None:
    await front.get_by_label("Leistung").select_option("Wohngeld: Mietzuschuss")
    await sees(house.screen, "#forms", FORM)
    await front.get_by_role("button", name="Weiterleiten an Wohngeldstelle").click()
    await sees(housing, "#ring", FORM)
    await sees(front, "#forwarded", "es klingelt")
    await front.get_by_role("button", name="Zurückholen").click()
    await talk_stands(house, front, "Frau Brandt", "LISA-Team")
    await sees(housing, "#idle", "zurückgeholt")
    await front.get_by_label("Stelle").select_option("wohngeldstelle")
    await front.get_by_role("button", name="Weiterleiten an Wohngeldstelle").click()
    for text in ("Wohngeld: Mietzuschuss", FORM, "Frau Brandt"):
        await sees(housing, "#ring", text)
    await sees(house.screen, "[data-scene=weiterleitung]:not(:has(#face:not([hidden])))", "Wohngeldstelle")
    await housing.get_by_role("button", name="Annehmen").click()
    await talk_stands(house, housing, "Frau Vogt", "Wohngeldstelle")
    await sees(front, "#idle", "Frau Vogt (Wohngeldstelle Uckermark) hat die Bürgerin übernommen.")
    await front.wait_for_function("() => document.getElementById('citizen').srcObject === null")


async def shows_and_scans_papers(house: House, desk: Page) -> None:
    await looks(desk, "document", "no paper")
    await house.stage.get_by_label("Unterlage").select_option("mietvertrag")
    await house.act("Unter die Kamera")
    await looks(desk, "document", "paper")
    await house.act("In den Einzug")
    await sees(house.stage, "#facts", "Im Einzug: 3 Blätter")
    await desk.get_by_label("Bezeichnung").press_sequentially("Mietvertrag")
    await desk.get_by_role("button", name="Unterlagen scannen").click()
    await three_previews(desk)
    await desk.get_by_role("button", name="Übernehmen: Mietvertrag").click()
    await sees(desk, "#papers .paper", "übernommen")
    await sees(house.screen, "#papers", "Mietvertrag (3 Seiten)")


async def begins_the_form(house: House, desk: Page) -> None:
    await desk.get_by_role("button", name=f"{FORM} öffnen").click()
    await sees(desk, "#form-title", FORM)
    for field, value in ANSWERS[:BEFORE_RELOAD]:
        await is_asked_and_confirms(house, desk, field, value)


async def loses_nothing_when_the_desk_is_loaded_anew(house: House, desk: Page) -> None:
    await desk.reload()
    await talk_stands(house, desk, "Frau Vogt", "Wohngeldstelle")
    await three_previews(desk)
    await expect(desk.locator("#service option:checked")).to_have_text("Wohngeld: Mietzuschuss")
    for field, value in ANSWERS[:BEFORE_RELOAD]:
        await sees(desk, f"#field-{field}-state", "bestätigt")
        assert value in await desk.locator(f"#field-{field}").input_value()


async def fills_in_the_rest(house: House, desk: Page) -> None:
    for field, value in ANSWERS[BEFORE_RELOAD:]:
        await is_asked_and_confirms(house, desk, field, value)


async def checks_and_signs(house: House, desk: Page) -> None:
    await desk.get_by_role("button", name="Erklärung prüfen lassen").click()
    for _, value in ANSWERS:
        await sees(house.screen, "[data-side=check] #form", value)
    assert await house.screen.locator("#scroll").evaluate("side => side.scrollTop") == 0
    await house.screen.locator("#scroll").evaluate("side => side.scrollTo(0, side.scrollHeight)")
    await house.screen.get_by_role("button", name="Alles richtig").click()
    await desk.get_by_role("button", name="Unterschreiben lassen").click()
    await sees(house.screen, "[data-side=sign] h1", "Unterschriftenpad")
    drawn = await draws_with_the_mouse(house.stage)
    await house.act("Unterschreiben")
    await sees(house.screen, "#signature img")
    assert await house.screen.locator("#scroll").evaluate("side => side.scrollTop") == 0
    await sees(desk, ".outcome img")
    form = house.rig.booth.case.form
    assert form is not None
    assert begin_and_end(form.signature_svg) == pytest.approx(drawn, abs=0.045), "a move of the mouse is 0.06 wide"


async def hands_in(house: House, desk: Page) -> None:
    await desk.get_by_role("button", name="Antrag abgeben").click()
    await sees(desk, "#receipt-number")
    number = await desk.locator("#receipt-number").inner_text()
    assert list(house.rig.exchange.inbox.packages()) == [number]
    await sees(house.screen, "#receipt .number", number)
    await sees(house.screen, "#receipt", "ersetzt keine Schriftform")
    await sees(house.stage, "#facts", "Ausgegeben: Kopie")


async def says_goodbye(house: House, desk: Page, former: Page) -> None:
    number = await desk.locator("#receipt-number").inner_text()
    await desk.get_by_role("button", name="Gespräch beenden").click()
    await sees(house.screen, "[data-scene=abschied] #receipt .number", number)
    await sees(desk, "h1", "Sie sind bereit")
    await house.act("Gehen")
    await house.free_again()
    await expect(house.stage.locator("#facts")).not_to_contain_text("Ausgegeben")
    assert [outcome for _, outcome in house.rig.booth.outcomes] == ["antrag_eingereicht"]
    for page in (house.screen, desk, former):
        shown = await page.evaluate("document.documentElement.outerHTML")
        left = [text for _, text in (*ANSWERS, ("", number), ("", FORM)) if len(text) > 1 and text in shown]
        assert not left, left


# --- what happens again and again ------------------------------------------------------------------------------------


async def talk_stands(house: House, desk: Page, agent: str, office: str) -> None:
    """Both see each other, moving; she reads who it is."""
    citizen = desk.locator("#citizen")
    async with asyncio.timeout(LIMIT_S):
        assert await citizen.evaluate(PLAYS, 5) >= 640
    await looks(desk, "citizen", "moving")
    await sees(desk, "#media-state", "Bild und Ton laufen")
    await sees(house.screen, "#plate", agent)
    await sees(house.screen, "#plate", office)
    await looks(house.screen, "face", "moving")


def legs_of(house: House) -> list[BoothLeg]:
    """Fills with the booth's end of every leg that is made from now on, but those in the place of a lost one: whatever
    it was lost by, the same task makes the next.

    On a machine with far too much to do a browser gives up a connection whose pings are answered late.
    """
    legs: list[BoothLeg] = []
    makers: list[asyncio.Task[Any] | None] = []
    make = house.rig.media.booth_leg

    async def noted(*devices: Any, **ways: Any) -> BoothLeg:
        if makers and makers[-1] is asyncio.current_task():
            legs.pop()
            makers.pop()
        legs.append(await make(*devices, **ways))
        makers.append(asyncio.current_task())
        return legs[-1]

    house.rig.media.booth_leg = noted
    return legs


async def hears(leg: BoothLeg) -> None:
    """Wait until she hears the agent: the browser's fake microphone beeps once a second."""
    await until(lambda: leg.voice_level() > HEARD, GLANCE_S)


async def hears_nothing(leg: BoothLeg) -> None:
    """Wait until it was silent for longer than the fake microphone ever is."""
    loop = asyncio.get_running_loop()
    heard_s = loop.time()

    def silent() -> bool:
        nonlocal heard_s
        heard_s = loop.time() if leg.voice_level() > HEARD else heard_s
        return loop.time() - heard_s > SILENT_S

    await until(silent, GLANCE_S)


async def looks(page: Page, element: str, so: str) -> None:
    """Wait until what this element shows looks so."""
    await page.locator(f"#{element}").evaluate("(source) => delete source.first")
    await page.wait_for_function(LOOKS, arg=[element, so], polling=POLL_MS)


async def sees(page: Page, selector: str, text: str = "") -> None:
    """Wait until one sees such an element on this page, with this text in it."""
    try:
        await page.wait_for_function(SEES, arg=[selector, text], polling=POLL_MS)
    except TimeoutError as error:
        raise AssertionError(f"{page.url}: {selector} {text!r} is not there") from error


async def three_previews(desk: Page) -> None:
    previews = desk.locator("#papers .thumb img")
    await previews.nth(2).wait_for()
    assert await previews.count() == 3
    for preview in await previews.all():
        assert await preview.evaluate("async (img) => (await img.decode(), img.naturalWidth)") > 50


async def is_asked_and_confirms(house: House, desk: Page, field: str, value: str) -> None:
    """The agent types what she says; she reads it on her screen and touches "Stimmt so"."""
    entry = desk.locator(f"#field-{field}")
    if await entry.evaluate("entry => entry.tagName") == "SELECT":
        await entry.select_option(value)
    else:
        await entry.press_sequentially(value)
        await entry.press("Enter")
    await sees(house.screen, f"[data-field={field}][data-focus]", value)
    await house.screen.get_by_role("button", name="Stimmt so").click()
    await sees(desk, f"#field-{field}-state", "bestätigt")


async def draws_with_the_mouse(stage: Page) -> tuple[float, float]:
    """One zigzag in the middle of the pad; where it begins and ends, as shares of the pad's width."""
    ink = stage.locator("#ink")
    await ink.scroll_into_view_if_needed()
    box = await ink.bounding_box()
    assert box is not None
    ways = [(0.26 + 0.06 * step, 0.4 + 0.2 * (step % 2)) for step in range(9)]
    for number, (x, y) in enumerate(ways):
        await stage.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        if number == 0:
            await stage.mouse.down()
    await stage.mouse.up()
    return ways[0][0], ways[-1][0]


def begin_and_end(svg: str) -> tuple[float, float]:
    """Of the one stroke in this picture, as shares of its width."""
    [width], [line] = re.findall(r'viewBox="0 0 (\d+) ', svg), re.findall(r' d="(.+?)"', svg)
    numbers = [int(number) for number in re.findall(r"\d+", line)]
    return numbers[0] / int(width), numbers[-2] / int(width)
