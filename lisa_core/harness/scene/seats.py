"""The desks of a scenario: who sits at which, whose page was closed or loaded anew, who went on at another computer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.ids import AgentId
from lisa_core.harness.scene.people import ROLES, agent_named, desk_of_role
from lisa_core.harness.scene.resources import Held, hold

if TYPE_CHECKING:
    from lisa_core.desk.client import DeskClient
    from lisa_core.harness.rig.rig import Rig


class Seats:
    """`desks`: those at which somebody sits, by agent. What is opened lives in `group`, until `close` or `abandon`.

    `overtaken`: the desks whose agent went on at another computer; their pages are still open.
    """

    def __init__(self, group: asyncio.TaskGroup, seed: int) -> None:
        self.desks: dict[AgentId, DeskClient] = {}
        self.overtaken: dict[AgentId, DeskClient] = {}
        self._group, self._seed = group, seed
        self._held: dict[AgentId, Held[DeskClient]] = {}
        self._left_open: list[Held[DeskClient]] = []
        self._sittings = 0
        self._talked = False

    async def desk(self, rig: Rig, name: str) -> DeskClient:
        """The desk of the agent with this name or role; an agent with a name sits down when first asked for."""
        if name in ROLES:
            return desk_of_role(rig.directory, self.desks, name)
        agent = agent_named(rig.directory, name)
        return self.desks[agent.id] if agent.id in self.desks else await self._sit_down(rig, agent.id)

    def sitting(self, rig: Rig, name: str) -> DeskClient:
        """The desk of this agent, who sits there already. Raises `HarnessError` where nobody does."""
        if name in ROLES:
            return desk_of_role(rig.directory, self.desks, name)
        agent = agent_named(rig.directory, name)
        if agent.id not in self.desks:
            raise HarnessError(f"{name} sitzt an keinem Platz. Davor „Angenommen {name} … macht Pause“ schreiben.")
        return self.desks[agent.id]

    @property
    def talking(self) -> DeskClient:
        """The desk that has the call. Raises `HarnessError` when there is none."""
        for desk in self.desks.values():
            if desk.leg is not None:
                return desk
        raise HarnessError("Gerade ist niemand im Gespräch. Davor „Wenn Frau Brandt das Gespräch annimmt“ schreiben.")

    @property
    def talked(self) -> bool:
        """Whether a call was taken at any desk, also at one that is closed by now."""
        return self._talked or any(desk.taken for desk in self.desks.values())

    async def leave(self, desk: DeskClient) -> None:
        """The page of this desk is closed: nobody sits there any more."""
        self._talked = self.talked
        self._sittings += 1
        del self.desks[desk.agent]
        await self._held.pop(desk.agent).close()

    async def load_anew(self, rig: Rig, desk: DeskClient) -> DeskClient:
        """The page of this desk is loaded anew, in the same tab; returns what it is then."""
        await self.leave(desk)
        return await self._sit_down(rig, desk.agent, desk.secret)

    async def go_on_elsewhere(self, rig: Rig, desk: DeskClient) -> DeskClient:
        """The agent of this desk goes on at another computer, and leaves the page here open."""
        self._talked = self.talked
        self._sittings += 1
        self.overtaken[desk.agent] = desk
        self._left_open.append(self._held.pop(desk.agent))
        return await self._sit_down(rig, desk.agent, take=True)

    async def _sit_down(self, rig: Rig, agent: AgentId, secret: str = "", *, take: bool = False) -> DeskClient:
        from lisa_core.desk.client import open_desk

        again = f"-{self._sittings}" if self._sittings else ""
        session = f"{self._seed:x}-{agent}{again}"
        opening = open_desk(agent, rig.media, rig.dial_desk, session, secret, take=take)
        self._held[agent], self.desks[agent] = await hold(opening, self._group)
        return self.desks[agent]

    async def close(self) -> None:
        """Close all of them at once."""
        await asyncio.gather(*(held.close() for held in self._emptied()))

    async def abandon(self) -> None:
        """The power fails: nobody sits anywhere any more. That somebody has talked is still known."""
        self._talked = self.talked
        for held in reversed(self._emptied()):
            await held.abandon()
        self.desks.clear()
        self.overtaken.clear()

    def _emptied(self) -> list[Held[DeskClient]]:
        """What was held open until now, the pages that were left open first."""
        held = [*self._left_open, *self._held.values()]
        self._left_open.clear()
        self._held.clear()
        return held
