"""One person at the portal, over HTTP: she logs in with her password, asks, acts, and leaves a search open."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

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
    SeenPreview,
    affairs_of,
    lines_of,
    own_places_of,
    purpose_named,
)
from sojus.harness.wire import bodies
from sojus.harness.wire.client import PortalClient
from sojus.harness.wire.opened import WireSearch
from sojus.harness.wire.stream import events
from sojus.service.asked import Asked

QUIET_S = 0.3
"""Whoever asks what there is to hear has heard all of it when nothing has come for so long."""


class WireDesk:
    """`go_to` is where the portal is served now; after that she logs in anew."""

    def __init__(self, account: str, password: str) -> None:
        self._client = PortalClient(account, password)
        self._open: list[WireSearch] = []

    async def go_to(self, address: str) -> None:
        """Log in there. Raises `HarnessError` where that is refused."""
        await self.leave()
        await self._client.log_in(address)
        for one in self._open:
            await one.open_again()

    async def leave(self) -> None:
        """Close what is open."""
        for one in self._open:
            await one.close()
        await self._client.close()

    # --- questions --------------------------------------------------------------------------------------------------

    async def search(self, asked: Asked) -> Found:
        return await self._client.search(asked)

    async def watch(self, found: Found) -> WireSearch:
        made = WireSearch(self._client, found)
        self._open.append(made)
        return made

    async def keep(self, asked: Asked, name: str) -> Answer:
        return await self._tried("searches", {"name": name, "wish": bodies.wish(asked)})

    async def why(self, asked: Asked, place: str) -> str:
        said = await self._client.post("why", {"search": bodies.wish(asked), "place": place})
        return str(said["sentence"])

    async def leaflet(self, place: str, seen: Found) -> Leaflet:
        said = await self._client.post("compare", {"places": [place], "search": bodies.wish(seen.asked)})
        told = said["places"][0]["leaflet"]
        return Leaflet(told["title"], tuple(told["lines"]))

    async def mine(self) -> Sequence[Affair]:
        return affairs_of(await self._client.get("mine"))

    async def own_places(self) -> Sequence[OwnPlace]:
        return own_places_of((await self._client.get("groups"))["groups"])

    async def preview(self, data: bytes) -> SeenPreview:
        headers = {"Content-Type": "application/octet-stream"}
        answer = await self._client.http.post("/api/sheets", content=data, headers=headers)
        return SeenPreview.read(await self._client.checked(answer))

    async def take(self, preview: SeenPreview) -> Answer:
        return await self._tried(f"sheets/{preview.id}/take", {})

    async def figures(self) -> Sequence[str]:
        return lines_of(await self._client.get("numbers"))

    async def enter_case(self, name: str, purpose: str) -> str:
        said = {"key": secrets.token_urlsafe(16), "name": name, "purpose": await self._purpose(purpose)}
        return str((await self._client.post("cases", said))["case"])

    async def look(self, case: str, purpose: str) -> Sequence[str]:
        wanted = {"purpose": await self._purpose(purpose)}
        answer = await self._client.http.get(f"/api/cases/{quote(case)}", params=wanted)
        return [str(one["name"]) for one in (await self._client.checked(answer))["people"]]

    async def correct(self, case: str, name: str, purpose: str) -> Answer:
        said: JsonDict = {"name": name, "purpose": await self._purpose(purpose)}
        return await self._tried(f"cases/{case}/correct", said)

    async def forget(self, case: str, purpose: str) -> Answer:
        return await self._tried(f"cases/{case}/forget", {"purpose": await self._purpose(purpose)})

    async def changed_names(self) -> Sequence[str]:
        return [str(one["sentence"]) for one in (await self._client.get("mine"))["names"]]

    async def audit(self) -> Sequence[JsonMap]:
        found: Sequence[JsonMap] = (await self._client.get("audit"))["entries"]
        return found

    async def _purpose(self, name: str) -> str:
        known = {str(one["name"]): str(one["id"]) for one in (await self._client.get("purposes"))["purposes"]}
        return known[purpose_named(name, known)]

    async def heard(self) -> Sequence[str]:
        """All that there is to hear behind the first entry of the log."""
        heard: list[str] = []
        async with self._client.http.stream("GET", "/api/changes", params={"after": "0"}) as answer:
            await self._client.checked(answer)
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
            done = await self._client.post(path, {**said, "key": secrets.token_urlsafe(16)})
        except Denied as no:
            return no.answer
        return Answer(str(done["sentence"]))
