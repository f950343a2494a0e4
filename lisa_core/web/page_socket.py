"""The WebSocket between a page and its program: what the page says is made safe, both directions end together."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Coroutine

from starlette.websockets import WebSocket, WebSocketDisconnect

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.json_types import Json
from lisa_core.wire.json_text import read_json
from lisa_core.wire.logger import Logger

log = Logger("lisa.page")

Take = Callable[[Json], Awaitable[None]]
"""Gets the JSON value of each message; None stands for one that was none."""
TRY_LATER, TOO_BIG, UNSUPPORTED, FAILED = 1013, 1009, 1003, 1011
PER_S, AT_ONCE = 50, 200
"""Maximum number of messages of one page, a second and at once: more than a hand can touch."""
_FAREWELL_S = 2.0


async def serve_page(socket: WebSocket, tell: Coroutine[object, object, None], take: Take, max_bytes: int) -> None:
    """Run `tell`, which writes to the page, and hand to `take` what it says, until either ends or fails."""
    code = 1000
    listening = asyncio.create_task(_listen(socket, take, max_bytes))
    telling = asyncio.create_task(tell)
    try:
        await asyncio.wait((listening, telling), return_when=asyncio.FIRST_COMPLETED)
        for task in (listening, telling):
            if task.done() and not task.cancelled() and (error := task.exception()):
                code = FAILED
                if not isinstance(error, WebSocketDisconnect | RuntimeError):
                    log.error("page", error=type(error).__name__)
        if listening.done() and not listening.cancelled() and listening.exception() is None:
            code = listening.result()
    finally:
        for task in (listening, telling):
            task.cancel()
        await asyncio.gather(listening, telling, return_exceptions=True)
        await close(socket, code)


async def close(socket: WebSocket, code: int) -> None:
    """Close it, unless it is closed already or does not read."""
    try:
        async with asyncio.timeout(_FAREWELL_S):
            await socket.close(code)
    except (WebSocketDisconnect, RuntimeError, TimeoutError):
        return


async def _listen(socket: WebSocket, take: Take, max_bytes: int) -> int:
    """Returns the code to close with."""
    loop, paid_until_s = asyncio.get_running_loop(), -math.inf
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return 1000
        text = message.get("text")
        if text is None or len(text.encode()) > max_bytes:
            return UNSUPPORTED if text is None else TOO_BIG
        paid_until_s = max(paid_until_s, loop.time() - AT_ONCE / PER_S) + 1 / PER_S
        await asyncio.sleep(max(0.0, paid_until_s - loop.time()))
        try:
            value = read_json(text, "page", max_bytes=max_bytes)
        except ProtocolError:
            value = None
        await take(value)
