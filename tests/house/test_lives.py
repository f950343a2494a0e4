"""Random days in a house of real programs: whatever people and lines do, in any order, the rules hold.

What is played are the executors of booth and exchange and the scripted desk, not only their machines: queues, timers,
tasks, the link with its repetitions, media in memory.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from lisa_core.desk.client import DeskClient
from lisa_core.domain.model.ids import AgentId, OfficeId, ServiceId, SiteId
from lisa_core.domain.visit import states as s
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.harness.scene.resources import hold
from tests.house.house import AGENTS, SITES, House, open_house

LONG = os.environ.get("LISA_LONG") == "1"
sites = st.sampled_from(SITES)
agents = st.sampled_from(AGENTS)
picks = st.integers(0, 11)
offices = st.sampled_from(tuple(map(OfficeId, ("lisa-team", "wohngeldstelle", "sozialamt"))))
CLOSING_S, A_MOMENT_S = 120.0, 1.1


class Days(RuleBasedStateMachine):
    """Citizens, agents and cables."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=VirtualLoop)
        self.held, self.house = self.run(hold(open_house()))
        self.inside: set[SiteId] = set()

    def run(self, work: Awaitable[Any]) -> Any:
        return self.runner.run(work)

    def do(self, work: Awaitable[Any]) -> None:
        """One act, what follows from it, and then all rules."""

        async def act() -> None:
            await work
            await self.house.settle()
            try:
                self.house.check()
            except AssertionError:
                await self.house.settle(A_MOMENT_S)  # something may just have been changing
                self.house.check()

        self.run(self.held.beside(act()))

    def at_work(self, wanted: Callable[[DeskClient], Any]) -> list[DeskClient]:
        return [desk for desk in self.house.desks.values() if wanted(desk)]

    @initialize()
    def begin_the_day(self) -> None:
        for agent in AGENTS[::2]:
            self.do(said(self.house.desks[agent].ready))

    @rule(site=sites)
    def come_or_go(self, site: SiteId) -> None:
        actor = self.house.cabins[site].actor
        self.do(actor.leave() if site in self.inside else actor.enter())
        self.inside ^= {site}

    @precondition(lambda self: len(self.inside) < len(SITES))
    @rule(site=sites, agent=agents)
    def come_and_be_answered(self, site: SiteId, agent: AgentId) -> None:
        if site in self.inside:
            return
        self.be_ready_or_pause(agent, True)
        self.come_or_go(site)
        self.answer(0, True)

    @precondition(lambda self: self.inside)
    @rule(which=picks)
    def press_the_button(self, which: int) -> None:
        sites = sorted(self.inside)
        self.do(self.house.cabins[sites[which % len(sites)]].actor.press_call_button())

    @rule(site=sites)
    def cut_or_mend_a_booth(self, site: SiteId) -> None:
        self.do(toggled(self.house.cabins[site].line))

    @rule(agent=agents)
    def cut_or_mend_a_desk(self, agent: AgentId) -> None:
        self.do(toggled(self.house.lines[agent]))

    @rule(agent=agents, ready=st.sampled_from((True, True, False)))
    def be_ready_or_pause(self, agent: AgentId, ready: bool) -> None:
        desk = self.house.desks[agent]
        self.do(said(desk.ready if ready else desk.pause))

    @precondition(lambda self: self.at_work(rings))
    @rule(which=picks, accepts=st.sampled_from((True, True, True, True, False)))
    def answer(self, which: int, accepts: bool) -> None:
        if ringing := self.at_work(rings):
            desk = ringing[which % len(ringing)]
            self.do(said(desk.accept if accepts else desk.reject))

    @precondition(lambda self: self.at_work(talks))
    @rule(which=picks, how=st.sampled_from(("hang_up", "forward", "forward", "consult", "consult")), office=offices)
    def end_or_hand_on(self, which: int, how: str, office: OfficeId) -> None:
        talking = self.at_work(talks)
        arguments = () if how == "hang_up" else (office, ServiceId("mietzuschuss"))
        self.do(said(getattr(talking[which % len(talking)], how), *arguments))

    @precondition(lambda self: self.at_work(asks))
    @rule(which=picks, how=st.sampled_from(("hand_over", "hand_over", "take_back", "hang_up")))
    def end_the_question(self, which: int, how: str) -> None:
        asking = self.at_work(asks)
        self.do(said(getattr(asking[which % len(asking)], how)))

    @rule(seconds=st.sampled_from((1, 6, 30)))
    def wait(self, seconds: int) -> None:
        self.do(self.house.settle(seconds))

    def teardown(self) -> None:
        """Everybody goes and every line is mended: then nothing of the day is left."""
        try:
            self.run(self.held.beside(self.close()))
        finally:
            self.run(self.held.close())
            self.runner.close()

    async def close(self) -> None:
        house: House = self.house
        for line in (*(cabin.line for cabin in house.cabins.values()), *house.lines.values()):
            line.mend()
        for site in sorted(self.inside):
            await house.cabins[site].actor.leave()
        await house.settle(CLOSING_S)
        house.check()
        assert not (left := house.exchange.router.calls()), left
        assert all(isinstance(cabin.booth.state, s.Idle) for cabin in house.cabins.values())
        assert all(desk.leg is None and desk.colleague is None for desk in house.desks.values())


def rings(desk: DeskClient) -> bool:
    return desk.offer is not None


def talks(desk: DeskClient) -> bool:
    return desk.leg is not None


def asks(desk: DeskClient) -> bool:
    return desk.leg is not None and desk.question is not None


async def said(act: Any, *arguments: Any) -> None:
    act(*arguments)


async def toggled(line: Any) -> None:
    if line.whole:
        await line.cut()
    else:
        line.mend()


TestDays = Days.TestCase
TestDays.settings = settings(
    max_examples=400 if LONG else 15,
    stateful_step_count=60 if LONG else 30,
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
