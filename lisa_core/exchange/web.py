"""The exchange's thin web side: the start page, the desk page, and the two doors for booths and desks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from lisa_core.domain.model.directory import Agent, Directory
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.ids import AgentId
from lisa_core.exchange import texts
from lisa_core.web import web_dir
from lisa_core.web.guard import PageGuard
from lisa_core.wire.channel import Channel, lost
from lisa_core.wire.envelope import MAX_BYTES

Attend = Callable[[Channel], Awaitable[None]]
"""Serves one connection until it is over."""
Door = Callable[[WebSocket], Awaitable[None]]
IsTaken = Callable[[AgentId], bool]
"""Whether somebody sits there."""

_PAGES = Path(__file__).resolve().parent / "pages"
_UNSUPPORTED, _POLICY, _TOO_BIG, _FAILED = 1003, 1008, 1009, 1011
_FAREWELL_S = 2.0


class SocketChannel:
    """A WebSocket that somebody dialled to us, as a `Channel`."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def send(self, text: str) -> None:
        try:
            await self._socket.send_text(text)
        except (WebSocketDisconnect, RuntimeError) as error:
            raise lost("the other end has closed") from error

    async def receive(self) -> str:
        try:
            message = await self._socket.receive()
        except (WebSocketDisconnect, RuntimeError) as error:
            raise lost("the other end has closed") from error
        if message["type"] == "websocket.disconnect":
            raise lost("the other end has closed")
        text = message.get("text")
        if not isinstance(text, str):
            await self.aclose(_UNSUPPORTED)
            raise lost("a binary message came; the link carries text only")
        if len(text) > MAX_BYTES or (not text.isascii() and len(text.encode()) > MAX_BYTES):
            await self.aclose(_TOO_BIG)
            raise lost(f"a message of {len(text)} characters came, at most {MAX_BYTES} bytes are taken")
        return text

    async def aclose(self, code: int = 1000) -> None:
        try:
            async with asyncio.timeout(_FAREWELL_S):
                await self._socket.close(code)
        except (RuntimeError, WebSocketDisconnect, TimeoutError):
            return  # it is closed already, or does not read and is cut off


def build_app(
    attend_booth: Attend,
    attend_desk: Attend,
    directory: Directory,
    is_taken: IsTaken = lambda agent: False,
    told: Callable[[], None] = lambda: None,
) -> Starlette:
    """The exchange's web application: `/`, `/platz/<agent>`, `/ws/booth`, `/ws/desk` and static files.

    `told`: is called for each page of somebody else that is turned away.
    """

    async def start(request: Request) -> Response:
        page = (_PAGES / "index.html").read_text(encoding="utf-8")
        return HTMLResponse(page.replace("<!-- plaetze -->", _seats(directory, is_taken)))

    async def desk(request: Request) -> Response:
        if request.path_params["agent"] in directory.agents:
            return FileResponse(_PAGES / "desk.html")
        return FileResponse(_PAGES / "unknown.html", status_code=404)

    return Starlette(
        routes=[
            Route("/", start),
            Route("/platz/{agent}", desk),
            WebSocketRoute("/ws/booth", _no_page(_door(attend_booth), told)),
            WebSocketRoute("/ws/desk", _door(attend_desk)),
            Mount("/seiten", StaticFiles(directory=_PAGES)),
            Mount("/gemeinsam", StaticFiles(directory=web_dir())),
        ],
        middleware=[Middleware(PageGuard, told=told)],
    )


def _no_page(
    door: Callable[[WebSocket], Awaitable[None]], told: Callable[[], None]
) -> Callable[[WebSocket], Awaitable[None]]:
    """Booths are no pages: whoever says that it is one, also one of ours, stays outside."""

    async def opened(socket: WebSocket) -> None:
        if "origin" in socket.headers:
            told()
            await socket.close(_POLICY)
        else:
            await door(socket)

    return opened


def _door(attend: Attend) -> Door:
    async def opened(socket: WebSocket) -> None:
        await socket.accept()
        channel = SocketChannel(socket)
        try:
            await attend(channel)
        except DeviceFault as fault:
            if fault.code != "link.lost":
                await channel.aclose(_FAILED)
                raise
        finally:
            await channel.aclose()

    return opened


def _seats(directory: Directory, is_taken: IsTaken) -> str:
    """The start page's list: each office with the seats of its agents."""
    offices = sorted(directory.offices.values(), key=lambda office: (not office.front_desk, office.name))
    seats = {office.id: [a for a in directory.agents.values() if a.office == office.id] for office in offices}
    return "\n".join(
        f'<section class="card"><h2>{escape(office.name)}</h2>'
        f'<ul class="seats">{_links(seats[office.id], is_taken)}</ul></section>'
        for office in offices
        if seats[office.id]
    )


def _links(agents: list[Agent], is_taken: IsTaken) -> str:
    taken = f' <span class="chip chip--warn">{texts.SEAT_TAKEN}</span>'
    return "".join(
        f'<li><a class="btn seat" href="/platz/{quote(agent.id)}">{escape(agent.name)}'
        f"{taken if is_taken(agent.id) else ''}</a></li>"
        for agent in sorted(agents, key=lambda agent: agent.name)
    )
