"""The body of a request to an emulated device: whole, of some size, within some time, or the answer to who is none."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response


async def whole_body(http: Request, most: int, within_s: float) -> bytes | Response:
    """The bytes, `most` at most; or what to answer in their place. Who has gone meanwhile is answered, too: unheard."""
    body = bytearray()
    try:
        async with asyncio.timeout(within_s):
            async for chunk in http.stream():
                body += chunk
                if len(body) > most:
                    return Response(status_code=413)
    except TimeoutError:
        return Response(status_code=408)
    except ClientDisconnect:
        return Response(status_code=400)
    return bytes(body)
