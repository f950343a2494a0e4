"""Pictures of moments: the product's own pages are told once more what they were told then, and one browser looks.

Her screen is `booth.screen.page.PageScreen`, the desk the page of `exchange.web`, each served on loopback. What was
live (the citizen's picture at the desk, sound) is gone and is not made up: the page says so.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from urllib.parse import quote

from lisa_core.domain.model.errors import DeviceFault, LisaError, ProtocolError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.screen import ScreenScene, ScreenView, Sound
from lisa_core.domain.model.values import from_json
from lisa_core.harness.report.pictures.chromium import Chromium, NoBrowserError, Tab, open_chromium
from lisa_core.harness.report.pictures.moment import DeskSight, Developed, Moment
from lisa_core.host.patience import patience

SCREEN, DESK = "screen", "desk"
SCREEN_SIZE, DESK_SIZE = (1280, 800), (1366, 768)
_BESIDE = "document.getElementById('media-state').textContent = 'Livebild hier nicht gezeigt';"
_AWAKE = "document.querySelectorAll('[aria-disabled]').forEach((one) => one.removeAttribute('aria-disabled'));"
"""For half a second after a change no button there can be pressed, and looks like it."""


@dataclass(frozen=True, slots=True)
class Gallery:
    """What came of it: the pictures, how long it took, and in a sentence why there are none, or not all."""

    pictures: tuple[Developed, ...] = ()
    took_us: int = 0
    why_not: str = ""


def develop(moments: Sequence[tuple[str, Moment, bool]]) -> Gallery:
    """Draw them: id of the scenario, its moment, and whether the desk is wanted too. Never raises for a browser."""
    if not moments:
        return Gallery()
    began = time.perf_counter()
    found: list[Developed] = []
    why = ""
    try:
        asyncio.run(_all(moments, found.append))
    except (NoBrowserError, LisaError, OSError) as error:
        why = str(error)
    return Gallery(tuple(found), round((time.perf_counter() - began) * 1_000_000), why)


async def _all(moments: Sequence[tuple[str, Moment, bool]], keep: Callable[[Developed], None]) -> None:
    async with open_chromium() as browser:
        await _screens(browser, [(name, one) for name, one, _ in moments if one.screen], keep)
        for name, one, wanted in moments:
            if wanted and one.desk is not None:
                keep(Developed(name, DESK, await _desk(browser, one.desk)))


# --- her screen -----------------------------------------------------------------------------------------------------


async def _screens(browser: Chromium, moments: Iterable[tuple[str, Moment]], keep: Callable[[Developed], None]) -> None:
    from lisa_core.booth.screen.page import PageScreen
    from lisa_core.web.asgi import listening_socket, serve

    wanted = list(moments)
    if not wanted:
        return
    screen = PageScreen()
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(serve(screen.app, listening_socket("127.0.0.1", 0)))
        tab = await stack.enter_async_context(browser.tab(*SCREEN_SIZE))
        await tab.go(f"http://{address}/")
        for number, (name, moment) in enumerate(wanted):
            try:
                view = from_json(ScreenView, dict(moment.screen), "screen")
            except ProtocolError:
                continue  # of another version, whose screen ours is not
            # Another view first: then the page cannot show the one before and be taken for this one.
            await screen.show_face(b"")
            await screen.show(ScreenView(ScreenScene.FREE, f"Bild {number}"))
            await tab.until(_titled(f"Bild {number}"))
            for digest, jpeg in moment.sheets.items():
                await screen.show_page(digest, jpeg)
            await screen.show(replace(view, deaf_ms=0, sound=Sound.SILENT))
            await screen.show_face(moment.face)
            await tab.until(_drawn(view, bool(moment.face)))
            keep(Developed(name, SCREEN, await tab.picture()))


def _titled(title: str) -> str:
    return f"document.querySelector('#head h1').textContent === {json.dumps(title)}"


def _drawn(view: ScreenView, face: bool) -> str:
    """Its words are there, and every picture on it."""
    title = _titled(view.hint if view.signing else view.title)
    shown = "&& !document.getElementById('face').hidden" if face and view.agent else ""
    return f"{title} {shown} && [...document.images].every((one) => one.complete)"


# --- the desk -------------------------------------------------------------------------------------------------------


async def _desk(browser: Chromium, sight: DeskSight) -> bytes:
    from lisa_core.domain.model.directory import Agent, Directory
    from lisa_core.domain.model.ids import AgentId, OfficeId
    from lisa_core.exchange.web import build_app
    from lisa_core.web.asgi import listening_socket, serve

    agent = AgentId(sight.agent)
    known = Directory({}, {}, {}, {}, {agent: Agent(agent, sight.name, OfficeId("stelle"))})
    teller = _Teller(sight)
    app = build_app(teller.attend, teller.attend, known)
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(serve(app, listening_socket("127.0.0.1", 0)))
        tab: Tab = await stack.enter_async_context(browser.tab(*DESK_SIZE))
        await tab.go(f"http://{address}/platz/{quote(sight.agent)}")
        await teller.heard()
        await tab.until("document.getElementById('link').textContent === 'verbunden'")
        await tab.run(f"{_BESIDE} {_AWAKE} true")
        await tab.until("[...document.images].every((one) => one.complete)")
        return await tab.picture()


class _Teller:
    """Stands where the exchange stood, and tells the page once more what it was told."""

    def __init__(self, sight: DeskSight) -> None:
        self._sight = sight
        self._heard = asyncio.Event()

    async def heard(self) -> None:
        """Wait until the page has had all of it. Raises `NoBrowserError`."""
        try:
            async with patience():
                await self._heard.wait()
        except TimeoutError:
            raise NoBrowserError("die Seite des Arbeitsplatzes meldet sich nicht") from None

    async def attend(self, channel: object) -> None:
        from lisa_core.wire.channel import Channel

        line: Channel = channel  # type: ignore[assignment]  # as `build_app` hands it over
        session = json.loads(await line.receive())["body"]["session"]
        welcome = {"session": session, "seen": 0, "name": self._sight.name, "office": self._sight.office}
        await line.send(_envelope(0, "welcome", welcome))
        number = 0
        for number, (name, body) in enumerate(self._sight.told, start=1):
            await line.send(_envelope(number, name, body))
        try:
            while True:
                if json.loads(await line.receive()).get("ack", 0) >= number:
                    self._heard.set()
        except DeviceFault:
            return


def _envelope(number: int, name: str, body: JsonMap) -> str:
    return json.dumps({"v": 1, "id": number, "ack": 0, "type": name, "call": "anruf", "body": body})
