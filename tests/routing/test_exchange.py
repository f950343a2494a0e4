"""The rules through the exchange: what desks and booths say on the link, and what they hear."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.ids import AgentId, CallId, LegId, SiteId, VisitId
from lisa_core.domain.model.media.media_ways import MediaPlan, MediaWays, RelayTrouble
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.program import open_exchange
from lisa_core.host.clock import Clock
from lisa_core.wire import messages as m
from lisa_core.wire.channel import Channel, MemoryChannel, memory_channels
from lisa_core.wire.envelope import NO_CALL, Envelope, LinkEnd
from tests.routing.office import BRANDT, FRONT, HOUSING, PETERSEN, RENT, SEIDEL, SITES, VOGT, directory

TEMPLIN = SITES[0]
MONDAY = datetime.fromisoformat("2025-09-22T10:00+02:00")
CALL = CallId("v/1")


class Peer:
    """A booth or a desk that says what it is told to."""

    def __init__(self, channel: MemoryChannel) -> None:
        self.channel, self.link = channel, LinkEnd()
        self.heard: list[Envelope] = []

    async def say(self, body: Any, call: CallId = NO_CALL) -> None:
        await self.channel.send(self.link.send(body, call))

    async def write(self, text: str) -> None:
        await self.channel.send(text)

    async def hear(self, kind: type, where: Callable[[Any], bool] = bool) -> Any:
        """The next message of this kind for which `where` holds; what comes before is passed over."""
        async with asyncio.timeout(60):
            while True:
                envelope = self.link.receive(await self.channel.receive())
                if envelope is not None:
                    self.heard.append(envelope)
                    if type(envelope.body) is kind and where(envelope.body):
                        return envelope.body

    @property
    def call(self) -> CallId:
        return self.heard[-1].call


@contextlib.asynccontextmanager
async def house(
    data: Path | None = None, media: MediaPlan | None = None
) -> AsyncIterator[Callable[..., Awaitable[Peer]]]:
    """An exchange, in memory or in a folder; yields what connects a desk or a booth, also one that was known before."""
    clock = Clock(MONDAY)
    async with contextlib.AsyncExitStack() as stack:
        opening = open_exchange(replace(directory(), media=media or MediaPlan()), Rules(), clock, data)
        exchange = await stack.enter_async_context(opening)
        tasks = await stack.enter_async_context(asyncio.TaskGroup())
        attending: list[asyncio.Task[None]] = []
        stack.callback(lambda: [task.cancel() for task in attending])

        async def connect(who: AgentId | SiteId, known: Peer | None = None) -> Peer:
            here, there = memory_channels()
            attending.append(tasks.create_task(_attend(exchange, who, there)))
            peer = Peer(here)
            peer.link = known.link if known else peer.link
            await peer.say(replace(hello_of(who), seen=peer.link.seen))
            await peer.hear(m.Welcome)
            return peer

        yield connect


def hello_of(who: str, secret: str = "") -> m.BoothHello | m.DeskHello:
    """What this booth or desk says first."""
    if who in SITES:
        return m.BoothHello(SiteId(who), "s", secret=secret)
    return m.DeskHello(AgentId(who), "s", secret=secret)


async def _attend(exchange: Exchange, who: str, channel: Channel) -> None:
    await (exchange.attend_booth(channel) if who in SITES else exchange.attend_desk(channel))


async def talking(connect: Callable[[Any], Awaitable[Peer]]) -> tuple[Peer, Peer]:
    """Frau Brandt talks with somebody in Templin."""
    desk, booth = await connect(BRANDT), await connect(TEMPLIN)
    await desk.say(m.Ready(headset=True))
    await booth.say(m.PlaceCall(VisitId("v")), CALL)
    await desk.hear(m.Offer)
    await desk.say(m.Accept(), CALL)
    await desk.hear(m.Taken)
    await booth.hear(m.Answered)
    return desk, booth


def test_ready_without_headset_is_refused_on_the_link() -> None:
    async def play() -> None:
        async with house() as connect:
            desk = await connect(BRANDT)
            await desk.say(m.Ready())
            assert (await desk.hear(m.Refused)).code == "headset"
            await desk.say(m.Ready(headset=True))
            await desk.hear(m.DeskState, lambda state: state.state == "bereit")

    asyncio.run(play())


def test_two_desks_that_consult_exchange_media_and_nothing_else() -> None:
    async def play() -> None:
        async with house() as connect:
            desk, booth = await talking(connect)
            specialist = await connect(VOGT)
            await specialist.say(m.Ready(headset=True))
            await specialist.hear(m.DeskState, lambda state: state.state == "bereit")
            await desk.say(m.Consult(HOUSING, RENT), CALL)
            assert (await specialist.hear(m.Offer)).consult
            question = specialist.call
            await specialist.say(m.Accept(), question)
            state = await desk.hear(m.ConsultState, lambda state: state.state == "spricht")
            assert state.question == question
            await desk.say(m.AskPreview("x"), question)
            await desk.say(m.MediaOffer(state.leg, "sdp"), question)
            await specialist.hear(m.MediaOffer)
            assert not [e for e in specialist.heard if type(e.body) is m.AskPreview]
            await specialist.say(m.MediaAnswer(LegId(state.leg), "sdp"), question)
            await desk.hear(m.MediaAnswer)
            await desk.say(m.HandOver(), CALL)
            assert (await booth.hear(m.Answered)).agent == VOGT
            assert (await specialist.hear(m.Taken, lambda taken: not taken.consult)).site_name == "Templin"
            assert specialist.call == CALL

    asyncio.run(play())


def test_after_a_restart_nobody_begins_a_leg_without_ways(tmp_path: Path) -> None:
    """It is written that somebody answers, the booth has not heard it, and the exchange is gone: where nothing may go
    past the relay, the booth would offer its own addresses."""

    async def play() -> None:
        async with house(tmp_path / "x", media) as connect:
            desk, booth = await connect(BRANDT), await connect(TEMPLIN)
            await desk.say(m.Ready(headset=True))
            await booth.say(m.PlaceCall(VisitId("v")), CALL)
            await desk.hear(m.Offer)
            await desk.say(m.Accept(), CALL)
            await desk.hear(m.Taken)
        async with house(tmp_path / "x", media) as connect:
            again = await connect(TEMPLIN, booth)
            await again.hear(m.Answered)
            ways = [envelope.body for envelope in again.heard if isinstance(envelope.body, MediaWays)]
            assert [one.relay_only for one in ways] == [True]

    secret = tmp_path / "relais.geheim"
    secret.touch(mode=0o600)
    secret.write_text("a-secret-of-some-length", encoding="utf-8")
    media = MediaPlan((), ("turn:relais.example:3478",), str(secret), relay_only=True)
    asyncio.run(play())


def test_a_relay_that_gave_no_way_to_a_call_that_is_over_is_nobodys_matter() -> None:
    async def play() -> None:
        async with house() as connect:
            desk, booth = await talking(connect)
            await desk.say(m.HangUp(), CALL)
            await booth.hear(m.CallEnded)
            for late in (desk, booth):
                await late.say(m.RelayMissing(RelayTrouble.AWAY), CALL)
            await desk.say(m.AskDiary())
            await desk.hear(m.Diary)
            await booth.say(m.PlaceCall(VisitId("w")), CallId("w/1"))
            await booth.hear(m.Ringing)
            assert not [one for peer in (desk, booth) for one in peer.heard if isinstance(one.body, m.Refused)]

    asyncio.run(play())


def test_follow_up_appointment_gets_a_random_token() -> None:
    async def play() -> None:
        async with house() as connect:
            desk, booth = await talking(connect)
            tokens = set()
            for start in ("2025-09-24T09:30", "2025-09-24T10:30"):
                await desk.say(m.Book(HOUSING, start, RENT), CALL)
                tokens.add((await desk.hear(m.Booked)).token)
                assert (await booth.hear(m.AppointmentGiven)).token in tokens
            assert len(tokens) == 2
            await desk.say(m.Unbook(min(tokens)))
            assert len((await booth.hear(m.Appointments, lambda a: len(a.starts) == 1)).starts) == 1

    asyncio.run(play())


def test_other_desks_hear_the_new_numbers_a_moment_later() -> None:
    async def play() -> None:
        async with house() as connect:
            others = [await connect(agent) for agent in (SEIDEL, PETERSEN)]
            desk = await connect(BRANDT)
            await desk.say(m.Ready(headset=True))
            for other in others:
                await other.hear(m.DeskState, lambda state: state.offices[0].ready == 1)

    asyncio.run(play())


def test_desks_know_where_nobody_is_at_work() -> None:
    async def play() -> None:
        async with house() as connect:
            desk, specialist = await connect(BRANDT), await connect(VOGT)
            assert {FRONT, HOUSING} <= {*(await desk.hear(m.UnstaffedOffices)).offices}
            await specialist.say(m.Ready(headset=True))
            told = await desk.hear(m.UnstaffedOffices, lambda told: HOUSING not in told.offices)
            assert FRONT in told.offices
            anew = await connect(BRANDT)
            assert await anew.hear(m.UnstaffedOffices) == told, "nothing has changed since, but this page is new"

    asyncio.run(play())
