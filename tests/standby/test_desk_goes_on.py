"""A talk goes on while its exchange is killed, and the next one cut off: one name, one database, and a real browser.

Exchanges and all others are in networks of their own. The desk is the page in Chromium, under the one name; the booth
knows both addresses. Nobody logs in again, and the picture does not stop: it never went through an exchange.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.async_api import Page

from lisa_core.config.directory import load_directory
from lisa_core.domain.model.ids import SiteId
from tests.browser.pages import SMALL, browsing, press
from tests.browser.test_visit import sees
from tests.nets.namespaces import need_networks
from tests.nets.places import Place, living
from tests.nets.town import SITE, Cabin, cabin
from tests.standby.name_server import asking, serve_names
from tests.standby.neighbour import CALL as NEIGHBOUR
from tests.standby.neighbour import LYCHEN, Neighbour, neighbour
from tests.standby.two_exchanges import NAME, PASSWORD, PORT, Pair, pair
from tests.store.server import need_server
from tests.system.programs import Program, killed

LONG = pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="noch einmal anders: nur mit LISA_LONG=1")
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LIMIT_S = 60.0
FRUGAL, SELDOM_S = "--use-fake-device-for-media-stream=fps=1", 0.5
"""How often desk and booth show a picture: how fluent they are is not the subject."""
READY, WAITS = "Vermittlung bereit", "wartet und übernimmt"
WATCH = """() => {
  const link = document.getElementById("link");
  window.links = [];
  new MutationObserver(() => links.push(link.textContent)).observe(link, { childList: true });
}"""
MARK = "document.getElementById('citizen').srcObject.neverMadeAnew = true"
GONE_AND_BACK = "() => links.length > 0 && links.at(-1) === 'verbunden'"
AS_IT_WAS = "links.splice(0).length > 0 && document.getElementById('citizen').srcObject.neverMadeAnew"
SHOWN = "() => document.getElementById('citizen').getVideoPlaybackQuality().totalVideoFrames"
MORE = f"(shown) => ({SHOWN})() > shown"


@pytest.mark.parametrize("way", ["all", *(pytest.param(way, marks=LONG) for way in ("database", "motion"))])
def test_a_talk_goes_on_at_whoever_succeeds(
    chromium: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """`way`: what the second exchange loses."""
    need_networks()
    need_server()

    async def scenario(two: Pair) -> None:
        async with AsyncExitStack() as stack:
            first = stack.enter_context(two.exchange(two.one))
            await said(first, READY)
            second = stack.enter_context(two.exchange(two.two))
            await said(second, WAITS)
            keys = two.enter(SITE, LYCHEN)
            desk = await _talk(stack, two, chromium, keys)
            await _is_killed(desk, first, second)
            third = stack.enter_context(two.exchange(two.one))
            await said(third, WAITS)
            beside = await stack.enter_async_context(living(two.two.net, lambda: neighbour(two, keys[LYCHEN])))
            await LOSES[way](two, desk, beside, (second, third))
            await sees(desk, "#ring-title", "Lychen")
            _check(two)

    with pair(tmp_path, monkeypatch) as two:
        asyncio.run(scenario(two))


async def said(program: Program, words: str) -> None:
    await asyncio.to_thread(program.until, words)


async def _talk(stack: AsyncExitStack, two: Pair, chromium: str, keys: dict[SiteId, Ed25519PrivateKey]) -> Page:
    """Her browser finds the one that listens under the name of both."""
    directory, _ = load_directory("uckermark")
    dials = two.dials(two.one.address, two.two.address)
    there = living(two.house, lambda: cabin(directory, dials, keys[SITE], SELDOM_S))
    booth = await stack.enter_async_context(there)
    await stack.enter_async_context(living(two.house, partial(serve_names, [two.two.address, two.one.address])))
    desk = await stack.enter_async_context(_desk(two, chromium))

    async def comes(cabin: Cabin) -> None:
        await cabin.actor.enter()
        await cabin.actor.sit()

    await booth.do(comes)
    await desk.get_by_role("button", name="Annehmen").click()
    await sees(desk, "#media-state", "Bild und Ton laufen")
    await _shows_more(desk)
    await desk.evaluate(MARK)
    return desk


@contextlib.asynccontextmanager
async def _desk(two: Pair, chromium: str) -> AsyncIterator[Page]:
    async with browsing(str(asking(two.house, two.home, chromium)), FRUGAL) as opened:
        page = await opened.page(f"https://{NAME}:{PORT}", SMALL)
        await page.get_by_label("Name").fill("b.brandt")
        await page.get_by_label("Kennwort", exact=True).fill(PASSWORD)
        await press(page.get_by_role("button", name="Anmelden"))
        await page.get_by_role("button", name="Bereit").click()
        await sees(page, "h1", "Sie sind bereit")
        await page.evaluate(WATCH)
        yield page


async def _is_killed(desk: Page, first: Program, second: Program) -> None:
    """What she asks for while nobody is there is done, once; her picture does not stop meanwhile."""
    await desk.get_by_label("Tag und Zeit").fill("2026-12-01T09:00")
    await desk.get_by_label("Bei").select_option("wohngeldstelle")
    shown = await desk.evaluate(SHOWN)
    killed(first)
    await desk.get_by_role("button", name="Termin vereinbaren").click()
    await said(second, READY)
    assert await desk.evaluate(SHOWN) > shown
    await sees(desk, "#appointment-made", "Vereinbart")
    await _is_as_it_was(desk, "mietzuschuss", "Mietzuschuss")


async def _loses_all(two: Pair, desk: Page, beside: Place[Neighbour], programs: tuple[Program, Program]) -> None:
    """Whoever is cut off accepts nothing, not even from one that still reaches it, and ends when it is back."""
    cut_off, next_one = programs
    two.two.pull()
    await beside.do(Neighbour.place_call)
    await said(next_one, READY)
    await _is_as_it_was(desk, "grundsicherung", "Grundsicherung")
    await desk.get_by_role("button", name="Gespräch beenden").click()
    assert await beside.do(Neighbour.heard) == []
    assert cut_off.runs
    two.two.plug()
    await _ends_succeeded(cut_off)


async def _loses_database(two: Pair, desk: Page, beside: Place[Neighbour], programs: tuple[Program, Program]) -> None:
    """It keeps those that it has until it gives way, and accepts nothing."""
    cut_off, next_one = programs
    two.two.lose_database()
    await beside.do(Neighbour.place_call)
    await said(next_one, READY)
    assert await beside.do(Neighbour.heard) == []
    await _ends_succeeded(cut_off)
    await _is_as_it_was(desk, "grundsicherung", "Grundsicherung")
    await desk.get_by_role("button", name="Gespräch beenden").click()


async def _stands_still(two: Pair, desk: Page, beside: Place[Neighbour], programs: tuple[Program, Program]) -> None:
    """Its computer goes on taking connections, and nobody answers there: a page gives up, and is led to the other."""
    cut_off, next_one = programs
    cut_off.send(signal.SIGSTOP)
    await beside.do(Neighbour.place_call)
    await said(next_one, READY)
    await _is_as_it_was(desk, "grundsicherung", "Grundsicherung")
    await desk.get_by_role("button", name="Gespräch beenden").click()
    cut_off.send(signal.SIGCONT)
    await _ends_succeeded(cut_off)


LOSES = {"all": _loses_all, "database": _loses_database, "motion": _stands_still}


async def _ends_succeeded(program: Program) -> None:
    ended = await asyncio.to_thread(program.ended)
    assert (ended.code, "übernommen" in ended.output) == (5, True), ended.output


async def _is_as_it_was(desk: Page, service: str, form: str) -> None:
    """Connected again, in the same page, the same talk and with the same picture; and her booth does what she asks."""
    await desk.wait_for_function(GONE_AND_BACK)
    await sees(desk, "#call-title", "Gespräch")
    await sees(desk, "#media-state", "Bild und Ton laufen")
    assert await desk.evaluate(AS_IT_WAS)
    await _shows_more(desk)
    await desk.locator("#service").select_option(service)
    await sees(desk, "#forms", form)  # that comes from there


async def _shows_more(desk: Page) -> None:
    await desk.wait_for_function(MORE, arg=await desk.evaluate(SHOWN))


def _check(two: Pair) -> None:
    """Each thing once, and nobody missed."""
    call = "templin-sitzung-1-1/1"
    log = [(name, subject) for name, subject, _ in two.logged() if name.startswith(("anruf.", "termin.", "frist."))]
    assert [entry for entry in log if entry[1] != NEIGHBOUR] == [
        ("anruf.begonnen", call),
        ("anruf.angenommen", call),
        ("termin.vereinbart", "templin"),
        ("anruf.beendet", call),
    ]
    assert [entry for entry in log if entry[1] == NEIGHBOUR] == [("anruf.begonnen", NEIGHBOUR)]
