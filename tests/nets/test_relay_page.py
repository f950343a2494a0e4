"""The desk page's own media.js in a real browser in a network of its own: over the relay, and why it gives no way."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page

from lisa_core.domain.model.media.media_ways import DIRECT, MediaWays, RelayTrouble
from lisa_core.domain.model.values import to_json
from lisa_core.equipment.media.call import RtcMedia
from lisa_core.equipment.slots.call import BoothLeg
from lisa_core.exchange.ways import Ways
from tests.browser.test_media_chromium import desk_page
from tests.media.booths import LIMIT_S, ChartCamera, HummingMicrophone, chart, plain
from tests.nets.namespaces import Net
from tests.nets.places import living
from tests.nets.town import RELAY, Nets, all_held, other_secret, plan
from tests.peers.clients import Client

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="ein ganzer Besuch zeigt es kurz: LISA_LONG=1"),
]

ACCEPTED = (
    Client(
        "call",
        "coturn",
        "4.6.1",
        "Debian",
        "call",
        "test_a_browser_and_a_booth_meet_at_the_relay",
        "passes on two pictures and sound between networks that do not reach each other",
    ),
)
ANSWER = """async ({ sdp, ways }) => {
  const { Leg, heardWays } = await import("/media.js");
  const views = Object.fromEntries([...document.querySelectorAll("video")].map((video) => [video.id, video]));
  heardWays(ways);
  window.trouble = "";
  window.leg = new Leg(views, (text) => (window.state = text), (trouble) => (window.trouble = trouble));
  return window.leg.answer(sdp).catch((error) => error.message);
}"""
OVER = """() => window.leg.pc.getStats().then((stats) => {
  const all = Object.fromEntries([...stats].map(([id, one]) => [id, one]));
  const pair = Object.values(all).find(({ type, nominated }) => type === "candidate-pair" && nominated);
  return [all[pair.localCandidateId].candidateType, pair.bytesReceived > 0];
})"""


def test_a_browser_and_a_booth_meet_at_the_relay(nets: Nets, chromium: str, tmp_path: Path) -> None:
    async def call() -> None:
        ways = Ways(plan(nets, relay_only=True))
        async with (
            living(nets.booth, lambda: _booth(ways.fresh())) as booth,
            _page(nets.desk, chromium, tmp_path) as page,
        ):
            offer = await booth.do(lambda leg: leg.offer())
            answer = await page.evaluate(ANSWER, {"sdp": offer, "ways": to_json(ways.fresh())})
            await booth.do(lambda leg: leg.accept(answer))
            await booth.do(lambda leg: leg.connected(LIMIT_S))
            await page.wait_for_function("window.state === 'Bild und Ton laufen'")
            await page.wait_for_function("document.getElementById('document').videoWidth === 1200")
            await booth.until(lambda leg: leg.voice_level() > 0.01, LIMIT_S)
            local, received = await page.evaluate(OVER)
            assert received
            assert local == "relay"

    asyncio.run(call())


def test_a_browser_says_why_a_relay_gives_no_way(nets: Nets, chromium: str, tmp_path: Path) -> None:
    async def call() -> None:
        async with living(nets.booth, lambda: _booth(DIRECT)) as booth, _page(nets.desk, chromium, tmp_path) as page:
            await _troubles(nets, page, await booth.do(lambda leg: leg.offer()), tmp_path)

    asyncio.run(call())


async def _troubles(nets: Nets, page: Page, offer: str, folder: Path) -> None:
    """And that it goes no other way where it may not."""
    other = Ways(plan(nets, secret_file=str(other_secret(folder))))
    told = {RelayTrouble.REFUSED: other, RelayTrouble.EXPIRED: Ways(plan(nets), lambda: time.time() - 36_000)}
    for trouble, ways in told.items():
        assert "candidate" in await _answer(page, offer, ways.fresh())
        assert await page.evaluate("window.trouble") == trouble
    async with all_held(nets):
        strict = Ways(plan(nets, relay_only=True)).fresh()
        assert "nicht erlaubt" in await _answer(page, offer, strict)
        assert await page.evaluate("window.trouble") == RelayTrouble.FULL
    await _answer(page, offer, Ways(plan(nets, turn=(f"turn:{RELAY}:9",))).fresh())
    assert await page.evaluate("window.trouble") == RelayTrouble.AWAY


async def _answer(page: Page, offer: str, ways: MediaWays) -> str:
    await page.evaluate("window.leg?.close()")
    return str(await page.evaluate(ANSWER, {"sdp": offer, "ways": to_json(ways)}))


@contextlib.asynccontextmanager
async def _booth(ways: MediaWays) -> AsyncIterator[BoothLeg]:
    cameras = ChartCamera(plain(320, 240, (30, 90, 200))), ChartCamera(chart(), 0.2)
    leg = await RtcMedia(addresses=()).booth_leg(*cameras, HummingMicrophone(), ways=ways)
    try:
        yield leg
    finally:
        await leg.aclose()


@contextlib.asynccontextmanager
async def _page(net: Net, chromium: str, folder: Path) -> AsyncIterator[Page]:
    """Chromium in this network; its page comes from nowhere."""
    program = folder / "chromium"
    program.write_text(f'#!/bin/sh\nexec {" ".join(net.inside(chromium))} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    async with desk_page(str(program)) as page:
        yield page
