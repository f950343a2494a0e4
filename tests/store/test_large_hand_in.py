"""A large application is checked beside the exchange's loop: others go on, and its own booth hears of it in order."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import cache

import pytest

from lisa_core.config.directory import load_directory
from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.errors import MachineError
from lisa_core.domain.model.ids import AgentId, CallId, SiteId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.inbox.intake import Intake, Whole
from lisa_core.host.clock import Clock
from lisa_core.host.program import beside
from lisa_core.papers.parts import parts
from lisa_core.papers.seal import Submission
from lisa_core.store.inbox import InboxEntry, MemoryInbox
from lisa_core.store.journal import MemoryJournal
from lisa_core.wire import messages as m
from lisa_core.wire.channel import memory_channels
from tests.bench.bench_large_hand_in import large
from tests.documents.test_submission import PUBLIC
from tests.routing.test_exchange import MONDAY, Peer

LYCHEN, TEMPLIN, BRANDT = SiteId("lychen"), SiteId("templin"), AgentId("brandt")
VISIT = VisitId("lychen-5c0ffee0")
IN_VISIT, OTHER = CallId(f"{VISIT}/1"), CallId("templin-1/1")


@cache
def application() -> Submission:
    return large(300_000)


class Slow(MemoryInbox):
    """A disk that takes its time: until it is `let`, or fails."""

    def __init__(self, fault: Exception | None = None) -> None:
        super().__init__()
        self.fault, self.begun, self.let = fault, threading.Event(), threading.Event()

    def lay(self, entry: InboxEntry, package: bytes) -> None:
        self.begun.set()
        assert self.let.wait(60)
        if self.fault:
            raise self.fault
        super().lay(entry, package)


class House:
    """A running exchange, and who is connected."""

    def __init__(self, exchange: Exchange, stack: contextlib.AsyncExitStack) -> None:
        self.exchange, self._stack = exchange, stack

    async def booth(self, site: SiteId, session: str = "s") -> Peer:
        here, there = memory_channels()
        await self._stack.enter_async_context(beside(self.exchange.attend_booth(there)))
        return await _greeted(Peer(here), m.BoothHello(site, session, 0, PUBLIC.public_bytes_raw().hex()))

    async def desk(self) -> Peer:
        here, there = memory_channels()
        await self._stack.enter_async_context(beside(self.exchange.attend_desk(there)))
        return await _greeted(Peer(here), m.DeskHello(BRANDT, "s"))

    def entries(self, *names: str) -> list[str]:
        return [entry.detail for entry in self.exchange._record._journal.read() if entry.name in names]


async def _greeted(peer: Peer, hello: m.BoothHello | m.DeskHello) -> Peer:
    await peer.say(hello)
    await peer.hear(m.Welcome)
    return peer


@contextlib.asynccontextmanager
async def house(inbox: MemoryInbox) -> AsyncIterator[House]:
    directory, _ = load_directory("uckermark")
    async with contextlib.AsyncExitStack() as stack:
        exchange = Exchange(directory, Rules(), MemoryJournal(), inbox, Clock(MONDAY), apart=True)
        await stack.enter_async_context(beside(exchange.run()))
        yield House(exchange, stack)


async def hands_in(booth: Peer) -> None:
    for part in parts(application()):
        await booth.say(part, IN_VISIT)


async def rings(on: House) -> None:
    """Somebody at another site calls, and a desk rings."""
    desk, booth = await on.desk(), await on.booth(TEMPLIN)
    await desk.say(m.Ready(headset=True))
    await booth.say(m.PlaceCall(VisitId("templin-1")), OTHER)
    await desk.hear(m.Offer)


def test_others_go_on_while_it_is_written_and_its_visit_ends_after_it() -> None:
    inbox = Slow()

    async def play() -> None:
        async with house(inbox) as on:
            booth = await on.booth(LYCHEN)
            await hands_in(booth)
            await booth.say(m.VisitEnded(VISIT, Outcome.UNCONFIRMED, copy=False))
            await asyncio.to_thread(inbox.begun.wait, 60)
            await rings(on)
            assert on.entries("antrag.eingegangen", "besuch.beendet") == []
            assert on.exchange._booths[LYCHEN].complete == 0, "nothing of it is acknowledged before it is durable"
            inbox.let.set()
            number = (await booth.hear(m.SubmissionReceived)).number
            assert (await booth.hear(m.VisitCorrected)).outcome is Outcome.APPLICATION
            assert on.entries("antrag.eingegangen", "besuch.beendet") == [number, Outcome.APPLICATION.value]
            assert list(inbox.packages()) == [number]

    asyncio.run(play())


def test_a_booth_that_begins_anew_meanwhile_is_heard_after_it_too() -> None:
    inbox = Slow()

    async def play() -> None:
        async with house(inbox) as on:
            await hands_in(await on.booth(LYCHEN))
            await asyncio.to_thread(inbox.begun.wait, 60)
            again = await on.booth(LYCHEN, "another")
            await again.say(m.VisitEnded(VISIT, Outcome.TECHNICAL, copy=False))
            inbox.let.set()
            assert (await again.hear(m.VisitCorrected)).outcome is Outcome.APPLICATION

    asyncio.run(play())


def test_a_call_of_a_session_that_is_over_does_not_come_after_the_one_that_took_its_place() -> None:
    inbox = Slow()

    async def play() -> None:
        async with house(inbox) as on:
            booth = await on.booth(LYCHEN)
            await hands_in(booth)
            await booth.say(m.PlaceCall(VISIT), IN_VISIT)
            await asyncio.to_thread(inbox.begun.wait, 60)
            again = await on.booth(LYCHEN, "another")
            await again.say(m.VisitEnded(VISIT, Outcome.TECHNICAL, copy=False))
            inbox.let.set()
            await again.hear(m.VisitCorrected)
            assert on.exchange.router.call(IN_VISIT) is None, "nobody is there any more who could be answered"

    asyncio.run(play())


def test_what_is_doubtful_about_the_time_of_another_one_is_not_said_of_this_one() -> None:
    async def play() -> None:
        directory, _ = load_directory("uckermark")
        intake = Intake(directory, MemoryInbox(), Clock(datetime(2025, 7, 16, 8, 12, tzinfo=UTC)), apart=True)
        hello = m.BoothHello(LYCHEN, "s", 0, PUBLIC.public_bytes_raw().hex())
        whole = [intake.take(hello, part, VISIT) for part in parts(application())][-1]
        assert isinstance(whole, Whole)
        intake.doubt = "05:00"  # left by a small one that came in meanwhile
        assert (await intake.beside(whole)).doubt == ""

    asyncio.run(play())


@pytest.mark.parametrize(
    ("fault", "code"), [(MachineError("/srv: Der Speicherplatz reicht nicht."), "full"), (ValueError("unforeseen"), "")]
)
def test_what_cannot_be_stored_is_said_and_the_exchange_goes_on(fault: Exception, code: str) -> None:
    inbox = Slow(fault)
    inbox.let.set()

    async def play() -> None:
        async with house(inbox) as on:
            booth = await on.booth(LYCHEN)
            await hands_in(booth)
            if code:
                assert (await booth.hear(m.SubmissionRefused)).code == code
            else:
                assert (await booth.hear(m.Refused)).code == "fault"
            await rings(on)
            assert inbox.count() == 0

    asyncio.run(play())
