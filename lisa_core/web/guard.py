"""What stands before every page server: headers that forbid foreign content, and no door for foreign pages.

Pure ASGI. A page of somebody else, open in the same browser, can reach a loopback port by a WebSocket or by a name of
its own that resolves to 127.0.0.1 (DNS rebinding); so the host must be a loopback name and an `Origin` must be our own.
Programs that are no browser send no `Origin` and are let in. A page that is served elsewhere (`at`, over TLS) answers
under exactly that address, and takes what changes something from its own page only.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

Message: TypeAlias = MutableMapping[str, Any]
Scope: TypeAlias = Message
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
LOOPBACK_PAGES = "http://127.0.0.1:* http://localhost:*"
_POLICY_VIOLATION = 1008
_HERE, _ELSEWHERE = b"Nur von diesem Rechner aus erreichbar.\n", b"Nur unter der Adresse, die am Terminal steht.\n"


class PageGuard:
    """Middleware. CSP sources: `framed_by` may embed the pages, they may embed `frames` and reach `reaches`.

    `at`: `host:port` of a page that is not on loopback. `told`: is called for whoever is turned away.
    """

    def __init__(
        self,
        app: AsgiApp,
        framed_by: str = "'none'",
        frames: str = "'none'",
        reaches: str = "'self'",
        at: str = "",
        told: Callable[[], None] = lambda: None,
    ) -> None:
        self._app, self._at, self._told = app, at, told
        policy = (
            "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; "
            f"connect-src {reaches}; base-uri 'none'; form-action 'none'; frame-src {frames}; "
            f"frame-ancestors {framed_by}"
        )
        self._headers = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"cache-control", b"no-store"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif not (_at_home(scope, self._at) if self._at else _ours(scope)):
            self._told()
            await _refuse(scope["type"], receive, send, _ELSEWHERE if self._at else _HERE)
        else:
            await self._app(scope, receive, self._with_headers(send))

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *self._headers]
            await send(message)

        return sending


def _ours(scope: Scope) -> bool:
    headers = {bytes(name).lower(): bytes(value).decode("latin-1") for name, value in scope["headers"]}
    host = headers.get(b"host", "")
    origin = headers.get(b"origin")
    return _name_of(host) in LOOPBACK_NAMES and origin in (None, f"http://{host}", f"https://{host}")


def _name_of(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def _at_home(scope: Scope, at: str) -> bool:
    """Under this very address; nothing is changed by what another page, or no page, sends."""
    headers = {bytes(name).lower(): bytes(value).decode("latin-1") for name, value in scope["headers"]}
    place, origin = at.removesuffix(":443"), headers.get(b"origin")
    reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and origin is None
    return headers.get(b"host", "").lower() == place.lower() and (reads or origin == f"https://{place}")


async def _refuse(kind: str, receive: Receive, send: Send, why: bytes) -> None:
    await receive()
    if kind == "websocket":
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": why})
