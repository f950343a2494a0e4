"""The door of the desks: who is behind a page or a connection, which desk is hers, and what if her session ends.

As long as there is no account everybody on this computer may sit down anywhere: a demonstration, and it says so.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket

from lisa_core.access import audit
from lisa_core.access.accounts import Account
from lisa_core.access.entrance import Visitor
from lisa_core.access.rights import Right, desk_of, has_right
from lisa_core.access.sessions import SessionEnd
from lisa_core.access.texts import OVER
from lisa_core.access.web.gate import ACCOUNT, Gate
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.errors import MachineError
from lisa_core.domain.model.ids import AgentId
from lisa_core.exchange import texts
from lisa_core.exchange.admission import DeskVisitor
from lisa_core.exchange.peers.hello import refuse
from lisa_core.exchange.seldom import Seldom
from lisa_core.wire.channel import Channel
from lisa_core.wire.messages import Refused

Guest = Visitor | SessionEnd | None
"""Somebody, nobody and why, or None: whoever it is, nobody has to log in."""


class DeskDoor:
    """`attend` serves a desk until it is lost; `talks`: whether an agent is in a talk."""

    def __init__(
        self,
        gate: Gate,
        directory: Directory,
        attend: Callable[[Channel, DeskVisitor | None], Awaitable[None]],
        talks: Callable[[AgentId], bool],
    ) -> None:
        self.gate, self._directory, self._attend, self._talks = gate, directory, attend, talks
        gate.access.talks = self._is_talking
        self._foreign = Seldom(lambda account, agent: gate.access.note_refused(account, agent, audit.FOREIGN_DESK))

    def guest(self, connection: HTTPConnection) -> Guest:
        """Who it is. Raises `MachineError` when that cannot be found out."""
        return None if self.gate.demonstrates_to(connection) else self.gate.visitor(connection)

    def desk_of(self, visitor: Visitor) -> AgentId | None:
        """The one she may take."""
        return desk_of(visitor.account, self._directory)

    def seats_of(self, visitor: Visitor) -> list[AgentId]:
        """Those she may see: her own first, then, where she leads, those of her office."""
        own = self.desk_of(visitor)
        if own is None or not has_right(visitor.account, Right.SEATS):
            return [own] if own else []
        office = self._directory.agents[own].office
        others = [one.id for one in self._directory.agents.values() if one.office == office and one.id != own]
        return [own, *others]

    async def serve(self, socket: WebSocket, channel: Channel) -> None:
        """One connection: as long as it lasts, and as her session does."""
        try:
            guest = self.guest(socket)
        except MachineError:
            await refuse(channel, Refused("silent", texts.NOT_READY))
            return
        if isinstance(guest, SessionEnd):
            await refuse(channel, Refused("session", OVER[guest]))
            return
        if guest is None:
            await self._while_standing(channel, None, None)
        else:
            await self._while_standing(channel, guest, AtDesk(self, guest))

    async def _while_standing(self, channel: Channel, guest: Visitor | None, visitor: AtDesk | None) -> None:
        attending = asyncio.ensure_future(self._attend(channel, visitor))
        standing = asyncio.create_task(self.gate.access.until_over(guest))
        try:
            await asyncio.wait((attending, standing), return_when=asyncio.FIRST_COMPLETED)
            if not attending.done():
                await refuse(channel, Refused("session", OVER[standing.result()]))
            else:
                attending.result()
        finally:
            for task in (attending, standing):
                task.cancel()
            await asyncio.gather(attending, standing, return_exceptions=True)

    def wanted_foreign(self, visitor: Visitor, agent: AgentId) -> None:
        """She wanted the desk of somebody else."""
        with contextlib.suppress(MachineError):
            self._foreign.tell(visitor.account.name, agent)

    def _is_talking(self, account: Account) -> bool:
        agent = desk_of(account, self._directory)
        return agent is not None and self._talks(agent)


class AtDesk:
    """Fulfils `exchange.admission.DeskVisitor`."""

    def __init__(self, door: DeskDoor, visitor: Visitor) -> None:
        self._door, self._visitor = door, visitor
        self._agent = door.desk_of(visitor)

    @property
    def agent(self) -> AgentId | None:
        return self._agent

    def acted(self) -> None:
        with contextlib.suppress(MachineError):
            self._door.gate.access.acted(self._visitor)

    def wanted_foreign(self, agent: AgentId) -> None:
        self._door.wanted_foreign(self._visitor, agent)


def home_in(directory: Directory) -> Callable[[Visitor], str]:
    """Where somebody goes after logging in: to her desk, or to the page of her account."""

    def home(visitor: Visitor) -> str:
        agent = desk_of(visitor.account, directory)
        return f"/platz/{quote(agent, safe='')}" if agent else ACCOUNT

    return home
