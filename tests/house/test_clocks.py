"""Booth and exchange, each with a clock of its own: both say when these differ, and a receipt has the right time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.booth.executor import Booth
from lisa_core.booth.program import BoothSettings, open_booth_runtime
from lisa_core.booth.screen import texts
from lisa_core.booth.wishes import MEMORY, booth_factory
from lisa_core.config.directory import load_directory
from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.ids import SiteId
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.equipment.media.memory_call import MemoryMedia
from lisa_core.equipment.slots.booths import OpenedBooth
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.inbox.intake import Intake
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.harness.rig.screen_history import WatchedScreen
from lisa_core.host.clock import Clock
from lisa_core.host.program import beside
from lisa_core.papers.parts import parts
from lisa_core.store.inbox import NO_VISIT, MemoryInbox
from lisa_core.store.journal import Entry, MemoryJournal
from lisa_core.wire import messages as m
from lisa_core.wire.channel import Channel, memory_channels
from tests.documents.cases import OCCASION
from tests.documents.test_submission import PUBLIC, sealed

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN)


@asynccontextmanager
async def _exchange(journal: MemoryJournal, clock: Clock | None = None) -> AsyncIterator[Exchange]:
    directory, _ = load_directory("uckermark")
    exchange = Exchange(directory, Rules(), journal, MemoryInbox(), clock or Clock(MONDAY))
    async with beside(exchange.run()):
        yield exchange


@asynccontextmanager
async def _booth(exchange: Exchange, opened: OpenedBooth, clock: Clock) -> AsyncIterator[Booth]:
    """A memory booth in Templin whose wall clock is `clock`."""
    directory, _ = load_directory("uckermark")
    attending: list[asyncio.Task[None]] = []

    async def dial() -> Channel:
        here, there = memory_channels()
        attending.append(asyncio.ensure_future(exchange.attend_booth(there)))
        return here

    site, key = directory.sites[SiteId("templin")], Ed25519PrivateKey.generate()
    settings = BoothSettings(directory, site, MemoryMedia(), dial, clock, key, "1")
    assert opened.slots is not None
    try:
        async with open_booth_runtime(settings, opened.slots) as booth:
            yield booth
    finally:
        for task in attending:
            task.cancel()
        await asyncio.gather(*attending, return_exceptions=True)


def _said(log: list[Entry]) -> list[str]:
    return [entry.detail for entry in log if entry.name == "uhr.abweichung"]


@pytest.mark.parametrize(("ahead_s", "said"), [(0.0, ""), (-1.9, ""), (3.0, "+3.0 s"), (-3600.0, "-3600.0 s")])
def test_clocks_that_differ_by_more_than_two_seconds_stand_in_both_logs(ahead_s: float, said: str) -> None:
    async def run() -> tuple[list[str], list[str]]:
        clock = Clock(MONDAY + timedelta(seconds=ahead_s))
        journal = MemoryJournal()
        async with AsyncExitStack() as stack:
            exchange = await stack.enter_async_context(_exchange(journal))
            opened = await stack.enter_async_context(booth_factory(MEMORY)(frozenset()))
            booth = await stack.enter_async_context(_booth(exchange, opened, clock))
            await later(5)
            return _said(journal.read()), _said(booth.journal())

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert runner.run(run()) == ([said] if said else [], [said] if said else [])


def test_a_booths_clock_that_is_set_while_it_is_linked_is_noticed_with_the_next_visit() -> None:
    async def run() -> list[str]:
        clock = Clock(MONDAY)
        journal = MemoryJournal()
        async with AsyncExitStack() as stack:
            exchange = await stack.enter_async_context(_exchange(journal))
            opened = await stack.enter_async_context(booth_factory(MEMORY)(frozenset()))
            await stack.enter_async_context(_booth(exchange, opened, clock))
            await later(5)
            clock.set_civil(MONDAY - timedelta(minutes=10))
            await opened.actor.enter()
            await later(5)
            return _said(journal.read())

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        [said] = runner.run(run())
    assert said.startswith("-60")


@pytest.mark.parametrize("saturday", ["2026-10-24", "2026-03-28"])
def test_on_the_monday_after_the_clocks_changed_booth_and_exchange_know_what_time_it_is(saturday: str) -> None:
    """Both run through the night; who comes at 08:29 finds it closed, and at 08:31 open."""
    noon = datetime.fromisoformat(f"{saturday}T12:00").replace(tzinfo=BERLIN)
    monday = (noon + timedelta(days=2)).replace(hour=8, minute=29)
    until_s = (monday.astimezone(UTC) - noon.astimezone(UTC)).total_seconds()

    async def run() -> tuple[ScreenScene, ScreenScene, datetime | None]:
        clock, views = Clock(noon), []
        async with AsyncExitStack() as stack:
            exchange = await stack.enter_async_context(_exchange(MemoryJournal(), clock))
            opened = await stack.enter_async_context(booth_factory(MEMORY)(frozenset()))
            assert opened.slots is not None
            screen = WatchedScreen(opened.slots.screen)
            opened = replace(opened, slots=replace(opened.slots, screen=screen))
            await stack.enter_async_context(_booth(exchange, opened, clock))
            await later(until_s)
            for _ in range(2):
                await opened.actor.enter()
                await later(5)
                views.append(screen.view.scene)
                await opened.actor.leave()
                await later(90)
            return views[0], views[1], exchange.router._board.local()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        early, in_time, local = runner.run(run())
    assert (early, in_time) == (ScreenScene.CLOSED, ScreenScene.WAITING)
    assert local is not None
    assert abs(local - monday.replace(tzinfo=None) - timedelta(minutes=3)) < timedelta(minutes=2)


def test_a_forged_date_is_received_with_the_time_of_the_exchange_and_what_it_said_is_kept() -> None:
    """Sealed with the booth's own key, so the seal holds: only its time cannot be."""
    _, _, submission = sealed()
    directory, _ = load_directory("uckermark")

    async def run() -> tuple[Any, str]:
        intake = Intake(directory, MemoryInbox(), Clock(MONDAY))
        hello = m.BoothHello(SiteId("templin"), "s", 0, PUBLIC.public_bytes_raw().hex())
        answers = [intake.take(hello, part, NO_VISIT) for part in parts(submission)]
        return answers[-1], intake.doubt

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        answer, doubt = runner.run(run())
    assert isinstance(answer, m.SubmissionReceived)
    assert answer.received_at == MONDAY.isoformat()
    assert doubt == OCCASION.at.isoformat()


async def later(seconds: float) -> None:
    """Virtual time goes on by so much."""
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, over.set)
    await over.wait()


@pytest.mark.parametrize(
    ("ahead_s", "said"),
    [
        (2.46, "2,5 s vor"),
        (-119.0, "119,0 s nach"),
        (-3600.0, "60 Minuten nach"),
        (7300, "2 Stunden vor"),
        (454_909, "5 Tage vor"),
    ],
)
def test_how_far_clocks_are_apart_is_said_as_people_say_it(ahead_s: float, said: str) -> None:
    assert f" {said}: " in texts.clocks(ahead_s)
