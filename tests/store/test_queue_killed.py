"""A queue of citizens while the exchange is killed: their order, the time they have left, and who is taken for whom."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.domain.case.canonical import sha256
from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId, SiteId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.routing.seats import CallMode, DeskMode
from lisa_core.exchange import executor
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.host.clock import Clock
from lisa_core.store.inbox import MemoryInbox
from lisa_core.store.journal import DAMAGED, Entry, MemoryJournal
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import NO_CALL, Envelope
from lisa_core.wire.uplink import LinkUp, Uplink
from tests.routing.office import BRANDT, SEIDEL, SITES, S, directory
from tests.store.killing import Phoenix, passes

LONG = os.environ.get("LISA_LONG") == "1"
MONDAY = datetime.fromisoformat("2026-11-23T10:00+01:00")
KEY = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
RULES = Rules(ring_us=15 * S)


class End:
    """A booth or a desk without anything behind it: says what it is told to, and keeps what it hears."""

    def __init__(self, phoenix: Phoenix, hello: m.BoothHello | m.DeskHello) -> None:
        self.heard: list[tuple[CallId, Any]] = []
        self.ups: list[bool] = []
        dial = phoenix.booth_dial if isinstance(hello, m.BoothHello) else phoenix.desk_dial
        self._uplink = Uplink(dial, lambda seen: replace(hello, seen=seen))
        self._change = asyncio.Event()
        self.tasks = [asyncio.create_task(self._uplink.run()), asyncio.create_task(self._listen())]

    def say(self, body: Any, call: CallId = NO_CALL) -> None:
        self._uplink.send(body, call)

    def renew(self) -> None:
        """Dial anew."""
        self._uplink.renew()

    def all(self, kind: type) -> list[CallId]:
        return [call for call, body in self.heard if isinstance(body, kind)]

    async def until(self, condition: Callable[[End], Any], within_s: float = 60.0) -> Any:
        async with asyncio.timeout(within_s):
            while not (value := condition(self)):
                await self._change.wait()
        return value

    async def _listen(self) -> None:
        while True:
            item = await self._uplink.inbox.get()
            if isinstance(item, Envelope):
                self.heard.append((item.call, item.body))
            elif isinstance(item, LinkUp):
                self.ups.append(item.fresh)
            self._change.set()
            self._change = asyncio.Event()


class House:
    """An exchange that is killed, and whoever dials it."""

    def __init__(self, journal: MemoryJournal | None = None, inbox: MemoryInbox | None = None) -> None:
        self.journal, self.inbox = journal or MemoryJournal(), inbox or MemoryInbox()
        self.phoenix = Phoenix(directory(), RULES, Clock(MONDAY), self.journal, self.inbox)
        self._ends: list[End] = []

    def booth(self, site: SiteId, session: str = "s") -> End:
        self._ends.append(End(self.phoenix, m.BoothHello(site, session, key=KEY)))
        return self._ends[-1]

    def desk(self, agent: AgentId, session: str = "s") -> End:
        self._ends.append(End(self.phoenix, m.DeskHello(agent, session)))
        return self._ends[-1]

    async def leave(self) -> None:
        """All connections are gone, and nobody dials again."""
        tasks = [task for end in self._ends for task in end.tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def names(self) -> list[str]:
        return [entry.name for entry in self.journal.read()]


def play(
    scenario: Callable[[House], Awaitable[Any]],
    kills: tuple[int, ...] = (),
    *,
    after: bool = False,
    house: Callable[[], House] = House,
) -> Any:
    async def run() -> Any:
        async with AsyncExitStack() as stack:
            on = house()
            task = asyncio.create_task(on.phoenix.run(kills, after=after))
            # The exchange ends first, as suddenly as if it were killed: nobody says goodbye to it.
            stack.push_async_callback(on.leave)
            stack.push_async_callback(asyncio.gather, task, return_exceptions=True)
            stack.callback(task.cancel)
            return await scenario(on)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(run())


async def morning(on: House) -> tuple[list[CallId], int]:
    """Five citizens come one after the other; one agent serves them. Whom she was offered, in which order."""
    waiting = []
    for site in SITES:
        waiting.append(on.booth(site))
        call = CallId(f"v-{site}/1")
        waiting[-1].say(m.PlaceCall(VisitId(f"v-{site}")), call)
        await waiting[-1].until(lambda booth: booth.all(m.Queued) or booth.all(m.Ringing))
    desk = on.desk(BRANDT)
    desk.say(m.Ready(headset=True))
    for served in range(1, len(SITES) + 1):
        await desk.until(lambda d, n=served: len(set(d.all(m.Offer))) == n)
        call = desk.all(m.Offer)[-1]
        desk.say(m.Accept(), call)
        await desk.until(lambda d, call=call: call in d.all(m.Taken))
        desk.say(m.HangUp(), call)
        await waiting[served - 1].until(lambda booth: booth.all(m.CallEnded))
    assert desk.all(m.Taken) == desk.all(m.Offer), "nobody is connected twice"
    assert all(len(booth.all(m.Answered)) == 1 for booth in waiting)
    anew = [end for end in (*waiting, desk) if any(end.ups)]
    assert len(anew) < on.phoenix.lives, "only one that was being greeted has to begin anew"
    return desk.all(m.Offer), on.phoenix.commits


@pytest.mark.parametrize("after", [False, True], ids=["vor", "nach"])
def test_the_queue_keeps_its_order_through_a_kill_at_any_commit(after: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "BURST", 0)
    order, commits = play(morning)
    assert order == [CallId(f"v-{site}/1") for site in SITES]
    for at in range(1, commits + 1):
        assert play(morning, (at,), after=after)[0] == order
    every = tuple(range(2, 2 * commits, 3 if LONG else 7))
    assert play(morning, every, after=after)[0] == order


def test_deadlines_keep_the_time_they_had_left_on_another_clock() -> None:
    """The old process counts from 0 to 1005 s, the new one from 0 again: of 15 s of ringing 10 are left."""
    journal = MemoryJournal()

    async def before(on: House) -> None:
        await passes(1000)
        desk = on.desk(BRANDT)
        desk.say(m.Ready(headset=True))
        await desk.until(lambda d: len(d.all(m.DeskState)) > 1)
        on.booth(SITES[0]).say(m.PlaceCall(VisitId("v")), CallId("v/1"))
        await desk.until(lambda d: d.all(m.Offer))
        await passes(5)
        other = on.desk(SEIDEL)
        await other.until(lambda d: d.all(m.DeskState))
        await other.until(lambda d: on.names().count("platz.angemeldet") == 2)

    play(before, house=lambda: House(journal))
    left = len(journal.read())

    async def afterwards(on: House) -> float:
        began_s = asyncio.get_running_loop().time()
        desk, booth = on.desk(BRANDT), on.booth(SITES[0])
        await desk.until(lambda d: d.all(m.Withdrawn))
        assert not booth.all(m.CallEnded)
        return asyncio.get_running_loop().time() - began_s

    lasted_s = play(afterwards, house=lambda: House(journal))
    assert 9.9 <= lasted_s <= 10.1
    assert journal.read()[left].name == "vermittlung.gestartet"


def test_who_does_not_come_back_is_missed() -> None:
    """A desk has its seat for the grace time; a booth's call is kept for its own; then neither blocks anybody."""

    journal = MemoryJournal()

    async def before(on: House) -> None:
        booth, desk = on.booth(SITES[0]), on.desk(BRANDT)
        desk.say(m.Ready(headset=True))
        booth.say(m.PlaceCall(VisitId("v")), CallId("v/1"))
        await desk.until(lambda d: d.all(m.Offer))

    async def afterwards(on: House) -> None:
        await passes(0.1)
        assert on.phoenix.exchange is not None
        router = on.phoenix.exchange.router
        seat = router.desk(BRANDT)
        assert seat is not None
        assert (seat.mode, len(router.calls())) == (DeskMode.RINGING, 1)
        await passes(RULES.desk_grace_us / S + RULES.booth_grace_us / S)
        assert (seat.mode, router.calls()) == (DeskMode.OFF, [])

    play(before, house=lambda: House(journal))
    play(afterwards, house=lambda: House(journal))


def test_who_cannot_know_that_the_exchange_is_gone_has_time_to_notice() -> None:
    """Taken over from one that was cut off: a talk waits for both ends as long as each may take it for alive."""
    journal, unaware_s = MemoryJournal(), 85.0

    def succeeds() -> House:
        on = House(journal)
        on.phoenix.unaware_s = unaware_s
        return on

    async def before(on: House) -> None:
        booth, desk = on.booth(SITES[0]), on.desk(BRANDT)
        desk.say(m.Ready(headset=True))
        booth.say(m.PlaceCall(VisitId("v")), CallId("v/1"))
        await desk.until(lambda d: d.all(m.Offer))
        desk.say(m.Accept(), CallId("v/1"))
        await booth.until(lambda b: b.all(m.Answered))

    def modes(on: House) -> list[CallMode]:
        assert on.phoenix.exchange is not None
        return [call.mode for call in on.phoenix.exchange.router.calls()]

    async def both_come(on: House) -> None:
        await passes(unaware_s - 0.5)
        on.booth(SITES[0]), on.desk(BRANDT)
        await passes(3 * unaware_s)
        assert modes(on) == [CallMode.CONNECTED]

    async def nobody_comes(on: House) -> None:
        await passes(unaware_s + RULES.desk_grace_us / S - 0.5)
        assert modes(on) == [CallMode.CONNECTED]
        await passes(RULES.booth_grace_us / S)
        assert modes(on) == []

    play(before, house=lambda: House(journal))
    play(both_come, house=succeeds)
    play(nobody_comes, house=succeeds)


def test_an_end_is_noted_once_however_often_it_is_told() -> None:
    async def scenario(on: House) -> None:
        on.booth(SITES[0], "one").say(m.VisitEnded(VisitId("v1"), Outcome.ADVICE))
        await passes(2)
        await on.leave()
        again = on.booth(SITES[0], "two")
        for visit in ("v1", "v2"):
            again.say(m.VisitEnded(VisitId(visit), Outcome.LEFT))
        await passes(2)
        ended = [(entry.subject, entry.detail) for entry in on.journal.read() if entry.name == "besuch.beendet"]
        assert ended == [("v1", Outcome.ADVICE.value), ("v2", Outcome.LEFT.value)]

    for kills in ((), (2,), (3,), (4,), (3, 6)):
        play(scenario, kills, after=True)


def test_a_damaged_log_begins_all_links_anew_and_keeps_the_good_part_of_the_queue() -> None:
    journal = MemoryJournal()

    async def before(on: House) -> None:
        for site in SITES[:2]:
            booth = on.booth(site)
            booth.say(m.PlaceCall(VisitId(f"v-{site}")), CallId(f"v-{site}/1"))
            await booth.until(lambda b: b.all(m.Queued))

    async def afterwards(on: House) -> None:
        late, early = on.booth(SITES[1]), on.booth(SITES[0])
        await early.until(lambda b: b.ups)
        await late.until(lambda b: b.ups)
        desk = on.desk(BRANDT)
        desk.say(m.Ready(headset=True))
        await desk.until(lambda d: d.all(m.Offer))
        assert desk.all(m.Offer) == [CallId(f"v-{SITES[0]}/1")]

    play(before, house=lambda: House(journal))
    lines = journal.kept("peer/")
    journal.append([Entry("", DAMAGED, "", "gut bis Eintrag 5")])
    play(afterwards, house=lambda: House(journal))
    assert journal.kept("peer/").keys() >= lines.keys()
    assert not set(journal.kept("peer/").values()) & set(lines.values())


def test_a_submission_is_kept_by_the_booth_until_the_office_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after half of the parts: none of them was acknowledged, so all of them come again."""
    monkeypatch.setattr("lisa_core.exchange.inbox.intake.verify", lambda package, key: _Sealed())
    package = b"x" * 1000
    parts = [
        m.SubmissionPart("sub", OfficeId("wohngeldstelle"), i, 5, sha256(package), _part(package, i)) for i in range(5)
    ]

    async def scenario(on: House) -> list[str]:
        booth = on.booth(SITES[0])
        for part in parts[:3]:
            booth.say(part)
        await passes(2)  # acknowledgements are due long since
        booth.say(m.PlaceCall(VisitId("v")), CallId("v/1"))
        await booth.until(lambda b: b.all(m.Queued))
        for part in parts[3:]:
            booth.say(part)
        await booth.until(lambda b: b.all(m.SubmissionReceived))
        await passes(2)
        assert len(booth.all(m.SubmissionReceived)) == 1
        return list(on.inbox.packages())

    commits = 8
    for kills in ((), *((at,) for at in range(2, commits))):
        for after in (False, True):
            assert len(play(scenario, kills, after=after)) == 1, "received once"


class _Sealed:
    office = OfficeId("wohngeldstelle")
    handed_in_at = MONDAY.isoformat()
    papers_only = False


def _part(package: bytes, index: int) -> str:
    return base64.b64encode(package[index * 200 : (index + 1) * 200]).decode()
