"""Traffic for the real router: a heap as clock, booths that come and go, agents that answer at once and talk."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from lisa_core.domain.model.directory import Agent, Directory, Office, Rules, Site, Trigger
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId, SiteId, TenantId, VisitId
from lisa_core.domain.routing import events as e
from lisa_core.exchange.wording import Command, ToDesk, WordedRouter
from lisa_core.wire import messages as m

S = 1_000_000
OFFICE = OfficeId("lisa-team")
PATIENT = Rules(place_us=3_600 * S)
"""Places are told rarely: the models know no places."""


@dataclass(slots=True)
class Visit:
    """One citizen: when she comes, how long she talks, how long she has patience (None: for ever)."""

    at_us: int
    talk_us: int
    patience_us: int | None = None
    site: SiteId = SiteId("")
    waited_us: int = -1
    """-1: nobody has answered her."""
    left: bool = False


@dataclass(slots=True)
class Hall:
    """A router and the clock. `done(visit)`, when she has left, may name the next, so much later (finite source).

    `arrive(visit, call)` places her call; by default as a walk-in.
    """

    directory: Directory
    rules: Rules = PATIENT
    done: Callable[[Visit], Visit | None] | None = None
    arrive: Callable[[Hall, Visit, CallId], list[Command]] | None = None
    now_us: int = 0
    visits: dict[CallId, Visit] = field(default_factory=dict)
    agenda: list[tuple[int, int, str, Any]] = field(default_factory=list)
    count: int = 0
    free_sites: list[SiteId] = field(default_factory=list)
    router: WordedRouter = field(init=False)

    def __post_init__(self) -> None:
        self.router = WordedRouter(self.directory, self.rules)
        self.free_sites = list(self.directory.sites)
        for agent in self.directory.agents:
            self.router.handle(e.DeskJoined(agent), 0)
            self.router.handle(e.AgentReady(agent), 0)

    def at(self, at_us: int, what: str, about: Any) -> None:
        self.count += 1
        heapq.heappush(self.agenda, (at_us, self.count, what, about))

    def run(self, visits: Iterable[Visit]) -> None:
        """Until nobody is left. Visits come in the order of time."""
        coming = iter(visits)
        if (first := next(coming, None)) is not None:
            self.at(first.at_us, "come", first)
        while self.agenda:
            self.now_us, _, what, about = heapq.heappop(self.agenda)
            if what == "come":
                self.come(about)
                if (following := next(coming, None)) is not None:
                    self.at(following.at_us, "come", following)
            elif what == "talked":
                self.talked(*about)
            else:
                self.lose_patience(about)

    def come(self, visit: Visit) -> None:
        self.count += 1
        call = CallId(f"c{self.count}")
        visit.site = visit.site or self.free_sites.pop()
        self.visits[call] = visit
        self.tell(self.arrive(self, visit, call) if self.arrive else self.place(visit, call))
        if visit.patience_us is not None and visit.waited_us < 0:
            self.at(self.now_us + visit.patience_us, "patience", call)

    def place(self, visit: Visit, call: CallId) -> list[Command]:
        return self.router.handle(e.CallPlaced(visit.site, call, VisitId(call)), self.now_us)

    def talked(self, agent: AgentId, call: CallId) -> None:
        said = self.router.handle(e.CallHungUp(agent, call), self.now_us)
        self.leave(call)
        self.tell(said)

    def lose_patience(self, call: CallId) -> None:
        visit = self.visits.get(call)
        if visit is not None and visit.waited_us < 0:
            visit.left = True
            said = self.router.handle(e.CallCancelled(call), self.now_us)
            self.leave(call)
            self.tell(said)

    def leave(self, call: CallId) -> None:
        visit = self.visits.pop(call)
        if self.done is None:
            self.free_sites.append(visit.site)
        elif (following := self.done(visit)) is not None:
            following.at_us += self.now_us
            self.at(following.at_us, "come", following)

    def tell(self, commands: list[Command]) -> None:
        """Whoever's desk rings answers at once."""
        for command in commands:
            if type(command) is ToDesk and type(command.body) is m.Offer:
                agent, call = command.agent, command.call
                visit = self.visits[call]
                visit.waited_us = self.now_us - visit.at_us
                self.router.handle(e.CallAccepted(agent, call), self.now_us)
                self.at(self.now_us + visit.talk_us, "talked", (agent, call))


def hall(agents: int, sites: int = 3000, **more: Any) -> Hall:
    """One office with so many agents, and booths enough for all who may wait."""
    people = [Agent(AgentId(f"a{number:03d}"), "A", OFFICE) for number in range(agents)]
    return Hall(landkreis([Office(OFFICE, "LISA-Team", TenantId("lk"), True)], people, sites), **more)


def landkreis(
    offices: Sequence[Office], agents: Sequence[Agent], sites: int, services: Sequence[Any] = ()
) -> Directory:
    always = {day: ((time(0), time(23, 59)),) for day in range(7)}
    opened = date(2023, 3, 1)
    booths = [Site(SiteId(f"s{n}"), f"S{n}", "BB", opened, Trigger.ENTRY, always) for n in range(sites)]
    return Directory(
        {site.id: site for site in booths},
        {office.id: office for office in offices},
        {service.id: service for service in services},
        {},
        {agent.id: agent for agent in agents},
    )
