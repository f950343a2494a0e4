"""The exchange is killed at every commit of a visit and of a queue: nothing accepted is lost, nothing done twice."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from emulator.memory import open_booth
from lisa_core.booth.executor import Booth
from lisa_core.booth.program import open_booth_runtime
from lisa_core.booth.wire_booth import BoothWishes, load_site, settings_of
from lisa_core.config.profile import load_profile
from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.domain.model.case import PaperState
from lisa_core.domain.model.directory import Deadlines
from lisa_core.domain.model.ids import AgentId, OfficeId, ServiceId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.equipment.media.memory_call import MemoryMedia
from lisa_core.equipment.slots.actor import Actor
from lisa_core.exchange import executor
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.harness.rig.screen_history import WatchedScreen
from lisa_core.host.clock import Clock
from lisa_core.store.inbox import MemoryInbox
from lisa_core.store.journal import MemoryJournal
from tests.store.killing import Phoenix

LONG = os.environ.get("LISA_LONG") == "1"
MONDAY = datetime.fromisoformat("2026-11-23T10:00")
BRANDT, VOGT = AgentId("brandt"), AgentId("vogt")


class Hall:
    """A memory booth and desks around an exchange that is killed."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self.journal, self.inbox, self.media = MemoryJournal(), MemoryInbox(), MemoryMedia()
        self.profile = replace(load_profile("emulated"), deadlines=Deadlines(), exchange={})
        self.directory, zone = load_site(self.profile)
        self.clock = Clock(MONDAY.replace(tzinfo=zone))
        self.phoenix = Phoenix(self.directory, self.directory.rules, self.clock, self.journal, self.inbox)
        self.booth: Booth
        self.screen: WatchedScreen
        self.actor: Actor

    async def open(self) -> None:
        opened = await self._stack.enter_async_context(open_booth(self.profile.emulated))
        assert opened.slots is not None
        self.actor, self.screen = opened.actor, WatchedScreen(opened.slots.screen)
        key = Ed25519PrivateKey.generate()
        wishes = BoothWishes(self.profile, self.directory, self.clock, self.phoenix.booth_dial, key)
        slots = replace(opened.slots, screen=self.screen)
        settings = settings_of(wishes, self.media, "0")
        self.booth = await self._stack.enter_async_context(open_booth_runtime(settings, slots))

    async def desk(self, agent: AgentId) -> DeskClient:
        opened = open_desk(agent, self.media, self.phoenix.desk_dial, agent)
        desk = await self._stack.enter_async_context(opened)
        desk.ready()
        await desk.until(lambda d: d.state == "bereit", "bereit")
        return desk

    def told(self, name: str) -> list[str]:
        return [entry.subject for entry in self.journal.read() if entry.name == name]


@asynccontextmanager
async def hall(kills: tuple[int, ...], *, after: bool) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        opened = Hall(stack)
        task = asyncio.create_task(opened.phoenix.run(kills, after=after))
        stack.callback(task.cancel)
        await opened.open()
        yield opened


async def visit(on: Hall) -> None:
    """Greeted at the front desk, forwarded, a paper taken, said goodbye to."""
    front, special = await on.desk(BRANDT), await on.desk(VOGT)
    await on.actor.enter()
    await front.until(lambda d: d.offer, "klingelt", 60)
    front.accept()
    await front.until(lambda d: d.leg, "im Gespräch", 60)
    first = front.leg
    await on.screen.until(lambda screen: screen.face, "Gesicht", 60)
    front.forward(OfficeId("wohngeldstelle"), ServiceId("mietzuschuss"))
    await special.until(lambda d: d.offer, "klingelt", 60)
    assert front.leg in (None, first)
    special.accept()
    await special.until(lambda d: d.leg, "im Gespräch", 60)
    second = special.leg
    special.capture_still("Mietvertrag")
    await special.until(lambda d: d.case.papers and d.case.papers[0].state is PaperState.CAPTURED, "Papier", 60)
    assert special.leg is second, "kein neues Bein im laufenden Gespräch"
    special.hang_up()
    await on.actor.leave()
    await on.screen.until(lambda _: on.booth.outcomes, "Ergebnis", 200)
    await front.until(lambda d: d.state == "bereit", "bereit", 60)
    await special.until(lambda d: d.state == "bereit", "bereit", 60)


def played(kills: tuple[int, ...] = (), *, after: bool = False) -> int:
    """Play a visit under these kills, check what must hold, and say how many commits it took."""

    async def run() -> int:
        async with hall(kills, after=after) as on:
            await visit(on)
            ((name, outcome),) = on.booth.outcomes
            assert outcome == Outcome.ADVICE.value
            answered = [entry.name for entry in on.booth.journal()].count("anruf.angenommen")
            assert answered == 2, "jedes Gespräch hat genau ein Bein"
            assert on.told("besuch.beendet") in ([name], [])
            assert set(on.told("anruf.begonnen")) == {f"{name}/1"}, "asking again is no new call"
            assert on.told("anruf.angenommen") == [f"{name}/1"] * 2
            assert on.told("weiterleitung.angefragt") == [f"{name}/1"]
            assert on.told("anruf.beendet") == [f"{name}/1"]
            assert on.phoenix.lives in range(min(2, 1 + len(kills)), 2 + len(kills))
            return on.phoenix.commits

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(run())


@pytest.fixture(params=[0, executor.BURST] if LONG else [0])
def burst(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Every event a commit of its own, or what came together in one."""
    monkeypatch.setattr(executor, "BURST", request.param)
    return int(request.param)


@pytest.mark.parametrize("after", [False, True], ids=["vor", "nach"])
def test_a_visit_survives_a_kill_at_any_commit(burst: int, after: bool) -> None:
    commits = played()
    assert commits >= 10
    for at in range(1, commits + 1):
        played((at,), after=after)


@pytest.mark.timeout(900 if LONG else 120)
def test_a_visit_survives_one_kill_after_the_other(burst: int) -> None:
    commits = played()
    pairs = [(first, second) for first in range(1, commits) for second in range(first + 1, commits + 4)]
    for pair in pairs if LONG else pairs[:: len(pairs) // 5]:
        played(pair, after=True)
