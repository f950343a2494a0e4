"""The whole way through SoJuS in Firefox as Debian brings it: an office at a desk, a house by phone. LISA_LONG=1.

What is looked at on the way are real pages over the real program; each has to stand the same look for sizes, contrast
and names as in Chromium.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.pages import LONG, PHONE, Opened, browsing, findings
from tests.browser.portal_demo import act, be, demonstrated, search

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not LONG, reason="nur mit LISA_LONG=1: der ganze Weg durch SoJuS in Firefox"),
]

WIDE = {"width": 1280, "height": 900}
GROUP = "Wohngruppe Birke"


async def stands(page: Page) -> None:
    assert await findings(page, target=44, base=12) == []


async def half_a_day_is_no_day(office: Page) -> None:
    """A browser says that nothing is there, and what is half typed is not "sofort"."""
    await office.get_by_label("Welche Hilfe").select_option("heim")
    await office.get_by_label("Ab wann").focus()
    await office.keyboard.type("1")
    await office.keyboard.press("Enter")
    await expect(office.get_by_role("alert")).to_contain_text("Diesen Tag gibt es nicht, oder es fehlt ein Teil.")
    await office.get_by_label("Ab wann").fill("")


async def compares(office: Page) -> None:
    for number in range(3):
        await office.locator(".hit .tick input").nth(number).check()
    await office.get_by_role("link", name="Vergleichen").click()
    await expect(office.locator(".compared thead th")).to_have_count(3)
    await stands(office)
    await office.go_back()
    await expect(office.locator(".hit").first).to_be_visible()


async def reserves(office: Page) -> None:
    """From the calendar of a place of the house that is looked at by phone."""
    hit = office.locator(".hit", has_text=GROUP).first
    await hit.get_by_text("Plätze einzeln, mit Kalender").click()
    await hit.get_by_role("link", name="Kalender").first.click()
    await expect(office.locator(".calendar tbody tr").first).to_be_visible()
    await stands(office)
    await office.get_by_role("button", name="Reservieren").click()
    await office.get_by_role("textbox", name="Name").fill("Erika Muster")
    await stands(office)
    await office.get_by_role("button", name="Verbindlich reservieren").click()
    await expect(office.get_by_role("dialog")).to_contain_text("Freigehalten bis")
    await office.get_by_role("link", name="Zu den Vorgängen").click()
    await act(office, "Verlängern")
    await expect(office.locator("main").get_by_role("status")).to_contain_text("Verlängert")
    await stands(office)


async def asks_several(office: Page, house: Page, address: str) -> None:
    await office.goto(f"http://{address}/suche")
    await search(office)
    await office.get_by_role("button", name="Mehrere Träger ohne Namen fragen").click()
    await office.get_by_label("Für welchen Fall").select_option(index=1)
    await office.get_by_role("button", name="Anfrage senden").click()
    await office.get_by_role("link", name="Zu den Vorgängen").click()
    await act(house, "Platz anbieten")
    await stands(house)
    await expect(office.locator("#news")).to_contain_text("angeboten")
    await act(office, "Angebot annehmen")
    await expect(office.locator("main").get_by_role("status")).to_contain_text("Reserviert")


async def says_all_of_its_places(house: Page, address: str) -> None:
    """By thumb: each that is free is taken now, and the whole group is confirmed."""
    await house.goto(f"http://{address}/plaetze")
    group = house.locator(f"section[aria-label='{GROUP}']")
    free = group.locator("[data-state=frei]")
    await expect(group).to_be_visible()
    for left in reversed(range(await free.count())):
        await free.first.get_by_role("button", name="Belegt").click()
        await expect(free).to_have_count(left)
    await group.get_by_role("button", name="Alles stimmt so").click()
    await expect(group.locator(".all")).to_have_attribute("data-done", "ja")
    await stands(house)


async def waits(office: Page, address: str) -> None:
    await office.goto(f"http://{address}/suche")
    await search(office)
    await office.get_by_text("Warum andere Plätze nicht dabei sind").click()
    await office.get_by_role("button", name="Gruppen mit Warteliste zeigen").click()
    await office.get_by_role("link", name=f"Zur Warteliste: {GROUP}").click()
    await office.get_by_role("button", name="Auf die Warteliste der Gruppe").click()
    await office.get_by_label("Für welchen Fall").select_option(index=1)
    await office.get_by_role("dialog").get_by_role("button", name="Auf die Warteliste der Gruppe").click()
    await office.get_by_role("link", name="Zu den Vorgängen").click()
    await expect(office.locator("#waiting .entry")).to_have_count(1)


async def counts(opened: Opened, address: str) -> None:
    for size in (PHONE, WIDE):
        state = await opened.page(address, size)
        await be(state, "Klaus Muster, Landesjugendamt Brandenburg")
        await expect(state.get_by_role("region", name="Jugendhilfe")).to_be_visible()
        await stands(state)


def test_the_whole_way_in_firefox(firefox: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with demonstrated(tmp_path / "portal") as address, browsing(firefox) as opened:
            office = await opened.page(address, WIDE)
            await be(office, "Erika Muster, Jugendamt Uckermark")
            await half_a_day_is_no_day(office)  # as long as it is in front: Firefox types nowhere else
            house = await opened.page(address, PHONE)
            await stands(house)
            await be(house, "Anna Muster")
            await search(office)
            await stands(office)
            await compares(office)
            await reserves(office)
            await expect(house.locator("#news")).to_contain_text("Verlängert")
            await house.get_by_role("link", name="Vorgänge").click()
            await act(house, "Aufnehmen zusagen")
            await expect(office.locator("#news")).to_contain_text("Der Träger nimmt auf.")
            await asks_several(office, house, address)
            await says_all_of_its_places(house, address)
            await waits(office, address)
            await counts(opened, address)

    asyncio.run(run())
