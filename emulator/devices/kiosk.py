"""The kiosk without a browser: sees the views that the booth's screen shows and touches its buttons for the citizen."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from emulator.devices.finger import Finger
from emulator.world.live_world import LiveWorld
from lisa_core.domain.model.json_types import JsonDict, JsonMap


@contextlib.asynccontextmanager
async def open_kiosk(world: LiveWorld, url: str) -> AsyncIterator[Callable[[], JsonMap]]:
    """Open the citizen's screen at `url` (http://host:port/) and use it until the end; yields what it shows now."""
    finger = Finger(world)
    shown: JsonDict = {}
    socket_url = url.replace("http://", "ws://", 1).rstrip("/") + "/ws"
    async with connect(socket_url, max_size=4_000_000, proxy=None) as socket:
        tasks = [asyncio.create_task(_look(socket, finger, shown)), asyncio.create_task(_touch(socket, finger))]
        try:
            yield lambda: shown
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


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
