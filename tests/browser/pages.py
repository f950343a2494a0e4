"""Opening our pages in Chromium: one browser per test, no page error and no console error goes unnoticed."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

from lisa_core.transports.asgi import listening_socket, serve

FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
]
LARGE, SMALL = {"width": 1920, "height": 1080}, {"width": 1366, "height": 768}
AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
EXPECTED = "WebSocket connection to"
"""A lost connection is written to the console by the browser itself."""


@dataclass
class Opened:
    """A browser and what its pages complained about."""

    browser: Browser
    complaints: list[str] = field(default_factory=list)

    async def page(self, address: str, size: dict[str, int] = LARGE) -> Page:
        page = await self.browser.new_page(viewport={"width": size["width"], "height": size["height"]})
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        await page.goto(f"http://{address}")
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            self.complaints.append(message.text)


@contextlib.asynccontextmanager
async def browsing(executable: str, *flags: str) -> AsyncIterator[Opened]:
    """A browser, with more flags where they are named; at the end no page may have complained."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=[*FLAGS, *flags])
        opened = Opened(browser)
        try:
            yield opened
        finally:
            await browser.close()
    assert not opened.complaints, opened.complaints


@contextlib.asynccontextmanager
async def served(app: Any, port: int = 0) -> AsyncIterator[str]:
    """Serve an application on loopback; yields host:port."""
    async with serve(app, listening_socket("127.0.0.1", port)) as address:
        yield address


async def findings(page: Page, target: int, base: int) -> list[str]:
    """What of WCAG 2.2 AA a machine can see; empty when all is well."""
    found: list[str] = await page.evaluate(f"({AUDIT})({{target: {target}, base: {base}}})")
    return found
