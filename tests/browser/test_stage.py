"""The Simulierte Kabine in a real Chromium: who plays the citizen there, and what the world makes of it."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, expect

from emulator.stage.stage import build_stage
from emulator.world.live_world import HostedWorld
from lisa_core.booth.screen.page import PageScreen
from tests.browser.pages import LARGE, PHONE, SMALL, Browsers, served
from tests.browser.stub import LIMIT_S
from tests.browser.test_pages import FILLING, read_aloud

pytestmark = pytest.mark.browser

COVERED = """() => [...document.querySelectorAll("legend")].filter((legend) => {
  const name = legend.getBoundingClientRect();
  const first = legend.nextElementSibling.getBoundingClientRect();
  return name.right > first.left && name.bottom > first.top;
}).map((legend) => legend.textContent)"""
"""What of its group's name lies over its first button."""


NEVER_CONNECTED = "WebSocket = class { readyState = 0; }"


def test_the_stage_takes_no_act_before_it_is_connected(browsers: Browsers) -> None:
    """Nobody would hear of it."""

    async def run() -> None:
        async with served(build_stage(HostedWorld(), "http://127.0.0.1:9/")) as address, browsers.browsing() as opened:
            opened.before = NEVER_CONNECTED
            page = await opened.page(address)
            for button in await page.get_by_role("button").all():
                await expect(button).to_be_disabled()
            assert await page.get_by_role("button").count() > 15
            await expect(page.get_by_role("status").first).to_have_text("verbindet …")

    browsers.run(run())


def test_the_stage_plays_the_citizen(browsers: Browsers) -> None:
    async def run() -> None:
        world, screen = HostedWorld(), PageScreen()
        await screen.show(FILLING)
        async with (
            served(screen.app) as inner,
            served(build_stage(world, f"http://{inner}/")) as address,
            browsers.browsing() as opened,
        ):
            page = await opened.page(address)
            await page.get_by_role("button", name="Hinsetzen").click()
            await expect(page.get_by_role("alert")).to_contain_text("Es ist niemand in der Kabine")
            await page.get_by_role("button", name="Eintreten").click()
            await expect(page.locator("#facts")).to_contain_text("Bürgerin steht in der Kabine")
            await page.get_by_role("button", name="Hinsetzen").click()
            await expect(page.locator("#facts")).to_contain_text("Bürgerin sitzt")
            await page.get_by_label("Unterlage").select_option("mietvertrag")
            await page.get_by_role("button", name="In den Einzug").click()
            await expect(page.locator("#facts")).to_contain_text("Im Einzug: 3 Blätter")
            assert world.state.feeder == ("mietvertrag:1", "mietvertrag:2", "mietvertrag:3")
            await page.get_by_role("button", name="Karte auflegen").click()
            await expect(page.locator("#facts")).to_contain_text("Auf dem Kartenleser: 1 Karte")
            for size in (PHONE, LARGE, SMALL):
                assert await read_aloud(page, size) == []
                assert await page.evaluate(COVERED) == []
            await page.frame_locator("#screen").get_by_role("button", name="Stimmt so").click()
            touch = await asyncio.wait_for(anext(screen.touches()), LIMIT_S)
            assert touch.button == "feld:miete"
            await _sign_with_the_mouse(page)
            await expect(page.locator("#pad")).to_have_class("writing")
            assert world.state.pen is not None
            assert '"points":[[0,' in world.state.pen.recording
            await page.get_by_role("button", name="Gehen").click()
            await expect(page.locator("#facts")).to_contain_text("Niemand in der Kabine")
            assert len(world.state.feeder) == 0

    browsers.run(run())


async def _sign_with_the_mouse(page: Page) -> None:
    box = await page.locator("#ink").bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 40, box["y"] + 60)
    await page.mouse.down()
    for step in range(1, 12):
        await page.mouse.move(box["x"] + 40 + 12 * step, box["y"] + 60 + 20 * (step % 3))
    await page.mouse.up()
    await page.get_by_role("button", name="Unterschreiben").click()
