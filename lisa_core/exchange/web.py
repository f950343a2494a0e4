"""The exchange's thin web side: the start page, the desk page, and the two doors for booths and desks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from lisa_core.access.entrance import Visitor
from lisa_core.access.sessions import SessionEnd
from lisa_core.access.web.gate import ACCOUNT, LOG_IN
from lisa_core.domain.model.directory import Agent, Directory
from lisa_core.domain.model.errors import DeviceFault, MachineError
from lisa_core.domain.model.ids import AgentId
from lisa_core.exchange import texts
from lisa_core.exchange.desk_door import DeskDoor
from lisa_core.exchange.portals import Portals, in_the_head, policy
from lisa_core.web import web_dir
from lisa_core.web.guard import Names, PageGuard
from lisa_core.wire.channel import Channel, lost
from lisa_core.wire.envelope import MAX_BYTES

Attend = Callable[[Channel], Awaitable[None]]
"""Serves one connection until it is over."""
Door = Callable[[WebSocket], Awaitable[None]]
IsTaken = Callable[[AgentId], bool]
"""Whether somebody sits there."""

_PAGES = Path(__file__).resolve().parent / "pages"
_ACCOUNT_BUTTONS = (
    '<span id="account"><a class="btn btn--plain" href="/konto">Konto</a>'
    '<button id="log-out" type="button" class="btn btn--plain">Abmelden</button></span>'
    '<script type="module" src="/zugang/abmelden.js"></script>'
)
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
    failed: Callable[[], None] = lambda: None,
    desk_door: DeskDoor | None = None,
    names: Names | None = None,
) -> Starlette:
    """The exchange's web application: `/`, `/platz/<agent>`, `/portal/<agent>`, `/ws/booth`, `/ws/desk`, and static
    files.

    `told`: is called for each page of somebody else that is turned away, `failed` for each page or connection that ends
    in a fault of ours. `desk_door`: who may take which desk; it
    serves them instead of `attend_desk`. None: whoever reaches it may take any. `names`: of the
    certificate that is served, if there is one.
    """

    async def start(request: Request) -> Response:
        return _start(request, directory, is_taken, desk_door)

    async def desk(request: Request) -> Response:
        return _desk(request, directory, desk_door)

    whose = desk_door.gate.whose if desk_door else lambda scope: ""
    serve_desk = desk_door.serve if desk_door else lambda socket, channel: attend_desk(channel)
    return Starlette(
        routes=[
            Route("/", start),
            Route("/platz/{agent}", desk),
            Route("/portal/{agent}", Portals(directory, desk_door.guest if desk_door else lambda request: None).answer),
            WebSocketRoute("/ws/booth", _no_page(_door(lambda socket, channel: attend_booth(channel)), told)),
            WebSocketRoute("/ws/desk", _door(serve_desk)),
            *(desk_door.gate.routes() if desk_door else list[BaseRoute]()),
            Mount("/seiten", StaticFiles(directory=_PAGES)),
            Mount("/gemeinsam", StaticFiles(directory=web_dir())),
        ],
        middleware=[Middleware(PageGuard, opens=policy(directory), names=names, told=told, failed=failed, whose=whose)],
        exception_handlers={MachineError: _not_ready, 404: _no_such_page},
    )


def _start(request: Request, directory: Directory, is_taken: IsTaken, door: DeskDoor | None) -> Response:
    guest = door.guest(request) if door else None
    if isinstance(guest, SessionEnd):
        return RedirectResponse(LOG_IN, status_code=303)
    page = _page("index.html", guest)
    if door is None or guest is None:
        told = f'<p class="banner">{escape(texts.DEMONSTRATION)}</p>' if door else ""
        page = page.replace("<!-- vorfuehrung -->", told)
        return HTMLResponse(page.replace("<!-- plaetze -->", _seats(directory, is_taken)))
    door.gate.access.acted(guest)
    seats = door.seats_of(guest)
    if not seats:
        return RedirectResponse(ACCOUNT, status_code=303)
    seen = replace(directory, agents={agent: directory.agents[agent] for agent in seats})
    return HTMLResponse(page.replace("<!-- plaetze -->", _seats(seen, is_taken, seats[0])))


def _desk(request: Request, directory: Directory, door: DeskDoor | None) -> Response:
    agent, guest = request.path_params["agent"], door.guest(request) if door else None
    if isinstance(guest, SessionEnd):
        return RedirectResponse(LOG_IN, status_code=303)
    if agent not in directory.agents:
        return HTMLResponse(_dead_end(texts.NO_SUCH_DESK, guest), status_code=404)
    if door is None or guest is None:
        return HTMLResponse(_seat(directory, agent, None))
    if door.desk_of(guest) != agent:
        door.wanted_foreign(guest, AgentId(agent))
        return HTMLResponse(_dead_end(texts.NOT_YOUR_DESK, guest), status_code=403)
    door.gate.access.acted(guest)
    return HTMLResponse(_seat(directory, agent, guest))


def _seat(directory: Directory, agent: AgentId, guest: Visitor | None) -> str:
    """The desk's page; it knows the portal of its office, if there is one."""
    office = directory.offices.get(directory.agents[agent].office)
    return _page("desk.html", guest).replace("<!-- portal -->", in_the_head(office))


def _page(name: str, guest: Visitor | None) -> str:
    """For somebody who is logged in with the buttons for her account."""
    page = (_PAGES / name).read_text(encoding="utf-8")
    return page.replace("<!-- konto -->", _ACCOUNT_BUTTONS if guest else "")


def _dead_end(said: texts.DeadEnd, guest: Visitor | None) -> str:
    """Why somebody is not where the address leads to, with a way on."""
    page = _page("dead_end.html", guest)
    for name, text in said._asdict().items():
        page = page.replace(f"<!-- {name} -->", text)
    return page


async def _not_ready(request: Request, error: Exception) -> Response:
    """For pages; of a connection it is told where it was begun, and on the console."""
    if request.scope["type"] != "http":
        raise error
    return PlainTextResponse(texts.NOT_READY, status_code=503)


async def _no_such_page(request: Request, error: Exception) -> Response:
    """Somebody has mistyped an address."""
    if request.scope["type"] != "http":
        raise error
    return HTMLResponse(_dead_end(texts.NO_SUCH_PAGE, None), status_code=404)


def _no_page(door: Door, told: Callable[[], None]) -> Door:
    """Booths are no pages: whoever says that it is one, also one of ours, stays outside."""

    async def opened(socket: WebSocket) -> None:
        if "origin" in socket.headers:
            told()
            await socket.close(_POLICY)
        else:
            await door(socket)

    return opened


def _door(attend: Callable[[WebSocket, Channel], Awaitable[None]]) -> Door:
    async def opened(socket: WebSocket) -> None:
        await socket.accept()
        channel = SocketChannel(socket)
        try:
            await attend(socket, channel)
        except DeviceFault as fault:
            if fault.code != "link.lost":
                await channel.aclose(_FAILED)
                raise
        finally:
            await channel.aclose()

    return opened


def _seats(directory: Directory, is_taken: IsTaken, own: AgentId | None = None) -> str:
    """The start page's list: each office with the seats of its agents; with `own` only that one can be taken."""
    offices = sorted(directory.offices.values(), key=lambda office: (not office.front_desk, office.name))
    seats = {office.id: [a for a in directory.agents.values() if a.office == office.id] for office in offices}
    return "\n".join(
        f'<section class="card"><h2>{escape(office.name)}</h2>'
        f'<ul class="seats">{_links(seats[office.id], is_taken, own)}</ul></section>'
        for office in offices
        if seats[office.id]
    )


def _links(agents: list[Agent], is_taken: IsTaken, own: AgentId | None) -> str:
    taken = f' <span class="chip chip--warn">{texts.SEAT_TAKEN}</span>'
    return "".join(
        f"<li>{opened}{escape(agent.name)}{taken if is_taken(agent.id) else ''}{closed}</li>"
        for agent in sorted(agents, key=lambda agent: agent.name)
        for opened, closed in [_link(agent) if own in (None, agent.id) else ('<p class="seat">', "</p>")]
    )


def _link(agent: Agent) -> tuple[str, str]:
    return f'<a class="btn seat" href="/platz/{quote(agent.id)}">', "</a>"
