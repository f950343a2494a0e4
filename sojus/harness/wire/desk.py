"""One person at the portal, over HTTP: she logs in with her password, asks, acts, and leaves a search open."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

import httpx

from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonDict, JsonMap
from lisa_core.domain.model.screen import Leaflet
from sojus.domain.model.days import Span
from sojus.domain.placement.events import PlacementEvent
from sojus.harness.seen import (
    Affair,
    Answer,
    Denied,
    Found,
    OwnPlace,
    Seen,
    SeenPreview,
    affairs_of,
    lines_of,
    own_places_of,
    purpose_named,
)
from sojus.harness.wire import bodies
from sojus.harness.wire.opened import WireSearch
from sojus.harness.wire.stream import events
from sojus.service.asked import Asked

QUIET_S = 0.3
"""Whoever asks what there is to hear has heard all of it when nothing has come for so long."""
LIMIT_S = 30.0


class WireDesk:
    """`go_to` is where the portal is served now; after that she logs in anew."""

    def __init__(self, account: str, password: str) -> None:
        self._account, self._password = account, password
        self._client: httpx.AsyncClient | None = None
        self._open: list[WireSearch] = []

    async def go_to(self, address: str) -> None:
        """Log in there. Raises `HarnessError` where that is refused."""
        await self.leave()
        self._client = httpx.AsyncClient(
            base_url=address, headers={"X-SoJuS": "1", "Origin": address}, timeout=LIMIT_S, trust_env=False
        )
        said = {"name": self._account, "kennwort": self._password}
        answer = await self._client.post("/anmelden", json=said)
        if answer.status_code != httpx.codes.OK:
            raise HarnessError(f"Anmelden als {self._account}: {answer.status_code} {answer.text[:200]}")
        self._client.headers["X-SoJuS-As"] = str((await self.get("me"))["as"])
        for one in self._open:
            await one.open_again()

    async def leave(self) -> None:
        """Close what is open."""
        for one in self._open:
            await one.close()
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    # --- questions --------------------------------------------------------------------------------------------------

    async def search(self, asked: Asked) -> Found:
        return Found.read(asked, await self.post("search", bodies.wish(asked)))

    async def watch(self, found: Found) -> WireSearch:
        made = WireSearch(self, found)
        self._open.append(made)
        return made

    async def keep(self, asked: Asked, name: str) -> Answer:
        return await self._tried("searches", {"name": name, "wish": bodies.wish(asked)})

    async def why(self, asked: Asked, place: str) -> str:
        said = await self.post("why", {"search": bodies.wish(asked), "place": place})
        return str(said["sentence"])

    async def leaflet(self, place: str, seen: Found) -> Leaflet:
        said = await self.post("compare", {"places": [place], "search": bodies.wish(seen.asked)})
        told = said["places"][0]["leaflet"]
        return Leaflet(told["title"], tuple(told["lines"]))

    async def mine(self) -> Sequence[Affair]:
        return affairs_of(await self.get("mine"))

    async def own_places(self) -> Sequence[OwnPlace]:
        return own_places_of((await self.get("groups"))["groups"])

    async def preview(self, data: bytes) -> SeenPreview:
        headers = {"Content-Type": "application/octet-stream"}
        answer = await self.client.post("/api/sheets", content=data, headers=headers)
        return SeenPreview.read(await self.checked(answer))

    async def take(self, preview: SeenPreview) -> Answer:
        return await self._tried(f"sheets/{preview.id}/take", {})

    async def figures(self) -> Sequence[str]:
        return lines_of(await self.get("numbers"))

    async def enter_case(self, name: str, purpose: str) -> str:
        said = {"key": secrets.token_urlsafe(16), "name": name, "purpose": await self._purpose(purpose)}
        return str((await self.post("cases", said))["case"])

    async def look(self, case: str, purpose: str) -> Sequence[str]:
        wanted = {"purpose": await self._purpose(purpose)}
        answer = await self.client.get(f"/api/cases/{quote(case)}", params=wanted)
        return [str(one["name"]) for one in (await self.checked(answer))["people"]]

    async def audit(self) -> Sequence[JsonMap]:
        found: Sequence[JsonMap] = (await self.get("audit"))["entries"]
        return found

    async def _purpose(self, name: str) -> str:
        known = {str(one["name"]): str(one["id"]) for one in (await self.get("purposes"))["purposes"]}
        return known[purpose_named(name, known)]

    async def heard(self) -> Sequence[str]:
        """All that there is to hear behind the first entry of the log."""
        heard: list[str] = []
        async with self.client.stream("GET", "/api/changes", params={"after": "0"}) as answer:
            await self.checked(answer)
            told = events(answer)
            with contextlib.suppress(TimeoutError, StopAsyncIteration):
                while True:
                    one = await asyncio.wait_for(anext(told), QUIET_S)
                    if one.name == "mine":
                        heard.append(str(one.data["sentence"]))
        return heard

    # --- acts -------------------------------------------------------------------------------------------------------

    async def do(self, what: PlacementEvent, seen: Found | None = None) -> Answer:
        path, said = bodies.act(what)
        if seen is not None:
            said |= {"at": seen.at, "search": bodies.wish(seen.asked)}
        return await self._tried(path, said)

    async def ask(self, asked: Asked, case: str, to: Sequence[str], span: Span) -> Answer:
        return await self._tried(*bodies.question(asked, case, to, span))

    async def confirm(self, group: str) -> Answer:
        return await self._tried(f"groups/{group}/confirm", {})

    async def with_place(
        self, doing: str, place: str, start: date, until: date | None = None, reason: str = "", ref: str = ""
    ) -> Answer:
        return await self._tried(*bodies.place_act(place, doing, start, until, reason, ref))

    async def _tried(self, path: str, said: JsonDict) -> Answer:
        try:
            done = await self.post(path, {**said, "key": secrets.token_urlsafe(16)})
        except Denied as no:
            return no.answer
        return Answer(str(done["sentence"]))

    # --- over HTTP --------------------------------------------------------------------------------------------------

    @property
    def client(self) -> httpx.AsyncClient:
        if self._client is None:
            raise HarnessError(f"{self._account} ist nicht angemeldet.")
        return self._client

    async def get(self, path: str) -> JsonMap:
        return await self.checked(await self.client.get(f"/api/{quote(path)}"))

    async def post(self, path: str, said: JsonMap) -> JsonMap:
        return await self.checked(await self.client.post(f"/api/{quote(path)}", json=said))

    async def checked(self, answer: httpx.Response) -> JsonMap:
        """What was said. Raises `Denied` for a refusal, `HarnessError` for what is none of both."""
        if answer.status_code == httpx.codes.OK:
            return {} if answer.headers["content-type"].startswith("text/event-stream") else answer.json()
        await answer.aread()
        try:
            said: JsonMap = answer.json()
            hits = tuple(Seen.read(hit) for hit in said.get("hits", ()))
            mistakes = " ".join(f"{one['where']}: {one['why']}" for one in said.get("mistakes", ()))
            text = f"{said['error']} {mistakes}".strip()
            raise Denied(Answer(text, said["reason"], hits))
        except (ValueError, KeyError) as error:
            raise HarnessError(f"{answer.request.url.path}: {answer.status_code} {answer.text[:300]}") from error


async def office_inside(address: str, said: JsonDict | None) -> str:
    """Whose office somebody acts for who has said this at the door, None: nothing; "" where nobody came in."""
    headers = {"X-SoJuS": "1", "Origin": address}
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=LIMIT_S, trust_env=False) as client:
        if said is not None:
            await client.post("/anmelden", json=said)
        answer = await client.get("/api/me")
    return str(answer.json()["office_name"]) if answer.status_code == httpx.codes.OK else ""
