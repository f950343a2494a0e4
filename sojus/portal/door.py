"""The door of the portal: who is behind a request, and in whose name she acts.

Who somebody is, the house's log-in says (`lisa_core.access`); what she is in SoJuS her memberships say: role, office
and tenant. With several of them the browser keeps which one she has chosen. As long as there is no account at all, the
invented people of a demonstration stand at the door, and whoever sits at this very computer may be any of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from starlette.requests import HTTPConnection

from lisa_core.access.entrance import Visitor
from lisa_core.access.sessions import SessionEnd
from lisa_core.access.texts import OVER
from lisa_core.access.web.cookies import set_cookie
from lisa_core.access.web.gate import Gate
from sojus.domain.model.actors import Actor
from sojus.domain.rights.members import Membership
from sojus.portal import texts

CHOSEN = "sojus-als"
"""The cookie: whom of several she is here. It gives no right; each time it is looked up among what she may be."""

RECENT_S, MOST_KNOWN = 1.0, 1_000
"""How long it is remembered what an account is, and of how many."""


class AtTheDoor(Exception):
    """Nobody came in. `status`: 401 for who has to log in, 403 for who has no right here."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.text, self.status = text, status


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who acts as `actor`, one of `all`. `account`: what she logs in with, or an invented name.

    `visitor`: her session, None in a demonstration.
    """

    account: str
    actor: Actor
    all: tuple[Actor, ...]
    visitor: Visitor | None

    @property
    def membership(self) -> Membership:
        """In whose name, by which account."""
        return Membership(self.account, self.actor)


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody whom a demonstration puts at the door."""

    id: str
    name: str
    actor: Actor


class Memberships(Protocol):
    """What each account is in SoJuS (`sojus.store.persons`); from any thread. Raises `MachineError` when nobody can be
    asked."""

    def memberships(self, account: str) -> tuple[Membership, ...]:
        """In a fixed order; none for an account that belongs nowhere."""
        ...


class PortalDoor:
    """`people`: the invented ones; none where nothing is demonstrated."""

    def __init__(self, gate: Gate, memberships: Memberships, people: Sequence[Invented] = ()) -> None:
        self.gate, self._memberships = gate, memberships
        self.people: Mapping[str, Invented] = {one.id: one for one in people}
        self._known: dict[str, tuple[float, tuple[Actor, ...]]] = {}

    def demonstrates_to(self, connection: HTTPConnection) -> bool:
        """Whether nobody has to log in there, and who may be anybody."""
        return bool(self.people) and self.gate.demonstrates_to(connection)

    async def member(self, connection: HTTPConnection) -> Member:
        """Who it is. Raises `AtTheDoor`, and `MachineError` when that cannot be found out."""
        chosen = self.gate.cookie(connection, CHOSEN)
        if self.demonstrates_to(connection):
            if (one := self.people.get(chosen)) is None:
                raise AtTheDoor(texts.LOG_IN, 401)
            return Member(one.name, one.actor, (one.actor,), None)
        found = self.gate.visitor(connection)
        if isinstance(found, SessionEnd):
            raise AtTheDoor(OVER[found], 401)
        actors = await self._actors_of(found.account.name)
        if not actors:
            raise AtTheDoor(texts.NO_MEMBERSHIP, 403)
        actor = next((one for one in actors if name_of(one) == chosen), actors[0])
        return Member(found.account.name, actor, actors, found)

    async def stands(self, member: Member) -> bool:
        """Whether she may still act so."""
        return member.visitor is None or member.actor in await self._actors_of(member.account)

    async def _actors_of(self, account: str) -> tuple[Actor, ...]:
        """As it was a moment ago: one page asks many times at once."""
        now_s = asyncio.get_running_loop().time()
        known = self._known.get(account)
        if known is not None and now_s - known[0] < RECENT_S:
            return known[1]
        found = await asyncio.to_thread(self._memberships.memberships, account)
        actors = tuple(one.actor for one in found)
        self._known[account] = now_s, actors
        while len(self._known) > MOST_KNOWN:
            del self._known[next(iter(self._known))]
        return actors

    def chooses(self, connection: HTTPConnection, chosen: str) -> str:
        """The header by which the browser keeps it."""
        name, secure = self.gate.named(connection, CHOSEN)
        return set_cookie(name, chosen, secure=secure)


def name_of(actor: Actor) -> str:
    """One of somebody's memberships, for her browser."""
    return sha256(f"{actor.role}\0{actor.office}\0{actor.tenant}".encode()).hexdigest()[:16]
