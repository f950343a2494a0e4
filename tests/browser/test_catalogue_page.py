"""The page of all sentences in a real Chromium: on a phone, in the dark, searched, and nothing from elsewhere."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import expect

from lisa_core.harness.start.wanted import note
from tests.browser.pages import PHONE, Browsers, findings
from tests.gherkin.test_folder import LISA

pytestmark = pytest.mark.browser

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def test_sentences_are_found_on_a_phone_and_in_the_dark(browsers: Browsers, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    note(tmp_path / "out", [("when", "die Bürgerin das Bürgerhaus betritt"), ("then", "<b>ist alles</b> & nichts gut")])
    done = subprocess.run(
        [*LISA, "steps", "--format", "html"], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    (tmp_path / "saetze.html").write_text(done.stdout, encoding="utf-8")

    async def look() -> None:
        async with browsers.browsing() as opened:
            page = await (await opened.context(PHONE)).new_page()
            page.on("console", opened._heard)
            page.on("pageerror", lambda error: opened.complaints.append(str(error)))
            await page.goto((tmp_path / "saetze.html").as_uri())
            for scheme in SCHEMES:
                await page.emulate_media(color_scheme=scheme)
                assert await findings(page, target=24, base=15) == []
            sentences = page.locator(".area article")
            assert await sentences.count() > 100
            await page.get_by_role("searchbox", name="Suchen").fill("papierstau behebt")
            await expect(page.locator(".area article:visible")).to_have_count(1)
            await expect(page.get_by_role("status")).to_contain_text("1 von ")
            used = page.locator("article:visible details")
            await used.locator("summary").click()
            await expect(used.get_by_role("listitem").first).to_contain_text("features/")
            await page.get_by_role("searchbox").fill("")
            await expect(page.locator(".missed li").nth(0)).to_contain_text("die Bürgerin das Bürgerbüro betritt")
            await expect(page.locator(".missed li").nth(1)).to_contain_text("<b>ist alles</b> & nichts gut")
            await page.get_by_label("nur unbenutzte").check()
            assert await page.locator(".area article:visible details").count() == 0

    browsers.run(look())
