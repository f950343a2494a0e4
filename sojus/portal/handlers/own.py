"""What is one's own, of the log and of persons: reservations, requests and stays, each with what its office calls the
case, and what has changed of names that somebody was told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from sojus.domain.model.actors import Actor
from sojus.domain.placement.moves import party
from sojus.domain.rights.members import Membership
from sojus.portal.answers import done, json_of, told
from sojus.portal.door import Member
from sojus.portal.working import Workers
from sojus.service.answers import Refused
from sojus.service.mine import MineView, NameView
from sojus.service.own.name_changes import newest
from sojus.service.own.name_words import TOLD_FOR
from sojus.service.service import Service
from sojus.store.persons.persons import Persons
from sojus.store.persons.values import CaseLine


class Own:
    """`now`: the wall clock of the place."""

    def __init__(self, service: Service, persons: Persons, workers: Workers, now: Callable[[], datetime]) -> None:
        self._service, self._persons, self._workers, self._now = service, persons, workers, now

    async def mine(self, member: Member, request: Request) -> Response:
        """`cases`: what the own office calls those that stand there; `names`: which were changed since she looked."""
        view = await self._workers.do(self._service.mine, member.actor)
        if isinstance(view, Refused):
            return done(view)
        both = json_of(view)
        assert isinstance(both, dict)
        cases = await self._workers.do(self._cases, Membership(member.account, member.actor), view)
        names = await self._workers.do(self._names, member.actor)
        return told({**both, "cases": cases, "names": names})

    def _cases(self, who: Membership, view: MineView) -> tuple[CaseLine, ...]:
        wanted = {
            *(one.case for one in view.reservations),
            *(one.case for one in view.waiting),
            *(one.case for one in view.requests),
            *(one.case for one in view.stays),
        }
        return tuple(self._persons.called(who, {one for one in wanted if one is not None}))

    def _names(self, by: Actor) -> tuple[NameView, ...]:
        return self._service.changed_names(by, newest(self._persons.notices(party(by), since=self._now() - TOLD_FOR)))
