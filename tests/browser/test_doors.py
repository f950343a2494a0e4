"""What stands before the pages: foreign pages are kept out, and a channel takes text of the link's size only."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from lisa_core.booth.screen.page import PageScreen
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.screen import Button, ScreenScene, ScreenView
from lisa_core.exchange.web import build_app
from lisa_core.wire.channel import Channel, dial
from lisa_core.wire.envelope import MAX_BYTES
from tests.browser.pages import served
from tests.browser.stub import DIRECTORY, LIMIT_S


async def _echo(channel: Channel) -> None:
    while True:
        await channel.send(await channel.receive())


def test_foreign_pages_are_kept_out() -> None:
    async def run() -> None:
        async with served(PageScreen().app) as address, httpx.AsyncClient() as client:
            for origin in ("http://boese.example", "null", f"http://{address}.boese.example"):
                with pytest.raises(InvalidStatus):
                    await connect(f"ws://{address}/ws", origin=Origin(origin), proxy=None)
            async with connect(f"ws://{address}/ws", origin=Origin(f"http://{address}"), proxy=None) as own:
                assert '"scene": "aufraeumen"' in await own.recv()
            rebound = await client.get(f"http://{address}/", headers={"host": "boese.example"})
            assert rebound.status_code == 403
            page = await client.get(f"http://{address}/")
            assert "default-src 'none'" in page.headers["content-security-policy"]
            assert page.headers["cache-control"] == "no-store"

    asyncio.run(run())


def test_the_start_page_lists_the_seats() -> None:
    async def run() -> None:
        async with served(build_app(_echo, _echo, DIRECTORY)) as address, httpx.AsyncClient() as client:
            page = await client.get(f"http://{address}/")
            assert page.text.index("LISA-Team") < page.text.index("Wohngeldstelle Musterland")
            assert 'href="/platz/j-muster"' in page.text
            assert (await client.get(f"http://{address}/platz/j-muster")).status_code == 200
            assert (await client.get(f"http://{address}/platz/niemand")).status_code == 404

    asyncio.run(run())


def test_a_channel_takes_text_of_the_links_size() -> None:
    async def run() -> None:
        ended: asyncio.Queue[str] = asyncio.Queue()

        async def attend(channel: Channel) -> None:
            try:
                await _echo(channel)
            except DeviceFault as fault:
                ended.put_nowait(fault.code)
                raise

        async with served(build_app(attend, attend, DIRECTORY)) as address:
            for path in ("booth", "desk"):
                channel = await dial(f"ws://{address}/ws/{path}")
                await channel.send("grün")
                assert await channel.receive() == "grün"
                await channel.aclose()
                assert await asyncio.wait_for(ended.get(), LIMIT_S) == "link.lost"
            for wrong in (b"bytes", "x" * (MAX_BYTES + 1)):
                async with connect(f"ws://{address}/ws/desk", proxy=None) as socket:
                    await socket.send(wrong)
                    assert await asyncio.wait_for(ended.get(), LIMIT_S) == "link.lost"
                    await asyncio.wait_for(socket.wait_closed(), LIMIT_S)
                    assert socket.close_code in (1003, 1009)

    asyncio.run(run())


def test_a_slow_screen_gets_the_newest_picture_and_no_backlog() -> None:
    async def run() -> None:
        screen = PageScreen()
        async with served(screen.app) as address, connect(f"ws://{address}/ws", proxy=None) as page:
            await page.recv()
            for number in range(1000):
                await screen.show_face(b"%d" % number)
            assert await asyncio.wait_for(page.recv(), LIMIT_S) == b"999"
            await screen.show_face(b"")
            assert await asyncio.wait_for(page.recv(), LIMIT_S) == '{"face":false}'
            await screen.show(ScreenView(ScreenScene.FREE, "frei"))
            assert '"frei"' in str(await asyncio.wait_for(page.recv(), LIMIT_S))

    asyncio.run(run())


def test_a_page_may_say_anything_and_a_screen_that_cannot_be_shown_says_so() -> None:
    async def run() -> None:
        screen = PageScreen()
        async with served(screen.app) as address:
            async with connect(f"ws://{address}/ws", proxy=None) as page:
                for said in (
                    '{"touch":"\\ud800"}',
                    '{"touch":"\\u0000"}',
                    "[" * 400,
                    "1e999",
                    "null",
                    "[]",
                    "kein JSON",
                ):
                    await page.send(said)
                await screen.show(ScreenView(ScreenScene.FREE, "frei", buttons=(Button("ruf", "Anrufen"),)))
                while '"frei"' not in str(await asyncio.wait_for(page.recv(), LIMIT_S)):
                    """The first view."""
                await page.send('{"touch":"ruf"}')
                assert (await asyncio.wait_for(anext(screen.touches()), LIMIT_S)).button == "ruf"
                await page.send("ü" * 300)
                await asyncio.wait_for(page.wait_closed(), LIMIT_S)
                assert page.close_code == 1009
            async with connect(f"ws://{address}/ws", proxy=None) as page:
                await page.recv()
                await screen.show(ScreenView(ScreenScene.FREE, "\ud800"))
                await asyncio.wait_for(page.wait_closed(), LIMIT_S)
                assert page.close_code == 1011, "a page that nobody can tell anything any more is not left as it was"

    asyncio.run(run())
