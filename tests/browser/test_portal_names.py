"""Names on SoJuS' pages in a real Chromium: one of many cases is found, its name corrected, and who knew it hears."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from sojus.config.privacy_file import load_privacy
from sojus.demo import people
from sojus.domain.model.actors import Role
from sojus.domain.rights.members import Membership
from sojus.domain.rights.purposes import PurposeId
from sojus.store.persons.opening import open_persons
from sojus.store.persons.values import NamedPerson
from tests.browser.pages import PHONE, Browsers, left
from tests.browser.portal_demo import NOW, act, be, demonstrated, looks, search
from tests.browser.test_portal import HOUSE, PICTURES, WIDE, expected

pytestmark = pytest.mark.browser

MANY = 120
CHANGE = "Auskunft geben, berichtigen oder löschen (Art. 15 bis 17 DSGVO; §§ 83, 84 SGB X)"


def many_cases(folder: Path) -> None:
    """As an office has them after some months."""
    office = next(one[2] for one in people() if one[2].role is Role.YOUTH_OFFICE)
    purpose = load_privacy().purposes[PurposeId("vermittlung")]
    with closing(open_persons(folder)) as persons:
        for number in range(1, MANY + 1):
            at = NOW - timedelta(days=60 - number // 2)
            person = (NamedPerson(f"Erika Muster {number}"),)
            persons.enter(Membership("e.muster", office), f"fall-{number}", person, purpose, at, f"51-{number}/26")


async def reserves_for_one_of_many(page: Page) -> None:
    await search(page)
    await page.locator(".hit", has_text=HOUSE).first.get_by_role("button", name="Reservieren").click()
    cases = page.get_by_label("Für welchen Fall")
    await expect(cases.locator("option")).to_have_count(53)  # none yet, fifty, older ones, a new one
    await cases.select_option(label="Ältere zeigen …")
    await expect(cases.locator("option")).to_have_count(103)
    await expect(cases).to_have_value("")
    find = page.get_by_label("Fall suchen")
    await find.fill("fall 3")
    await expect(cases.locator("option")).to_have_count(3)
    await find.fill("51-77/")
    await expect(cases.locator("option").first).to_have_text("1 Fall gefunden, bitte wählen")
    await expect(cases.locator("option").nth(1)).to_contain_text("Fall 77 · 51-77/26, angelegt am")
    await left(page, PICTURES / "namen-faelle.png")
    await cases.select_option(index=1)
    await page.get_by_role("button", name="Verbindlich reservieren").click()
    await page.get_by_role("link", name="Zu den Vorgängen").click()
    await expect(page.locator(".entry").first).to_contain_text("Fall 77 · 51-77/26")


async def corrects(page: Page) -> None:
    await looks(page)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Namen berichtigen").click()
    await expect(dialog.get_by_label("Ihr Aktenzeichen")).to_have_value("51-77/26")
    await dialog.get_by_label("Name").fill("Erika Beispiel")
    await dialog.get_by_role("button", name="Berichtigen", exact=True).click()
    await expect(dialog.get_by_role("alert")).to_have_text("Wozu: bitte wählen.")
    await left(page, PICTURES / "namen-berichtigen.png")
    await dialog.get_by_label("Wozu").select_option(label=CHANGE)
    await dialog.get_by_role("button", name="Berichtigen", exact=True).click()
    await expect(page.locator("main").get_by_role("status").first).to_contain_text("Berichtigt.")


async def cannot_delete_yet(page: Page) -> None:
    """Nobody has to look at a name to delete it."""
    await page.locator(".entry").get_by_role("button", name="Namen ansehen").first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Namen löschen").click()
    await dialog.get_by_label("Wozu").select_option(label=CHANGE)
    await dialog.get_by_role("button", name="Endgültig löschen").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("nicht gelöscht: die Reservierung von")
    await left(page, PICTURES / "namen-loeschen.png")
    await dialog.get_by_role("button", name="Abbrechen").click()


def test_one_of_many_cases_is_found_and_its_name_corrected(browsers: Browsers, tmp_path: Path) -> None:
    many_cases(tmp_path / "portal")

    async def run() -> None:
        async with demonstrated(tmp_path / "portal") as address, browsers.browsing() as opened:
            office, house = await opened.page(address, WIDE), await opened.page(address, PHONE)
            await be(office, "Erika Muster, Jugendamt Uckermark")
            await be(house, "Anna Muster")
            await reserves_for_one_of_many(office)
            await house.get_by_role("link", name="Vorgänge").click()
            names = house.get_by_role("button", name="Namen ansehen")
            await expect(house.get_by_role("button", name="Aufnehmen zusagen").first).to_be_visible()
            known = await names.count()
            await act(house, "Aufnehmen zusagen")
            await expect(names).to_have_count(known + 1)
            await looks(house)
            await expect(house.get_by_role("dialog")).to_contain_text("Erika Muster 77")
            await expect(house.get_by_role("button", name="Namen löschen")).to_have_count(0)
            await house.keyboard.press("Escape")
            await corrects(office)

            await expect(house.locator("#news")).to_contain_text("Bitte den Namen neu ansehen.")
            changed = house.locator("main .changed", has_text="Bitte den Namen neu ansehen.")
            await expect(changed).to_have_count(1)
            await left(house, PICTURES / "namen-traeger.png")
            await changed.get_by_role("button", name="Namen ansehen").click()
            await house.get_by_role("button", name="Ansehen", exact=True).click()
            await expect(house.get_by_role("dialog")).to_contain_text("Erika Beispiel")
            await house.keyboard.press("Escape")
            await expect(changed).to_have_count(0)

            await cannot_delete_yet(office)
            await looks(office)
            await office.get_by_role("link", name="Wer hat angesehen?").click()
            await expect(office.locator("h1")).to_have_text("Einsicht: Fall 77 · 51-77/26")
            await expect(office.locator("tbody tr")).to_have_count(6)
            await left(office, PICTURES / "namen-einsicht.png")
            expected(opened)

    browsers.run(run())
