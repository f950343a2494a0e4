"""The report of a run in a real Chromium: as wide as a phone, what passed folded, and found and printed all the same."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.browser.pages import Browsers
from tests.gherkin.test_folder import LISA

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
MEASURED = "empfang/weiterleiten.feature", "kabine/eintreten.feature"


SEEN = "node => node.checkVisibility({ contentVisibilityAuto: true }) && node.getBoundingClientRect().height > 0"


def test_it_fits_a_phone_and_unfolds_what_is_looked_for(browsers: Browsers, tmp_path: Path) -> None:
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
            first, second = page.locator("article .steps").nth(0), page.locator("article .steps").nth(1)
            assert not await first.evaluate(SEEN)
            await page.locator("#anforderungen a").first.click()
            led_to = page.locator("article .steps:target")
            assert await led_to.evaluate(SEEN)
            await page.emulate_media(media="print")
            assert await first.evaluate(SEEN)
            assert await second.evaluate(SEEN)

    browsers.run(look())
