"""A search that stays open, over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from lisa_core.domain.model.json_types import JsonMap
from sojus.harness.seen import Found, Seen
from sojus.harness.wire.client import PortalClient
from sojus.harness.wire.stream import events


class WireSearch:
    """A list that stays open on a connection of its own; where the portal knows it no longer, it is searched anew."""

    def __init__(self, client: PortalClient, found: Found) -> None:
        self._client, self._asked = client, found.asked
        self._listen(found)

    @property
    def hits(self) -> Mapping[str, Seen]:
        if self._reading.done():
            self._reading.result()
        return self._hits

    async def open_again(self) -> None:
        """At another address."""
        self._listen(await self._client.search(self._asked))

    async def close(self) -> None:
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)

    def _listen(self, found: Found) -> None:
        self._show(found)
        self._reading = asyncio.create_task(self._read(found))

    def _show(self, found: Found) -> None:
        self._hits = {hit.place: hit for hit in found.hits}

    async def _read(self, found: Found) -> None:
        while True:
            wanted = {"search": found.id, "after": str(found.at)}
            async with self._client.http.stream("GET", "/api/changes", params=wanted, timeout=None) as answer:
                await self._client.checked(answer)
                async for one in events(answer):
                    if one.name == "change":
                        self._take_in(one.data)
                    elif one.name == "again":
                        break
                else:
                    raise AssertionError("Das Portal hat die Verbindung einer offenen Liste von sich aus beendet.")
            found = await self._client.search(self._asked)
            self._show(found)

    def _take_in(self, said: JsonMap) -> None:
        if said["hit"] is None:
            self._hits.pop(str(said["place"]), None)
        else:
            self._hits[str(said["place"])] = Seen.read(said["hit"])
