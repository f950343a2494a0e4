"""The report of a run in a real Chromium: on a phone nothing of it stands beside the page."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.browser.pages import Browsers
from tests.gherkin.test_folder import LISA

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
MEASURED = "empfang/weiterleiten.feature", "kabine/eintreten.feature"


def test_on_a_phone_it_is_as_wide_as_the_phone(browsers: Browsers, tmp_path: Path) -> None:
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

    browsers.run(look())
