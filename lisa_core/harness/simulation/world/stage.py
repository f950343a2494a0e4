"""What everybody in a simulation shares: time, log, exchange, chance's seed, the people, and the watcher."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Case
from lisa_core.domain.model.directory import Directory, Site
from lisa_core.domain.model.ids import AgentId, CallId, LegId, OfficeId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import perception
from lisa_core.domain.visit import states as s
from lisa_core.harness.simulation.plan.policies import People, Persona
from lisa_core.harness.simulation.world.agenda import Agenda
from lisa_core.harness.simulation.world.casework import Casework
from lisa_core.harness.simulation.world.exchange import SimulatedExchange
from lisa_core.harness.simulation.world.ledger import Ledger
from lisa_core.harness.simulation.world.line import Line
from lisa_core.harness.simulation.world.observations import Observations
from lisa_core.harness.simulation.world.room import PhysicalRoom
from lisa_core.wire import messages as m


class Program(Protocol):
    """A booth's program as visitors, agents and watchers see it."""

    name: str
    site: Site
    state: s.State
    room: perception.Room
    scene: ScreenScene
    leg: tuple[CallId, LegId] | None
    guarded: bool
    down: bool
    linked: bool
    line: Line
    body: PhysicalRoom
    work: Casework
    observed: Observations

    @property
    def consulting(self) -> str:
        """The office that the agent asks meanwhile."""
        ...

    def touch(self, button: str) -> None: ...

    def shown(self, office: OfficeId) -> Case:
        """The case as a desk of this office is told it."""
        ...

    def receive(self, messages: list[tuple[CallId, m.Message]]) -> None: ...

    def operate(self, event: ops.CaseEvent) -> None: ...

    @property
    def due_us(self) -> int | None: ...

    @property
    def guest(self) -> Persona | None:
        """Whoever has come, if anybody."""
        ...


class Seated(Protocol):
    """A desk that wants to know when something changed in the booth it talks with."""

    def look(self) -> None: ...


class BoothWatcher(Protocol):
    """Sees every step of the booths and checks what must hold after it."""

    def visited(
        self, booth: Program, event: e.VisitEvent, before: s.State, after: s.State, commands: tuple[e.Command, ...]
    ) -> None: ...

    def operated(self, booth: Program, event: ops.CaseEvent, before: Case) -> None: ...

    def shown(self, booth: Program, office: OfficeId, case: Case) -> None:
        """A desk of this office is told how the case stands."""
        ...

    def agreed(self, booth: Program, office: OfficeId) -> None:
        """The citizen lets this office see what others took."""
        ...

    def told(self, booth: Program, code: str) -> None:
        """The agent who talks with the citizen is told something."""
        ...

    def printed(self, booth: Program) -> None:
        """The printer has begun with the citizen's copy, or with the slip of an appointment."""
        ...

    def entered(self, booth: Program) -> None:
        """Somebody came in a while ago."""
        ...

    def settled(self, booth: Program, visit: VisitId, outcome: Outcome, received: bool) -> None:
        """Booth and exchange agree on how a visit ended; `received`: an office has an application of it."""
        ...

    def act(self, who: str, verb: str, detail: object) -> None:
        """A person did something."""
        ...


@dataclass(slots=True)
class Stage:
    """The counters count machine steps."""

    seed: int
    agenda: Agenda
    ledger: Ledger
    directory: Directory
    people: People
    exchange: SimulatedExchange
    watch: BoothWatcher
    desks: dict[AgentId, Seated] = field(default_factory=dict)
    booths: dict[str, Program] = field(default_factory=dict)
    well: dict[str, bool] = field(default_factory=dict)
    """Booths in which nothing breaks today."""
    sensor_steps: int = 0
    visit_steps: int = 0

    def poke(self, booth: Program) -> None:
        """The agent who talks with this booth sees that something changed."""
        call = self.exchange.router.call(booth.leg[0]) if booth.leg is not None else None
        desk = self.desks.get(call.agent) if call is not None and call.agent is not None else None
        if desk is not None:
            desk.look()
