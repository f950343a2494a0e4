"""The citizen's screen in a real Chromium, scene by scene: what axe-core finds, where buttons stand, what she can read.

With LISA_LONG=1 pictures of every scene are left in `out/bildschirm`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from lisa_core.booth.screen.page import PageScreen
from lisa_core.booth.screen.shown import digests
from lisa_core.domain.model.screen import ButtonPlace, ScreenView
from tests.browser.pages import LONG, Browsers, findings, left, served
from tests.browser.scenes import SCENES, SHEETS, jpeg
from tests.gherkin.npm import npm_file

pytestmark = pytest.mark.browser

AXE = ("axe-core", "4.14.1")
PICTURES = Path(__file__).parents[2] / "out" / "bildschirm"
SIZES = {1280: 800, 1366: 768, 1920: 1080, 390: 844}
LIMIT_S = 60.0
VIOLATIONS = """async () => (await axe.run({ resultTypes: ["violations"] })).violations
  .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))"""
BOXES = """() => Object.fromEntries([...document.querySelectorAll("[data-touch]")].map((node) => {
  const { left, top, right, bottom } = node.getBoundingClientRect();
  const region = node.closest("#scroll")?.getBoundingClientRect() ?? { top, bottom };
  return [node.dataset.touch, [left, Math.max(top, region.top), right, Math.min(bottom, region.bottom)]];
}).filter(([, [, top, , bottom]]) => bottom > top))"""
"""Where each button is to be seen."""
OF_THIS_VIEW = """(ids) => [...document.querySelectorAll("[data-touch]")]
  .every((node) => ids.includes(node.dataset.touch))"""
"""Two views may have one headline: until the second is drawn the buttons are those of the first."""
Box = list[float]


@asynccontextmanager
async def opened(browsers: Browsers, width: int = 1280) -> AsyncIterator[tuple[Page, PageScreen]]:
    screen = PageScreen()
    async with served(screen.app) as address, browsers.browsing() as user:
        yield await user.page(address, {"width": width, "height": SIZES[width]}), screen


async def show(page: Page, screen: PageScreen, view: ScreenView) -> None:
    """Without the moment in which nothing takes a touch, unless the view is about that."""
    for digest in digests(view):
        await screen.show_page(digest, jpeg(SHEETS[digest]))
    await screen.show(view)
    await expect(page.locator("body")).to_have_attribute("data-scene", view.scene.value)
    await expect(page.get_by_role("heading", level=1)).to_have_text(view.hint if view.signing else view.title)
    await page.wait_for_function(OF_THIS_VIEW, arg=[button.id for button in view.buttons])
    if view.signing:
        await expect(page.locator("#head .text")).to_have_text(view.text)
        await expect(page.locator("#say")).to_contain_text(view.hint)


def test_no_scene_has_a_violation(browsers: Browsers) -> None:
    """Each at one size, or (LISA_LONG) at all."""
    axe = npm_file(*AXE, "axe.min.js").read_text(encoding="utf-8")
    every = len(SIZES) if not LONG else 1
    found: list[tuple[str, int, str]] = []

    async def look(page: Page, screen: PageScreen, name: str, width: int) -> None:
        await show(page, screen, replace(SCENES[name], deaf_ms=0))
        narrow = width < SIZES[width]
        base = 14 if narrow else min(0.014583 * width, 0.025926 * SIZES[width])
        wrong = await findings(page, target=40 if narrow else int(2.85 * base), base=int(base))
        found.extend((name, width, what) for what in [*wrong, *await page.evaluate(VIOLATIONS)])
        await left(page, PICTURES / f"{name}-{width}.png")

    async def run() -> None:
        for number, width in enumerate(SIZES):
            async with opened(browsers, width) as (page, screen):
                await page.emulate_media(reduced_motion="reduce")
                await page.evaluate(axe)
                for name in list(SCENES)[number % every :: every]:
                    await look(page, screen, name, width)
        assert found == []

    browsers.run(run())


def test_no_button_comes_to_stand_where_another_one_stood(browsers: Browsers) -> None:
    async def run() -> None:
        async with opened(browsers) as (page, screen):
            stood: dict[str, Box] = {}
            for name in ("unterlagen", "angabe", "falsche-angabe", "pruefen", "pruefen-gelesen", "unterschrieben"):
                view = SCENES[name]
                await show(page, screen, replace(view, deaf_ms=0))
                places = {button.id: button.place for button in view.buttons}
                boxes: dict[str, Box] = await page.evaluate(BOXES)
                for touch, box in boxes.items():
                    kind = "ja" if touch.partition(":")[0] in ("feld", "erklaerung") else touch.partition(":")[0]
                    for other, before in stood.items():
                        fixed = places[touch] in (ButtonPlace.ANSWER, ButtonPlace.ALWAYS) or other == "ja"
                        assert other == kind or not fixed or apart(box, before), (name, touch, other)
                    stood[kind] = box

    browsers.run(run())


def apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_nothing_takes_a_touch_for_a_moment_after_a_change(browsers: Browsers) -> None:
    async def run() -> None:
        async with opened(browsers) as (page, screen):
            await show(page, screen, replace(SCENES["angabe"], deaf_ms=0))
            yes = page.get_by_role("button", name="Stimmt so")
            touches = screen.touches()
            await screen.show(replace(SCENES["iban"], deaf_ms=60_000))
            await expect(page.locator("body")).to_have_attribute("data-deaf", "")
            await yes.dispatch_event("click")
            await yes.press("Enter")
            await screen.show(replace(SCENES["angabe"], deaf_ms=50))
            await yes.click()  # as soon as it takes one
            touched = (await asyncio.wait_for(anext(touches), LIMIT_S)).button
            assert touched.startswith("feld:gesamtmiete:")

    browsers.run(run())


def test_she_is_led_to_the_end_of_her_declaration_by_keyboard_too(browsers: Browsers) -> None:
    async def run() -> None:
        async with opened(browsers, 1366) as (page, screen):
            touches = screen.touches()
            await show(page, screen, SCENES["pruefen"])
            yes, on = page.get_by_role("button", name="Alles richtig"), page.get_by_role("button", name="Weiter lesen")
            await expect(yes).to_have_attribute("aria-disabled", "true")
            heard = asyncio.ensure_future(anext(touches))
            await yes.dispatch_event("click")
            region = page.locator("#scroll")
            await expect(region).to_have_attribute("tabindex", "0")
            await on.press("Enter")
            assert await page.evaluate("document.activeElement.id") == "scroll"
            while not heard.done():
                await region.press("PageDown")
            assert (await heard).button.startswith("gelesen:")
            await expect(page.locator("#statement")).to_be_in_viewport()
            await screen.show(replace(SCENES["pruefen-gelesen"], deaf_ms=0))
            await expect(on).to_have_count(0)
            await yes.click()
            assert (await asyncio.wait_for(anext(touches), LIMIT_S)).button.startswith("erklaerung:")

    browsers.run(run())


def test_she_looks_at_her_pages_as_long_as_they_are_there(browsers: Browsers) -> None:
    async def run() -> None:
        async with opened(browsers) as (page, screen):
            await show(page, screen, replace(SCENES["unterlagen"], deaf_ms=0))
            await page.get_by_role("button", name="Mietvertrag, Seite 2 größer zeigen").press("Enter")
            large = page.get_by_role("img", name="Mietvertrag, Seite 2 von 3")
            await expect(large).to_be_visible()
            assert await large.evaluate("async (img) => (await img.decode(), img.naturalWidth)") > 600
            await page.get_by_role("button", name="Nächste Seite").click()
            await expect(page.get_by_role("button", name="Nächste Seite")).to_be_disabled()
            await show(page, screen, SCENES["tuer-offen"])
            await expect(page.locator("#sheet")).to_be_hidden()
            assert "blatt/" not in await page.content()
            digest = next(iter(SHEETS))
            assert (await page.request.get(f"{page.url}blatt/{digest}")).status == 204

    browsers.run(run())


def test_a_paper_whose_pages_are_gone_says_so_and_nothing_else(browsers: Browsers) -> None:
    async def run() -> None:
        async with opened(browsers) as (page, screen):
            (paper,) = SCENES["unterlagen"].papers
            gone = replace(paper, pages=0, pictures=(), label="Aufnahme gelöscht")
            await show(page, screen, replace(SCENES["gespraech"], papers=(gone,)))
            await expect(page.locator(".papers li")).to_have_text("Mietvertrag Aufnahme gelöscht")

    browsers.run(run())


def test_at_the_farewell_she_reads_her_number_wherever_she_was_before(browsers: Browsers) -> None:
    async def run() -> None:
        async with opened(browsers) as (page, screen):
            await show(page, screen, replace(SCENES["abgegeben"], papers=SCENES["abgegeben"].papers * 4))
            scroll = page.locator("#scroll")
            await scroll.evaluate("side => side.scrollTo(0, side.scrollHeight)")
            assert await scroll.evaluate("side => side.scrollTop") > 0
            await show(page, screen, replace(SCENES["abschied"], papers=SCENES["abgegeben"].papers * 4))
            assert await scroll.evaluate("side => side.scrollTop") == 0

    browsers.run(run())


def test_larger_type_is_hers_and_goes_with_her(browsers: Browsers) -> None:
    async def run() -> None:
        async with opened(browsers) as (page, screen):
            await show(page, screen, SCENES["angabe"])
            size = "parseFloat(getComputedStyle(document.querySelector('.value')).fontSize)"
            before = await page.evaluate(size)
            await page.get_by_role("button", name="Größere Schrift").click()
            assert await page.evaluate(size) > 1.2 * before
            await show(page, screen, SCENES["frei"])
            await expect(page.get_by_role("button", name="Größere Schrift")).to_have_attribute("aria-pressed", "false")

    browsers.run(run())
