"""Opening our pages in Chromium or Firefox: one user for each test, no error of a page or console goes unnoticed."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    ViewportSize,
    async_playwright,
)
from playwright.async_api import Error as PlaywrightError

from lisa_core.web.asgi import listening_socket, serve

WITHOUT = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "AimEnabled"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "OptimizationHints"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "NetworkTimeServiceQuerying"),
    *("PreconnectToSearch", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    "SpareRendererForSitePerProcess",
)
"""What Playwright switches off in Chromium, since only the last such word counts; and the pages behind its address bar,
which it gets ready in a process of their own although nobody will see them: half of what a start takes; and the process
that waits for each page to be opened next, a tenth of what opening one takes."""
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
    f"--disable-features={','.join(WITHOUT)}",
]
PREFERENCES: dict[str, str | float | bool] = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.navigator.video.default_fps": 15,
}
"""What Firefox needs for a camera, a microphone and nobody who is asked; sound begins with a click, as for an agent."""
LARGE, SMALL = {"width": 1920, "height": 1080}, {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
LONG = os.environ.get("LISA_LONG") == "1"
LIMIT_MS = 60_000.0
"""For everything that is waited for: beside other work a page takes seconds for what takes it milliseconds alone."""
EXPECTED = ("WebSocket connection to", "ICE failed")
"""A lost connection is written to the console by the browser itself; what comes of it a test sees on the page."""
os.environ["PLAYWRIGHT_SKIP_NAVIGATION_CHECK"] = "1"
"""It waits for none before it clicks, either: see `press`. What it clicks has to be there, and that it waits for."""
GONE = "has been closed"
"""What Playwright says of a browser that is no longer there."""


@dataclass
class Opened:
    """A browser and what its pages complained about."""

    browser: Browser
    complaints: list[str] = field(default_factory=list)
    before: str = ""
    """A script that runs in each page before its own."""
    _contexts: list[BrowserContext] = field(default_factory=list)

    async def context(self, size: dict[str, int] = LARGE, *, trusting: bool = False) -> BrowserContext:
        """Another user of it, with nothing stored; `trusting`: who accepts a certificate that nobody vouches for."""
        viewport: ViewportSize = {"width": size["width"], "height": size["height"]}
        context = await self.browser.new_context(viewport=viewport, ignore_https_errors=trusting)
        self._contexts.append(context)
        if self.before:
            await context.add_init_script(self.before)
        return context

    async def aclose(self) -> None:
        """Close its pages; who else has opened some keeps them. Those of a browser that has crashed are closed."""
        for context in self._contexts:
            try:
                await context.close()
            except PlaywrightError as error:
                if GONE not in error.message:
                    raise

    async def page(self, address: str, size: dict[str, int] = LARGE) -> Page:
        """`address`: `host:port`, or `https://host:port` of a page with its own certificate."""
        secure = address.startswith("https://")
        page = await (await self.context(size, trusting=secure)).new_page()
        page.set_default_timeout(LIMIT_MS)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        await page.goto(address if secure else f"http://{address}")
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            self.complaints.append(message.text)


class Browsers:
    """For the tests of one worker, whichever their files: one event loop, one Playwright, one Chromium.

    To start them takes seconds of computing each time, and two tests meet in them no more than two users of one browser
    do.
    """

    def __init__(self, executable: str) -> None:
        self._executable = executable
        self._runner = asyncio.Runner()
        self._stack = contextlib.AsyncExitStack()
        self._running: Browser | None = None

    def run(self, test: Coroutine[Any, Any, None]) -> None:
        """Run a test to its end, as `asyncio.run` does."""
        self._runner.run(test)

    @contextlib.asynccontextmanager
    async def browsing(self) -> AsyncIterator[Opened]:
        """A user of the browser; at the end no page may have complained."""
        if self._running is None or not self._running.is_connected():
            playwright = await self._stack.enter_async_context(async_playwright())
            self._running = await self._stack.enter_async_context(_launched(playwright, (), self._executable))
        async with _heard(self._running) as opened:
            yield opened

    def close(self) -> None:
        self._runner.run(self._stack.aclose())
        self._runner.close()


@contextlib.asynccontextmanager
async def browsing(executable: str, *flags: str) -> AsyncIterator[Opened]:
    """A browser of one's own, in whatever loop."""
    async with (
        async_playwright() as playwright,
        _launched(playwright, flags, executable) as browser,
        _heard(browser) as opened,
    ):
        yield opened


@contextlib.asynccontextmanager
async def _launched(playwright: Playwright, flags: tuple[str, ...], executable: str) -> AsyncIterator[Browser]:
    if Path(executable).name.startswith("firefox"):
        # as Debian brings it, over WebDriver BiDi: Playwright's own builds are patched, and nobody's desk
        browser = await playwright.firefox.launch(
            executable_path=executable, channel="moz-firefox", firefox_user_prefs=PREFERENCES
        )
    else:
        browser = await playwright.chromium.launch(executable_path=executable, args=[*FLAGS, *flags])
    try:
        yield browser
    finally:
        await browser.close()


@contextlib.asynccontextmanager
async def _heard(browser: Browser) -> AsyncIterator[Opened]:
    opened = Opened(browser)
    try:
        yield opened
    finally:
        await opened.aclose()
    assert not opened.complaints, opened.complaints


@contextlib.asynccontextmanager
async def served(app: Any, port: int = 0) -> AsyncIterator[str]:
    """Serve an application on loopback; yields host:port."""
    async with serve(app, listening_socket("127.0.0.1", port)) as address:
        yield address


async def press(leads_on: Locator) -> None:
    """Click on what leads to another page once a server has answered; the test then looks for what is there.

    Playwright would itself wait for the end of each navigation that the browser says it was asked for, and beside other
    work it was seen, rarely, to wait for one without an end: a minute later the test was red.
    """
    await leads_on.click(no_wait_after=True)


async def left(page: Page, picture: Path) -> None:
    """With LISA_LONG=1 a picture of the whole page is left there: looked at by people, compared by nobody."""
    if LONG:
        picture.parent.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=picture, full_page=True)


async def findings(page: Page, target: int, base: int) -> list[str]:
    """What of WCAG 2.2 AA a machine can see, once the page has its styles; empty when all is well."""
    await page.wait_for_load_state()
    found: list[str] = await page.evaluate(f"({AUDIT})({{target: {target}, base: {base}}})")
    return found
