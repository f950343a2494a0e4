"""The citizen in a booth that is a program of its own: her body in its world, her eyes and a finger on its screen."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from emulator.world.actor import EmulatedActor
from tests.nets.places import Place

DEAF_MARGIN_S, AGAIN_S = 0.1, 2.0
"""A touch counts a moment after the buttons have changed; one that did not is repeated."""


@dataclass
class Screen:
    """Her screen, as any page shows it. Of `view` the newest wins."""

    socket: ClientConnection
    view: dict[str, Any] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def look(self) -> None:
        """See what comes, until the booth ends."""
        async for message in self.socket:
            if isinstance(message, str) and (view := json.loads(message).get("view")):
                self.view = view
                self.changed.set()
                self.changed = asyncio.Event()

    async def shows(self, so: Callable[[dict[str, Any]], object], limit_s: float) -> dict[str, Any]:
        """Wait for a view that is so."""
        try:
            async with asyncio.timeout(limit_s):
                while not (self.view and so(self.view)):
                    await self.changed.wait()
        except TimeoutError:
            raise AssertionError(f"the screen shows {self.view}") from None
        return self.view

    async def touch(self, beginning: str, limit_s: float) -> None:
        """Touch the button whose id begins so, as soon as it is there, until it is there no longer."""

        def buttons(view: dict[str, Any]) -> list[str]:
            return [one["id"] for one in view["buttons"] if one["active"] and one["id"].startswith(beginning)]

        async with asyncio.timeout(limit_s):
            view = await self.shows(buttons, limit_s)
            wanted = buttons(view)[0]
            while wanted in buttons(self.view):
                await asyncio.wait((asyncio.ensure_future(self.changed.wait()),), timeout=DEAF_MARGIN_S)
                await asyncio.wait((asyncio.get_running_loop().create_future(),), timeout=view["deaf_ms"] / 1000)
                await self.socket.send(json.dumps({"touch": wanted}))
                with contextlib.suppress(AssertionError):
                    await self.shows(lambda view: wanted not in buttons(view), AGAIN_S)


@contextlib.asynccontextmanager
async def looking_at(address: str) -> AsyncIterator[Screen]:
    """She looks at the screen at `host:port` from now on."""
    async with connect(f"ws://{address}/ws", proxy=None, max_size=4_000_000) as socket:
        screen = Screen(socket)
        looking = asyncio.create_task(screen.look())
        try:
            yield screen
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Citizen:
    """Who visits: her body is in the loop of its world, her eyes are in that of the screen."""

    body: Place[EmulatedActor]
    eyes: Place[Screen]

    async def acts(self, name: str, *words: str) -> None:
        """Her body does this."""
        await self.body.do(lambda actor: getattr(actor, name)(*words))

    async def sees(self, so: Callable[[dict[str, Any]], object], limit_s: float) -> None:
        """Wait for a view that is so."""
        await self.eyes.do(lambda screen: screen.shows(so, limit_s))

    async def touches(self, beginning: str, limit_s: float) -> None:
        """Touch the button whose id begins so."""
        await self.eyes.do(lambda screen: screen.touch(beginning, limit_s))
