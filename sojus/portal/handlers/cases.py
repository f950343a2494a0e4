"""Cases and of whom they are, over HTTP: asked with a purpose, and in the audit before the answer is given out.

A name is never in an address: a case is called by its opaque id, and what is entered comes in a body.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from sojus.domain.model.ids import CaseId
from sojus.domain.rights.members import Membership
from sojus.domain.rights.purposes import Purpose, PurposeId, Purposes, purposes_of
from sojus.portal import texts
from sojus.portal.answers import no, told
from sojus.portal.api import check_site
from sojus.portal.door import Member
from sojus.portal.spoken.said import Said, query_of
from sojus.portal.working import Workers
from sojus.service.answers import Reason
from sojus.service.service import Service
from sojus.store.persons.persons import Persons
from sojus.store.persons.values import NamedPerson

MOST_PEOPLE, MOST_NAME = 20, 200


class Cases:
    """`now`: the wall clock of the place."""

    def __init__(
        self, persons: Persons, service: Service, purposes: Purposes, workers: Workers, now: Callable[[], datetime]
    ) -> None:
        self._persons, self._service, self._purposes = persons, service, purposes
        self._workers, self._now = workers, now

    async def purposes(self, member: Member, request: Request) -> Response:
        """Those among which her role chooses."""
        mine = purposes_of(self._purposes, member.actor.role)
        return told({"purposes": [{"id": one.id, "name": one.name, "law": one.law} for one in mine]})

    async def own(self, member: Member, request: Request) -> Response:
        """Of her office, without a name."""
        return told({"cases": await self._workers.do(self._persons.cases, _who(member))})

    async def enter(self, member: Member, said: Said, request: Request) -> Response:
        """A new case: one person, or siblings."""
        key, purpose = said.key(), self._purpose(member, said.id("purpose"))
        people = tuple(_person(one) for one in said.objects("people", MOST_PEOPLE)) or (_named(said),)
        said.end()
        if purpose is None:
            return no(texts.NO_SUCH_PURPOSE, Reason.WRONG, 422)
        return told(await self._workers.do(self._persons.enter, _who(member), key, people, purpose, self._now()))

    async def look(self, member: Member, request: Request) -> Response:
        """Of whom it is; this stands in the audit."""
        check_site(request)  # else others' pages could write into the audit that she has looked
        query = query_of(request.query_params, "purpose")
        purpose, case = self._purpose(member, query.get("purpose", "")), CaseId(request.path_params["case"])
        if purpose is None:
            return no(texts.NO_SUCH_PURPOSE, Reason.WRONG, 422)
        people = await self._workers.do(self._look, _who(member), case, purpose)
        return told({"people": [{"name": one.name, "born": one.born} for one in people]})

    async def audit(self, member: Member, request: Request) -> Response:
        """Who has seen what, of her own."""
        lines = await self._workers.do(self._persons.audit, _who(member))
        return told({"entries": lines})

    def _look(self, who: Membership, case: CaseId, purpose: Purpose) -> tuple[NamedPerson, ...]:
        with self._service.kept.reading() as state:
            return self._persons.look(state, who, case, purpose, self._now())

    def _purpose(self, member: Member, name: str) -> Purpose | None:
        mine = purposes_of(self._purposes, member.actor.role)
        return next((one for one in mine if one.id == PurposeId(name)), None)


def _who(member: Member) -> Membership:
    return Membership(member.account, member.actor)


def _person(said: Said) -> NamedPerson:
    person = _named(said)
    said.end()
    return person


def _named(said: Said) -> NamedPerson:
    return NamedPerson(said.text("name", MOST_NAME, 1), said.maybe_day("born"))
