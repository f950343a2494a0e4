"""Three booths, five desks and the exchange between them: the programs themselves, on memory links that may be cut."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.booth.executor import Booth
from lisa_core.booth.journal import names
from lisa_core.booth.program import BoothSettings, open_booth_runtime
from lisa_core.booth.wishes import MEMORY, booth_factory
from lisa_core.config.directory import load_directory
from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.domain.model.case import Case
from lisa_core.domain.model.directory import Deadlines, Rules
from lisa_core.domain.model.ids import AgentId, SiteId
from lisa_core.domain.routing.seats import CallMode, DeskMode
from lisa_core.domain.visit import states as s
from lisa_core.domain.visit.events import Wiped
from lisa_core.equipment.media.memory_call import MemoryMedia
from lisa_core.equipment.slots.actor import Actor
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.program import open_exchange
from lisa_core.harness.rig.line import BreakableLine
from lisa_core.harness.rig.screen_history import WatchedScreen
from lisa_core.host.clock import Clock
from lisa_core.wire.channel import Channel, memory_channels
from tests.media.booths import beat

SITES = tuple(map(SiteId, ("templin", "lychen", "gramzow")))
AGENTS = tuple(map(AgentId, ("brandt", "seidel", "vogt", "nowak", "lorenz")))
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
DEADLINES = Deadlines(away_grace_us=12_000_000, farewell_us=10_000_000, link_patience_us=8_000_000)
SETTLED_S = 3.0
"""So long after an act everything that follows from it at once has happened."""


@dataclass(frozen=True)
class Cabin:
    """One booth: its program, who plays in it, its line and its screen."""

    booth: Booth
    actor: Actor
    line: BreakableLine
    screen: WatchedScreen


@dataclass(frozen=True)
class House:
    exchange: Exchange
    cabins: dict[SiteId, Cabin]
    desks: dict[AgentId, DeskClient]
    lines: dict[AgentId, BreakableLine]

    async def settle(self, seconds: float = SETTLED_S) -> None:
        await beat(seconds)

    def check(self) -> None:
        """What must hold at any time, but for the moment in which it changes."""
        calls = [call for call in self.exchange.router.calls() if call.parent is None]
        talks = [call for call in self.exchange.router.calls() if call.mode is CallMode.CONNECTED]
        agents = [call.agent for call in talks]
        assert len(set(agents)) == len(agents), "I4: an agent in two talks"
        assert len({call.site for call in calls}) == len(calls), "I4: a booth with two calls"
        for call in calls:
            cabin = self.cabins[call.site]
            inner = cabin.booth.state.before if isinstance(cabin.booth.state, s.Away) else cabin.booth.state
            if cabin.booth.linked and call.mode is CallMode.CONNECTED:
                assert isinstance(inner, s.Talking), f"conservation: {call.site} does not know of its talk: {inner}"
                assert inner.agent == call.agent, "both ends of a talk name the same agent"
        self._check_booths({call.site for call in calls})
        self._check_work()

    def _check_booths(self, called: set[SiteId]) -> None:
        for site, cabin in self.cabins.items():
            booth, state = cabin.booth, cabin.booth.state
            waits = isinstance(state, s.Connecting | s.Talking | s.InTransfer)
            if booth.linked and waits:
                assert site in called, f"conservation: {site} waits for a call that nobody has: {state}"
            if isinstance(state, s.Idle):
                assert booth.case == Case(), "I1: something of a former visit is left"
                assert booth.erased, "I1: pages of a former visit are left"
            assert cabin.screen.view.agent is not None or not cabin.screen.face, "I11: a face without a name"
            log = booth.journal()
            begun = {entry.subject for entry in log if entry.name == names.VISIT_BEGUN}
            ended = [entry.subject for entry in log if entry.name == names.VISIT_ENDED]
            wiped = {entry.subject for entry in log if entry.name == names.NAMES[Wiped]}
            visit = s.visit_of(state)
            assert len(ended) == len(set(ended)), "I2: a visit with two outcomes"
            assert begun - set(ended) <= {visit.id if visit else ""}, "I2: a visit without an outcome"
            assert set(ended) <= wiped, "I15: an outcome before wiping"

    def _check_work(self) -> None:
        """I5: nobody waits while somebody of that office is free."""
        router = self.exchange.router
        for call in self.exchange.router.calls():
            if call.mode is CallMode.WAITING and call.wish is None:
                free = [desk.agent for desk in map(router.desk, AGENTS) if desk and desk.mode is DeskMode.READY]
                ours = [agent for agent in free if router.desk(agent).office == call.office]
                assert not ours, f"I5: {call.id} waits while {ours} are free"


@contextlib.asynccontextmanager
async def open_house() -> AsyncIterator[House]:
    """Everybody is at work; nobody is ready yet."""
    directory, _ = load_directory("uckermark")
    clock, media = Clock(MONDAY), MemoryMedia()
    async with AsyncExitStack() as stack:
        exchange = await stack.enter_async_context(
            open_exchange(directory, Rules(ring_us=20_000_000, transfer_us=50_000_000), clock)
        )
        attending: set[asyncio.Task[None]] = set()
        stack.push_async_callback(_cancel, attending)

        def line_to(attend: Callable[[Channel], Awaitable[None]]) -> BreakableLine:
            async def dial() -> Channel:
                here, there = memory_channels()
                attending.add(asyncio.ensure_future(attend(there)))
                return here

            return BreakableLine(dial)

        cabins = {}
        for site in SITES:
            opened = await stack.enter_async_context(booth_factory(MEMORY)(frozenset()))
            line, screen = line_to(exchange.attend_booth), WatchedScreen(opened.slots.screen)
            place = replace(directory.sites[site], deadlines=DEADLINES)
            key = Ed25519PrivateKey.generate()
            settings = BoothSettings(directory, place, media, line.dial, clock, key, f"{site}-1")
            booth = await stack.enter_async_context(open_booth_runtime(settings, replace(opened.slots, screen=screen)))
            cabins[site] = Cabin(booth, opened.actor, line, screen)
        desks, lines = {}, {}
        for agent in AGENTS:
            lines[agent] = line_to(exchange.attend_desk)
            desk = open_desk(agent, media, lines[agent].dial, f"{agent}-1")
            desks[agent] = await stack.enter_async_context(desk)
        yield House(exchange, cabins, desks, lines)


async def _cancel(tasks: set[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
