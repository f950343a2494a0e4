"""The page "Simulierte Kabine": a person plays the citizen; the drawing mirrors the world, the buttons act on it.

Wire, over `/ws`: to the page `{"documents": [...], "recordings": [...], "screen": url}` once, after every change
`{"world": {...}, "devices": [[text, style], ...]}`, after each act `{"done": act}` or `{"error": text, "act": act}`;
from the page `{"act": ..., "args": {}}`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from emulator.paper.paper import known_documents, read_document
from emulator.world.live_world import LiveWorld
from emulator.world.stage_acts import known_recordings, perform
from emulator.world.world import GLASS, World, as_json
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import Json, JsonDict
from lisa_core.equipment.slots.catalogue import SLOTS, titles_of
from lisa_core.web import web_dir
from lisa_core.web.guard import PageGuard
from lisa_core.web.page_socket import serve_page

MAX_BYTES = 60_000
_PAGES = Path(__file__).resolve().parent / "pages"


def build_stage(world: LiveWorld, screen_url: str) -> Starlette:
    """The page for this world; `screen_url` is the citizen's screen, embedded so that it can be touched."""
    address = urlsplit(screen_url)

    async def attend(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text(_line({**_choices(), "screen": screen_url}))

        async def take(asked: Json) -> None:
            await socket.send_text(_line(await _answer(world, asked)))

        await serve_page(socket, _tell(world, socket), take, MAX_BYTES)

    return Starlette(
        routes=[
            Route("/", _page),
            WebSocketRoute("/ws", attend),
            Mount("/seiten", StaticFiles(directory=_PAGES)),
            Mount("/gemeinsam", StaticFiles(directory=web_dir())),
        ],
        middleware=[Middleware(PageGuard, frames=f"{address.scheme}://{address.netloc}")],
    )


async def _page(request: Request) -> FileResponse:
    return FileResponse(_PAGES / "stage.html")


async def _tell(world: LiveWorld, socket: WebSocket) -> None:
    revision = -1
    while True:
        state = await world.changed(revision)
        revision = state.revision
        await socket.send_text(_line({"world": as_json(_for_the_page(state)), "devices": _of_devices(state)}))


def _for_the_page(state: World) -> World:
    """A signature drawn by hand is the name of its recording; the page needs to know only that the pen writes."""
    return replace(state, pen=replace(state.pen, recording="gezeichnet")) if state.pen else state


def _of_devices(state: World) -> list[tuple[str, str]]:
    """What there is to say of devices beside the drawing: a text and its class of style for each."""
    switched = [(f"{SLOTS[slot].noun} an", "chip--accent") for slot in state.on if slot in SLOTS and slot != GLASS]
    silent = [noun for device in state.silent for noun in titles_of(device)]
    return [*switched, *((f"{noun} antwortet nicht", "chip--bad") for noun in silent)]


async def _answer(world: LiveWorld, asked: Json) -> JsonDict:
    try:
        name, args = asked["act"], asked.get("args", {})
    except (KeyError, TypeError, AttributeError):
        return {"error": "Die Seite hat etwas geschickt, das keine Handlung ist.", "act": ""}
    try:
        await perform(world, str(name), args if isinstance(args, dict) else {})
    except HarnessError as error:
        return {"error": str(error), "act": str(name)}
    return {"done": str(name)}


def _choices() -> JsonDict:
    documents = [read_document(name) for name in known_documents()]
    return {
        "documents": [{"name": d.name, "title": d.title, "pages": len(d.pages)} for d in documents],
        "recordings": [{"name": name, "title": title} for name, title in known_recordings()],
    }


def _line(message: JsonDict) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
