"""A search that stays open, in memory."""

from __future__ import annotations

from sojus.domain.model.actors import Actor
from sojus.harness.memory.answers import granted, said
from sojus.harness.seen import Found, Seen
from sojus.service.asked import Asked
from sojus.service.service import Service


def searched(service: Service, actor: Actor, asked: Asked) -> Found:
    """What there is now. Raises `Denied`."""
    return Found.read(asked, said(granted(service.search(actor, asked))))


class MemorySearch:
    """A list that stays open, as the page keeps one: where the portal no longer knows of it, it is searched anew."""

    def __init__(self, service: Service, actor: Actor, found: Found) -> None:
        self._service, self._actor = service, actor
        self.hits: dict[str, Seen] = {}
        self._at = found.at
        self._show(found)

    def listen(self) -> None:
        changes = self._service.changes(self._actor, self._found.id, self._at)
        if changes is None:
            self._show(searched(self._service, self._actor, self._found.asked))
            return
        for one in changes:
            self._at = max(self._at, one.at)
            if one.hit is None:
                self.hits.pop(one.place, None)
            else:
                self.hits[one.place] = Seen.read(said(one.hit))

    def _show(self, found: Found) -> None:
        self._found, self._at = found, found.at
        self.hits = {hit.place: hit for hit in found.hits}
