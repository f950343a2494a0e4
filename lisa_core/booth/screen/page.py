"""The citizen's screen as a page: fulfils the slot `Screen`, served on loopback only, to any number of browsers.

Wire, over `/ws`: to the page `{"view": {...}}` on connect and after each change, binary messages are JPEG pictures of
the agent, `{"face": false}` takes the picture away; from the page `{"touch": "<button id>"}`. The newest view and the
newest picture win: a slow browser gets no backlog. The pictures of her pages lie under `/blatt/<digest>`, as long as
the view names them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from lisa_core.booth.screen import texts
from lisa_core.booth.screen.shown import digests
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.json_types import Json
from lisa_core.domain.model.screen import NOTHING_TOUCHED, ScreenScene, ScreenView, Touch
from lisa_core.domain.model.values import to_json
from lisa_core.web import web_dir
from lisa_core.web.guard import LOOPBACK_PAGES, PageGuard
from lisa_core.web.page_socket import TRY_LATER, close, serve_page

MAX_CLIENTS = 8
MAX_TOUCH_BYTES = 500
DARK_S = 5.0
"""Seconds that a page may be away: a reload is shorter."""
_PAGES = Path(__file__).resolve().parent / "pages"
_UNREAD_TOUCHES = 16


class PageScreen:
    """The slot `Screen`; `app` is the ASGI application to serve beside it, on the same loop."""

    def __init__(self) -> None:
        self._view = ScreenView(ScreenScene.WIPING, *texts.STARTING)
        self._face = b""
        self._sheets: dict[str, bytes] = {}
        self._change = asyncio.Event()
        self._touches: asyncio.Queue[Touch] = asyncio.Queue(_UNREAD_TOUCHES)
        self._clients = 0
        self._left_s: float | None = None
        self.app = Starlette(
            routes=[
                Route("/", _page),
                WebSocketRoute("/ws", self._attend),
                Route("/blatt/{digest}", self._sheet),
                Mount("/seiten", StaticFiles(directory=_PAGES)),
                Mount("/gemeinsam", StaticFiles(directory=web_dir())),
            ],
            middleware=[Middleware(PageGuard, framed_by=LOOPBACK_PAGES, reaches=f"'self' {LOOPBACK_PAGES}")],
        )

    async def show(self, view: ScreenView) -> None:
        """Show this view on every page, now and after a reload."""
        self._view = view
        named = digests(view)
        self._sheets = {digest: jpeg for digest, jpeg in self._sheets.items() if digest in named}
        self._changed()

    async def show_page(self, digest: str, jpeg: bytes) -> None:
        """The picture of one of her pages, for the next view that names it."""
        self._sheets[digest] = jpeg

    async def show_face(self, jpeg: bytes) -> None:
        """Show the newest picture of the agent; empty bytes take it away."""
        self._face = jpeg
        self._changed()

    async def touches(self) -> AsyncIterator[Touch]:
        """What the citizen touched, in order; only buttons of the view that was shown.

        Raises `screen.closed` when no browser has shown the page for a while, once one had; before that nobody can
        tell a screen that is switched off from one that is not there yet.
        """
        while True:
            left_s = self._left_s
            try:
                async with asyncio.timeout_at(left_s and left_s + DARK_S):
                    touch = await self._touches.get()
            except TimeoutError:
                if self._left_s == left_s:
                    raise DeviceFault("screen.closed", texts.SCREEN_GONE, retryable=True) from None
            else:
                if touch is not NOTHING_TOUCHED or self._left_s is None:
                    yield touch

    def _changed(self) -> None:
        self._change.set()
        self._change = asyncio.Event()

    async def _attend(self, socket: WebSocket) -> None:
        await socket.accept()
        if self._clients >= MAX_CLIENTS:
            await close(socket, TRY_LATER)
            return
        self._clients += 1
        self._left(None)
        try:
            await serve_page(socket, self._tell(socket), self._touched, MAX_TOUCH_BYTES)
        finally:
            self._clients -= 1
            if not self._clients:
                self._left(asyncio.get_running_loop().time())

    def _left(self, at_s: float | None) -> None:
        """Since when nobody shows the page; None: somebody does. Whoever waits for touches learns it at once."""
        if self._left_s != at_s:
            self._left_s = at_s
            if not self._touches.full():
                self._touches.put_nowait(NOTHING_TOUCHED)

    async def _tell(self, socket: WebSocket) -> None:
        view: ScreenView | None = None
        face = b""
        while True:
            change = self._change
            if view is not self._view:
                view = self._view
                await socket.send_text(json.dumps({"view": to_json(view)}, ensure_ascii=False))
            elif face is not self._face:
                face = self._face
                await (socket.send_bytes(face) if face else socket.send_text('{"face":false}'))
            else:
                await change.wait()

    async def _touched(self, data: Json) -> None:
        """Take a touch of a button that is shown; anything else a page may send is not for us."""
        button = data.get("touch") if isinstance(data, dict) else None
        shown = {button.id for button in self._view.buttons if button.active}
        if isinstance(button, str) and button in shown and not self._touches.full():
            self._touches.put_nowait(Touch(button))

    async def _sheet(self, request: Request) -> Response:
        """Kept by no browser: the next citizen sits at the same one. Whoever asks too late finds nothing."""
        jpeg = self._sheets.get(request.path_params["digest"])
        if jpeg is None:
            return Response(status_code=204)
        return Response(jpeg, media_type="image/jpeg", headers={"Cache-Control": "no-store"})


async def _page(request: Request) -> FileResponse:
    return FileResponse(_PAGES / "screen.html")
