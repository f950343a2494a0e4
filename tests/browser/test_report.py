"""The report of a run in a real Chromium: first screen, folded, on a phone, in the dark, on paper; its pictures."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.async_api import Page, expect
from pypdf import PdfReader

from lisa_core.booth.screen.page import PageScreen
from lisa_core.domain.model.values import to_json
from lisa_core.harness.report.pictures import studio
from lisa_core.harness.report.pictures.moment import BOOTH, CITIZEN, EXCHANGE, DeskSight, Developed, Moment, Utterance
from lisa_core.harness.report.record import RunRecord
from lisa_core.harness.report.report import render
from tests.browser.pages import PHONE, Browsers, served
from tests.browser.scenes import SCENES, SHEETS, jpeg
from tests.gherkin.green import run_of
from tests.gherkin.npm import npm_file
from tests.gherkin.test_reports import AXE

LONG = os.environ.get("LISA_LONG") == "1"
pytestmark = pytest.mark.browser
SCREENS, PAGES = 3, 8
"""Of 90 green scenarios at most: how many screens they fill folded, how many pages of A4 printed."""
SIZE = {"width": 1280, "height": 900}
UNFOLD = "document.querySelectorAll('details').forEach((one) => (one.open = true))"
VIOLATIONS = "axe.run({resultTypes: ['violations']})"
WIDE = "document.documentElement.scrollWidth"
FOLDED = "[...document.querySelectorAll('.steps')].filter((one) => one.checkVisibility()).length"
COURSE = (
    Utterance(120_000, CITIZEN, BOOTH, "praesenz.erkannt"),
    Utterance(130_000, BOOTH, EXCHANGE, "call.place"),
    Utterance(150_000, EXCHANGE, "Frau Brandt", "call.offer"),
    Utterance(1_000_000, EXCHANGE, "Frau Brandt", "case.notice", "Im Drucker ist kein Papier mehr"),
)


def red_run() -> RunRecord:
    """Two that failed, with pictures and with what was said."""
    run = run_of(12, failed=2)
    moment = Moment(
        1_100_000, dict(to_json(SCENES["unterlagen"])), desk=DeskSight("brandt", "Frau Brandt", "LISA-Team")
    )
    scenarios = [replace(one, moment=replace(moment, course=COURSE)) for one in run.scenarios]
    pictures = [Developed(one.id, what, jpeg(1)) for one in scenarios[:2] for what in ("screen", "desk")]
    return replace(run, scenarios=tuple(scenarios), pictures=tuple(pictures), pictures_us=420_000)


@contextlib.asynccontextmanager
async def report(browsers: Browsers, folder: Path, run: RunRecord, size: dict[str, int] = SIZE) -> AsyncIterator[Page]:
    path = folder / "report.html"
    path.write_text(render(run), encoding="utf-8")
    async with browsers.browsing() as opened:
        page = await (await opened.context(size)).new_page()
        page.on("console", lambda message: opened.complaints.append(message.text))
        await page.goto(path.as_uri())
        yield page


def test_ninety_green_scenarios_are_three_screens_and_eight_pages(browsers: Browsers, tmp_path: Path) -> None:
    async def look() -> None:
        async with report(browsers, tmp_path, run_of(90)) as page:
            assert await page.locator(".headline, .facts").last.is_visible()
            assert await page.evaluate(FOLDED) == 0
            assert await page.evaluate("document.documentElement.scrollHeight") <= SCREENS * SIZE["height"]
            short = PdfReader(io.BytesIO(await page.pdf(prefer_css_page_size=True)))
            assert len(short.pages) <= PAGES
            assert [round(float(side)) for side in short.pages[0].mediabox[2:]] == [595, 842]
            assert not await page.locator("#print-all").is_checked()
            await page.goto(f"{page.url}?print=all")
            assert await page.locator("#print-all").is_checked()

    browsers.run(look())


@pytest.mark.skipif(not LONG, reason="jeder Zustand, hell und dunkel: mit LISA_LONG=1")
@pytest.mark.parametrize("size", [SIZE, PHONE], ids=["large", "phone"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_any_state_and_nothing_is_scrolled_sideways(
    browsers: Browsers, tmp_path: Path, size: dict[str, int], colours: str
) -> None:
    axe = npm_file(*AXE, "axe.min.js").read_text(encoding="utf-8")

    async def sound(page: Page) -> None:
        found = await page.evaluate(VIOLATIONS)
        assert not [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]
        assert await page.evaluate(WIDE) == size["width"]

    async def look() -> None:
        async with report(browsers, tmp_path, red_run(), size) as page:
            await page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
            await page.evaluate(axe)
            await sound(page)
            await page.evaluate(UNFOLD)
            await sound(page)

    browsers.run(look())


def test_looking_for_words_and_verdicts_shows_what_has_them(browsers: Browsers, tmp_path: Path) -> None:
    run = run_of(40, failed=2)
    wanted = [one for one in run.scenarios if "sieht" in one.name.lower()]
    assert 0 < len(wanted) < 40

    async def look() -> None:
        async with report(browsers, tmp_path, run) as page:
            await page.get_by_role("searchbox").fill("sieht")
            await expect(page.locator("#found")).to_contain_text(" von 40 ")
            found = int((await page.locator("#found").inner_text()).split()[0])
            assert len(wanted) <= found < 40
            shown = page.locator(".feature :is(article, .line):visible")
            assert await shown.count() == found
            await page.get_by_role("searchbox").fill("")
            await page.get_by_label("Zeigen").select_option(label="nicht bestanden")
            await expect(page.locator("#found")).to_contain_text("2 von 40 ")
            assert await shown.count() == 2
            await page.get_by_role("button", name="Alles aufklappen").click()
            assert await page.evaluate(FOLDED) == 2, "those above; what is not looked for stays away"

    browsers.run(look())


@pytest.mark.skipif(not LONG, reason="ein Browser ohne Skripte: mit LISA_LONG=1")
def test_without_script_it_says_the_same(browsers: Browsers, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(render(red_run()), encoding="utf-8")

    async def look() -> None:
        texts = []
        async with browsers.browsing() as opened:
            for script in (True, False):
                context = await opened.browser.new_context(java_script_enabled=script)
                page = await context.new_page()
                await page.goto(path.as_uri())
                texts.append(await page.locator("main :is(article, .line, table)").all_text_contents())
                if not script:
                    assert not await page.locator(".tools").is_visible()
                    await page.locator(".feature summary").first.click()
                    assert await page.locator(".feature :is(article, .line)").first.is_visible()
                await context.close()
        assert texts[0] == texts[1]

    browsers.run(look())


@pytest.mark.skipif(not LONG, reason="jede Szene, neben der Seite selbst: mit LISA_LONG=1")
def test_a_picture_of_the_screen_is_what_the_page_shows(browsers: Browsers) -> None:
    """Drawn by the report's own browser, compared with the page beside it."""
    names = tuple(SCENES)
    sheets = {digest: jpeg(number) for digest, number in SHEETS.items()}
    moments = [(name, Moment(screen=dict(to_json(SCENES[name])), sheets=sheets), False) for name in names]
    gallery = studio.develop(moments)
    assert [one.scenario for one in gallery.pictures] == [*names], gallery.why_not
    assert gallery.took_us > 0

    async def look() -> None:
        screen = PageScreen()
        async with served(screen.app) as address, browsers.browsing() as opened:
            page = await opened.page(address, {"width": 1280, "height": 800})
            for name, drawn in zip(names, gallery.pictures, strict=True):
                for digest, sheet in sheets.items():
                    await screen.show_page(digest, sheet)
                view = replace(SCENES[name], deaf_ms=0)
                await screen.show(view)
                await page.get_by_role("heading", level=1, name=view.hint if view.signing else view.title).wait_for()
                await page.wait_for_function("() => [...document.images].every((one) => one.complete)")
                assert difference(drawn.jpeg, await page.screenshot()) < 2, name

    browsers.run(look())


def difference(one: bytes, other: bytes) -> float:
    """How far apart two pictures are, 0 to 255."""
    ours, theirs = (Image.open(io.BytesIO(data)).convert("L") for data in (one, other))
    assert ours.size == theirs.size
    return float(ImageStat.Stat(ImageChops.difference(ours, theirs)).mean[0])


def test_without_a_browser_the_report_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    gallery = studio.develop([("a", Moment(screen=dict(to_json(SCENES["frei"]))), True)])
    assert gallery.pictures == ()
    assert "auf diesem Rechner ist kein Chromium" in gallery.why_not
    assert gallery.why_not in render(replace(run_of(1), without_pictures=gallery.why_not))
