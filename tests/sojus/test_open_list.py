"""The list that scenarios keep open at the program, against a portal that tells nothing: no search stands in for it."""

from __future__ import annotations

import asyncio
import itertools

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from lisa_core.domain.model.errors import HarnessError
from lisa_core.host.patience import patience
from lisa_core.web.asgi import listening_socket, serve
from sojus.domain.model.ids import FieldId, KindId
from sojus.domain.search.wish import Search
from sojus.harness.desk import OpenSearch
from sojus.harness.wire.desk import WireDesk
from sojus.service.asked import Asked

ASKED = Asked(FieldId("jugendhilfe"), Search(KindId("heim")))


def silent(stream: Response) -> Starlette:
    """Each search finds one place more; `stream` is all that an open list is told."""
    count = itertools.count()

    async def search(_: Request) -> Response:
        hit = {"price": {"sentence": ""}, "free": "", "confirmed": "", "reasons": [], "unfulfilled": [], "traits": []}
        hits = [{"place": f"p{one}", "place_name": f"Platz {one}", **hit} for one in range(next(count))]
        return JSONResponse({"id": "s", "at": 1, "hits": hits, "misses": []})

    async def log_in(_: Request) -> Response:
        return JSONResponse({})

    async def me(_: Request) -> Response:
        return JSONResponse({"as": "jugendamt/j.amt"})

    async def changes(_: Request) -> Response:
        return stream

    posts = [Route("/anmelden", log_in, methods=["POST"]), Route("/api/search", search, methods=["POST"])]
    return Starlette(routes=[*posts, Route("/api/me", me), Route("/api/changes", changes)])


async def shown(opened: OpenSearch) -> None:
    """Something."""
    async with patience():
        while not opened.hits:
            await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("stream", "error"),
    [
        (StreamingResponse(iter(()), media_type="text/event-stream"), AssertionError),
        (JSONResponse({}, status_code=500), HarnessError),
    ],
)
def test_a_list_that_is_told_nothing_stays_as_it_was(stream: Response, error: type[Exception]) -> None:
    async def run() -> None:
        async with serve(silent(stream), listening_socket("127.0.0.1", 0)) as address:
            desk = WireDesk("j.amt", "")
            await desk.go_to(f"http://{address}")
            opened = await desk.watch(await desk.search(ASKED))
            try:
                with pytest.raises(error):
                    await shown(opened)
            finally:
                await desk.leave()

    asyncio.run(run())
