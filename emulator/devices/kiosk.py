"""The kiosk without a browser: sees the views that the booth's screen shows and touches its buttons for the citizen."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from emulator.devices.finger import Finger, is_dark
from emulator.world.live_world import LiveWorld
from lisa_core.domain.model.json_types import JsonDict, JsonMap


@contextlib.asynccontextmanager
async def open_kiosk(world: LiveWorld, url: str) -> AsyncIterator[Callable[[], JsonMap]]:
    """Open the citizen's screen at `url` (http://host:port/) and use it until the end; yields what it shows now."""
    shown: JsonDict = {}
    ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    using = asyncio.create_task(_use(world, url.replace("http://", "ws://", 1).rstrip("/") + "/ws", shown, ready))
    try:
        await asyncio.wait((using, ready), return_when=asyncio.FIRST_COMPLETED)
        if using.done():
            using.result()
        yield lambda: shown
    finally:
        using.cancel()
        await asyncio.gather(using, return_exceptions=True)


async def _use(world: LiveWorld, url: str, shown: JsonDict, ready: asyncio.Future[None]) -> None:
    """Show the page, but not while the screen is dark; until the booth closes it."""
    dark = False
    while True:
        await _until(world, dark=False)
        async with connect(url, max_size=4_000_000, proxy=None) as socket:
            finger = Finger(world)
            looking = asyncio.create_task(_look(socket, finger, shown))
            tasks = (
                looking,
                asyncio.create_task(_touch(socket, finger)),
                asyncio.create_task(_until(world, dark=True)),
            )
            if not ready.done():
                ready.set_result(None)
            try:
                await asyncio.wait((looking, tasks[-1]), return_when=asyncio.FIRST_COMPLETED)
                dark = tasks[-1].done()
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
        if not dark:
            return
        shown.clear()


async def _until(world: LiveWorld, *, dark: bool) -> None:
    while is_dark(state := world.state) is not dark:
        await world.changed(state.revision)


async def _look(socket: ClientConnection, finger: Finger, shown: JsonDict) -> None:
    with contextlib.suppress(ConnectionClosed):
        async for message in socket:
            if isinstance(message, str) and "view" in (said := json.loads(message)):
                view = said["view"]
                shown.clear()
                shown.update(view)
                taken = tuple(button["id"] for button in view["buttons"] if button.get("active", True))
                finger.show(taken, view.get("deaf_ms", 0))


async def _touch(socket: ClientConnection, finger: Finger) -> None:
    with contextlib.suppress(ConnectionClosed):
        async for button in finger.touches():
            await socket.send(json.dumps({"touch": button}))
