"""The dark form of the pages at a desk: whatever a computer wants, everybody can read them (axe-core in Chromium)."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from lisa_core.access.second import code_now
from lisa_core.domain.model.case import FormStage, Receipt
from lisa_core.domain.model.values import to_json
from lisa_core.wire import messages as m
from tests.access.house import PASSWORD, open_house
from tests.browser.pages import SMALL, Browsers, findings, left
from tests.browser.stub import StubExchange
from tests.browser.test_desk_layout import AT, CASE, DRAFT, LONG, NOTICES, OFFERED
from tests.browser.test_log_in import _log_in, key_for_the_app
from tests.browser.test_pages import at_the_desk, desk_state, take_a_call
from tests.browser.test_screen import AXE, VIOLATIONS
from tests.gherkin.npm import npm_file

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / "out" / "dunkel"
SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light") if os.environ.get("LISA_LONG") == "1" else ("dark",)
SIGNED = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1L8 8" stroke="#16245c"/></svg>'
DRAWN = """() => [...document.querySelectorAll("img[src^='data:image/svg']")]
  .filter((one) => getComputedStyle(one).backgroundColor !== "rgb(255, 255, 255)")
  .map((one) => `${one.alt}: not on white`)"""
"""Dark lines are on white in the dark, too: axe looks into no picture."""
GROUND = "() => getComputedStyle(document.documentElement).backgroundColor"
DARK = "rgb(14, 24, 29)"


async def _reads_well(page: Page, name: str) -> list[str]:
    """What is wrong with the page in each scheme. A picture is left for people (`left`)."""
    found = []
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert (await page.evaluate(GROUND) == DARK) is (scheme == "dark"), name
        await page.evaluate(npm_file(*AXE, "axe.min.js").read_text(encoding="utf-8"))
        wrong = [
            *await findings(page, target=44, base=12),
            *await page.evaluate(VIOLATIONS),
            *await page.evaluate(DRAWN),
        ]
        found += [f"{name} {scheme}: {one}" for one in wrong]
        await left(page, PICTURES / f"{name}-{scheme}.png")
    return found


def test_the_door_and_ones_account_can_be_read_in_the_dark(browsers: Browsers) -> None:
    async def run() -> None:
        async with open_house(two_factors=True) as house, browsers.browsing() as opened:
            page = await opened.page(house.address, SMALL)
            await _log_in(page, "e.muster", "falsch")
            await expect(page.get_by_role("alert")).to_be_visible()
            found = await _reads_well(page, "anmelden")
            await _log_in(page, "e.muster", PASSWORD)
            secret = await key_for_the_app(page)
            found += await _reads_well(page, "konto")
            await page.get_by_label("Code aus der App").fill(code_now(secret, house.access.now_s))
            await page.keyboard.press("Enter")
            await expect(page.locator("#app-list li")).to_have_count(8)
            found += await _reads_well(page, "ersatzcodes")
            opened.complaints.clear()  # the browser writes down each answer of 401
        assert found == []

    browsers.run(run())


def test_a_desk_can_be_read_in_the_dark(browsers: Browsers) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (_, page, exchange):
            await page.set_viewport_size({"width": SMALL["width"], "height": SMALL["height"]})
            await expect(page.get_by_role("heading", name="Pause")).to_be_visible()
            found = await _reads_well(page, "pause")
            await exchange.say(OFFERED)
            await exchange.say(desk_state("klingelt"))
            await expect(page.get_by_role("alertdialog")).to_be_visible()
            found += await _reads_well(page, "klingelt")
            await take_a_call(page, exchange)
            found += await _in_a_talk(page, exchange)
        assert found == []

    browsers.run(run())


async def _in_a_talk(page: Page, exchange: StubExchange) -> list[str]:
    for code in NOTICES:
        await exchange.say(m.Notice(code, f"Ein Satz ({code})."))
    await expect(page.locator("#notices .banner")).to_have_count(len(NOTICES))
    signing = replace(DRAFT, stage=FormStage.SIGNING)
    await exchange.say(m.CaseState(replace(CASE, form=signing), to_json(LONG)))
    await expect(page.locator(".steps [data-state=now]")).to_have_text("Unterschreiben")
    found = await _reads_well(page, "unterschrift")
    handed_in = replace(DRAFT, stage=FormStage.SUBMITTED, receipt=Receipt("M-1", AT, "ab" * 32), signature_svg=SIGNED)
    await exchange.say(m.CaseState(replace(CASE, form=handed_in), to_json(LONG)))
    await expect(page.locator("#receipt-number")).to_have_text("M-1")
    return [*found, *await _reads_well(page, "eingereicht")]
