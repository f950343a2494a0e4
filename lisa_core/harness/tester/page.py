"""The page of the tester, for a tablet beside the booth's computer: the same panel, with buttons.

Wire, over `/ws`: to the page `{"asked": {"number", "kind", "text", "left_s", "replies", "pictures"} or null}` on
connect and after each change; from the page `{"number": n, "reply": "erledigt", "reason": ""}`. A picture lies under
`/bild/NUMBER/INDEX` as long as it is asked about.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from lisa_core.domain.model.json_types import Json, JsonDict
from lisa_core.harness.tester.panel import PAGE, REPLIES, Asked, Panel, Reply
from lisa_core.harness.text import translation
from lisa_core.harness.text.language import spoken
from lisa_core.web import web_dir
from lisa_core.web.guard import PageGuard
from lisa_core.web.page_socket import serve_page

MAX_BYTES = 1000
_PAGES = Path(__file__).resolve().parent / "pages"
_SHOWN, _QUOTED = re.compile(r">([^<>{}]*\w[^<>{}]*)<"), re.compile(r'"([^"\n]+)"')
"""What stands between two tags, and the texts of the script."""


def build_page(panel: Panel) -> Starlette:
    """The ASGI application for this panel."""

    async def attend(socket: WebSocket) -> None:
        await socket.accept()
        await serve_page(socket, _tell(panel, socket), partial(_take, panel), MAX_BYTES)

    async def picture(request: Request) -> Response:
        asked, index = panel.asked, int(request.path_params["index"])
        if asked is None or asked.number != request.path_params["number"] or index >= len(asked.pictures):
            return Response(status_code=404)
        return Response(asked.pictures[index], media_type="image/jpeg", headers={"Cache-Control": "no-store"})

    return Starlette(
        routes=[
            Route("/", _page),
            Route("/bild/{number:int}/{index:int}", picture),
            WebSocketRoute("/ws", attend),
            Mount("/seiten", StaticFiles(directory=_PAGES)),
            Mount("/gemeinsam", StaticFiles(directory=web_dir())),
        ],
        middleware=[Middleware(PageGuard)],
    )


async def _page(request: Request) -> HTMLResponse:
    return HTMLResponse(page_text())


def page_text() -> str:
    """The page; in an English run with the twins of what it says, those of its script as data."""
    text = (_PAGES / "tester.html").read_text(encoding="utf-8")
    if spoken() == "de":
        return text
    script = (_PAGES / "tester.js").read_text(encoding="utf-8")
    words = {german: translation.said(german) for german in _QUOTED.findall(script)}
    told = {german: english for german, english in words.items() if english != german}
    data = html.escape(json.dumps(told, ensure_ascii=False))
    text = text.replace('<html lang="de">', '<html lang="en">').replace("<body>", f'<body data-words="{data}">')
    return _SHOWN.sub(lambda found: f">{translation.said(found[1])}<", text)


async def _tell(panel: Panel, socket: WebSocket) -> None:
    asked = panel.asked
    while True:
        await socket.send_text(json.dumps({"asked": _shown(asked)}, ensure_ascii=False))
        asked = await panel.changed(asked)


def _shown(asked: Asked | None) -> JsonDict | None:
    if asked is None:
        return None
    left_s = max(0.0, asked.due_s - asyncio.get_running_loop().time())
    replies = [reply.value for reply in REPLIES[asked.kind]]
    return {
        "number": asked.number,
        "kind": asked.kind.value,
        "text": translation.said(asked.text),
        "left_s": round(left_s),
        "replies": replies,
        "pictures": [f"/bild/{asked.number}/{index}" for index in range(len(asked.pictures))],
    }


async def _take(panel: Panel, said: Json) -> None:
    """Take an answer; anything else that a page may send is not for us."""
    try:
        number, reply, reason = int(said["number"]), Reply(said["reply"]), str(said.get("reason", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return
    panel.answer(number, reply, reason, PAGE)
