"""What somebody types into SoJuS' fields that is no day and no number: told at the field, and nothing is sent."""

from __future__ import annotations

import asyncio
import json
import re
from urllib.parse import quote

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.pages import PHONE, Browsers, findings, served
from tests.browser.portal_stub import StubPortal
from tests.browser.portal_values import ASKED, RAN_OUT, WISH
from tests.browser.test_portal import LIMIT_S, expected

pytestmark = pytest.mark.browser


async def half_a_day(field: Locator) -> None:
    """A day without a year: the browser says that nothing stands there."""
    await field.fill("")
    await field.press_sequentially("0102")
    assert await field.evaluate("one => one.validity.badInput && one.value === ''")


async def is_told(page: Page, sentence: str) -> None:
    await expect(page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()


def test_what_is_no_day_is_told_and_never_taken_for_none(browsers: Browsers) -> None:
    """Else "from February on" would be "at once", and "until February" without an end."""

    async def run() -> None:
        portal = StubPortal()
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/suche{ASKED}", PHONE)
            await expect(page.locator(".beside[open]")).to_have_count(0)  # it closes when something was found
            await page.locator(".beside > summary").click()
            await half_a_day(page.get_by_label("Ab wann"))
            await page.get_by_role("button", name="Suchen").click()
            await is_told(page, "Ab wann: Diesen Tag gibt es nicht")
            await page.get_by_label("Ab wann").fill("")
            await page.get_by_label("Wie viele Tage").fill("99999")
            await page.get_by_role("button", name="Suchen").click()
            await is_told(page, "Wie viele Tage: bitte eine ganze Zahl von 1 bis 3.660.")
            await page.get_by_label("Wie viele Tage").fill("")
            await expect(page.get_by_label("Höchstens, in € je Tag")).to_be_visible()
            await page.get_by_label("Welche Hilfe").select_option("spfh")
            await expect(page.get_by_label("Höchstens, in € je Stunde")).to_be_visible()
            await page.get_by_role("button", name="Suchen").click()
            await is_told(page, "Wochenstunden: bitte eine ganze Zahl")  # else it would be one hour

            await page.get_by_role("button", name="Reservieren: Zimmer 1").click()
            dialog = page.get_by_role("dialog")
            await expect(dialog.get_by_label("Für welchen Fall")).to_contain_text("Fall 7, angelegt am 30.11.2026")
            await dialog.locator("summary").last.click()
            await half_a_day(dialog.get_by_label("Letzter Tag"))
            await dialog.locator("summary").last.click()
            await dialog.get_by_role("button", name="Verbindlich reservieren").click()
            await is_told(page, "Letzter Tag: Diesen Tag gibt es nicht")
            await expect(dialog.get_by_label("Letzter Tag")).to_be_focused()  # and to be seen
            await dialog.get_by_label("Letzter Tag").fill("")
            await dialog.get_by_label("Ab", exact=True).fill("")
            await dialog.get_by_role("button", name="Verbindlich reservieren").click()
            await is_told(page, "Ab: bitte einen Tag angeben.")
            await dialog.get_by_label("Ab", exact=True).fill("2026-12-01")
            await dialog.get_by_label("Für welchen Fall").select_option("neu")
            name = dialog.get_by_role("textbox", name="Name")
            await expect(name).to_have_accessible_description(re.compile("Ihn sieht nur Ihre Stelle"))
            await name.fill("Erika Muster")
            await half_a_day(dialog.get_by_label("Geboren am"))
            await dialog.get_by_role("button", name="Verbindlich reservieren").click()
            await is_told(page, "Geboren am: Diesen Tag gibt es nicht")
            assert portal.done == []

    browsers.run(run())


def test_a_group_leader_is_told_what_is_no_day(browsers: Browsers) -> None:
    async def run() -> None:
        portal = StubPortal("traeger")
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/plaetze", PHONE)
            row = page.locator("[data-place=p1]")
            await row.get_by_role("button", name="bis …").click()
            await half_a_day(row.get_by_label("Letzter Tag"))
            await row.get_by_role("button", name="Speichern").click()
            await is_told(page, "Letzter Tag: Diesen Tag gibt es nicht")
            assert portal.done == []

    browsers.run(run())


def test_what_is_refused_at_the_last_place_is_seen_there(browsers: Browsers) -> None:
    async def run() -> None:
        portal = StubPortal("traeger")
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/plaetze", PHONE)
            no = {"error": "Der Platz ist schon reserviert.", "reason": "stale"}
            await page.route("**/api/places/p9/free", lambda route: route.fulfill(status=409, json=no))
            await page.locator("[data-place=p9]").get_by_role("button", name="Frei").click()
            await expect(page.get_by_role("alert")).to_be_in_viewport()
            assert await page.evaluate("scrollY") > 0
            expected(opened)

    browsers.run(run())


@pytest.mark.parametrize(
    "path", [f"platz/p1{ASKED}", "platz/p1", f"vergleich?p=p1&p=p2{ASKED}"], ids=["hit", "alone", "compared"]
)
def test_a_page_of_places_shows_what_changes(browsers: Browsers, path: str) -> None:
    """And whoever stands on a button stays there."""

    async def run() -> None:
        portal = StubPortal()
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/{path}", PHONE)
            keep = page.get_by_role("button", name="Reservieren").first
            await keep.focus()
            await asyncio.wait_for(portal.is_followed.wait(), LIMIT_S)
            portal.free = "Frei ab 31.12.2026."
            portal.tell("place", {"place": "p1", "at": 41}, 41)
            await expect(page.locator("main")).to_contain_text("Frei ab 31.12.2026.")
            await expect(page.locator("main").get_by_text("Hier hat sich gerade etwas geändert")).to_be_visible()
            await expect(keep).to_be_focused()

    browsers.run(run())


SPOILT = {
    ASKED[:-20]: "unvollständig oder von Hand geändert",
    quote('#{"area": "jugendhilfe", "kind": "heim"}', "#"): "unvollständig oder von Hand geändert",
    quote(json.dumps({**WISH, "area": "raumfahrt"}), "").join(("#", "")): "Das Arbeitsfeld in der Adresse gibt es",
}


@pytest.mark.parametrize("asked", SPOILT, ids=["cut off", "by hand", "no such area"])
def test_an_address_that_cannot_be_read_is_told_beside_the_form(browsers: Browsers, asked: str) -> None:
    async def run() -> None:
        async with served(StubPortal().app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/suche{asked}", PHONE)
            await expect(page.get_by_role("alert")).to_contain_text(SPOILT[asked])
            await page.get_by_label("Welche Hilfe").select_option("heim")
            await page.get_by_label("Alter").fill("15")
            await page.get_by_role("button", name="Suchen").click()
            await expect(page.get_by_role("heading", name="3 Treffer")).to_be_visible()
            await page.goto("about:blank")
            await page.goto(f"http://{address}/platz/p1{asked}")
            await expect(page.get_by_role("heading", name="Was der Platz ist")).to_be_visible()

    browsers.run(run())


def test_a_place_by_itself_asks_and_says_what_the_search_does(browsers: Browsers) -> None:
    """How many contacts are approved, and that a rate has run out."""

    async def run() -> None:
        portal = StubPortal()
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/suche{ASKED}", PHONE)
            await expect(page.locator("[data-place=p3]")).to_contain_text(RAN_OUT)
            await expect(page.locator("[data-place=p1]")).not_to_contain_text("galt bis")
            await page.get_by_text("Die 2 Plätze einzeln").click()
            await page.get_by_role("link", name="Kalender und mehr: Zimmer 3").click()
            await expect(page.locator(".facts")).to_contain_text(RAN_OUT)
            await expect(page.locator(".facts dd").last).to_have_text("auf dem Land")  # its name stands beside it
            await expect(page.get_by_role("cell", name="190,00 € je Tag", exact=True)).to_be_visible()
            await expect(page.locator(".facts")).to_contain_text("Beispielweg 1, Neustrelitz")
            call = page.get_by_role("link", name="anrufen: +49 30 23125 001")
            await expect(call).to_have_attribute("href", "tel:+493023125001")
            for path in ("platz/p1?", "vergleich?p=p1&p=p2"):
                await page.goto(f"http://{address}/{path}#{quote(json.dumps({**WISH, 'kind': 'eb'}))}")
                await page.get_by_role("button", name="Reservieren").first.click()
                approved = page.get_by_label("Wie viele Kontakte sind bewilligt")
                await expect(approved).to_have_value("")  # nobody has said
            least = {"area": WISH["area"], "kind": "eb", "people": [{}]}  # as another program may write it
            await page.goto(f"http://{address}/suche?#{quote(json.dumps(least))}")
            await expect(page.locator("main")).to_contain_text("1 Kontakt in der Woche · sofort")

    browsers.run(run())


def test_a_house_says_how_it_is_reached_and_what_cannot_be_dialled_is_told_in_the_form(browsers: Browsers) -> None:
    async def run() -> None:
        portal = StubPortal("traeger")
        mistakes = [{"where": "Telefon und Anschrift", "why": "„302“ ist keine Telefonnummer mit Vorwahl."}]
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/plaetze", PHONE)
            await expect(page.get_by_text("Kein Telefon eingetragen")).to_be_visible()
            await page.get_by_role("button", name="Haus am See: Telefon und Anschrift ändern").click()
            assert await findings(page, target=44, base=12) == []
            await page.route("**/reach", lambda route: route.fulfill(status=422, json={"mistakes": mistakes}))
            await page.get_by_label("Telefon", exact=True).fill("302")
            await page.get_by_role("button", name="Speichern").click()
            await expect(page.get_by_role("alert")).to_have_text("„302“ ist keine Telefonnummer mit Vorwahl.")
            await page.unroute("**/reach")
            await page.get_by_label("Telefon", exact=True).fill(" 030 23125 001")
            await page.get_by_role("button", name="Speichern").click()
            await expect(page.locator("main > .said")).to_have_text("Gespeichert.")
            said = {"phone": "030 23125 001", "address": ""}
            assert portal.done == [("facilities/h1/reach", said)]
            expected(opened)

    browsers.run(run())
