"""The portal beside a call, in a real Chromium: what it hands to the desk is looked at there, and then shown."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, expect
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from lisa_core.domain.model.call_words import Ending
from lisa_core.domain.model.screen import Leaflet
from lisa_core.exchange import portals
from lisa_core.exchange.web import build_app
from lisa_core.web.asgi import listening_socket, serve
from lisa_core.wire import messages as m
from tests.browser.pages import Browsers, Opened, findings, served
from tests.browser.portal_stub import StubPortal
from tests.browser.stub import DIRECTORY, FRONT, StubExchange
from tests.browser.test_pages import desk_state, take_a_call

pytestmark = pytest.mark.browser

PLACE = Leaflet("Haus am See", ("Heimerziehung", "Gruppe Boot · Zimmer 1", "Sofort frei, Ende nicht abzusehen."))
LISTENS = "() => { window.origins = []; addEventListener('message', ({ origin }) => window.origins.push(origin)); }"
AGAIN_MS = 11_000
FORGED = "() => opener.postMessage({ type: 'lisa.leaflet', title: 'Bitte überweisen Sie', lines: [] }, '*')"


def on_the_network(app: Any, policy: str) -> Any:
    """With the header that keeps windows of different pages apart: on loopback it is not sent."""

    async def answered(scope: Any, receive: Any, send: Any) -> None:
        async def with_policy(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"cross-origin-opener-policy", policy.encode())]
            await send(message)

        await app(scope, receive, with_policy)

    return answered


def free_port() -> int:
    with listening_socket("127.0.0.1", 0) as found:
        return int(found.getsockname()[1])


@contextlib.asynccontextmanager
async def desk_and_portal(
    browsers: Browsers, policy: str = "unsafe-none"
) -> AsyncIterator[tuple[Opened, Page, StubExchange]]:
    portal, exchange = StubPortal(), StubExchange()
    async with served(on_the_network(portal.app, policy)) as there:
        office = replace(DIRECTORY.offices[FRONT], portal=f"http://{there}/platz/p1", portal_name="SoJuS")
        known = replace(DIRECTORY, offices={**DIRECTORY.offices, FRONT: office})
        app = on_the_network(build_app(exchange.attend, exchange.attend, known), "same-origin-allow-popups")
        async with served(app) as here, browsers.browsing() as opened:
            portal.desks.append(f"http://{here}")
            page = await opened.page(f"{here}/platz/p-beispiel")
            await exchange.greeted.wait()
            await exchange.say(desk_state("pause"))
            await expect(page.locator("#portal-card")).to_be_hidden()
            await take_a_call(page, exchange)
            yield opened, page, exchange


async def _opened(page: Page) -> Page:
    async with page.expect_popup() as coming:
        await page.get_by_role("button", name="SoJuS öffnen").click()
    beside = await coming.value
    await expect(beside.get_by_role("heading", name="Was der Platz ist")).to_be_visible()
    return beside


def test_what_the_portal_hands_over_the_agent_looks_at_and_shows(browsers: Browsers) -> None:
    async def run() -> None:
        async with desk_and_portal(browsers) as (_, page, exchange):
            beside = await _opened(page)
            hand = beside.get_by_role("button", name="Der Bürgerin zeigen")
            await hand.click()
            await expect(beside.get_by_text("Es liegt an Ihrem Arbeitsplatz")).to_be_visible()
            await expect(page.locator("#leaflet-preview")).to_contain_text("Sofort frei")
            assert await findings(page, target=44, base=12) == []
            await page.get_by_role("button", name="Der Bürgerin zeigen").click()
            assert await exchange.hear(m.ShowLeaflet) == m.ShowLeaflet(PLACE)
            await expect(page.locator("#leaflet-offered")).to_be_hidden()
            await exchange.say(m.LeafletShown(PLACE))
            await expect(page.locator("#leaflet-what")).to_have_text("Die Bürgerin sieht: Haus am See")
            await page.get_by_role("button", name="Vom Bildschirm nehmen").click()
            assert await exchange.hear(m.ShowLeaflet) == m.ShowLeaflet(None)
            await exchange.say(m.LeafletShown(None))
            await expect(page.locator("#leaflet-shown")).to_be_hidden()
            await exchange.say(m.CallEnded(Ending.CITIZEN))
            await exchange.say(desk_state("pause"))
            await expect(page.locator("#portal-card")).to_be_hidden()
            await hand.click()
            await expect(beside.get_by_text("ist gerade kein Gespräch")).to_be_visible()

    browsers.run(run())


def test_the_agent_reads_what_the_portal_lacks_and_the_talk_goes_on(
    browsers: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not know this desk; it is gone; it is there again. Her page of it is kept, or loaded anew where it may be
    the browser's own."""
    monkeypatch.setattr(portals, "KEPT_S", 0.0)

    async def run() -> None:
        portal, exchange, there = StubPortal(), StubExchange(), free_port()
        office = replace(DIRECTORY.offices[FRONT], portal=f"http://127.0.0.1:{there}/platz/p1", portal_name="SoJuS")
        known = replace(DIRECTORY, offices={**DIRECTORY.offices, FRONT: office})
        async with served(build_app(exchange.attend, exchange.attend, known)) as here, browsers.browsing() as opened:
            page = await opened.page(here)
            await page.clock.install()
            await page.goto(f"http://{here}/platz/p-beispiel")
            await exchange.greeted.wait()
            await exchange.say(desk_state("pause"))
            state = page.locator("#portal-state")
            async with serve(portal.app, listening_socket("127.0.0.1", there)):
                await take_a_call(page, exchange)
                await expect(state).to_contain_text("SoJuS kennt diesen Arbeitsplatz nicht")
                await expect(state).to_contain_text(f"--desk http://{here}")
                assert await findings(page, target=44, base=12) == []
                portal.desks.append(f"http://{here}")
                await page.clock.fast_forward(AGAIN_MS)
                await expect(state).to_be_hidden()
                beside = await _opened(page)
                await beside.evaluate("() => (window.mine = true)")
                await page.get_by_role("button", name="SoJuS öffnen").click()
                assert await beside.evaluate("() => window.mine"), "what she has there stays"
            await page.clock.fast_forward(AGAIN_MS)
            await expect(state).to_contain_text("SoJuS antwortet gerade nicht. Das Gespräch geht weiter")
            await expect(page.get_by_role("button", name="Gespräch beenden")).to_be_visible()
            async with serve(portal.app, listening_socket("127.0.0.1", there)):
                await page.get_by_role("button", name="SoJuS öffnen").click()
                await beside.wait_for_function("() => !window.mine && document.querySelector('h2')")
                await page.clock.fast_forward(AGAIN_MS)
                await expect(state).to_be_hidden()
            opened.complaints.clear()  # the browser writes down each answer that does not come

    browsers.run(run())


def test_no_other_page_puts_a_text_before_the_agent(browsers: Browsers) -> None:
    async def run() -> None:
        foreign = Starlette(routes=[Route("/", lambda request: HTMLResponse("<title>Fremd</title>"))])
        async with desk_and_portal(browsers) as (_, page, _), served(foreign) as elsewhere:
            beside = await _opened(page)
            await page.evaluate(LISTENS)
            await beside.goto(f"http://{elsewhere}")
            await beside.evaluate(FORGED)
            await page.wait_for_function("origin => window.origins.includes(origin)", arg=f"http://{elsewhere}")
            await expect(page.locator("#leaflet-offered")).to_be_hidden()

    browsers.run(run())


def test_a_window_that_is_no_desk_does_not_hear_that_somebody_is_here(browsers: Browsers) -> None:
    async def run() -> None:
        foreign = Starlette(routes=[Route("/", lambda request: HTMLResponse("<title>Fremd</title>"))])
        portal = StubPortal()
        portal.desks += ["http://127.0.0.1:9", "http://127.0.0.1:10"]
        async with served(portal.app) as there, served(foreign) as elsewhere, browsers.browsing() as opened:
            page = await opened.page(elsewhere)
            await page.evaluate(LISTENS)
            async with page.expect_popup() as coming:
                await page.evaluate("address => { window.open(address); }", f"http://{there}/platz/p1")
            beside = await coming.value
            await expect(beside.get_by_role("heading", name="Was der Platz ist")).to_be_visible()
            await expect(beside.get_by_role("button", name="Der Bürgerin zeigen")).to_be_hidden()
            await beside.evaluate("() => opener.postMessage('nach dem Gruß', '*')")
            await page.wait_for_function("() => window.origins.length > 0")
            assert await page.evaluate("() => window.origins.length") == 1
            opened.complaints.clear()  # the browser writes down that the foreign window is none of these

    browsers.run(run())


@pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="what the browser does; only with LISA_LONG=1")
def test_a_portal_that_knows_no_desk_stays_apart(browsers: Browsers) -> None:
    async def run() -> None:
        async with desk_and_portal(browsers, "same-origin") as (_, page, _):
            beside = await _opened(page)
            assert await beside.evaluate("() => window.opener === null")
            await expect(beside.get_by_role("button", name="Der Bürgerin zeigen")).to_be_hidden()

    browsers.run(run())


def test_the_policies_are_those_that_the_programs_send() -> None:
    """Only on the network; a portal loosens the desk's, and nothing else does."""

    async def run() -> None:
        portal = replace(DIRECTORY.offices[FRONT], portal="https://plaetze.landkreis.example")
        for office, policy in ((DIRECTORY.offices[FRONT], "same-origin"), (portal, "same-origin-allow-popups")):
            known = replace(DIRECTORY, offices={**DIRECTORY.offices, FRONT: office})
            app = build_app(StubExchange().attend, StubExchange().attend, known, names=lambda: ("127.0.0.1",))
            async with served(app) as address, httpx.AsyncClient() as client:
                answer = await client.get(f"http://{address}/platz/p-beispiel")
                assert answer.headers["cross-origin-opener-policy"] == policy

    asyncio.run(run())
