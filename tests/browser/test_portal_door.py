"""Into SoJuS from any device: name and password, on a phone, a tablet and at a desk; with LISA_LONG=1 in Firefox, too.

What `features/anforderungen` says of S4.9.endgeraet stands on this file: a scenario speaks with the program, and sees
no page.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.pages import Browsers, Opened, browsing, findings, press
from tests.sojus.portal.house import PASSWORD, open_house

pytestmark = pytest.mark.browser

DEVICES = {
    "phone": {"width": 360, "height": 740},
    "tablet": {"width": 768, "height": 1024},
    "desk": {"width": 1280, "height": 900},
}
SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"


async def _in_and_out(page: Page) -> None:
    """By keys alone, and with buttons that a finger hits."""
    for password in ("falsch", PASSWORD):
        await page.get_by_label("Name").fill("h.hier")
        await page.get_by_label("Kennwort", exact=True).fill(password)
        await page.keyboard.press("Enter")
        if password != PASSWORD:
            await expect(page.get_by_role("alert")).to_have_text("Name oder Kennwort stimmt nicht.")
            assert await findings(page, target=44, base=12) == []
    await expect(page.locator("#office")).to_have_text("Jugendamt Nord")
    await expect(page.get_by_role("button", name="Suchen")).to_be_visible()
    assert await findings(page, target=44, base=12) == []
    assert not await page.evaluate(SIDEWAYS)
    await press(page.get_by_role("button", name="Abmelden"))
    await expect(page.get_by_label("Kennwort", exact=True)).to_be_visible()


async def _on_each(opened: Opened, address: str) -> None:
    for size in DEVICES.values():
        page = await opened.page(address, size)
        await _in_and_out(page)
    is_no = "status of 401"  # it writes down each answer
    opened.complaints[:] = [one for one in opened.complaints if is_no not in one]


def test_one_comes_in_with_a_password_from_any_device(browsers: Browsers, tmp_path: Path) -> None:
    async def run() -> None:
        async with open_house(tmp_path) as house, browsers.browsing() as opened:
            await _on_each(opened, house.url.removeprefix("http://"))

    browsers.run(run())


@pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="nur mit LISA_LONG=1: dasselbe in Firefox")
def test_one_comes_in_with_firefox(firefox: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with open_house(tmp_path) as house, browsing(firefox) as opened:
            await _on_each(opened, house.url.removeprefix("http://"))

    asyncio.run(run())
