"""An HTTP device that can be unplugged: then nothing is answered, and what was asked meanwhile is not done later."""

from __future__ import annotations

import asyncio

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from emulator.world.line_faults import LineFaults, suffer
from emulator.world.live_world import LiveWorld
from lisa_core.web.server_limits import BoundedHttp


def on_its_line(device: str, world: LiveWorld) -> type[BoundedHttp]:
    """The connections of this device, whose bytes suffer as the faults of the world say."""
    faults = LineFaults(world, device)

    class Suffering(BoundedHttp):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, asyncio.WriteTransport), "a connection is written to"
            suffer(transport, faults)
            super().connection_made(transport)

    return Suffering


class Pluggable:
    """The application of the device of this name, as long as the world does not call it silent."""

    def __init__(self, device: str, world: LiveWorld, app: ASGIApp) -> None:
        self._device, self._world, self._app = device, world, app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._device not in self._world.state.silent:
            await self._app(scope, receive, send)
            return
        back, given_up = asyncio.create_task(self._plugged_in()), asyncio.create_task(_given_up(receive))
        try:
            await asyncio.wait((back, given_up), return_when=asyncio.FIRST_COMPLETED)
            if not given_up.done():
                await Response(status_code=503)(scope, receive, send)
        finally:
            back.cancel()
            given_up.cancel()

    async def _plugged_in(self) -> None:
        while self._device in (state := self._world.state).silent:
            await self._world.changed(state.revision)


async def _given_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
