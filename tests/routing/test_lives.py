"""Random lives of a switchboard: what must hold after every event, and a restored router goes on in the same way."""

from __future__ import annotations

import json
import os
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId, SiteId, VisitId
from lisa_core.domain.model.values import from_json, to_json
from lisa_core.domain.routing import events as e
from lisa_core.domain.routing.seats import Call, CallMode, Desk, DeskMode
from lisa_core.exchange.wording import Command, ToBooth, WordedRouter
from lisa_core.wire import messages as m
from tests.routing.office import ADVICE, BURDEN, CARE, FRONT, HOUSING, PARENTS, RENT, SITES, YOUTH, S, directory

LONG = os.environ.get("LISA_LONG") == "1"
DIRECTORY = directory(wrap_up_us=3 * S, overflow_us=12 * S)
RULES = Rules(ring_us=5 * S, transfer_us=20 * S, relax_us=4 * S, known_wait_us=10 * S, no_answer_pause_us=30 * S)
AGENTS = tuple(DIRECTORY.agents)
T = TypeVar("T")

agents = st.sampled_from(AGENTS)
sites = st.sampled_from(SITES)
offices = st.sampled_from((FRONT, HOUSING, CARE, YOUTH, OfficeId("unbekannt")))
services = st.sampled_from((None, RENT, BURDEN, ADVICE, PARENTS))
fresh = st.booleans()
picks = st.integers(0, 11)


class Lives(RuleBasedStateMachine):
    """Booths and desks do anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.router = WordedRouter(DIRECTORY, RULES)
        self.twin: WordedRouter | None = None
        self.ahead_us = 0
        """By how much the twin's clock is ahead."""
        self.now_us = 0
        self.number = 0
        self.inside: dict[SiteId, CallId] = {}
        self.absent: set[SiteId] = set()
        self.placed = self.over = 0
        self.do(e.CivilSet("2025-09-22T10:00:00"))

    def do(self, event: e.RoutingEvent) -> list[Command]:
        """Both routers take the event in, the twin as it comes out of a log; they must say the same."""
        before = {call.id for call in self.router.calls() if call.parent is None}
        said = self.router.handle(event, self.now_us)
        after = {call.id for call in self.router.calls() if call.parent is None}
        self.over += len(before - after)
        if self.twin is not None:
            logged: Any = from_json(type(event), json.loads(json.dumps(to_json(event))))
            assert self.twin.handle(logged, self.now_us + self.ahead_us) == said
            due_us = self.router.next_due_us()
            assert self.twin.next_due_us() == (None if due_us is None else due_us + self.ahead_us)
        self.check_ends(event, before - after, said)
        return said

    def check_ends(self, event: e.RoutingEvent, gone: set[CallId], said: list[Command]) -> None:
        """Nobody is dropped: a call ends because she left, an agent ended it, or her booth is gone, barred or new."""
        for call in gone:
            site = next(site for site, inside in self.inside.items() if inside == call)
            left = isinstance(event, e.CallCancelled | e.BoothJoined | e.BoothBarred | e.CallPlaced | e.Due)
            told = any(isinstance(c, ToBooth) and c.call == call and c.body == m.CallEnded("agent") for c in said)
            assert left or (isinstance(event, e.CallHungUp) and told), (event, call)
            if isinstance(event, e.Due):
                assert site in self.absent, "only a booth that is gone loses its call to time"
            del self.inside[site]

    @rule(agent=agents, fresh=fresh)
    def join(self, agent: AgentId, fresh: bool) -> None:
        self.do(e.DeskJoined(agent, fresh))

    @rule(agent=agents)
    def lose(self, agent: AgentId) -> None:
        self.do(e.DeskLost(agent))

    @rule(agent=agents)
    def sit_down(self, agent: AgentId) -> None:
        self.do(e.DeskJoined(agent))
        self.do(e.AgentReady(agent))

    @rule(agent=agents, headset=st.booleans())
    def ready(self, agent: AgentId, headset: bool) -> None:
        self.do(e.AgentReady(agent, headset))

    @rule(agent=agents)
    def pause(self, agent: AgentId) -> None:
        self.do(e.AgentPaused(agent))

    @rule(site=sites, token=st.sampled_from(("", "", "t1", "t2", "t3")))
    def come(self, site: SiteId, token: str) -> None:
        if site in self.inside:
            self.do(e.CallPlaced(site, self.inside[site], VisitId("v")))
            return
        self.number += 1
        call = self.inside[site] = CallId(f"c{self.number}")
        self.placed += 1
        self.do(e.CallPlaced(site, call, VisitId("v"), token))

    @rule(site=sites)
    def go(self, site: SiteId) -> None:
        if site in self.inside:
            self.do(e.CallCancelled(self.inside[site]))

    @rule(site=sites)
    def booth_lost(self, site: SiteId) -> None:
        self.absent.add(site)
        self.do(e.BoothLost(site))

    @rule(site=sites)
    def booth_barred(self, site: SiteId) -> None:
        self.do(e.BoothBarred(site))

    @rule(site=sites, fresh=fresh)
    def booth_joined(self, site: SiteId, fresh: bool) -> None:
        self.absent.discard(site)
        self.do(e.BoothJoined(site, fresh))

    @precondition(lambda self: self.busy(DeskMode.RINGING))
    @rule(which=picks, how=st.sampled_from(("accept", "accept", "accept", "reject", "busy")))
    def answer(self, which: int, how: str) -> None:
        agent, call = pick(self.busy(DeskMode.RINGING), which)
        self.do(e.CallAccepted(agent, call) if how == "accept" else e.CallRejected(agent, call, how == "busy"))

    @precondition(lambda self: self.busy(DeskMode.TALKING))
    @rule(which=picks)
    def hang_up(self, which: int) -> None:
        self.do(e.CallHungUp(*pick(self.busy(DeskMode.TALKING), which)))

    @precondition(lambda self: self.busy(DeskMode.TALKING))
    @rule(which=picks, office=offices, service=services, ask=st.booleans())
    def hand_on(self, which: int, office: OfficeId, service: Any, ask: bool) -> None:
        kind = e.ConsultAsked if ask else e.CallForwarded
        self.do(kind(*pick(self.busy(DeskMode.TALKING), which), office, service))

    @precondition(lambda self: self.busy(DeskMode.TALKING))
    @rule(which=picks)
    def hand_over(self, which: int) -> None:
        self.do(e.CallHandedOver(*pick(self.busy(DeskMode.TALKING), which)))

    @precondition(lambda self: self.inside)
    @rule(which=picks, agent=agents)
    def take_back(self, which: int, agent: AgentId) -> None:
        """By whoever forwarded or asks, or by anybody else."""
        call = self.router.call(pick(sorted(self.inside.values()), which))
        mine = call and (call.context.forwarded_by or call.agent)
        self.do(e.CallTakenBack(mine or agent, call.id if call else CallId("none")))

    @rule(agent=agents, kind=st.sampled_from((e.CallAccepted, e.CallRejected, e.CallHungUp, e.CallTakenBack)))
    def click_too_late(self, agent: AgentId, kind: Any) -> None:
        self.do(kind(agent, CallId("none")))

    @rule(
        token=st.sampled_from(("t1", "t2", "t3")),
        site=sites,
        office=st.sampled_from((HOUSING, CARE)),
        minute=st.sampled_from(("10:10", "10:20", "11:00", "12:00")),
        contact=st.sampled_from((None, *AGENTS)),
    )
    def book(self, token: str, site: SiteId, office: OfficeId, minute: str, contact: AgentId | None) -> None:
        self.do(e.AppointmentMade(token, site, office, f"2025-09-22T{minute}", None, contact))

    @rule(token=st.sampled_from(("t1", "t2", "t3")))
    def unbook(self, token: str) -> None:
        self.do(e.AppointmentCancelled(token))

    @rule(wait_us=st.integers(0, 25 * S))
    def time_passes(self, wait_us: int) -> None:
        until = self.now_us + wait_us
        while (due := self.router.next_due_us()) is not None and due <= until:
            self.now_us = max(self.now_us, due)
            self.do(e.Due())
        self.now_us = until

    @rule(ahead_us=st.integers(-(10**12), 10**12))
    def restart(self, ahead_us: int) -> None:
        """From now on a router walks along that was restored from what was saved, by a clock that started anew."""
        saved = json.loads(json.dumps(self.router.snapshot()))
        assert WordedRouter.restore(DIRECTORY, RULES, saved).snapshot() == saved
        self.twin = WordedRouter.restore(DIRECTORY, RULES, saved, saved["now_us"] + ahead_us)
        self.ahead_us = ahead_us

    def busy(self, mode: DeskMode) -> list[tuple[AgentId, CallId]]:
        """Desks in this mode, with their calls."""
        return [(desk.agent, desk.call) for desk in map(self.desk, AGENTS) if desk.mode is mode and desk.call]

    # --- what always holds --------------------------------------------------------------------------------------------

    @invariant()
    def calls_are_conserved(self) -> None:
        """Placed = over + waiting + ringing + talking; each booth has at most one."""
        citizens = [call for call in self.router.calls() if call.parent is None]
        assert self.placed == self.over + len(citizens)
        assert {call.site: call.id for call in citizens} == self.inside
        assert sum(self.router.waiting_count(office) for office in DIRECTORY.offices) == sum(
            call.mode is CallMode.WAITING for call in self.router.calls()
        )

    @invariant()
    def no_agent_is_in_two_calls(self) -> None:
        taken = [call.agent for call in self.router.calls() if call.mode is not CallMode.WAITING]
        assert None not in taken
        assert len(taken) == len(set(taken))
        for call in self.router.calls():
            if call.mode is not CallMode.WAITING and call.agent is not None:
                desk = self.desk(call.agent)
                assert desk.call == call.id
                assert desk.mode is (DeskMode.RINGING if call.mode is CallMode.OFFERED else DeskMode.TALKING)
        idle = [desk for desk in map(self.desk, AGENTS) if desk.call is None]
        assert not [desk.agent for desk in idle if desk.mode in (DeskMode.RINGING, DeskMode.TALKING)]

    @invariant()
    def nobody_waits_whom_a_free_agent_may_take(self) -> None:
        for desk in map(self.desk, AGENTS):
            if desk.mode is DeskMode.READY:
                assert not [call.id for call in self.router.calls() if may_take(desk, call)], desk.agent

    @invariant()
    def nobody_waits_for_an_empty_office(self) -> None:
        for call in self.router.calls():
            if call.mode is CallMode.WAITING and call.office != FRONT:
                assert [
                    desk for desk in map(self.desk, AGENTS) if desk.office in (call.office, HOUSING) and desk.mode.here
                ]

    @invariant()
    def everything_that_waits_has_an_end(self) -> None:
        """Ringing ends by itself, and so does waiting anywhere but at the front desk."""
        for desk in map(self.desk, AGENTS):
            assert desk.mode is not DeskMode.RINGING or desk.due_us is not None
        for call in self.router.calls():
            if call.mode is CallMode.WAITING and (call.office != FRONT or call.parent):
                assert call.due_us is not None

    def desk(self, agent: AgentId) -> Desk:
        found = self.router.desk(agent)
        assert found is not None
        return found


def pick(things: list[T], which: int) -> T:
    return things[which % len(things)]


def may_take(desk: Desk, call: Call) -> bool:
    """Whether this desk may take this call, said again from the configuration."""
    if call.mode is not CallMode.WAITING:
        return False
    wish, office = call.wish, DIRECTORY.offices[call.office]
    if wish is None:
        return desk.office == office.id
    if wish.held:
        return wish.preferred == desk.agent
    if desk.office == office.id:
        return not wish.level or DIRECTORY.agents[desk.agent].skills.get(wish.skill, 0) >= wish.level
    return wish.widened and desk.office == office.overflow_to


Lives.TestCase.settings = settings(
    max_examples=400 if LONG else 40, stateful_step_count=60 if LONG else 40, derandomize=not LONG
)
TestLives = Lives.TestCase
