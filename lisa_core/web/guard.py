"""What stands before every page server: headers that forbid foreign content, and no door for foreign pages.

Pure ASGI. A page of somebody else, open in the same browser, can reach a loopback port by a WebSocket or by a name of
its own that resolves to 127.0.0.1 (DNS rebinding); so the host must be a loopback name and an `Origin` must be our own.
Programs that are no browser send no `Origin` and are let in. A page that is served elsewhere (`at`, over TLS) answers
under exactly that address, and takes what changes something from its own page only. An exchange on the network answers
under the names that its certificate gives it.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any, TypeAlias

from lisa_core.web import texts
from lisa_core.web.turns import Shares

Message: TypeAlias = MutableMapping[str, Any]
Scope: TypeAlias = Message
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
LOOPBACK_PAGES = "http://127.0.0.1:* http://localhost:*"
Names = Callable[[], Collection[str]]
Whose = Callable[[Scope], str]
"""Which account a request comes from; "" while nobody is logged in there."""
PER_S, AT_ONCE = 200.0, 2_000
"""Requests of one address a second, and at once, from the network: a page takes 25, and behind an address may be an
office. What is more waits."""
PERSON_PER_S, PERSON_AT_ONCE = 50.0, 500
"""The same of somebody who is logged in, wherever she is: her office does not wait for her, nor she for it."""
MOST_WAIT_S = 2.0
"""What would wait longer is refused: whatever waits holds a connection, and all together have only so many."""
MOST_KEPT = 200
"""Connections of which something is being refused and that go on afterwards: of more they end. Each is answered as late
as one that waits longest, so that whoever comes again on it at once takes no time of others."""
_POLICY_VIOLATION = 1008
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"permissions-policy", b"geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(), display-capture=()"),
]
_OF_THE_NETWORK = [
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
"""On loopback the citizen's screen changes between two names of this computer, which are two origins."""
_HERE, _ELSEWHERE = b"Nur von diesem Rechner aus erreichbar.\n", b"Nur unter der Adresse, die am Terminal steht.\n"
_FAILED = b"Hier ging etwas schief. Bitte noch einmal.\n"
_TOO_MANY = "Zu viele Anfragen auf einmal. Bitte in ein paar Sekunden noch einmal."
_TEXT, _JSON = b"text/plain; charset=utf-8", b"application/json"
_NAMED = b"Nur unter einem Namen, der im Zertifikat steht, und von den eigenen Seiten.\n"


class PageGuard:
    """Middleware. CSP sources: `framed_by` may embed the pages, they may embed `frames` and reach `reaches`. `opens`:
    the cross-origin opener policy, of pages that talk with a window of somebody else's.

    `at`: `host:port` of a page that is not on loopback. `names`: gives the hosts whose names stand in the certificate
    that is served, of a server that the network may reach. `told`: is called for whoever is turned away, `failed` for
    each answer that ends in a fault of ours. `whose`: says who asks, for the shares of people.
    """

    def __init__(
        self,
        app: AsgiApp,
        framed_by: str = "'none'",
        frames: str = "'none'",
        reaches: str = "'self'",
        opens: str = "same-origin",
        at: str = "",
        names: Names | None = None,
        told: Callable[[], None] = lambda: None,
        failed: Callable[[], None] = lambda: None,
        whose: Whose = lambda scope: "",
    ) -> None:
        self._app, self._at, self._names, self._told, self._failed = app, at, names, told, failed
        self._whose = whose
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob: data:; "
            f"media-src 'self' blob:; object-src 'none'; connect-src {reaches}; base-uri 'none'; form-action 'none'; "
            f"frame-src {frames}; frame-ancestors {framed_by}"
        )
        self._kept = 0
        self._shares = Shares(PER_S, AT_ONCE, MOST_WAIT_S)
        self._people = Shares(PERSON_PER_S, PERSON_AT_ONCE, MOST_WAIT_S)
        network = [(b"cross-origin-opener-policy", opens.encode()), *_OF_THE_NETWORK] if at or names else []
        self._headers = [(b"content-security-policy", policy.encode()), *_HEADERS, *network]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        answer = _Answer(send, self._headers)
        try:
            await self._in_turn(scope, receive, answer)
        except asyncio.CancelledError:  # by nothing but the end of the program
            if scope["type"] == "http" and not answer.has_begun:
                await _say_on(scope, answer, 503, texts.ENDS, 0, (b"connection", b"close"))
            raise

    async def _in_turn(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        if self._names is None or scope["type"] == "websocket":
            await self._guarded(scope, receive, answer)
        elif (wait_s := self._wait_s(scope)) is None:
            await self._turn_away(scope, answer)
        else:
            await asyncio.sleep(wait_s)
            await self._guarded(scope, receive, answer)

    def _wait_s(self, scope: Scope) -> float | None:
        now_s, person = asyncio.get_running_loop().time(), self._whose(scope)
        return self._people.wait_s(person, now_s) if person else self._shares.wait_s(_address(scope), now_s)

    async def _turn_away(self, scope: Scope, send: Send) -> None:
        """The connection goes on unless a body comes: a new one takes a handshake out of the turns of its address."""
        if _has_body(scope) or self._kept >= MOST_KEPT:
            await _say_too_many(scope, send, (b"connection", b"close"))
            return
        self._kept += 1
        try:
            await asyncio.sleep(MOST_WAIT_S)
        finally:
            self._kept -= 1
        await _say_too_many(scope, send)

    async def _guarded(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        if not self._is_let_in(scope):
            self._told()
            await _refuse(scope["type"], receive, answer, _ELSEWHERE if self._at else _NAMED if self._names else _HERE)
            return
        try:
            await self._app(scope, receive, answer)
        except Exception:  # it is told on the console; the page hears of it here, with the headers of every answer
            self._failed()
            if scope["type"] == "http" and not answer.has_begun:
                await _say(answer, 500, _FAILED, (b"connection", b"close"))
            raise

    def _is_let_in(self, scope: Scope) -> bool:
        if self._at:
            return _at_home(scope, self._at)
        return _by_name(scope, self._names()) if self._names else _ours(scope)


class _Answer:
    """What is said to a browser: whatever it is, it begins with the headers."""

    def __init__(self, send: Send, headers: list[tuple[bytes, bytes]]) -> None:
        self._send, self._headers = send, headers
        self.has_begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_begun = True
            message["headers"] = [*message.get("headers", ()), *self._headers]
        await self._send(message)


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _ours(scope: Scope) -> bool:
    headers = {bytes(name).lower(): bytes(value).decode("latin-1") for name, value in scope["headers"]}
    host = headers.get(b"host", "")
    origin = headers.get(b"origin")
    return _name_of(host) in LOOPBACK_NAMES and origin in (None, f"http://{host}", f"https://{host}")


def _by_name(scope: Scope, names: Collection[str]) -> bool:
    """Over TLS, under a name of the certificate; from a page of ours, or from no page."""
    headers = {bytes(name).lower(): bytes(value).decode("latin-1") for name, value in scope["headers"]}
    host, origin = headers.get(b"host", "").lower(), headers.get(b"origin")
    name = _name_of(host)
    known = name in names or f"*.{name.partition('.')[2]}" in names
    return scope["scheme"] in ("https", "wss") and known and origin in (None, f"https://{host.removesuffix(':443')}")


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
    await _say(send, 403, why)


def _has_body(scope: Scope) -> bool:
    headers = dict[bytes, bytes](scope["headers"])
    return b"transfer-encoding" in headers or headers.get(b"content-length", b"0") != b"0"


async def _say_too_many(scope: Scope, send: Send, *more: tuple[bytes, bytes]) -> None:
    wait_s = math.ceil(MOST_WAIT_S)
    await _say_on(scope, send, 429, _TOO_MANY, wait_s, (b"retry-after", str(wait_s).encode()), *more)


async def _say_on(scope: Scope, send: Send, status: int, text: str, wait_s: int, *more: tuple[bytes, bytes]) -> None:
    """To what a page says in the form that pages read (`access.web.gate`)."""
    if scope["method"] == "POST":
        said = json.dumps({"text": text, "warten_s": wait_s}, ensure_ascii=False)
        await _say(send, status, said.encode(), *more, kind=_JSON)
    else:
        await _say(send, status, f"{text}\n".encode(), *more)


async def _say(send: Send, status: int, text: bytes, *more: tuple[bytes, bytes], kind: bytes = _TEXT) -> None:
    headers = [(b"content-type", kind), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
