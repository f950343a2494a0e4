"""What must hold of routing: nobody in two talks, nobody waits beside a free agent, only humans answer."""

from __future__ import annotations

from lisa_core.domain.model.directory import Agent, Directory
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId
from lisa_core.domain.routing import events as r
from lisa_core.domain.routing.decisions import DeskChanged
from lisa_core.domain.routing.router import Router
from lisa_core.domain.routing.seats import CallMode, Desk, DeskMode, Wish
from lisa_core.exchange.wording import Command, ToBooth
from lisa_core.harness.simulation.rules.figures import Figures
from lisa_core.harness.simulation.rules.tally import Tally
from lisa_core.harness.simulation.world.agenda import Agenda
from lisa_core.wire import messages as m


class RoutingRules(Tally):
    """`routed` after every step of the router."""

    def __init__(self, agenda: Agenda, figures: Figures, directory: Directory) -> None:
        super().__init__(agenda, figures, directory)
        self._seats: dict[AgentId, CallId] = {}
        self._talkers: dict[CallId, AgentId] = {}
        self._ready: dict[OfficeId, int] = {}
        self._was_ready: dict[AgentId, bool] = {}

    def routed(self, router: Router, event: r.RoutingEvent, commands: list[Command]) -> None:
        """A step of the router."""
        offices: dict[OfficeId, None] = {}
        changed: list[Desk] = []
        for command in commands:
            if type(command) is DeskChanged:
                if (desk := router.desk(command.agent)) is not None:
                    self._leaves(desk)
                    changed.append(desk)
                    offices[desk.office] = None
            elif type(command) is ToBooth:
                if (call := router.call(command.call)) is not None:
                    offices[call.office] = None
                if type(answered := command.body) is m.Answered:
                    human = router.desk(answered.agent) is not None and bool(answered.agent_name)
                    self._must("I13", human, command.site, f"{answered.agent!r} ist niemand")
            # What is said to a desk is seen by how the desk stands.
        for desk in changed:
            self._takes(desk)
        for office in offices:
            self.checked["I5"] += 1
            if (
                self._ready.get(office, 0) > 0
                and router.waiting_count(office)
                and (found := self._idle_pair(router, office))
            ):
                self.breach("I5", office, found)

    def _leaves(self, desk: Desk) -> None:
        """Forget where everybody was, before everybody is counted where they are now."""
        before = self._seats.pop(desk.agent, None)
        if before is not None and self._talkers.get(before) == desk.agent:
            del self._talkers[before]

    def _takes(self, desk: Desk) -> None:
        agent, ready = desk.agent, desk.mode is DeskMode.READY
        if ready is not self._was_ready.get(agent, False):
            self._was_ready[agent] = ready
            self._ready[desk.office] = self._ready.get(desk.office, 0) + (1 if ready else -1)
        if desk.call is not None and (desk.mode is DeskMode.RINGING or desk.mode is DeskMode.TALKING):
            other = self._talkers.get(desk.call)
            self._must("I4", other in (None, agent), agent, f"{desk.call} ist schon bei {other}")
            self._seats[agent], self._talkers[desk.call] = desk.call, agent

    def _idle_pair(self, router: Router, office: OfficeId) -> str:
        """Somebody who waits here and a free agent who may take that call; "" when there is no such pair."""
        free = [agent for agent in self._directory.agents.values() if agent.office == office]
        free = [agent for agent in free if (desk := router.desk(agent.id)) and desk.mode is DeskMode.READY]
        for call in router.calls():
            if call.mode is CallMode.WAITING and call.office == office:
                for agent in free:
                    if _may_take(agent, call.wish):
                        return f"{call.id} wartet, {agent.id} ist frei"
        return ""

    def forget_routing(self) -> None:
        """The exchange was restarted: every desk is told anew."""
        self._seats.clear()
        self._talkers.clear()
        self._ready.clear()
        self._was_ready.clear()


def _may_take(agent: Agent, wish: Wish | None) -> bool:
    if wish is None:
        return True
    if wish.held:
        return agent.id == wish.preferred
    return agent.skills.get(wish.skill, 0) >= wish.level
