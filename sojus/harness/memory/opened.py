"""A search that stays open, in memory."""

from __future__ import annotations

from sojus.domain.model.actors import Actor
from sojus.harness.memory.answers import granted, said
from sojus.harness.seen import Found, Seen
from sojus.service.asked import Asked
from sojus.service.service import Service


class MemorySearch:
    """A list that stays open, as the page keeps one: where the portal no longer knows of it, it is searched anew."""

    def __init__(self, service: Service, actor: Actor, asked: Asked, found: Found) -> None:
        self._service, self._actor, self._asked = service, actor, asked
        self.hits: dict[str, Seen] = {}
        self._id, self._at = found.id, found.at
        self._show(found)

    def listen(self) -> None:
        changes = self._service.changes(self._actor, self._id, self._at)
        if changes is None:
            self._show(Found.read(said(granted(self._service.search(self._actor, self._asked)))))
            return
        for one in changes:
            self._at = max(self._at, one.at)
            if one.hit is None:
                self.hits.pop(one.place, None)
            else:
                self.hits[one.place] = Seen.read(said(one.hit))

    def _show(self, found: Found) -> None:
        self._id, self._at = found.id, found.at
        self.hits = {hit.place: hit for hit in found.hits}
