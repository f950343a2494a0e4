"""One Chromium without a window, spoken to by its own protocol (Chrome DevTools Protocol, stable 1.3) over a WebSocket.

    https://chromedevtools.github.io/devtools-protocol/1-3 (domains Target, Page, Runtime, Emulation)

Its profile lies in a folder of ours and goes with it; what it complains of is not read on. Everything it is asked has a
limit in time, so that a browser that hangs costs pictures and nothing else.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import itertools
import json
import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from lisa_core.domain.model.json_types import Json
from lisa_core.host.patience import patience
from lisa_core.host.temporary import temporary_folder

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
START_S, ANSWER_S = 30.0, 20.0
MAX_ANSWER = 64_000_000
_FLAGS = (
    *("--headless=new", "--remote-debugging-port=0", "--remote-debugging-address=127.0.0.1"),
    *("--no-first-run", "--no-default-browser-check", "--disable-gpu", "--hide-scrollbars", "--mute-audio"),
    *("--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--force-color-profile=srgb", "--lang=de-DE", "--disable-extensions", "--metrics-recording-only"),
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
)
"""The last: it gets pages for its address bar ready, in a process of their own, which is half of what a start takes."""
_LISTENING = re.compile(rb"DevTools listening on (ws://127\.0\.0\.1:\S+)")


class NoBrowserError(Exception):
    """There are no pictures: why, as German words that stand in a sentence."""


def program() -> str:
    """Where a Chromium lies; "" where there is none."""
    return next(filter(None, map(shutil.which, PROGRAMS)), "")


class Tab:
    """One page of the browser."""

    def __init__(self, browser: Chromium, session: str) -> None:
        self._browser, self._session = browser, session

    async def ask(self, method: str, **parameters: object) -> Json:
        """The browser's answer. Raises `NoBrowserError`."""
        return await self._browser.ask(method, self._session, **parameters)

    async def until(self, condition: str) -> None:
        """Wait until this expression of the page is true, and drawn. Raises `NoBrowserError`."""
        code = (
            "new Promise((done) => { const look = () => { let there = false; try { there = Boolean("
            + condition
            + "); } catch {} if (there) requestAnimationFrame(() => requestAnimationFrame(() => done(true)));"
            " else setTimeout(look, 10); }; look(); })"
        )
        await self.run(code)

    async def run(self, code: str) -> Json:
        """What this expression of the page comes to; a promise is awaited."""
        answer = await self.ask("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        return answer.get("result", {}).get("value")

    async def go(self, address: str) -> None:
        await self.ask("Page.navigate", url=address)

    async def size(self, width: int, height: int) -> None:
        await self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )

    async def picture(self, quality: int = 80) -> bytes:
        """What is to be seen, as JPEG."""
        answer = await self.ask("Page.captureScreenshot", format="jpeg", quality=quality)
        return base64.b64decode(answer["data"])


class Chromium:
    """A browser that runs."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Json]] = {}

    async def listen(self) -> None:
        """Take what it says, until it is gone."""
        try:
            async for text in self._socket:
                said = json.loads(text)
                waiting = self._waiting.pop(said.get("id", 0), None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(said)
        finally:
            for waiting in self._waiting.values():
                waiting.cancel()

    async def ask(self, method: str, session: str = "", **parameters: object) -> Json:
        """Its answer. Raises `NoBrowserError` where none comes, or an error."""
        number = next(self._numbers)
        self._waiting[number] = waiting = asyncio.get_running_loop().create_future()
        question = {"id": number, "method": method, "params": parameters, **({"sessionId": session} if session else {})}
        try:
            async with patience(ANSWER_S):
                await self._socket.send(json.dumps(question))
                said = await waiting
        except (TimeoutError, WebSocketException, OSError):
            raise NoBrowserError(f"der Browser antwortet nicht ({method})") from None
        except asyncio.CancelledError:
            if waiting.cancelled():
                raise NoBrowserError("der Browser hat sich beendet") from None
            raise
        if "error" in said:
            raise NoBrowserError(f"der Browser kann es nicht ({method}: {said['error'].get('message', '')})")
        return said["result"]

    @contextlib.asynccontextmanager
    async def tab(self, width: int, height: int) -> AsyncIterator[Tab]:
        """A page of this size."""
        target = (await self.ask("Target.createTarget", url="about:blank"))["targetId"]
        session = (await self.ask("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
        tab = Tab(self, session)
        try:
            await tab.size(width, height)
            yield tab
        finally:
            with contextlib.suppress(NoBrowserError):
                await self.ask("Target.closeTarget", targetId=target)


@contextlib.asynccontextmanager
async def open_chromium() -> AsyncIterator[Chromium]:
    """Start one. Raises `NoBrowserError` with the reason where that cannot be."""
    if not (path := program()):
        raise NoBrowserError("auf diesem Rechner ist kein Chromium (Debian: chromium)")
    async with AsyncExitStack() as stack:
        folder = temporary_folder(stack.enter_context(ExitStack()), "bilder")
        # Whoever is root has no user to hide behind: Chromium's own walls need one. It opens our own pages only.
        flags = (*_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else []), f"--user-data-dir={folder}")
        process = await _started(path, flags)
        stack.push_async_callback(_end, process)
        address = await _address(process)
        draining = asyncio.create_task(_drain(process))
        stack.push_async_callback(_cancelled, draining)
        try:
            socket = await stack.enter_async_context(connect(address, max_size=MAX_ANSWER, proxy=None))
        except (OSError, WebSocketException, TimeoutError):
            raise NoBrowserError("der Browser lässt sich nicht ansprechen") from None
        browser = Chromium(socket)
        stack.push_async_callback(_cancelled, asyncio.create_task(browser.listen()))
        yield browser


async def _started(path: str, flags: tuple[str, ...]) -> asyncio.subprocess.Process:
    quiet, pipe = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
    try:
        return await asyncio.create_subprocess_exec(
            path, *flags, stdin=quiet, stdout=quiet, stderr=pipe, start_new_session=True
        )
    except OSError as error:
        raise NoBrowserError(f"der Browser lässt sich nicht starten ({error.strerror})") from None


async def _address(process: asyncio.subprocess.Process) -> str:
    """Where it wants to be spoken to; it says so among what it complains of."""
    assert process.stderr is not None
    with contextlib.suppress(TimeoutError, ValueError):
        async with patience(START_S):
            while line := await process.stderr.readline():
                if found := _LISTENING.search(line):
                    return found[1].decode()
    raise NoBrowserError("der Browser ist nicht gestartet")


async def _drain(process: asyncio.subprocess.Process) -> None:
    assert process.stderr is not None
    while await process.stderr.read(65536):
        pass


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _end(process: asyncio.subprocess.Process) -> None:
    """With all the processes that it has made: they are a session of their own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, 9)
    await process.wait()
