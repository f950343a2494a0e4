"""The disk is really full: talks go on, hand-ins are refused in a sentence, what waits is durable before it is told."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from emulator.memory import open_booth
from lisa_core.booth.executor import Booth
from lisa_core.booth.journal import names
from lisa_core.booth.program import open_booth_runtime
from lisa_core.booth.wire_booth import BoothWishes, load_site, settings_of
from lisa_core.config.profile import load_profile
from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.domain.model.directory import Deadlines
from lisa_core.domain.model.ids import AgentId, OfficeId, ServiceId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import states as s
from lisa_core.equipment.media.memory_call import MemoryMedia
from lisa_core.equipment.slots.actor import Actor
from lisa_core.exchange.program import open_exchange
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.harness.rig.rig import MEMORY, Wishes, open_rig
from lisa_core.harness.rig.screen_history import WatchedScreen
from lisa_core.host.clock import Clock
from lisa_core.wire import messages as m
from lisa_core.wire.channel import Channel, memory_channels
from tests.booth.test_visits import CARE, FRONT, MONDAY, Stage, signed
from tests.store.killing import passes
from tests.store.small_disk import fill, small_disk

PROFILE = replace(load_profile("emulated"), deadlines=Deadlines(), exchange={})


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "klein") as folder:
        yield folder


def play(scenario: Callable[[Stage], Awaitable[None]], data: Path) -> None:
    async def run() -> None:
        async with AsyncExitStack() as stack:
            wishes = Wishes(kind=MEMORY, civil=MONDAY, data=data)
            await scenario(Stage(await stack.enter_async_context(open_rig(PROFILE, wishes)), stack))

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(run())


def logged(path: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(path)) as log:
        return [name for (name,) in log.execute("select name from journal order by number")]


def test_the_exchange_goes_on_without_room(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def scenario(on: Stage) -> None:
        front, care = await on.desk(FRONT), await on.desk(CARE)
        other = await on.desk(FRONT, 1)
        exchange, log = on.rig.exchange, small / "exchange" / "exchange.sqlite"
        assert "nur noch" in capsys.readouterr().err, "foretold"
        await front.until(lambda d: any("Speicherplatz knapp" in n.text for n in d.notices), "to the front desk too")
        await on.rig.opened.actor.enter()
        await on.answer(front)
        front.forward(OfficeId(CARE), ServiceId("pflegeberatung"))
        await on.answer(care)
        await signed(on.rig.opened.actor, on.rig.screen, care)
        leg = care.leg

        ballast = fill(small)
        while not exchange._was_dry:  # the log has some room of its own left
            other.pause()
            other.ready()
            await passes(0.2)
        assert "Gespräche laufen weiter" in capsys.readouterr().err
        care.hand_in()
        await care.until(lambda d: "kann gerade nicht angenommen werden" in d.case.notice, "abgelehnt", 30)
        assert exchange.inbox.count() == 0
        await on.rig.opened.actor.open_door()
        await care.until(lambda d: any(n.code == "door.open" for n in d.notices), "what is relayed goes on", 30)
        await on.rig.opened.actor.close_door()
        await passes(300)
        assert (care.leg, care.state) == (leg, "im_gespraech"), "the talk is as it was"
        before = logged(log)
        other.pause()
        await passes(30)
        assert other.state == "bereit", "told only once it is durable"
        assert logged(log) == before

        ballast.unlink()
        await other.until(lambda d: d.state == "pause", "pause", 10)
        assert logged(log)[-1] == "platz.pause"
        care.hand_in()
        await care.until(lambda d: d.case.form and d.case.form.receipt, "angenommen", 30)
        care.hang_up()
        await on.rig.opened.actor.leave()
        assert await on.outcome() == "antrag_eingereicht"
        assert "nichts davon fehlt" in capsys.readouterr().err

    play(scenario, small)
    assert logged(small / "exchange" / "exchange.sqlite").count("besuch.beendet") == 1


def test_a_booth_without_room_wipes_and_tells_it_when_it_can(small: Path) -> None:
    log = small / "kabine" / "booth.sqlite"

    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            booth, actor, screen, front = await a_booth(stack, small / "kabine")
            front.ready()
            await actor.enter()
            await front.until(lambda d: d.offer, "klingelt", 60)
            front.accept()
            await front.until(lambda d: d.leg, "im Gespräch")
            ballast = fill(small)
            while not booth.log_waits:  # the log has some room of its own left
                await actor.open_door()
                await passes(2)
                await actor.close_door()
                await passes(2)
            assert front.leg, "the talk goes on"
            front.hang_up()
            await actor.leave()
            await screen.until(lambda _: isinstance(booth.state, s.Idle), "frei", 200)
            assert booth.erased, "wiping waits for no disk"
            assert booth.outcomes == [], "how it ended is told once that is durable"
            assert names.VISIT_ENDED not in logged(log)
            ballast.unlink()
            async with asyncio.timeout(60):
                while not booth.outcomes:
                    await passes(0.5)
            assert names.VISIT_ENDED in logged(log)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())


def test_an_ending_that_waited_says_of_her_copy_what_is_true_of_hers(tmp_path: Path) -> None:
    """The disk has room again while the next visit goes on, whose citizen has her copy already."""

    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            booth, _, _, _ = await a_booth(stack, tmp_path / "kabine")
            without, before, now = (VisitId(f"templin-s-{number}") for number in (1, 2, 3))
            booth._copied.update((before, now))
            booth._carry_out(tuple(e.Conclude(visit, Outcome.APPLICATION) for visit in (without, before, now)))
            told = [envelope.body for envelope, _ in booth._kit.uplink._link._unacked]
            assert told == [
                m.VisitEnded(without, Outcome.APPLICATION, copy=False),
                m.VisitEnded(before, Outcome.APPLICATION, copy=True),
                m.VisitEnded(now, Outcome.APPLICATION, copy=True),
            ]

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())


async def dial(stack: AsyncExitStack, attend: Callable[[Channel], Any]) -> Channel:
    here, there = memory_channels()
    stack.callback(asyncio.create_task(attend(there)).cancel)
    return here


async def a_booth(stack: AsyncExitStack, data: Path) -> tuple[Booth, Actor, WatchedScreen, DeskClient]:
    """A booth that keeps its log there, an exchange in memory, and a desk at the front."""
    directory, zone = load_site(PROFILE)
    clock, media = Clock(MONDAY.replace(tzinfo=zone)), MemoryMedia()
    exchange = await stack.enter_async_context(open_exchange(directory, directory.rules, clock))
    opened = await stack.enter_async_context(open_booth(PROFILE.emulated))
    assert opened.slots is not None
    screen = WatchedScreen(opened.slots.screen)
    dial_booth = partial(dial, stack, exchange.attend_booth)
    wishes = BoothWishes(PROFILE, directory, clock, dial_booth, Ed25519PrivateKey.generate(), data)
    slots = replace(opened.slots, screen=screen)
    booth = await stack.enter_async_context(open_booth_runtime(settings_of(wishes, media, "s"), slots))
    dial_desk = partial(dial, stack, exchange.attend_desk)
    front = await stack.enter_async_context(open_desk(AgentId("brandt"), media, dial_desk, "s"))
    return booth, opened.actor, screen, front
