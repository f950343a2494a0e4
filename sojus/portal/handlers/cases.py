"""Cases and of whom they are, over HTTP: asked with a purpose, and in the audit before the answer is given out.

A name is never in an address: a case is called by its opaque id, and what is entered comes in a body.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from lisa_core.domain.model.errors import LisaError
from sojus.domain.model.ids import CaseId
from sojus.domain.rights.purposes import Purpose, PurposeId, Purposes, purposes_of
from sojus.portal import texts
from sojus.portal.answers import done, told
from sojus.portal.api import check_site
from sojus.portal.door import Member
from sojus.portal.pace import WritingPace
from sojus.portal.spoken.said import Said, number_of
from sojus.portal.working import Workers
from sojus.service.service import Service
from sojus.store.persons.changing import NameWish
from sojus.store.persons.looking import look
from sojus.store.persons.people import LONGEST, MOST
from sojus.store.persons.persons import Persons
from sojus.store.persons.values import NamedPerson

PAGE, LINES = 50, 200
"""So many cases, and lines of the audit, at once."""


class Cases:
    """`now`: the wall clock of the place."""

    def __init__(
        self,
        persons: Persons,
        service: Service,
        purposes: Purposes,
        workers: Workers,
        pace: WritingPace,
        now: Callable[[], datetime],
    ) -> None:
        self._persons, self._service, self._purposes = persons, service, purposes
        self._workers, self._pace, self._now = workers, pace, now

    async def purposes(self, member: Member, request: Request) -> Response:
        """Those among which her role chooses."""
        mine = purposes_of(self._purposes, member.actor.role)
        return told({"purposes": [{"id": one.id, "name": one.name, "law": one.law} for one in mine]})

    async def own(self, member: Member, request: Request) -> Response:
        """Of her office, without a name, the newest first: a page of them. `before`: the number of the last one that
        she has; `find`: a number, or a part of a file number."""
        query = request.query_params
        before, wanted = number_of(query, "before"), query.get("find", "")
        found = await self._workers.do(self._persons.cases, member.membership, PAGE + 1, before, wanted)
        return told({"cases": found[:PAGE], "more": len(found) > PAGE})

    async def enter(self, member: Member, said: Said, request: Request) -> Response:
        """A new case: one person, or siblings."""
        key, wanted = said.key(), said.id("purpose")
        people, reference = _people(said), said.text("reference", LONGEST)
        said.end()
        purpose = self._purpose(member, wanted)
        self._pace.line(member)
        who, enter = member.membership, self._persons.enter
        return told(await self._workers.do(enter, who, key, people, purpose, self._now(), reference))

    async def correct(self, member: Member, said: Said, request: Request) -> Response:
        """Other people, all of them; `reference` null: as before. Whoever was told the name hears of it."""
        key, wanted = said.key(), said.id("purpose")
        people, reference = _people(said), said.maybe_text("reference", LONGEST)
        said.end()
        purpose = self._purpose(member, wanted)
        self._pace.line(member)
        asked = NameWish(member.membership, key, CaseId(request.path_params["case"]), purpose, self._now())
        is_new = await self._workers.do(self._persons.correct, asked, people, reference)
        return told({"sentence": texts.NAME_CORRECTED, "again": not is_new})

    async def forget(self, member: Member, said: Said, request: Request) -> Response:
        """Nobody knows any more of whom it was; not as long as anything of it is open."""
        key, wanted, case = said.key(), said.id("purpose"), CaseId(request.path_params["case"])
        said.end()
        purpose = self._purpose(member, wanted)
        if still := await self._workers.do(self._service.keeps_name, member.actor, case):
            return done(still)
        self._pace.line(member)
        asked = NameWish(member.membership, key, case, purpose, self._now())
        is_new = await self._workers.do(self._persons.forget, asked)
        return told({"sentence": texts.NAME_DELETED, "again": not is_new})

    async def look(self, member: Member, request: Request) -> Response:
        """Of whom it is; this stands in the audit."""
        check_site(request)  # else others' pages could write into the audit that she has looked
        query = request.query_params
        purpose, case = self._purpose(member, query.get("purpose", "")), CaseId(request.path_params["case"])
        self._pace.line(member)
        reading, who = self._service.kept.reading, member.membership
        people = await self._workers.do(look, self._persons, reading, who, case, purpose, self._now())
        return told({"people": [{"name": one.name, "born": one.born} for one in people]})

    async def audit(self, member: Member, request: Request) -> Response:
        """Who has seen what, of her own: a page, the newest first. `before`: the number of the last line that she has;
        `case`: only what was done with it. `cases`: what her office calls those that stand there; `purposes`: the names
        of those that do, also of other roles than hers."""
        query, who = request.query_params, member.membership
        before, case = number_of(query, "before"), query.get("case") or None
        found = await self._workers.do(self._persons.audit, who, LINES + 1, case and CaseId(case), before)
        lines = found[:LINES]
        called = await self._workers.do(self._persons.called, who, {one.case for one in lines if one.case})
        used = {one.purpose for one in lines}
        names = [{"id": one.id, "name": one.name} for one in self._purposes.values() if one.id in used]
        return told({"entries": lines, "more": len(found) > LINES, "cases": called, "purposes": names})

    def _purpose(self, member: Member, name: str) -> Purpose:
        """One of those among which her role chooses. Raises `LisaError`."""
        for one in purposes_of(self._purposes, member.actor.role):
            if one.id == PurposeId(name):
                return one
        raise LisaError(texts.NO_SUCH_PURPOSE)


def _people(said: Said) -> tuple[NamedPerson, ...]:
    """One, or siblings."""
    return tuple(_person(one) for one in said.objects("people", MOST)) or (_named(said),)


def _person(said: Said) -> NamedPerson:
    person = _named(said)
    said.end()
    return person


def _named(said: Said) -> NamedPerson:
    return NamedPerson(said.text("name", LONGEST, 1), said.maybe_day("born"))
