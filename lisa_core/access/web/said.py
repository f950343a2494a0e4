"""What is said to the gate: JSON, small, from a page of this very origin."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.wire.json_text import read_json

MAX_BODY, BODY_S = 8_192, 10.0


def is_of_our_page(request: Request) -> bool:
    """Said by a page of this origin, as JSON: no form of others can. The host was looked at by the guard."""
    secure = request.scope.get("scheme") == "https"
    own = f"{'https' if secure else 'http'}://{request.headers.get('host', '')}"
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    site = request.headers.get("sec-fetch-site", "same-origin")
    return request.headers.get("origin") == own and kind == "application/json" and site == "same-origin"


async def body_of(request: Request) -> JsonDict:
    """A small JSON object. Raises `ProtocolError` for anything else, and for what does not come, or not in time."""
    data = b""
    try:
        async with asyncio.timeout(BODY_S):
            async for piece in request.stream():
                data += piece
                if len(data) > MAX_BODY:
                    raise ProtocolError("body: too large")
        value = read_json(data.decode("utf-8"), "body", max_bytes=MAX_BODY)
    except (TimeoutError, ClientDisconnect, UnicodeDecodeError):
        raise ProtocolError("body: not whole, not in time, or no text") from None
    if not isinstance(value, dict):
        raise ProtocolError("body: no object")
    return value


def text_in(said: JsonDict, key: str) -> str:
    """Raises `ProtocolError` where there is none."""
    value = said.get(key)
    if not isinstance(value, str):
        raise ProtocolError(f"body: {key} is no text")
    return value


def address_of_guest(request: Request) -> str:
    """From where it comes; what headers say of it does not count."""
    return request.client.host if request.client else ""
