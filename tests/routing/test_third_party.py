"""The exchange while a third party does what nobody should: Frau Brandt and Templin go on talking."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest

from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.errors import DeviceFault, MachineError, ProtocolError, Side
from lisa_core.domain.model.ids import AgentId, LegId, SiteId, VisitId
from lisa_core.exchange import admission, executor
from lisa_core.exchange.admission import NO_HELLO
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.peers.hello import HELLO_S, MAX_UNNAMED
from lisa_core.exchange.peers.pace import AT_ONCE, BY_HAND, PARTS, PER_S, SHARE
from lisa_core.exchange.peers.peers import Peer as ServedPeer
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.host.clock import Clock
from lisa_core.store.inbox import MemoryInbox
from lisa_core.store.journal import MemoryJournal
from lisa_core.wire import envelope
from lisa_core.wire import messages as m
from lisa_core.wire.channel import MemoryChannel, memory_channels
from lisa_core.wire.envelope import LinkEnd, decode
from lisa_core.wire.uplink import LinkUp, Uplink
from tests.routing.office import BRANDT, PETERSEN, SEIDEL, SITES, directory
from tests.routing.test_exchange import CALL, MONDAY, Peer, hello_of, talking

TEMPLIN, OTHER = SITES[0], SITES[1]
DESK = m.DeskHello(SEIDEL, "fremd", secret="aa")


class House:
    """An exchange in memory, and whoever dials it."""

    def __init__(self) -> None:
        self.journal = MemoryJournal()
        self.exchange = Exchange(directory(), Rules(), self.journal, MemoryInbox(), Clock(MONDAY))
        self.tasks: list[asyncio.Task[None]] = [asyncio.create_task(self.exchange.run())]

    def dial(self, door: str = "attend_desk") -> MemoryChannel:
        here, there = memory_channels()
        attend: Callable[[Any], Coroutine[Any, Any, None]] = getattr(self.exchange, door)
        self.tasks.append(asyncio.create_task(attend(there)))
        return here

    async def connect(self, who: AgentId | SiteId, secret: str = "") -> Peer:
        peer = Peer(self.dial("attend_booth" if who in SITES else "attend_desk"))
        await peer.say(hello_of(who, secret))
        await peer.hear(m.Welcome)
        return peer

    def served(self, agent: AgentId) -> ServedPeer:
        return self.exchange._desks[agent]

    async def goes_on(self, desk: Peer, booth: Peer) -> None:
        """Both still talk, and somebody new finds an agent."""
        await desk.say(m.AskPreview("d"), CALL)
        await booth.hear(m.AskPreview)
        await booth.say(m.Notice("door.open", "Tür"), CALL)
        await desk.hear(m.Notice)
        await desk.say(m.HangUp(), CALL)
        await booth.hear(m.CallEnded)


def play(scenario: Callable[[House], Awaitable[None]]) -> None:
    async def run() -> None:
        async with _house() as house:
            await scenario(house)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(run())


@contextlib.asynccontextmanager
async def _house() -> AsyncIterator[House]:
    house = House()
    try:
        yield house
        assert not house.tasks[0].done(), house.tasks[0]
    finally:
        for task in house.tasks:
            task.cancel()
        await asyncio.gather(*house.tasks, return_exceptions=True)


def raw(kind: str, call: str = "", number: int = 1, **body: Any) -> str:
    return json.dumps({"v": 1, "id": number, "ack": 0, "type": kind, "call": call, "body": body})


async def refusal(channel: MemoryChannel) -> m.Refused:
    """The next one."""
    while True:
        body = decode(await channel.receive()).body
        if isinstance(body, m.Refused):
            return body


async def is_cut(channel: MemoryChannel) -> None:
    """Everything that is said before is read."""
    with contextlib.suppress(DeviceFault):
        while True:
            await channel.receive()


BAD = {
    "visit": raw("call.place", "v/9", visit="\ud800"),
    "call": raw("call.accept", "\ud800"),
    "call with NUL": raw("call.accept", "\0"),
    "token": raw("appointment.cancel", token="\ud800"),
    "token with NUL": raw("appointment.show", token="\0"),
    "start": raw("appointment.book", office="wohngeld", start="\ud800"),
    "relayed field": raw("case.field", CALL, field="\ud800", value="", revision=1),
    "relayed SDP": raw("media.answer", CALL, leg="v/1.1", sdp="\ud83d"),
    "relayed umlauts": raw("case.field", CALL, field="f", value="ü" * 200_000, revision=1),
    "number": raw("desk.pause", number=10**400),
    "depth": "[" * 100_000,
    "NaN": '{"v":1,"id":1,"ack":NaN}',
    "a key twice": raw("desk.pause").replace("{", '{"v":1,', 1),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_message_is_refused_and_nobody_else_notices(what: str) -> None:
    async def scenario(on: House) -> None:
        desk, booth = await talking(on.connect)
        stranger = on.dial()
        await stranger.send(LinkEnd().send(DESK))
        await stranger.send(BAD[what])
        assert (await refusal(stranger)).code == "protocol"
        await desk.write(BAD[what])  # from the one who talks, too: it would have been relayed to the booth
        assert (await desk.hear(m.Refused)).code == "protocol"
        await on.goes_on(desk, booth)
        told = [(e.subject, e.detail) for e in on.journal.read() if e.name == "nachricht.unlesbar"]
        assert sorted(told) == sorted({(SEIDEL, ""), (BRANDT, "")}), "of whom, once, and nothing of what it was"

    play(scenario)


def test_what_nobody_foresaw_ends_that_connection_and_is_not_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was with a sealed package of which a date could not be read."""

    def strange(*_: Any) -> None:
        raise ValueError("Frau Geheim, 12.08.1949")

    monkeypatch.setattr(executor, "diary_for", strange)

    async def scenario(on: House) -> None:
        desk, booth = await talking(on.connect)
        stranger, end = on.dial(), LinkEnd()
        await stranger.send(end.send(DESK))
        await stranger.send(end.send(m.AskDiary()))
        refused = await refusal(stranger)
        assert (refused.code, "appointment.ask" in refused.text, "Geheim" in refused.text) == ("fault", True, False)
        await is_cut(stranger)
        again = on.dial()
        await again.send(end.send(replace(DESK, seen=end.seen)))
        end.receive(await again.receive())
        await again.send(end.send(m.Pause()))
        assert end.resume(1) == end.resume(0), "it counts as dealt with"
        assert [(e.subject, e.detail) for e in on.journal.read() if e.name == "nachricht.fehler"] == [
            (SEIDEL, "appointment.ask")
        ]
        await on.goes_on(desk, booth)

    play(scenario)


def test_who_acknowledges_nothing_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(on: House) -> None:
        desk, booth = await talking(on.connect)
        hello = m.BoothHello(OTHER, "fremd", secret="aa")
        stranger, end = on.dial("attend_booth"), LinkEnd()
        await stranger.send(end.send(hello))
        for number in range(60):
            await stranger.send(raw("call.place", f"w/{number}", 2 * number + 1, visit="w"))
            await stranger.send(raw("call.cancel", f"w/{number}", 2 * number + 2, reason="citizen"))
        refused = await refusal(stranger)
        while refused.code != "behind":
            refused = await refusal(stranger)
        await is_cut(stranger)
        former = on.exchange._booths[OTHER]
        assert former.given_up
        assert not [key for key in on.journal.kept("out/") if former.line in key], "no letter is kept for it"
        again = on.dial("attend_booth")
        await again.send(end.send(hello))
        welcome = decode(await again.receive()).body
        assert isinstance(welcome, m.Welcome)
        assert (welcome.line == former.line, on.exchange._booths[OTHER].given_up) == (False, False)
        await on.goes_on(desk, booth)

    monkeypatch.setattr(envelope, "MAX_UNACKED", 50)
    play(scenario)


def test_asking_again_and_again_costs_one_message_of_memory() -> None:
    async def scenario(on: House) -> None:
        desk, booth = await talking(on.connect)
        stranger, end = on.dial(), LinkEnd()
        await stranger.send(end.send(DESK))
        for _ in range(300):
            await stranger.send(end.send(m.AskDiary()))
        await stranger.send(end.send(m.Unbook("x")))
        while not isinstance(decode(await stranger.receive()).body, m.Refused):
            """Diaries."""
        assert len(on.served(SEIDEL).link.unacked) < 10
        await on.goes_on(desk, booth)

    play(scenario)


def test_who_floods_waits_and_others_have_their_turn() -> None:
    async def scenario(on: House) -> None:
        desk, booth = await talking(on.connect)
        flood, end, longest, most = on.dial(), LinkEnd(), 0, AT_ONCE // BY_HAND
        queue = on.exchange._queue
        put = queue.put_nowait

        def counted(item: Any) -> None:
            nonlocal longest
            put(item)
            longest = max(longest, queue.qsize())

        queue.put_nowait = counted
        await flood.send(end.send(DESK))
        for _ in range(most + 100):
            await flood.send(end.send(m.Pause()))
        began_s = asyncio.get_running_loop().time()
        newcomer = await on.connect(PETERSEN)
        await newcomer.say(m.Ready(headset=True))
        await newcomer.hear(m.DeskState, lambda state: state.state == "bereit")
        await on.goes_on(desk, booth)
        assert asyncio.get_running_loop().time() - began_s < 1
        assert longest <= SHARE + 10, "others do not stand behind all of it"
        while on.served(SEIDEL).handled < most + 100:
            await flood.receive()
        assert 4 < asyncio.get_running_loop().time() - began_s < 8, "twenty in a second beyond the first two hundred"
        assert [e.subject for e in on.journal.read() if e.name == "nachricht.zu_schnell"] == [SEIDEL], "told once"

    play(scenario)


@pytest.mark.parametrize("door", ["attend_desk", "attend_booth"])
def test_what_takes_long_to_read_counts_as_many(door: str) -> None:
    async def scenario(on: House) -> None:
        desk, booth = await talking(on.connect)
        flood, times, counts = on.dial(door), 12, 100_000 // PARTS
        await flood.send(LinkEnd().send(DESK if door == "attend_desk" else m.BoothHello(OTHER, "s", secret="aa")))
        began_s = asyncio.get_running_loop().time()
        for number in range(times):
            await flood.send(("[{,"[number % 3]) * 100_000)
        await on.goes_on(desk, booth)
        assert asyncio.get_running_loop().time() - began_s < 1
        for _ in range(times):
            assert (await refusal(flood)).code == "protocol"
        took_s = asyncio.get_running_loop().time() - began_s
        assert took_s == pytest.approx((times * counts - AT_ONCE) / PER_S, abs=1)

    play(scenario)


def test_a_second_booth_is_refused_and_the_real_one_is_told() -> None:
    async def scenario(on: House) -> None:
        booth = await on.connect(TEMPLIN, "ours")
        await booth.say(m.PlaceCall(VisitId("v")), CALL)
        for _ in range(2):
            second = on.dial("attend_booth")
            await second.send(LinkEnd().send(m.BoothHello(TEMPLIN, "s", secret="fremd")))
            refused = await refusal(second)
            assert (refused.code, "ist schon verbunden" in refused.text) == ("occupied", True)
            await is_cut(second)
        assert (await booth.hear(m.Refused)).code == "double"
        await booth.say(m.Pause())
        assert (await booth.hear(m.Refused)).code == "direction", "it goes on"
        assert [e.subject for e in on.journal.read() if e.name == "buero.doppelt"] == [TEMPLIN]

    play(scenario)


def test_the_same_program_takes_the_place_of_its_own_dead_connection_at_once() -> None:
    async def scenario(on: House) -> None:
        desk, booth = await talking(lambda who: on.connect(who, "ours"))
        dead, booth.channel = booth.channel, on.dial("attend_booth")
        await booth.say(replace(hello_of(TEMPLIN, "ours"), seen=booth.link.seen))
        await booth.hear(m.Welcome)
        await is_cut(dead)
        await on.goes_on(desk, booth)
        names = [entry.name for entry in on.journal.read()]
        assert names.count("buero.getrennt") == 0

    play(scenario)


def test_a_secret_is_kept_nowhere() -> None:
    async def scenario(on: House) -> None:
        await on.connect(TEMPLIN, "c0ffee" * 5)
        desk = await on.connect(BRANDT, "c0ffee" * 5)
        await desk.say(m.Ready())
        await desk.hear(m.Refused)
        assert "c0ffee" not in repr((on.journal.kept(), on.journal.read(), on.served(BRANDT)))

    play(scenario)


def test_an_agent_goes_on_elsewhere_and_the_first_place_is_told() -> None:
    async def scenario(on: House) -> None:
        desk, booth = await talking(lambda who: on.connect(who, "first"))
        second = on.dial()
        await second.send(LinkEnd().send(hello_of(BRANDT, "second")))
        refused = await refusal(second)
        assert (refused.code, on.exchange.is_taken(BRANDT)) == ("occupied", True)
        there = Peer(on.dial())
        await there.say(m.DeskHello(BRANDT, "s", secret="second", take=True))
        assert (await there.hear(m.Taken)).leg == LegId("v/1.2")
        assert (await desk.hear(m.Refused, lambda refused: refused.code == "taken")).text.startswith("An diesem Platz")
        await is_cut(desk.channel)
        await on.goes_on(there, booth)
        assert on.exchange.is_taken(BRANDT)

    play(scenario)


def test_who_says_nothing_has_to_go_and_makes_room() -> None:
    async def scenario(on: House) -> None:
        desk, booth = await talking(on.connect)
        silent = [on.dial() for _ in range(MAX_UNNAMED + 50)]
        began_s = asyncio.get_running_loop().time()
        await on.connect(OTHER)
        for channel in silent[:50]:
            assert (await refusal(channel)).code == "silent"
            await is_cut(channel)
        assert asyncio.get_running_loop().time() == began_s
        await is_cut(silent[-1])
        assert asyncio.get_running_loop().time() - began_s == HELLO_S
        assert not [entry for entry in on.journal.read() if entry.name == NO_HELLO], "a look at the port is no hello"
        await on.goes_on(desk, booth)

    play(scenario)


def test_a_wrong_hello_is_told_and_a_fault_of_ours_after_a_right_one_is_not_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*given: Any) -> None:
        raise ProtocolError("too large", Side.LOCAL)

    async def scenario(on: House) -> None:
        def told() -> int:
            return sum(entry.name == NO_HELLO for entry in on.journal.read())

        with monkeypatch.context() as broken:
            broken.setattr(admission, "greet", fail)
            channel = on.dial()
            await channel.send(LinkEnd().send(hello_of(BRANDT, "a")))
            with pytest.raises(ProtocolError, match="too large"):
                await on.tasks[-1]
        assert told() == 0
        channel = on.dial()
        await channel.send("{}")
        assert (await refusal(channel)).code == "hello"
        await is_cut(channel)
        await on.connect(BRANDT)
        assert told() == 1

    play(scenario)


def test_who_was_held_up_before_its_hello_is_not_sent_away_for_good() -> None:
    async def scenario(on: House) -> None:
        dials = 0

        async def dial() -> MemoryChannel:
            nonlocal dials
            dials += 1
            channel = on.dial("attend_booth")
            if dials == 1:
                with contextlib.suppress(TimeoutError):  # the whole machine stood still
                    await asyncio.wait_for(asyncio.Event().wait(), HELLO_S + 1)
            return channel

        uplink = Uplink(dial, lambda seen: m.BoothHello(TEMPLIN, "s", seen, secret="aa"))
        running = asyncio.create_task(uplink.run())
        assert isinstance(await uplink.inbox.get(), LinkUp)
        assert dials == 2
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    play(scenario)


def test_what_waits_for_the_disk_is_not_told_to_who_comes_back_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MachineError("Der Speicherplatz reicht nicht.")

    async def scenario(on: House) -> None:
        booth = await on.connect(TEMPLIN, "ours")
        with monkeypatch.context() as disk:
            disk.setattr(on.journal, "append", full)
            await booth.say(m.PlaceCall(VisitId("v")), CALL)
            await booth.hear(m.Ack)
            booth.channel = on.dial("attend_booth")
            await booth.say(replace(hello_of(TEMPLIN, "ours"), seen=booth.link.seen))
            await booth.hear(m.Welcome)
            with pytest.raises(TimeoutError):
                await booth.hear(m.Queued)
        await booth.hear(m.Queued)

    play(scenario)


def test_what_grows_too_large_on_its_way_is_refused_to_who_sent_it() -> None:
    async def scenario(on: House) -> None:
        desk, booth = await talking(on.connect)
        room = envelope.MAX_BYTES - len(desk.link.send(m.AskPreview(""), CALL))
        desk.link.withdraw(("case.",))
        await desk.say(m.AskPreview("x" * room), CALL)  # where it comes from does not fit in any more
        assert (await desk.hear(m.Refused)).code == "size"
        await on.goes_on(desk, booth)

    play(scenario)
