"""The portal's JSON over HTTP: which handler answers which address, and what holds of all of them.

Every handler is given who asks (`door.Member`); what changes something also what was said (`said.Said`), after it is
known to come from a page of ours. What goes wrong for one request is answered to that one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from lisa_core.domain.model.errors import LisaError
from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import FieldId
from sojus.domain.rights.table import RIGHTS
from sojus.portal import texts
from sojus.portal.answers import no, of_error, told
from sojus.portal.door import AtTheDoor, Member, PortalDoor, name_of
from sojus.portal.spoken.said import AS, MARK, Query, Said, check_query, said_in
from sojus.portal.working import OwnLines, TooBusy
from sojus.service.answers import Reason
from sojus.service.fields import WordView
from sojus.service.service import Service

Get = Callable[[Member, Request], Awaitable[Response]]
Post = Callable[[Member, Said, Request], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]
AT_ONCE, MOST = 4, 200
"""What is done for one account at once, and how much of hers may not be done yet."""
FILES_AT_ONCE, MOST_FILES = 1, 4


class _Get(Route):
    """Not for HEAD: a stream would stay open, a look at a name would be noted, for nobody."""

    def __init__(self, path: str, endpoint: Endpoint) -> None:
        super().__init__(path, endpoint)
        self.methods = {"GET"}


class Api:
    """Handlers by their address: `gets`; `posts`, to which an object is said; `files`, to which a file is brought.

    `queries`: what may stand behind "?"; without a line, nothing. `idle`: which of the first somebody's page asks
    by itself. `desks`: origins of desks that open pages of ours.
    """

    def __init__(
        self,
        service: Service,
        door: PortalDoor,
        gets: Mapping[str, Get],
        posts: Mapping[str, Post],
        files: Mapping[str, Get],
        queries: Mapping[str, Query],
        idle: frozenset[str] = frozenset(),
        desks: Sequence[str] = (),
    ) -> None:
        self._service, self._door, self._queries, self._idle, self._desks = service, door, queries, idle, desks
        self._gets = {"/api/me": self._me, **gets}
        self._posts, self._files = {"/api/me": self._choose, **posts}, files
        self._lines, self._file_lines = OwnLines(AT_ONCE, MOST), OwnLines(FILES_AT_ONCE, MOST_FILES)

    def routes(self) -> list[BaseRoute]:
        """For the application."""
        return [
            _Get("/api/demo", _answered(self._demo, {})),
            Route("/api/demo", _answered(self._be, {}), methods=["POST"]),
            *(_Get(path, self._asked(one, path)) for path, one in self._gets.items()),
            *(Route(path, self._said(one), methods=["POST"]) for path, one in self._posts.items()),
            *(Route(path, self._brought(one), methods=["POST"]) for path, one in self._files.items()),
        ]

    def _of_member(self, asking: Get, known: Query, *, acts: bool = True) -> Endpoint:
        async def answer(request: Request) -> Response:
            member = await self._door.member(request)
            if acts and member.visitor is not None:
                self._door.gate.access.acted(member.visitor)
            return await asking(member, request)

        return _answered(answer, known)

    def _asked(self, asking: Get, path: str) -> Endpoint:
        async def answer(member: Member, request: Request) -> Response:
            async with self._lines.turn(_whose(member)):
                return await asking(member, request)

        return self._of_member(answer, self._queries.get(path, {}), acts=path not in self._idle)

    def _said(self, saying: Post) -> Endpoint:
        async def answer(member: Member, request: Request) -> Response:
            check_acts(request, member)
            said = await said_in(request)
            async with self._lines.turn(_whose(member)):
                return await saying(member, said, request)

        return self._of_member(answer, {})

    def _brought(self, taking: Get) -> Endpoint:
        async def answer(member: Member, request: Request) -> Response:
            check_acts(request, member)
            async with self._file_lines.turn(_whose(member)):
                return await taking(member, request)

        return self._of_member(answer, {})

    # --- who asks ---------------------------------------------------------------------------------------------------

    async def _demo(self, request: Request) -> Response:
        if not self._door.demonstrates_to(request):
            return no(texts.NO_DEMONSTRATION, Reason.RIGHT, 403)
        people = self._door.people.values()
        return told([{"id": one.id, "name": one.name, **self._named(one.actor)} for one in people])

    async def _be(self, request: Request) -> Response:
        """One of the invented people."""
        check_ours(request)
        said = await said_in(request)
        who = said.id("as")
        said.end()
        if not self._door.demonstrates_to(request):
            return no(texts.NO_DEMONSTRATION, Reason.RIGHT, 403)
        if who not in self._door.people:
            return no(texts.NO_SUCH_PERSON, Reason.WRONG, 422)
        return self._chosen(request, who)

    async def _choose(self, member: Member, said: Said, request: Request) -> Response:
        chosen = said.id("as")
        said.end()
        if chosen not in map(name_of, member.all):
            return no(texts.NO_SUCH_MEMBERSHIP, Reason.RIGHT, 403)
        return self._chosen(request, chosen)

    def _chosen(self, request: Request, chosen: str) -> Response:
        response = JSONResponse({})
        response.headers.append("set-cookie", self._door.chooses(request, chosen))
        return response

    async def _me(self, member: Member, request: Request) -> Response:
        actor, service = member.actor, self._service
        return told(
            {
                "name": member.account,
                **self._named(actor),
                "office": actor.office,
                "tenant": actor.tenant,
                "today": service.today,
                "at": service.live.at,
                "areas": sorted(service.areas(), key=self._most_offered),
                "places": RIGHTS[actor.role],
                "means": service.means,
                "memberships": list(map(self._named, member.all)),
                "demo": member.visitor is None,
                "desks": self._desks,
            }
        )

    def _most_offered(self, area: WordView) -> int:
        """What there is most of comes first."""
        return -len(self._service.live.stock.places[FieldId(area.id)])

    def _named(self, actor: Actor) -> dict[str, str]:
        service = self._service
        names = {"office_name": service.office_name(actor), "tenant_name": service.directory.tenant_name(actor.tenant)}
        return {"as": name_of(actor), "role": actor.role, **names}


def _answered(answer: Endpoint, known: Query) -> Endpoint:
    """`known`: what may stand behind "?"."""

    async def answered(request: Request) -> Response:
        if any("\0" in str(one) for one in request.path_params.values()):  # which no database takes as a text
            return no(texts.NOT_THERE, Reason.WRONG, 404)
        try:
            check_query(request.query_params, known)
            return await answer(request)
        except (AtTheDoor, LisaError) as error:
            return of_error(error)
        except TooBusy:
            return no(texts.BUSY, Reason.BUSY, 503)
        except asyncio.CancelledError:  # by nothing but the end of the program
            return no(texts.ENDS, Reason.AWAY, 503)

    return answered


def _whose(member: Member) -> str:
    """Whose line it is; "" in a demonstration, where many sit at one computer under one name."""
    return "" if member.visitor is None else member.account


def check_acts(request: Request, member: Member) -> None:
    """As `check_ours`, and made for whom she acts now: in another window she may have chosen somebody else, and the
    browser says one name for all of them. Raises `AtTheDoor`."""
    check_ours(request)
    if request.headers.get(AS) != name_of(member.actor):
        raise AtTheDoor(texts.NOT_AS, 403)


def check_ours(request: Request) -> None:
    """From a page of ours, or from a program that says so; of foreign origins the guard has sent all away. Raises
    `AtTheDoor`."""
    check_site(request)
    if request.headers.get(MARK) != "1":
        raise AtTheDoor(texts.FOREIGN_PAGE, 403)


def check_site(request: Request) -> None:
    """No page of a neighbour under our domain, for whose pictures a browser sends our cookies. Raises `AtTheDoor`."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise AtTheDoor(texts.FOREIGN_PAGE, 403)
