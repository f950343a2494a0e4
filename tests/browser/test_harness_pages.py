"""The pages of the harness in a real Chromium: the report of a run, and the page where a tester is asked."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest
from playwright.async_api import expect

from lisa_core.harness.tester.page import build_page
from lisa_core.harness.tester.panel import Kind, Panel, Reply
from tests.browser.pages import PHONE, SMALL, Browsers, findings, served
from tests.browser.scenes import jpeg
from tests.gherkin.test_folder import LISA

pytestmark = pytest.mark.browser

MEASURED = "empfang/weiterleiten.feature", "kabine/eintreten.feature"
SEEN = "node => node.checkVisibility({ contentVisibilityAuto: true }) && node.getBoundingClientRect().height > 0"
AGAIN = """([x, y]) => new MutationObserver((_, watch) => {
  const under = document.elementFromPoint(x, y);
  if (under.textContent !== "Ja") return;
  watch.disconnect();
  window.tapped = true;
  under.click();
}).observe(document.getElementById("replies"), { childList: true })"""
"""The second of two taps at one place, as soon as something else has come there."""


def test_a_report_fits_a_phone_and_unfolds_what_is_looked_for(browsers: Browsers, tmp_path: Path) -> None:
    features = [f"{Path(__file__).parents[2]}/features/{name}" for name in MEASURED]
    done = subprocess.run(
        [*LISA, "run", *features, "--clock", "virtual"], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr

    async def look() -> None:
        async with browsers.browsing() as opened:
            page = await (await opened.context(PHONE)).new_page()
            await page.goto((tmp_path / "out" / "report.html").as_uri())
            assert await page.locator("table").count() > 1
            assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
            box = await page.locator(".shares .badge").first.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] < PHONE["width"]
            first = page.locator("article .steps").nth(1)
            assert not await first.evaluate(SEEN)
            await page.locator(".shares a").last.click()
            await page.locator("#anforderungen td > a").first.click()
            await expect(page.locator("article:has(:target) h4")).to_be_in_viewport(ratio=1)
            await page.wait_for_function(f"() => ({SEEN})(document.querySelector('.inside:target .steps'))")
            await page.emulate_media(media="print")
            assert not await first.evaluate(SEEN)
            await page.locator("#print-all").evaluate("(box) => (box.checked = true)")
            assert await first.evaluate(SEEN)

    browsers.run(look())


def test_one_tap_answers_one_question(browsers: Browsers) -> None:
    async def run() -> None:
        panel = Panel(600)
        async with served(build_page(panel)) as address, browsers.browsing() as opened:
            page = await opened.page(address, SMALL)
            done = asyncio.create_task(panel.ask(Kind.ACT, "Die Tür öffnen."))
            button = page.get_by_role("button", name="Erledigt")
            box = await button.bounding_box()
            assert box is not None
            await button.click()
            assert (await done).reply is Reply.DONE
            await page.evaluate(AGAIN, [box["x"] + 20, box["y"] + box["height"] / 2])
            seen = asyncio.create_task(panel.ask(Kind.QUESTION, "Ist sie offen?"))
            await page.wait_for_function("() => window.tapped")
            await page.get_by_role("button", name="Nein").click()
            assert (await seen).reply is Reply.NO

    browsers.run(run())


def test_what_is_read_off_is_typed(browsers: Browsers) -> None:
    async def run() -> None:
        panel = Panel(600)
        async with served(build_page(panel)) as address, browsers.browsing() as opened:
            page = await opened.page(address, SMALL)
            asked = asyncio.create_task(panel.ask(Kind.READING, "Welche Zahl steht in der kleinsten Zeile?"))
            await page.get_by_label("Was dort steht").fill("417")
            await page.get_by_role("button", name="Abgelesen").click()
            assert ((answer := await asked).reply, answer.reason) == (Reply.READ, "417")

    browsers.run(run())


def test_she_sees_what_was_scanned(browsers: Browsers) -> None:
    async def run() -> None:
        panel = Panel(600)
        async with served(build_page(panel)) as address, browsers.browsing() as opened:
            page = await opened.page(address, PHONE)
            asked = asyncio.create_task(panel.ask(Kind.QUESTION, "Sind die Seiten zu lesen?", [jpeg(1), jpeg(2)]))
            picture = page.get_by_role("img", name="Bild 2")
            await expect(picture).to_be_visible()
            assert await picture.evaluate("async (img) => (await img.decode(), img.naturalWidth)") == 636
            large = page.get_by_role("link", name="Bild 2 groß zeigen")
            assert await large.get_attribute("href") == await picture.get_attribute("src")
            assert await findings(page, target=44, base=12) == []
            await page.get_by_role("button", name="Ja").click()
            assert (await asked).reply is Reply.YES
            await expect(page.locator("#pictures img")).to_have_count(0)

    browsers.run(run())


def test_a_browser_that_crashes_at_the_end_of_a_test_spoils_neither_it_nor_the_next(browsers: Browsers) -> None:
    async def crash() -> None:
        async with browsers.browsing() as opened:
            await (await opened.context(PHONE)).new_page()
            session = await opened.browser.new_browser_cdp_session()
            crashing = asyncio.ensure_future(session.send("Browser.crash"))
            await asyncio.sleep(0)  # it is on its way when the page is closed
        await asyncio.gather(crashing, return_exceptions=True)

    async def look() -> None:
        async with browsers.browsing() as opened:
            assert await (await (await opened.context(PHONE)).new_page()).evaluate("1 + 1") == 2

    browsers.run(crash())
    browsers.run(look())
