"""The booth's end of a leg against a real browser: the desk page's own media.js answers, with a fake camera."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.async_api import Page, Route, async_playwright

from lisa_core import exchange
from lisa_core.equipment.media.call import RtcMedia
from tests.browser.pages import FLAGS
from tests.media.booths import LIMIT_S, ChartCamera, HummingMicrophone, NotedLoudspeaker, chart, plain, until
from tests.peers.clients import Client

pytestmark = pytest.mark.browser

ACCEPTED = (
    Client(
        "call",
        "Chromium",
        "156.0.8078.108",
        "Debian",
        "call",
        "test_the_desk_page_sees_the_booth_and_is_seen",
        "two pictures and sound of the booth, picture and sound of the desk",
    ),
)

MEDIA_JS = Path(exchange.__file__).parent / "pages" / "media.js"
PLACE = "http://localhost/desk"
HTML = "<!doctype html><video id=citizen></video><video id=document></video><video id=self muted></video>"
MAKE_LEG = """async () => {
  const { Leg } = await import("/media.js");
  const views = Object.fromEntries([...document.querySelectorAll("video")].map((video) => [video.id, video]));
  window.states = [];
  window.leg = new Leg(views, (text) => window.states.push(text));
}"""
NOWHERE = """async (sdp) => {
  const { Leg } = await import("/media.js");
  const [citizen, document, self] = Array.from({ length: 3 }, () => window.document.createElement("video"));
  const leg = new Leg({ citizen, document, self }, () => {});
  leg.pc.setConfiguration({ bundlePolicy: "max-bundle", iceTransportPolicy: "relay" });
  return leg.answer(sdp).then(() => "", (error) => error.message).finally(() => leg.close());
}"""
"""As in a browser that has no address: it may use none but a relay's, and there is no relay."""
DOCUMENT_PIXELS = """() => {
  const video = document.getElementById("document");
  if (!video.videoWidth) return null;
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  const context = canvas.getContext("2d");
  context.drawImage(video, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let bits = "";
  for (let y = 4; y < canvas.height; y += 8)
    for (let x = 4; x < canvas.width; x += 8) bits += data[4 * (y * canvas.width + x)] > 127 ? "1" : "0";
  return [canvas.width, canvas.height, bits];
}"""


def test_the_desk_page_sees_the_booth_and_is_seen(chromium: str) -> None:
    async def call() -> None:
        table, microphone = ChartCamera(chart(), 0.2), HummingMicrophone()
        citizen, loudspeaker = ChartCamera(plain(960, 540, (30, 90, 200))), NotedLoudspeaker()
        booth = await RtcMedia().booth_leg(citizen, table, microphone, loudspeaker)
        async with desk_page(chromium) as page:
            offer = await booth.offer()
            assert "keine Netzadresse" in await page.evaluate(NOWHERE, offer)
            answer = await page.evaluate("sdp => window.leg.answer(sdp)", offer)
            assert "H264" in answer
            await booth.accept(answer)
            await booth.connected(LIMIT_S)
            wanted = "".join(map(str, (table.picture[4::8, 4::8, 0] > 127).astype(int).ravel()))
            assert await sees(page, [1200, 1600, wanted])

            async for jpeg in booth.faces():
                picture = np.asarray(Image.open(io.BytesIO(jpeg)))
                if picture.std() > 10:  # the fake camera shows a moving pattern, a first picture may be black
                    break
            assert max(picture.shape) <= 960
            await until(lambda: booth.voice_level() > 0.01)
            await until(lambda: loudspeaker.loud > 0)
            assert loudspeaker.sizes == {1920}, "20 ms, mono, 48 kHz, whatever the browser sends"

            booth.document_shown = False
            assert await sees(page, [160, 120, "0" * 300])
            assert booth.fault is None
            await page.evaluate("window.leg.close()")
            await until(lambda: booth.fault is not None)
            await booth.aclose()

    asyncio.run(call())


async def sees(page: Page, wanted: list[Any]) -> bool:
    """Wait until the page's picture of the table has this size and these dark and bright spots."""
    async with asyncio.timeout(LIMIT_S):
        while await page.evaluate(DOCUMENT_PIXELS) != wanted:
            await page.evaluate("new Promise(requestAnimationFrame)")
    return True


@contextlib.asynccontextmanager
async def desk_page(chromium: str) -> AsyncIterator[Page]:
    """A page with three videos and an unused leg, as the desk page has them."""
    script = await asyncio.to_thread(MEDIA_JS.read_text, encoding="utf-8")

    async def serve(route: Route) -> None:
        is_script = route.request.url.endswith("/media.js")
        await route.fulfill(
            body=script if is_script else HTML, content_type="text/javascript" if is_script else "text/html"
        )

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        try:
            page = await browser.new_page()
            await page.route("**/*", serve)
            await page.goto(PLACE)
            await page.evaluate(MAKE_LEG)
            yield page
        finally:
            await browser.close()
