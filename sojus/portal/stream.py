"""Server-sent events: one connection on which the portal tells what happens, for as long as somebody reads it.

Nothing waits in the portal for a reader: whoever has time again is told what there is by then. Whoever takes nothing
for `STUCK_S` is cut, and comes back by itself with the number of the last event it has heard.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractContextManager
from typing import NamedTuple

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from lisa_core.domain.model.json_types import Json

BEAT_S, STUCK_S = 15.0, 20.0
RETRY_MS = 2_000
"""After which a browser whose connection was lost comes back."""


class Telling(NamedTuple):
    """`at`: the number that a reader who comes back names; 0: none."""

    name: str
    data: Json
    at: int = 0

    @property
    def line(self) -> bytes:
        text = json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))
        number = f"id: {self.at}\n" if self.at else ""
        return f"event: {self.name}\n{number}data: {text}\n\n".encode()


BEAT = Telling("beat", {})


class Pulse:
    """Something happened: all who wait go on. Of the loop's thread; other threads are given `beat_from`."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def beat(self) -> None:
        was, self._next = self._next, asyncio.Event()
        was.set()

    def beat_from(self, loop: asyncio.AbstractEventLoop) -> Callable[[], None]:
        """The same, from any thread."""

        def beat() -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits
                loop.call_soon_threadsafe(self.beat)

        return beat

    @property
    def next(self) -> asyncio.Event:
        """Set when it beats for the next time: to be taken before one looks what there is."""
        return self._next


class EventStream(Response):
    """An answer without an end of its own. `over`: gives the last event when it is over for this reader.

    `held`: is held as long as it lasts.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        told: AsyncGenerator[Telling, None],
        over: Awaitable[Telling],
        held: AbstractContextManager[None],
    ) -> None:
        super().__init__()
        del self.headers["content-length"]
        self._told, self._over, self._held = told, over, held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._held:
            await self._open(receive, send)

    async def _open(self, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        tell, gone = asyncio.ensure_future(self._tell(send)), asyncio.ensure_future(_gone(receive))
        over = asyncio.ensure_future(self._over)
        try:
            await asyncio.wait((tell, gone, over), return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                return
            if not tell.done():
                await _cancelled(tell)
                await _said(send, over.result().line)
            else:
                tell.result()
            await _said(send, b"", last=True)
        finally:
            await _cancelled(tell, gone, over)

    async def _tell(self, send: Send) -> None:
        await _said(send, f"retry: {RETRY_MS}\n\n".encode())
        async with contextlib.aclosing(self._told) as told:
            async for event in told:
                await _said(send, event.line)


async def _said(send: Send, data: bytes, *, last: bool = False) -> None:
    """Returns when there is room for more. Whoever reads nothing is cut, as one whose program ends is: quietly."""
    try:
        async with asyncio.timeout(STUCK_S):
            await send({"type": "http.response.body", "body": data, "more_body": not last})
    except TimeoutError:
        raise asyncio.CancelledError from None


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cancelled(*works: asyncio.Future[None] | asyncio.Future[Telling]) -> None:
    for work in works:
        work.cancel()
    await asyncio.gather(*works, return_exceptions=True)
