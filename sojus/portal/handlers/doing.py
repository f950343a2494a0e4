"""What somebody does: an act that is durable, and known to the searches of this process, before anybody is told."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from lisa_core.domain.model.errors import LisaError, MachineError
from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import GroupId, PlaceId
from sojus.domain.placement.events import Ask, Join, PlacementEvent, Reserve
from sojus.domain.placement.moves import party
from sojus.domain.placement.watching import LONGEST_NAME
from sojus.domain.rights.table import may_do
from sojus.portal import texts
from sojus.portal.answers import done, no
from sojus.portal.api import Post
from sojus.portal.door import Member, name_of
from sojus.portal.pace import WritingPace
from sojus.portal.spoken.acts import ACTS, MAKES, act_of, place_wish, reach_wish
from sojus.portal.spoken.said import Said
from sojus.portal.spoken.wishes import asked_in, search_in
from sojus.portal.working import Workers
from sojus.service.answers import Granted, Reason, Refused
from sojus.service.deeds import Deed
from sojus.service.houses import PlaceAct
from sojus.service.offers.saving import keeping
from sojus.service.own.house_deeds import confirmation
from sojus.service.service import Service, failed
from sojus.store.persons.persons import Persons

MOST_SEEN = 2**53


class Doing:
    """Handlers by their address."""

    def __init__(self, service: Service, persons: Persons, workers: Workers, pace: WritingPace) -> None:
        self._service, self._persons, self._workers, self._pace = service, persons, workers, pace

    def posts(self) -> Mapping[str, Post]:
        return {
            **{_address(what, doing): self._act(what, doing) for what, doing in ACTS},
            **{_address("places", one): self._with_place(one) for one in PlaceAct},
            _address("groups", "confirm"): self._confirm_group,
            _address("facilities", "reach"): self._reach,
            "/api/searches": self._keep_search,
        }

    def _act(self, what: str, doing: str) -> Post:
        async def do(member: Member, said: Said, request: Request) -> Response:
            key, seen = key_of(member, said), said.maybe_whole("at", 0, MOST_SEEN)
            asked = search_in(said)
            event = act_of(what, doing, str(request.path_params.get("id", "")), said, key)
            said.end()
            if not await self._is_own_case(member.actor, event) and await self.asked_before(key) is None:
                return no(texts.NO_SUCH_CASE, Reason.WRONG, 422)
            return done(await self.do(member, Deed(key, member.actor, event, seen, asked)), MAKES.get(what, "ref"))

        return do

    def _with_place(self, what: PlaceAct) -> Post:
        async def do(member: Member, said: Said, request: Request) -> Response:
            wish = place_wish(member.actor, what, request.path_params["id"], said, key_of(member, said))
            said.end()
            return done(await self.do(member, await self._workers.do(self._service.with_place, wish)))

        return do

    async def _confirm_group(self, member: Member, said: Said, request: Request) -> Response:
        key, places = key_of(member, said), tuple(map(PlaceId, said.ids("places")))
        said.end()
        deed = confirmation(key, member.actor, GroupId(request.path_params["id"]), places)
        return done(await self.do(member, deed))

    async def _reach(self, member: Member, said: Said, request: Request) -> Response:
        wish = reach_wish(member.actor, request.path_params["id"], said, key_of(member, said))
        said.end()
        return done(await self.do(member, await self._workers.do(self._service.with_house, wish)))

    async def _keep_search(self, member: Member, said: Said, request: Request) -> Response:
        key, name, wish = key_of(member, said), said.text("name", LONGEST_NAME, 1), said.maybe_object("wish")
        said.end()
        if wish is None:
            raise said.wrong("wish", "eine Suche")
        return done(await self.do(member, keeping(key, member.actor, name, asked_in(wish))), "search")

    async def asked_before(self, key: str) -> PlacementEvent | None:
        """What stands in the log under this key."""
        return await self._workers.do(self._service.asked_before, key)

    async def _is_own_case(self, by: Actor, event: PlacementEvent) -> bool:
        """Else a name that somebody typed there would stand in the log, which never forgets. Whose act it is not at
        all, is told that."""
        if not isinstance(event, Reserve | Join | Ask) or not may_do(by, event):
            return True
        return await self._workers.do(self._persons.owner, event.case) == party(by)

    async def do(self, member: Member, deed: Deed | Refused, size: int = 0) -> Granted | Refused:
        """What came of it. `size`: of a long one, what it will take in the log. Raises `TooMuchWritten`."""
        if isinstance(deed, Refused):
            return deed
        self._pace.check(member, size)
        begun = await self._workers.do(self._service.begin, deed)
        if isinstance(begun, Refused):
            return begun
        try:
            act = await asyncio.wrap_future(begun)
        except MachineError:  # what it says of files and databases is for whoever runs them
            return Refused(texts.AWAY_ASK_AGAIN, Reason.AWAY)
        except LisaError as error:
            return failed(error)
        self._pace.note(member, act.size)
        return await self._workers.do(self._service.settle, deed, act)


def key_of(member: Member, said: Said) -> str:
    """Nobody comes upon somebody else's."""
    return f"{name_of(member.actor)}/{said.key()}"


def _address(what: str, doing: str) -> str:
    return f"/api/{what}/{{id:path}}/{doing}" if doing else f"/api/{what}"
