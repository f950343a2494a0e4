"""One desk, two browsers: the first is not thrown out unasked, and the one that is left does not fight.

And browsers in which no desk can be had are told.
"""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from lisa_core.domain.model.directory import Rules
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.web import build_app
from lisa_core.host.clock import Clock
from lisa_core.host.program import beside
from lisa_core.store.inbox import MemoryInbox
from lisa_core.store.journal import MemoryJournal
from tests.browser.pages import Browsers, served
from tests.browser.stub import DIRECTORY
from tests.routing.test_exchange import MONDAY

SEAT = "/platz/p-beispiel"


def test_an_agent_goes_on_in_another_browser_and_comes_back(browsers: Browsers) -> None:
    async def run() -> None:
        journal = MemoryJournal()
        exchange = Exchange(DIRECTORY, Rules(), journal, MemoryInbox(), Clock(MONDAY))
        app = build_app(exchange.attend_booth, exchange.attend_desk, DIRECTORY, exchange.is_taken)
        async with beside(exchange.run()), served(app) as address, browsers.browsing() as opened:
            first = await opened.page(address + SEAT)
            await first.get_by_role("button", name="Bereit").click()
            await expect(first.locator("#idle h1")).to_have_text("Sie sind bereit")
            # A browser of its own shares neither the tab's secret nor the lock of the first.
            other = await opened.context()
            second = await other.new_page()
            await second.goto(f"http://{address}/")
            await expect(second.get_by_role("link", name="Petra Beispiel")).to_contain_text("besetzt")
            await expect(second.get_by_role("link", name="Jana Muster")).not_to_contain_text("besetzt")
            await second.get_by_role("link", name="Petra Beispiel").click()
            await expect(second.locator("#idle h1")).to_have_text("Hier sitzt schon jemand")
            await expect(second.locator("#idle")).to_contain_text("Petra Beispiel ist schon verbunden")
            await expect(first.locator("#notices")).to_contain_text("Ein anderes Programm")
            await expect(first.locator("#idle h1")).to_have_text("Sie sind bereit")

            await second.get_by_role("button", name="Hier weiterarbeiten").click()
            await expect(second.locator("#link")).to_have_text("verbunden")
            await expect(first.locator("#idle")).to_contain_text("in einem anderen Browser weitergearbeitet")
            await second.reload()
            await expect(second.locator("#link")).to_have_text("verbunden")
            await first.reload()
            await expect(first.locator("#idle h1")).to_have_text("Hier sitzt schon jemand")
            await expect(second.locator("#link")).to_have_text("verbunden")

            await first.get_by_role("button", name="Hier weiterarbeiten").click()
            await expect(first.locator("#link")).to_have_text("verbunden")
            await expect(second.get_by_role("button", name="Hier weiterarbeiten")).to_be_visible()
            # Nobody dialled on their own: each log-in was a page that was opened, loaded anew, or asked to go on.
            joined = [entry.name for entry in journal.read() if entry.name == "platz.angemeldet"]
            assert len(joined) == 4
            await other.close()

    browsers.run(run())


@pytest.mark.parametrize(
    ("lacks", "told"),
    [
        ("delete window.RTCPeerConnection", "WebRTC ist abgeschaltet"),
        ("RTCRtpReceiver.getCapabilities = () => ({ codecs: [{ mimeType: 'video/AV1' }] })", "weder VP8 noch H.264"),
        ("delete HTMLVideoElement.prototype.requestVideoFrameCallback", "zu alt"),
    ],
)
def test_a_browser_that_cannot_hold_a_call_is_told_and_gets_none(browsers: Browsers, lacks: str, told: str) -> None:
    async def run() -> None:
        exchange = Exchange(DIRECTORY, Rules(), MemoryJournal(), MemoryInbox(), Clock(MONDAY))
        app = build_app(exchange.attend_booth, exchange.attend_desk, DIRECTORY, exchange.is_taken)
        async with beside(exchange.run()), served(app) as address, browsers.browsing() as opened:
            opened.before = lacks
            page = await opened.page(address + SEAT)
            await expect(page.locator("#idle h1")).to_have_text("In diesem Browser sind keine Gespräche möglich")
            await expect(page.locator("#idle")).to_contain_text(told)
            await expect(page.locator("#idle")).to_contain_text("Firefox oder Chromium")
            await expect(page.get_by_role("button", name="Bereit")).to_be_hidden()

    browsers.run(run())
