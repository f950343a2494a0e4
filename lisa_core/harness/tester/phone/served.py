"""What the phone is served: one page, its few files, and five things that it may say. All else is not there.

    POST /koppeln   {"code"}                       200 {"key"} · 403 wrong · 409 another phone is there · 429 too soon
    POST /jetzt     {"seen"}                       200 what is asked and how far the run is, as soon as `seen` is not so
    POST /antwort   {"number", "reply", "reason"}  200 {"taken": whether it was the first, fitting answer}
    POST /foto/N    a photograph (JPEG or PNG)     200 {"name"}: it lies below `--out`, its name goes into the answer
    POST /wechseln  {}                             200; another phone may come
    GET  /bild/N/I  a picture that is asked about

All but the first carry the key in `X-Schluessel`: there is no cookie, so nothing is sent unasked and nothing has to be
kept from being forged. A request is held for `HOLD_S` where a socket would be: phones refuse sockets to a certificate
that somebody has accepted for pages only.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.harness.tester.panel import Reply
from lisa_core.harness.tester.phone.pairing import Tried
from lisa_core.harness.tester.phone.photos import MOST_BYTES, kept
from lisa_core.harness.tester.phone.standing import PhoneDesk
from lisa_core.harness.tester.phone.words import page_text
from lisa_core.web import web_dir
from lisa_core.web.guard import PageGuard
from lisa_core.wire.json_text import read_json

KEY = "x-schluessel"
MAX_BYTES = 2_000
_PAGES = Path(__file__).resolve().parent / "pages"
_FILES: Mapping[str, Path] = {
    **{f"/seiten/{name}": _PAGES / name for name in ("phone.css", "phone.js", "drawings.js")},
    **{f"/gemeinsam/{name}": web_dir() / name for name in ("lisa.css", "parts.js")},
}
_CODES = {Tried.WRONG: 403, Tried.OCCUPIED: 409, Tried.TOO_SOON: 429}

Answering = Callable[[PhoneDesk, Request], Awaitable[Response]]


def build_phone(desk: PhoneDesk) -> Starlette:
    """The ASGI application."""

    def posted(path: str, answer: Answering) -> Route:
        async def answering(request: Request) -> Response:
            if not desk.pairing.knows(request.headers.get(KEY, "")):
                return JSONResponse({"why": "fremd"}, status_code=401)
            with desk.present():
                return await answer(desk, request)

        return Route(path, answering, methods=["POST"])

    async def page(request: Request) -> Response:
        return HTMLResponse(page_text(_PAGES / "phone.html"))

    async def file(request: Request) -> Response:
        return FileResponse(_FILES[request.url.path])

    async def pair(request: Request) -> Response:
        return await _pair(desk, request)

    async def picture(request: Request) -> Response:
        return _picture(desk, request)

    return Starlette(
        routes=[
            Route("/", page),
            *(Route(path, file) for path in _FILES),
            Route("/koppeln", pair, methods=["POST"]),
            *(posted(*one) for one in _SAYS.items()),
            Route("/bild/{number}/{index}", picture),
        ],
        middleware=[Middleware(PageGuard, at=desk.at)],
    )


async def _pair(desk: PhoneDesk, request: Request) -> Response:
    said = await _said(request)
    peer = request.client.host if request.client else ""
    tried = desk.attempt(str(said.get("code", "")), peer)
    if tried is Tried.PAIRED and desk.pairing.phone:
        return JSONResponse({"key": desk.pairing.phone.key})
    return JSONResponse({"why": tried.value}, status_code=_CODES[tried])


async def _now(desk: PhoneDesk, request: Request) -> Response:
    said = await _said(request)
    return JSONResponse(await desk.news(str(said.get("seen", ""))))


async def _answer(desk: PhoneDesk, request: Request) -> Response:
    said = await _said(request)
    try:
        number, reply, reason = int(said["number"]), Reply(said["reply"]), str(said.get("reason", ""))
    except (ValueError, KeyError, TypeError, OverflowError):
        return JSONResponse({"why": "unverständlich"}, status_code=400)
    peer = request.client.host if request.client else ""
    here = (request.scope.get("server") or ("", 0))[0]
    return JSONResponse({"taken": desk.answer(number, reply, reason, (peer, here))})


async def _photo(desk: PhoneDesk, request: Request) -> Response:
    number = _count(request, "number")
    if not desk.wants_photo(number):
        return JSONResponse({"why": "vorbei"}, status_code=404)
    data = await _body(request, MOST_BYTES)
    name = kept(desk.photos, number, data) if data is not None else ""
    if not name:
        return JSONResponse({"why": "kein Foto"}, status_code=413 if data is None else 400)
    return JSONResponse({"name": name})


async def _change(desk: PhoneDesk, request: Request) -> Response:
    desk.release()
    return JSONResponse({})


_SAYS: Mapping[str, Answering] = {
    "/jetzt": _now,
    "/antwort": _answer,
    "/foto/{number}": _photo,
    "/wechseln": _change,
}


def _picture(desk: PhoneDesk, request: Request) -> Response:
    asked, index = desk.panel.asked, _count(request, "index")
    wanted = asked is not None and asked.number == _count(request, "number")
    if not desk.pairing.knows(request.headers.get(KEY, "")) or not wanted:
        return Response(status_code=404)
    if asked is None or not 0 <= index < len(asked.pictures):
        return Response(status_code=404)
    return Response(asked.pictures[index], media_type="image/jpeg")


def _count(request: Request, name: str) -> int:
    """A number in the path; -1 for what is none. Thousands of digits are refused by Python with an error of its own."""
    text = str(request.path_params[name])
    return int(text) if len(text) < 10 and text.isascii() and text.isdigit() else -1


async def _said(request: Request) -> JsonDict:
    """What the page says; nothing where that is not to be understood."""
    data = await _body(request, MAX_BYTES)
    try:
        value = read_json((data or b"").decode("utf-8", "replace"), "phone", max_bytes=MAX_BYTES)
    except ProtocolError:
        return {}
    return value if isinstance(value, dict) else {}


async def _body(request: Request, most: int) -> bytes | None:
    """All of it; None where it is more, or the phone has gone in the middle."""
    data = bytearray()
    with contextlib.suppress(ClientDisconnect):
        async for piece in request.stream():
            data += piece
            if len(data) > most:
                return None
        return bytes(data)
    return None
