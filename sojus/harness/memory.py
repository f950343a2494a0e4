"""The portal in memory: the service on a log that nobody keeps, by a clock that a scenario sets.

Everything is done in the order in which it is asked for, in the thread of the scenario; so a run repeats bit for bit.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.host.clock import Clock
from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, FieldId, GroupId, PlaceId, ProviderId, RequestId
from sojus.domain.placement.events import Ask, PlacementEvent, TakeIn
from sojus.domain.placement.records import NamelessProfile, Need
from sojus.domain.search.wish import Search
from sojus.harness.seen import Affair, Answer, Denied, Found, Heard, OwnPlace, Seen, affairs_of, own_places_of
from sojus.harness.vocabularies import shipped
from sojus.service.answers import Granted, Refused
from sojus.service.asked import Asked
from sojus.service.deeds import Deed, name_from
from sojus.service.hand import AtOnce
from sojus.service.houses import PlaceAct, PlaceWish
from sojus.service.opening import in_memory
from sojus.service.own.house_deeds import confirmation
from sojus.service.service import Service
from sojus.store.entries import Rules

if TYPE_CHECKING:
    from sojus.harness.opening import Opening

T = TypeVar("T")


class MemoryPortal:
    """`hand` does what is asked; time goes by only when a scenario says so."""

    def __init__(self, service: Service, hand: AtOnce, clock: Clock) -> None:
        self.service, self._hand, self._clock = service, hand, clock
        self._desks: dict[Actor, MemoryDesk] = {}
        self._keys = 0

    def now(self) -> datetime:
        return self._clock.instant().civil

    async def later(self, span: timedelta) -> None:
        end = self.now() + span
        while (left := end - self.now()) > timedelta(0):
            self._clock.set_civil(self.now() + min(left, self._next() - self.now()))
            self._hand.elapse(self.now())
        await self.settle()

    async def desk(self, actor: Actor) -> MemoryDesk:
        return self._desks.setdefault(actor, MemoryDesk(self, actor))

    async def settle(self) -> None:
        for desk in self._desks.values():
            desk.listen()

    def key(self) -> str:
        """One that nobody has used."""
        self._keys += 1
        return f"schluessel-{self._keys:022}"

    def _next(self) -> datetime:
        """When something happens by itself: the next term that is over, or the next day."""
        now = self.now()
        midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
        due = self.service.next_due()
        return midnight if due is None else max(now + timedelta(microseconds=1), min(midnight, due))


class MemoryDesk:
    """One person."""

    def __init__(self, portal: MemoryPortal, actor: Actor) -> None:
        self._portal, self._service, self._actor = portal, portal.service, actor
        self._open: list[MemorySearch] = []
        self._news: list[Heard] = []
        self._heard = 0
        self._asked: dict[str, Asked] = {}
        """By the id of what was found."""

    async def search(self, area: FieldId, search: Search) -> Found:
        asked = Asked(area, search)
        found = Found.read(said(granted(self._service.search(self._actor, asked))))
        self._asked[found.id] = asked
        return found

    async def watch(self, found: Found) -> MemorySearch:
        made = MemorySearch(self._service, self._actor, self._asked[found.id], found)
        self._open.append(made)
        return made

    async def why(self, area: FieldId, search: Search, place: str) -> str:
        return granted(self._service.why(self._actor, Asked(area, search), PlaceId(place)))

    async def do(self, what: PlacementEvent, seen: Found | None = None) -> Answer:
        at, asked = (None, None) if seen is None else (seen.at, self._asked[seen.id])
        return answer_of(self._service.do(Deed(self._portal.key(), self._actor, what, at, asked)))

    async def ask(self, area: FieldId, search: Search, case: str, to: Sequence[str], span: Span) -> Answer:
        profile = NamelessProfile(area, search.kind, search.people, search.traits)
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

    async def heard(self) -> Sequence[Heard]:
        return self._news

    def listen(self) -> None:
        """Take in what was told meanwhile."""
        for one in self._service.news(self._actor, self._heard):
            self._news.append(Heard(one.ref, one.sentence))
            self._heard = one.at
        for search in self._open:
            search.listen()


class MemorySearch:
    """A list that stays open, as the page keeps one: where the portal no longer knows of it, it is searched anew."""

    def __init__(self, service: Service, actor: Actor, asked: Asked, found: Found) -> None:
        self._service, self._actor, self._asked = service, actor, asked
        self.told: list[str] = []
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
            self.told.append(one.sentence)
            if one.hit is None:
                self.hits.pop(one.place, None)
            else:
                self.hits[one.place] = Seen.read(said(one.hit))

    def _show(self, found: Found) -> None:
        self._id, self._at = found.id, found.at
        self.hits = {hit.place: hit for hit in found.hits}


def granted(answer: T | Refused) -> T:
    """What was asked for. Raises `Denied` where the portal refuses it."""
    if isinstance(answer, Refused):
        raise Denied(answer_of(answer))
    return answer


def answer_of(came: Granted | Refused) -> Answer:
    """What came of an act."""
    if isinstance(came, Granted):
        return Answer(came.sentence, came.ref)
    instead = tuple(Seen.read(said(hit)) for hit in came.hits)
    mistakes = [f"{one.where}: {one.why}" for one in came.mistakes]
    return Answer(" ".join([came.error, *mistakes]), "", came.reason.value, instead, came.may_wait)


def said(view: object) -> JsonMap:
    """A view in the form of the portal's JSON."""
    made = _plain(view)
    assert isinstance(made, dict)
    return made


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_plain(one) for one in value]
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            names = [field.name for field in dataclasses.fields(value)]
            return {name.removesuffix("_"): _plain(getattr(value, name)) for name in names}
        case _:
            return value


@contextlib.asynccontextmanager
async def open_memory(opening: Opening) -> AsyncIterator[MemoryPortal]:
    """What providers have given in is taken in as they do it. Raises `HarnessError` for what cannot be taken in."""
    clock = Clock(opening.now)
    service, hand = in_memory(Rules(shipped()), lambda: clock.instant().civil, opening.directory())
    portal = MemoryPortal(service, hand, clock)
    for provider, batch in opening.batches:
        taken = answer_of(service.do(Deed(portal.key(), provider, TakeIn(batch))))
        if not taken.is_done:
            raise HarnessError(f"Diese Plätze nimmt das Portal nicht auf. {taken.sentence}")
    try:
        yield portal
    finally:
        service.close()
