"""What is one's own, of the log and of persons: reservations, requests and stays, each with what its office calls the
case, and what has changed of names that somebody was told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import CaseId
from sojus.domain.placement.moves import party
from sojus.portal.answers import done, json_of, told
from sojus.portal.door import Member
from sojus.portal.working import Workers
from sojus.service.answers import Refused
from sojus.service.mine import MineView, NameView
from sojus.service.own.name_changes import newest
from sojus.service.own.name_words import TOLD_FOR
from sojus.service.service import Service
from sojus.store.persons.persons import Persons


class Own:
    """`now`: the wall clock of the place."""

    def __init__(self, service: Service, persons: Persons, workers: Workers, now: Callable[[], datetime]) -> None:
        self._service, self._persons, self._workers, self._now = service, persons, workers, now

    async def mine(self, member: Member, request: Request) -> Response:
        """`named`: the cases that stand there of which a name is kept; `cases`: what the own office calls them;
        `names`: which were changed since she looked."""
        view = await self._workers.do(self._service.mine, member.actor)
        if isinstance(view, Refused):
            return done(view)
        both = json_of(view)
        assert isinstance(both, dict)
        ids = {one for one in _cases(view) if one is not None}
        named = await self._workers.do(self._persons.named, ids)
        cases = await self._workers.do(self._persons.called, member.membership, ids)
        names = await self._workers.do(self._names, member.actor)
        return told({**both, "named": named, "cases": cases, "names": names})

    async def awaited(self, member: Member, request: Request) -> Response:
        """`count`: so many wait for an answer of whoever asks."""
        count = await self._workers.do(self._service.awaited, member.actor)
        return done(count) if isinstance(count, Refused) else told({"count": count})

    def _names(self, by: Actor) -> tuple[NameView, ...]:
        return self._service.changed_names(by, newest(self._persons.notices(party(by), since=self._now() - TOLD_FOR)))


def _cases(view: MineView) -> Iterator[CaseId | None]:
    """As far as they are to be known."""
    yield from (one.case for one in view.reservations)
    yield from (one.case for one in view.waiting)
    yield from (one.case for one in view.requests)
    yield from (one.case for one in view.stays)
