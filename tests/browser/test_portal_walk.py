"""The portal itself with its invented data, in a real Chromium: two offices and a provider, a page for each of them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect

from lisa_core.access.entrance import Access
from lisa_core.access.hashing import Hasher
from lisa_core.access.keeping.memory import MemoryAccess
from lisa_core.access.sessions import SessionLimits
from lisa_core.host.clock import Clock
from lisa_core.web.asgi import listening_socket
from sojus.config.privacy_file import load_privacy
from sojus.demo import demo_directory, fill, people, rules
from sojus.portal.door import Invented
from sojus.portal.program import open_portal, serve_portal
from tests.browser.pages import PHONE, Browsers
from tests.browser.test_portal import WIDE, expected

pytestmark = pytest.mark.browser

PLACE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 12, 1, 9, tzinfo=PLACE)
HOUSE = "Haus Prenzlau"


@contextlib.asynccontextmanager
async def demonstrated(folder: Path) -> AsyncIterator[str]:
    """Its address; whoever comes may be anybody."""
    async with open_portal(folder, rules().vocabularies, demo_directory(), load_privacy(), lambda: NOW) as portal:
        await asyncio.to_thread(fill, portal.service)
        access = Access(MemoryAccess(), Clock(NOW), Hasher(), SessionLimits(), two_factors=False)
        invented = [Invented(*one) for one in people()]
        async with serve_portal(portal, listening_socket("127.0.0.1", 0), access, people=invented) as address:
            yield address


async def be(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name).click()
    await expect(page.locator("#nav a").first).to_be_visible()


async def search(page: Page) -> None:
    await page.get_by_label("Welche Hilfe").select_option("heim")
    await page.get_by_label("Alter").fill("15")
    await page.get_by_label("Entfernung von").select_option(label="Prenzlau")
    await page.get_by_role("button", name="Suchen").click()
    await expect(page.locator(".hit").first).to_be_visible()


def test_two_offices_want_one_place_and_its_house_takes_in(browsers: Browsers, tmp_path: Path) -> None:
    async def run() -> None:
        async with demonstrated(tmp_path / "portal") as address, browsers.browsing() as opened:
            office, other = await opened.page(address, PHONE), await opened.page(address, WIDE)
            house = await opened.page(address, PHONE)
            await be(office, "Erika Muster, Jugendamt Uckermark")
            await be(other, "Max Probe, Jugendamt Vorpommern-Greifswald")
            await be(house, "Anna Muster")
            await search(office)
            await search(other)
            wanted = office.locator(".hit", has_text=HOUSE).first
            row = other.locator(f"[data-place='{await wanted.get_attribute('data-place')}']")
            await expect(row).to_be_visible()

            await wanted.get_by_role("button", name="Vormerken").click()
            await office.get_by_role("textbox", name="Name").fill("Erika Muster")
            await office.get_by_role("button", name="Verbindlich vormerken").click()
            await expect(office.get_by_role("dialog")).to_contain_text("Reserviert")
            await expect(row).to_have_attribute("data-what", "gone")  # while she looks at it
            await expect(row.get_by_role("button", name="Vormerken")).to_be_disabled()

            await expect(house.locator("#news")).to_contain_text("Nehmen Sie auf?")
            await house.get_by_role("link", name="Ansehen").click()
            await house.get_by_role("button", name="Aufnehmen zusagen").click()
            await house.get_by_role("dialog").get_by_role("button", name="Aufnehmen zusagen").click()
            await expect(house.get_by_role("button", name="Aufnahme eintragen")).to_be_visible()
            await expect(office.locator("#news")).to_contain_text("Der Träger nimmt auf.")

            await office.get_by_role("link", name="Zu den Vorgängen").click()
            await office.get_by_role("button", name="Namen ansehen").click()
            await office.get_by_role("button", name="Ansehen", exact=True).click()
            await expect(office.get_by_role("dialog")).to_contain_text("Erika Muster")
            expected(opened)

    browsers.run(run())


def test_a_profile_without_a_name_goes_to_several_until_one_takes_in(browsers: Browsers, tmp_path: Path) -> None:
    async def run() -> None:
        async with demonstrated(tmp_path / "portal") as address, browsers.browsing() as opened:
            office, house = await opened.page(address, WIDE), await opened.page(address, PHONE)
            await be(office, "Erika Muster, Jugendamt Uckermark")
            await be(house, "Anna Muster")
            await search(office)
            await office.get_by_role("button", name="Mehrere Träger ohne Namen fragen").click()
            await office.get_by_role("textbox", name="Name").fill("Erika Muster")
            await office.get_by_role("textbox", name="Anmerkung").fill("Schule in der Nähe wäre gut.")
            await office.get_by_role("button", name="Anfrage senden").click()
            await expect(office.get_by_role("heading", name="Gesendet")).to_be_visible()
            await office.get_by_role("link", name="Zu den Vorgängen").click()

            await house.get_by_role("link", name="Ansehen").click()
            await expect(house.locator("#requests .entry")).to_contain_text("Schule in der Nähe")
            await act(house, "Platz anbieten")
            await expect(office.locator("#news")).to_contain_text("bietet")
            await act(office, "Angebot annehmen")
            await expect(house.locator("#reservations .entry")).to_have_count(1)
            await act(house, "Aufnahme eintragen")
            await act(house, "Entlassung eintragen")
            await expect(house.locator("main").get_by_role("status")).to_contain_text("Die Entlassung ist eingetragen.")
            expected(opened)

    browsers.run(run())


async def act(page: Page, name: str) -> None:
    """What the first entry offers under this name, as it is asked for."""
    await page.locator(".entry").get_by_role("button", name=name).first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name=name).click()
    await expect(dialog).to_have_count(0)


def test_a_group_leader_keeps_her_places_true(browsers: Browsers, tmp_path: Path) -> None:
    async def run() -> None:
        async with demonstrated(tmp_path / "portal") as address, browsers.browsing() as opened:
            page = await opened.page(address, PHONE)
            await be(page, "Anna Muster")
            group = page.locator(".group").first
            free = group.locator("[data-state=frei]").first
            name = str(await free.get_attribute("data-place"))
            place = group.locator(f"[data-place='{name}']")
            for word, state in (("Belegt", "belegt"), ("Frei", "frei"), ("Zu", "geschlossen"), ("Frei", "frei")):
                await place.get_by_role("button", name=word).click()
                await expect(place).to_have_attribute("data-state", state)
            await group.get_by_role("button", name="Alles stimmt so").click()
            await expect(group.locator(".all")).to_have_attribute("data-done", "ja")

    browsers.run(run())
