"""One person at the portal in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.screen import Leaflet
from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, GroupId, PlaceId, ProviderId, RequestId
from sojus.domain.placement.events import Ask, PlacementEvent
from sojus.domain.placement.records import NamelessProfile, Need
from sojus.harness.memory.answers import answer_of, granted, said
from sojus.harness.memory.opened import MemorySearch, searched
from sojus.harness.memory.people import MemoryPeople
from sojus.harness.seen import Affair, Answer, Found, OwnPlace, SeenPreview, affairs_of, lines_of, own_places_of
from sojus.service.answers import Refused
from sojus.service.asked import Asked
from sojus.service.deeds import Deed, name_from
from sojus.service.houses import PlaceAct, PlaceWish
from sojus.service.offers.leaflet import leaflet
from sojus.service.offers.saving import keeping
from sojus.service.own.house_deeds import confirmation
from sojus.service.service import Service
from sojus.sheets.preview import Preview, batch, preview


class Around(Protocol):
    """The portal, as far as somebody at it needs to know it."""

    service: Service
    people: MemoryPeople

    def now(self) -> datetime: ...

    def key(self) -> str:
        """One that nobody has used."""
        ...


class MemoryDesk:
    """One person."""

    def __init__(self, portal: Around, actor: Actor) -> None:
        self._portal, self._service, self._actor = portal, portal.service, actor
        self._open: list[MemorySearch] = []
        self._news: list[str] = []
        self._heard = 0
        self._previews: dict[str, Preview] = {}

    async def search(self, asked: Asked) -> Found:
        return searched(self._service, self._actor, asked)

    async def watch(self, found: Found) -> MemorySearch:
        made = MemorySearch(self._service, self._actor, found)
        self._open.append(made)
        return made

    async def keep(self, asked: Asked, name: str) -> Answer:
        return answer_of(self._service.do(keeping(self._portal.key(), self._actor, name, asked)))

    async def why(self, asked: Asked, place: str) -> str:
        return granted(self._service.why(self._actor, asked, PlaceId(place)))

    async def leaflet(self, place: str, seen: Found) -> Leaflet:
        return leaflet(granted(self._service.place(self._actor, PlaceId(place), seen.asked)))

    async def do(self, what: PlacementEvent, seen: Found | None = None) -> Answer:
        at, asked = (None, None) if seen is None else (seen.at, seen.asked)
        return answer_of(self._service.do(Deed(self._portal.key(), self._actor, what, at, asked)))

    async def ask(self, asked: Asked, case: str, to: Sequence[str], span: Span) -> Answer:
        search = asked.search
        profile = NamelessProfile(asked.area, search.kind, search.people, search.traits)
        need = Need(span, len(search.people), search.amount)
        request = RequestId(name_from(key := self._portal.key()))
        asking = Ask(request, CaseId(case), profile, need, tuple(map(ProviderId, to)))
        return answer_of(self._service.do(Deed(key, self._actor, asking)))

    async def confirm(self, group: str) -> Answer:
        return answer_of(self._service.do(confirmation(self._portal.key(), self._actor, GroupId(group))))

    async def with_place(
        self, doing: str, place: str, start: date, until: date | None = None, reason: str = "", ref: str = ""
    ) -> Answer:
        wish = PlaceWish(
            *(self._portal.key(), self._actor, PlaceId(place), PlaceAct(doing), start, until), reason=reason, ref=ref
        )
        deed = self._service.with_place(wish)
        return answer_of(deed if isinstance(deed, Refused) else self._service.do(deed))

    async def mine(self) -> Sequence[Affair]:
        return affairs_of(said(granted(self._service.mine(self._actor))))

    async def own_places(self) -> Sequence[OwnPlace]:
        return own_places_of([said(one) for one in granted(self._service.groups(self._actor))])

    async def preview(self, data: bytes) -> SeenPreview:
        found = preview(data, self._actor, self._portal.now(), self._service.register())
        name = "" if batch(found) is None else self._portal.key()
        self._previews[name] = found
        rows = {key: [one._asdict() for one in getattr(found, key)] for key in ("new", "changed", "mistakes")}
        return SeenPreview.read({"preview": name, **rows, "same": found.same, "hints": found.hints})

    async def take(self, preview: SeenPreview) -> Answer:
        what = batch(self._previews[preview.id])
        assert what is not None
        return answer_of(self._service.do(Deed(self._portal.key(), self._actor, what)))

    async def figures(self) -> Sequence[str]:
        return lines_of(said(granted(self._service.figures(self._actor))))

    async def enter_case(self, name: str, purpose: str) -> str:
        portal = self._portal
        return portal.people.enter(self._actor, portal.key(), name, purpose, portal.now())

    async def look(self, case: str, purpose: str) -> Sequence[str]:
        return self._portal.people.look(self._actor, case, purpose, self._portal.now())

    async def correct(self, case: str, name: str, purpose: str) -> Answer:
        portal = self._portal
        return portal.people.correct(self._actor, portal.key(), case, name, purpose, portal.now())

    async def forget(self, case: str, purpose: str) -> Answer:
        portal = self._portal
        return portal.people.forget(self._actor, portal.key(), case, purpose, portal.now())

    async def changed_names(self) -> Sequence[str]:
        return self._portal.people.changed(self._actor, self._portal.now())

    async def audit(self) -> Sequence[JsonMap]:
        return self._portal.people.audit(self._actor)

    async def heard(self) -> Sequence[str]:
        return self._news

    def listen(self) -> None:
        """Take in what was told meanwhile."""
        for one in self._service.news(self._actor, self._heard):
            self._news.append(one.sentence)
            self._heard = one.at
        for search in self._open:
            search.listen()
