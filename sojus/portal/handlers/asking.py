"""What somebody asks the service: searches, places, what is one's own, and what changes while a page is open."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from sojus.domain.model.ids import FieldId, PlaceId
from sojus.portal import texts
from sojus.portal.answers import done, json_of, no, told
from sojus.portal.changes import OpenPages
from sojus.portal.door import Member
from sojus.portal.spoken.acts import said_to_house
from sojus.portal.spoken.said import Said, number_of
from sojus.portal.spoken.wishes import asked_in, search_in, wish_of
from sojus.portal.working import Workers
from sojus.service.answers import Reason, Refused
from sojus.service.found import PlacePage
from sojus.service.offers.leaflet import leaflet
from sojus.service.service import Service


class Asking:
    """Handlers; each is given who asks."""

    def __init__(self, service: Service, changes: OpenPages, workers: Workers) -> None:
        self._service, self._changes, self._workers = service, changes, workers

    async def field(self, member: Member, request: Request) -> Response:
        return told_or_not(self._service.field(FieldId(request.path_params["area"])))

    async def search(self, member: Member, said: Said, request: Request) -> Response:
        first, count = said.maybe_whole("first", 0, 100_000) or 0, said.maybe_whole("count", 1, 200) or 50
        alike_once, asked = said.maybe_flag("alike_once"), asked_in(said)
        found = await self._workers.quick(self._service.search, member.actor, asked, first, count, alike_once)
        return told_or_not(found)

    async def why(self, member: Member, said: Said, request: Request) -> Response:
        place, asked = PlaceId(said.id("place")), search_in(said)
        said.end()
        if asked is None:
            raise said.wrong("search", "eine Suche")
        answer = await self._workers.quick(self._service.why, member.actor, asked, place)
        return told_or_not({"sentence": answer} if isinstance(answer, str) else answer)

    async def full(self, member: Member, said: Said, request: Request) -> Response:
        """Groups in which somebody could wait."""
        return told_or_not(await self._workers.quick(self._service.full, member.actor, asked_in(said)))

    async def profile(self, member: Member, said: Said, request: Request) -> Response:
        """What a house will read, in words, before anything is sent."""
        profile, need = said_to_house(said)
        said.end()
        answer = await self._workers.quick(self._service.read_by_house, member.actor, profile, need)
        return told_or_not({"sentence": answer} if isinstance(answer, str) else answer)

    async def compare(self, member: Member, said: Said, request: Request) -> Response:
        places, asked = tuple(map(PlaceId, said.ids("places"))), search_in(said)
        said.end()
        answer = await self._workers.do(self._service.compare, member.actor, places, asked)
        return told_or_not(answer if isinstance(answer, Refused) else {"places": [_flat(one) for one in answer]})

    async def place(self, member: Member, request: Request) -> Response:
        answer = await self._workers.do(self._service.place, member.actor, PlaceId(request.path_params["place"]))
        return told_or_not(answer if isinstance(answer, Refused) else _flat(answer))

    async def searches(self, member: Member, request: Request) -> Response:
        """Those that the office has saved, each with the wish as a page says it."""
        found = await self._workers.do(self._service.saved, member.actor)
        if isinstance(found, Refused):
            return done(found)
        names = ("id", "name", "hits", "new", "sentence")
        rows = [{**{name: getattr(one, name) for name in names}, "wish": wish_of(one.asked)} for one in found]
        return told({"searches": rows})

    async def figures(self, member: Member, request: Request) -> Response:
        """Counts without persons."""
        return told_or_not(await self._workers.do(self._service.figures, member.actor))

    async def groups(self, member: Member, request: Request) -> Response:
        answer = await self._workers.do(self._service.groups, member.actor)
        return told_or_not(answer if isinstance(answer, Refused) else {"groups": answer, "at": self._service.live.at})

    async def changes(self, member: Member, request: Request) -> Response:
        """A stream of events, behind the entry that the page was at, or the last that it heard of."""
        query = request.query_params
        places = tuple(map(PlaceId, query.getlist("place")))
        search, last = query.get("search", ""), request.headers.get("last-event-id", "") or query.get("after", "")
        after = number_of({"after": last}, "after") if last else self._service.live.at
        if search and await self._workers.quick(self._service.changes, member.actor, search, after) is None:
            return no(texts.SEARCH_ANEW, Reason.STALE, 404)
        return self._changes.stream(member, search, places, after)


def told_or_not(answer: object) -> Response:
    return done(answer) if isinstance(answer, Refused) else told(answer)


def _flat(place: PlacePage) -> dict[str, object]:
    """A place with the fields of its hit beside its own."""
    both = json_of(place)
    assert isinstance(both, dict)
    hit = both.pop("hit")
    assert isinstance(hit, dict)
    return {**hit, **both, "leaflet": json_of(leaflet(place))}
