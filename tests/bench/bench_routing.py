"""How fast the router decides, and how fast a desk that gets ready rings: `python -m tests.bench.bench_routing`.

1. A tape of whole days (skills, priorities, transfers, questions, no answers, pauses, timers) is played to a new
   router. A decision is one event after which it says who rings, talks, waits or is free. `decide` is the decision
   alone, `handle` also puts it into messages. Processor time, best of some rounds, so that neighbours count little.
2. The same M/M/c model on the router and on SimPy, round by round in turn, arrivals and talks drawn beforehand; then
   with what a front desk has (a priority, a ring that times out, wrap-up), which the router always has. A third of the
   router's time there goes into what SimPy has built in: the heap of events and the events themselves. `alone` is the
   router without it, the same events played from a tape; `log` writes every event into the event log of a
   simulation besides, with its digest.
3. The hand-over of `handover`.
"""

from __future__ import annotations

import gc
import heapq
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from time import process_time
from typing import Any

import simpy

from lisa_core.domain.model.directory import Agent, Office, Rules, Service
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId, ServiceId, SiteId, TenantId, VisitId
from lisa_core.domain.routing import events as e
from lisa_core.domain.routing.decisions import RingDesk
from lisa_core.domain.routing.seats import DeskMode
from lisa_core.exchange.journal.names import entry_of
from lisa_core.exchange.wording import ToDesk, WordedRouter
from lisa_core.harness.simulation.world.ledger import Ledger
from lisa_core.wire import messages as m
from tests.bench.handover import SAMPLES, Handovers
from tests.bench.handover import measure as measure_handovers
from tests.bench.pair import Row, german
from tests.oracles.traffic import OFFICE, landkreis

S = 1_000_000
ROUNDS = 7
TAPE, CALLS, AGENTS = 60_000, 6_000, 10
LOAD = 0.9
RULES = Rules(wrap_up_us=20 * S, place_us=2 * S)
GOAL_DECISIONS, GOAL_RATIO, GOAL_MS = 300_000, 3.0, 5.0

Tape = list[tuple[e.RoutingEvent, int]]


@dataclass
class Figures:
    """Seconds of processor time, the best round of each."""

    events: int = 0
    best: dict[str, float] = field(default_factory=dict)
    rounds: dict[str, list[float]] = field(default_factory=dict)
    handovers: Handovers = field(default_factory=Handovers)

    def take(self, name: str, run: Callable[[], float]) -> None:
        took_s = run()
        self.best[name] = min(self.best.get(name, 1e9), took_s)
        self.rounds.setdefault(name, []).append(took_s)

    def __str__(self) -> str:
        text = (
            f"Entscheidungen je Sekunde, alle Regeln: {self._rate('decide'):,.0f} (Ziel {GOAL_DECISIONS:,})\n"
            f"  samt Nachrichten: {self._rate('handle'):,.0f}\n"
            f"M/M/{AGENTS}, Anrufe je Sekunde: SimPy {self._calls('simpy'):,.0f}\n"
            f"  WordedRouter: {self._calls('mmc decide'):,.0f}, {self.ratio('simpy', 'mmc decide'):.2f}-fach "
            f"(Ziel {GOAL_RATIO:g}); ohne das Treiben darum herum {self._calls('mmc alone'):,.0f}, "
            f"{self.ratio('simpy', 'mmc alone'):.2f}-fach\n"
            f"  mit Protokoll: {self._calls('mmc log'):,.0f}, {self.ratio('simpy', 'mmc log'):.2f}-fach\n"
            f"  samt Nachrichten: {self._calls('mmc handle'):,.0f}, {self.ratio('simpy', 'mmc handle'):.2f}-fach\n"
            f"Dasselbe mit Vorrang, Klingelfrist, Nacharbeit: SimPy {self._calls('simpy desk'):,.0f}\n"
            f"  WordedRouter: {self._calls('desk decide'):,.0f}, {self.ratio('simpy desk', 'desk decide'):.2f}-fach"
        )
        if self.handovers.inside:
            text += (
                f"\nVon „bereit“ bis zum Klingeln, in der Vermittlung: {_spread(self.handovers.inside)} "
                f"(Ziel p99 {GOAL_MS:g} ms)\n"
                f"  am Arbeitsplatz gemessen: {_spread(self.handovers.outside)}\n"
                f"  zum Vergleich ein Commit von SQLite allein: {_spread(self.handovers.commits)}"
            )
        return text

    def _rate(self, name: str) -> float:
        return self.events / self.best[name]

    def _calls(self, name: str) -> float:
        return CALLS / self.best[name]

    def ratio(self, theirs: str, ours: str) -> float:
        return self.best[theirs] / self.best[ours]


# --- 1: a tape of whole days ----------------------------------------------------------------------------------------


class Days:
    """Plays booths and desks of one office building, by chance, and keeps every event."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.router = building()
        self.tape: Tape = []
        self.agenda: list[tuple[int, int, Callable[[], None]]] = []
        self.now_us = self.count = 0

    def record(self, events: int) -> Tape:
        for agent in AGENTS_OF:
            self.do(e.DeskJoined(agent))
            self.do(e.AgentReady(agent))
            self.look(agent)
        for site in range(120):
            self.later(600 * S, lambda site=site: self.come(SiteId(f"s{site}")))
        while len(self.tape) < events:
            due_us = self.router.next_due_us()
            if due_us is not None and due_us <= self.agenda[0][0]:
                self.now_us = max(self.now_us, due_us)
                self.do(e.Due())
            else:
                self.now_us, _, act = heapq.heappop(self.agenda)
                act()
        return self.tape

    def later(self, mean_us: float, act: Callable[[], None]) -> None:
        self.count += 1
        heapq.heappush(self.agenda, (self.now_us + round(self.rng.expovariate(1 / mean_us)) + 1, self.count, act))

    def do(self, event: e.RoutingEvent) -> None:
        self.tape.append((event, self.now_us))
        for command in self.router.handle(event, self.now_us):
            if isinstance(command, ToDesk) and isinstance(command.body, m.Offer):
                self.later(4 * S, lambda told=command: self.answer(told.agent, told.call))

    def come(self, site: SiteId) -> None:
        self.count += 1
        call = CallId(f"c{self.count}")
        self.do(e.CallPlaced(site, call, VisitId(call)))
        self.later(1500 * S, lambda: self.go(site, call))

    def go(self, site: SiteId, call: CallId) -> None:
        """She leaves, if she has not been sent home before."""
        if self.router.call(call):
            self.do(e.CallCancelled(call))
        self.later(1200 * S, lambda: self.come(site))

    def answer(self, agent: AgentId, call: CallId) -> None:
        if self.rng.random() < 0.05:
            self.do(e.CallRejected(agent, call, self.rng.random() < 0.5))
        else:
            self.do(e.CallAccepted(agent, call))
            self.later(200 * S, lambda: self.go_on(agent, call))

    def look(self, agent: AgentId) -> None:
        """Who did not answer comes back to her desk some time; now and then somebody pauses."""
        desk = self.router.desk(agent)
        if desk is not None and desk.mode in (DeskMode.ABSENT, DeskMode.PAUSE):
            self.do(e.AgentReady(agent))
        elif self.rng.random() < 0.05:
            self.do(e.AgentPaused(agent))
        self.later(120 * S, lambda: self.look(agent))

    def go_on(self, agent: AgentId, call: CallId) -> None:
        """Forwarded, a colleague asked, or the end."""
        known = self.router.call(call)
        service = self.rng.choice(SERVICES)
        chance = self.rng.random() if known and known.office == OFFICE and known.parent is None else 1.0
        if chance < 0.5:
            self.do(e.CallForwarded(agent, call, service.office, service.id))
        elif chance < 0.6:
            self.do(e.ConsultAsked(agent, call, service.office, service.id))
            self.later(40 * S, lambda: self.do(e.CallHandedOver(agent, call)))
            self.later(90 * S, lambda: self.do(e.CallHungUp(agent, call)))
        else:
            self.do(e.CallHungUp(agent, call))


OFFICES = tuple(OfficeId(f"o{n}") for n in range(6))
SERVICES = tuple(
    Service(ServiceId(f"v{n}"), f"Leistung {n}", OFFICES[n % 6], skill=("", "x", "y")[n % 3], level=n % 3)
    for n in range(13)
)
PEOPLE = [Agent(AgentId(f"f{n}"), "F", OFFICE) for n in range(12)] + [
    Agent(AgentId(f"s{n}"), "S", OFFICES[n % 6], {"x": n % 4 + 1, "y": n % 3 + 1}) for n in range(48)
]
AGENTS_OF = [agent.id for agent in PEOPLE]


def building() -> WordedRouter:
    """A front desk of 12 and six offices of 8, thirteen services, two skills in three levels, 120 booths."""
    tenant = TenantId("t")
    offices = [Office(OFFICE, "LISA-Team", tenant, True), *(Office(office, office, tenant) for office in OFFICES)]
    return WordedRouter(landkreis(offices, PEOPLE, 120, SERVICES), RULES)


def play(tape: Tape, router: WordedRouter, method: str) -> float:
    step = getattr(router, method)
    began_s = process_time()
    for event, now_us in tape:
        step(event, now_us)
    return process_time() - began_s


# --- 2: M/M/c -------------------------------------------------------------------------------------------------------


def traffic(seed: int) -> tuple[list[float], list[float]]:
    rng = random.Random(seed)
    gaps = [rng.expovariate(AGENTS * LOAD / 300) for _ in range(CALLS)]
    return gaps, [rng.expovariate(1 / 300) for _ in range(CALLS)]


def front_desk(wrap_up_us: int) -> WordedRouter:
    """Ten agents, and a booth for every call."""
    people = [Agent(AgentId(f"a{n}"), "A", OFFICE) for n in range(AGENTS)]
    office = Office(OFFICE, "LISA-Team", TenantId("t"), True, wrap_up_us=wrap_up_us)
    router = WordedRouter(landkreis([office], people, CALLS), Rules(place_us=3_600 * S))
    for agent in people:
        router.decide(e.DeskJoined(agent.id), 0)
        router.decide(e.AgentReady(agent.id), 0)
    return router


def router_mmc(method: str, wrap_up_us: int, tape: Tape | None = None) -> float:
    """Arrivals, a heap of the ends of talks, and the router in between; who is offered a call takes it at once."""
    gaps, talks = traffic(1)
    coming = [round(at_s * S) for at_s in accumulate(gaps)]
    router = front_desk(wrap_up_us)
    step = _logged(router) if method == "log" else getattr(router, method) if tape is None else _recorded(router, tape)
    talk_us = {CallId(f"c{n}"): round(talk_s * S) for n, talk_s in enumerate(talks)}
    placed = [e.CallPlaced(SiteId(f"s{n}"), CallId(f"c{n}"), VisitId(f"c{n}")) for n in range(CALLS)]
    ends: list[tuple[int, AgentId, CallId]] = []
    timed, told = wrap_up_us > 0, method == "handle"
    began_s = process_time()
    number = now_us = 0
    while number < CALLS or ends:
        due_us = router.next_due_us() if timed else None
        if due_us is not None and (not ends or due_us <= ends[0][0]) and (number == CALLS or due_us <= coming[number]):
            said = step(e.Due(), now_us := due_us)
        elif number < CALLS and (not ends or coming[number] <= ends[0][0]):
            said = step(placed[number], now_us := coming[number])
            number += 1
        else:
            now_us, agent, call = heapq.heappop(ends)
            said = step(e.CallHungUp(agent, call), now_us)
        for decision in said:
            if type(decision) is RingDesk:
                agent, call = decision.desk.agent, decision.call.id
            elif told and type(decision) is ToDesk and type(decision.body) is m.Offer:
                agent, call = decision.agent, decision.call
            else:
                continue
            step(e.CallAccepted(agent, call), now_us)
            heapq.heappush(ends, (now_us + talk_us[call], agent, call))
    return process_time() - began_s


def _logged(router: WordedRouter) -> Callable[[e.RoutingEvent, int], list[Any]]:
    """The router's `decide`, and every event into an event log as a simulation keeps it."""
    ledger, decide = Ledger(), router.decide

    def step(event: e.RoutingEvent, now_us: int) -> list[Any]:
        name, subject, detail = entry_of(event)
        ledger.note(now_us, subject, name, detail)
        return decide(event, now_us)

    return step


def _recorded(router: WordedRouter, tape: Tape) -> Callable[[e.RoutingEvent, int], list[Any]]:
    """The router's `decide`, and every event onto the tape."""

    def step(event: e.RoutingEvent, now_us: int) -> list[Any]:
        tape.append((event, now_us))
        return router.decide(event, now_us)

    return step


def simpy_mmc() -> float:
    gaps, talks = traffic(1)
    env = simpy.Environment()
    desks = simpy.Resource(env, AGENTS)

    def citizen(talk_s: float) -> Iterator[Any]:
        with desks.request() as free:
            yield free
            yield env.timeout(talk_s)

    def source() -> Iterator[Any]:
        for gap_s, talk_s in zip(gaps, talks, strict=True):
            yield env.timeout(gap_s)
            env.process(citizen(talk_s))

    env.process(source())
    began_s = process_time()
    env.run()
    return process_time() - began_s


def simpy_desk() -> float:
    """With a priority, an answer that races against the ring's end, and wrap-up."""
    gaps, talks = traffic(1)
    env = simpy.Environment()
    desks = simpy.PriorityResource(env, AGENTS)

    def citizen(number: int, talk_s: float) -> Iterator[Any]:
        with desks.request(priority=number % 3) as free:
            yield free
            yield env.timeout(0) | env.timeout(15)
            yield env.timeout(talk_s)
            yield env.timeout(20)

    def source() -> Iterator[Any]:
        for number, (gap_s, talk_s) in enumerate(zip(gaps, talks, strict=True)):
            yield env.timeout(gap_s * 1.07)
            env.process(citizen(number, talk_s))

    env.process(source())
    began_s = process_time()
    env.run()
    return process_time() - began_s


def measure(rounds: int = ROUNDS, tape_events: int = TAPE, samples: int = SAMPLES) -> Figures:
    """Round by round, so that a slow moment of the machine meets all alike."""
    figures = Figures()
    tape = Days(1).record(tape_events)
    figures.events = len(tape)
    mmc: Tape = []
    router_mmc("decide", 0, mmc)
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        figures.take("decide", lambda: play(tape, building(), "decide"))
        figures.take("handle", lambda: play(tape, building(), "handle"))
        figures.take("simpy", simpy_mmc)
        figures.take("mmc decide", lambda: router_mmc("decide", 0))
        figures.take("mmc log", lambda: router_mmc("log", 0))
        figures.take("mmc alone", lambda: play(mmc, front_desk(0), "decide"))
        figures.take("mmc handle", lambda: router_mmc("handle", 0))
        figures.take("simpy desk", simpy_desk)
        figures.take("desk decide", lambda: router_mmc("decide", 20 * S))
    gc.unfreeze()
    if samples:
        figures.handovers = measure_handovers(samples)
    return figures


def rows(rounds: int = ROUNDS) -> list[Row]:
    """For the table of docs/leistung.md: time per call of the M/M/c model, the router's against SimPy's."""
    found = measure(rounds, samples=0)
    return [
        _row(found, f"M/M/{AGENTS} mit der ganzen Vermittlung, mit Protokoll", "mmc log", 2.0),
        _row(found, f"M/M/{AGENTS} mit der ganzen Vermittlung, ohne Protokoll", "mmc decide", 3.0),
    ]


def _row(found: Figures, what: str, name: str, goal: float) -> Row:
    ours_us, theirs_us = (1e6 * statistics.median(found.rounds[one]) / CALLS for one in (name, "simpy"))
    ours, theirs = (f"{german(us)} µs je Anruf" for us in (ours_us, theirs_us))
    return Row(what, ours, "SimPy", theirs, theirs_us / ours_us, goal, fast=True)


def _spread(figures: list[float]) -> str:
    p99 = statistics.quantiles(figures, n=100, method="inclusive")[-1]
    return f"p50 {statistics.median(figures):.2f} ms, p99 {p99:.2f} ms"


if __name__ == "__main__":
    times = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    print(measure(times), *rows(times), sep="\n")
