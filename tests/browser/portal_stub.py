"""A small portal for tests of SoJuS' pages: it answers from fixed values, and remembers what it was told to do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

import lisa_core.access.web
import sojus
from lisa_core.config.landkreis.office_portal import KNOWN
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.web import web_dir
from lisa_core.web.guard import PageGuard
from sojus.portal.web import PATHS
from tests.browser import portal_values as values

PAGES = Path(sojus.__file__).parent / "portal" / "pages"


class StubPortal:
    """`role`: whose page it is. `done`: what was to be changed, each key once: (path, body). What is in `faster` was
    reserved by somebody else meanwhile. While `cut` is set an answer to what was done gets lost. `desks`: origins of
    desks that may open its pages."""

    def __init__(self, role: str = "jugendamt") -> None:
        self.role = role
        self.done: list[tuple[str, JsonDict]] = []
        self.said = 0
        """How many wishes came, repetitions included."""
        self.faster: set[str] = set()
        self.cut = False
        self.desks: list[str] = []
        self.pause: asyncio.Event | None = None
        """Until it is set nothing that is wished is answered."""
        self.mine: JsonDict = values.MINE
        self.hits: list[JsonDict] = []
        """Of each search; none: those of `portal_values`."""
        self.free: str | None = None
        """What is said of each place, when it is free, from now on."""
        self.states = dict.fromkeys((f"p{number}" for number in range(10)), "belegt")
        self.is_followed = asyncio.Event()
        """Set once a page listens to what becomes of its search, or of its places."""
        self.is_heard, self.is_alone = asyncio.Event(), asyncio.Event()
        """Set once any page listens, and once none does any more."""
        self._answers: dict[str, JSONResponse] = {}
        self._streams: list[asyncio.Queue[str]] = []
        self.app = Starlette(
            routes=[
                *(Route(path, self._page) for path in PATHS),
                Route(KNOWN, self._known),
                Route("/api/changes", self._changes),
                Route("/api/{path:path}", self._read),
                Route("/api/{path:path}", self._act, methods=["POST"]),
                Mount("/s", StaticFiles(directory=PAGES)),
                Mount("/gemeinsam", StaticFiles(directory=web_dir())),
                Mount("/zugang", StaticFiles(directory=Path(lisa_core.access.web.__file__).parent / "pages")),
            ],
            middleware=[Middleware(PageGuard)],
        )

    def tell(self, name: str, value: JsonDict, number: int) -> None:
        """An event to each page that listens."""
        for stream in self._streams:
            stream.put_nowait(f"id: {number}\nevent: {name}\ndata: {json.dumps(value)}\n\n")

    async def _page(self, request: Request) -> Response:
        return FileResponse(PAGES / "portal.html")

    async def _known(self, request: Request) -> Response:
        return JSONResponse({"known": [one for one in request.query_params.getlist("desk") if one in self.desks]})

    async def _changes(self, request: Request) -> Response:
        stream: asyncio.Queue[str] = asyncio.Queue()

        async def lines() -> AsyncIterator[str]:
            self._streams.append(stream)
            self.is_heard.set()
            if {"search", "place"} & request.query_params.keys():
                self.is_followed.set()
            try:
                yield ": da\n\n"
                while True:
                    yield await stream.get()
            finally:
                self._streams.remove(stream)
                if not self._streams:
                    self.is_alone.set()

        return StreamingResponse(lines(), media_type="text/event-stream")

    async def _read(self, request: Request) -> Response:
        path = request.path_params["path"]
        if path == "me":
            return JSONResponse({**values.me(self.role), "desks": self.desks})
        if path == "groups":
            return JSONResponse(values.groups(self.states))
        if path == "mine":
            return JSONResponse(self.mine)
        if path == "awaited":
            rows = [one for kind in ("reservations", "requests", "stays") for one in self.mine.get(kind, [])]
            return JSONResponse({"count": sum(one.get("awaited", False) for one in rows)})
        if path.startswith("places/"):
            return JSONResponse(self._place(path.removeprefix("places/")))
        return JSONResponse(values.READ[path])

    def _place(self, name: str) -> JsonDict:
        return values.place(name) | ({"free": self.free} if self.free else {})

    async def _act(self, request: Request) -> Response:
        path = request.path_params["path"]
        assert (request.headers["x-sojus"], request.headers["x-sojus-as"]) == ("1", self.role)
        if path == "sheets":
            return JSONResponse(values.PREVIEWS[b"falsch" in await request.body()])
        body = await request.json()
        if path == "search":
            return JSONResponse(values.result(body) | ({"hits": self.hits} if self.hits else {}))
        if path == "compare":
            kind = {"kind": body["search"]["kind"]} if "search" in body else {}  # it is a hit of what is looked for
            return JSONResponse({"places": [self._place(one) | kind for one in body["places"]]})
        if path == "profile":
            (person,) = body["profile"]["people"]
            return JSONResponse({"sentence": f"Heimerziehung; {person['age']} Jahre"})
        if path == "full":
            return JSONResponse({"groups": [values.hit("p4", free="Nicht frei", left=0)], "more": True})
        if path == "why":
            return JSONResponse({"sentence": "Das ist Rang 2 von 3."})
        return await self._once(path, body)

    async def _once(self, path: str, body: JsonDict) -> Response:
        key = str(body.pop("key"))
        assert len(key) == 22
        self.said += 1
        if self.pause is not None:
            await self.pause.wait()
        if key not in self._answers:
            self._answers[key] = self._decided(path, body)
        if self.cut:
            return JSONResponse({"error": "Die Datenbank antwortet nicht.", "reason": "away"}, status_code=503)
        return self._answers[key]

    def _decided(self, path: str, body: JsonDict) -> JSONResponse:
        places = [one["place"] for one in body.get("places") or []]
        if self.faster.intersection(places):
            said = {"error": values.FASTER, "reason": "stale", "hits": [values.hit("p2")], "waits": values.WAITS}
            return JSONResponse(said, status_code=409)
        self.done.append((path, body))
        room, _, rest = path.partition("/")
        if room == "places":
            place, _, what = rest.partition("/")
            self.states[place] = {"free": "frei", "open": "frei", "occupy": "belegt", "close": "geschlossen"}[what]
        return JSONResponse({**values.DONE.get(room, {"sentence": "Gespeichert."}), "at": values.DONE_AT})
