"""What stands before every page server: headers that forbid foreign content, and no door for foreign pages.

Pure ASGI. A page of somebody else, open in the same browser, can reach a loopback port by a WebSocket or by a name of
its own that resolves to 127.0.0.1 (DNS rebinding); so the host must be a loopback name and an `Origin` must be our own.
Programs that are no browser send no `Origin` and are let in.
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


class PageGuard:
    """Middleware. CSP sources: `framed_by` may embed the pages, they may embed `frames` and reach `reaches`."""

    def __init__(
        self, app: AsgiApp, framed_by: str = "'none'", frames: str = "'none'", reaches: str = "'self'"
    ) -> None:
        self._app = app
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
        elif not _ours(scope):
            await _refuse(scope["type"], receive, send)
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


async def _refuse(kind: str, receive: Receive, send: Send) -> None:
    await receive()
    if kind == "websocket":
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": b"Nur von diesem Rechner aus erreichbar.\n"})
