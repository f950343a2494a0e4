"""A desk played by a script: media never hold it up, and what happened there is seen however soon it is over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.desk.history import over
from lisa_core.domain.model.call_words import ConsultStage
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.ids import AgentId, CallId, LegId, OfficeId
from lisa_core.domain.model.media.media_ways import RelayTrouble
from lisa_core.equipment.slots.call import MediaFactory
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.wire import messages as m
from lisa_core.wire.channel import Channel, memory_channels
from lisa_core.wire.envelope import Envelope, LinkEnd

CALL, LEG = CallId("c1"), LegId("l1")
FORWARDED = m.CallEnded("forwarded")


def state(word: str) -> m.DeskState:
    return m.DeskState(word, 0, (), ())


OFFER = m.Offer("Templin", 0)


class Leg:
    """A leg that answers, and closes, when it is let."""

    def __init__(self) -> None:
        self.may_answer, self.may_close = asyncio.Event(), asyncio.Event()
        self.closed = False
        self.relay_trouble: RelayTrouble | None = None

    async def answer(self, offer: str) -> str:
        await self.may_answer.wait()
        return "answer"

    async def offer(self) -> str:
        return await self.answer("")

    def document_frame(self) -> str:
        return "the table, and no cover yet"

    async def aclose(self) -> None:
        await self.may_close.wait()
        self.closed = True


class Media:
    def __init__(self) -> None:
        self.legs: list[Leg] = []
        self.new: asyncio.Queue[Leg] = asyncio.Queue()

    async def desk_leg(self, name: str, **of: Any) -> Leg:
        self.legs.append(Leg())
        self.new.put_nowait(self.legs[-1])
        return self.legs[-1]

    colleague_leg = desk_leg


class Exchange:
    """The other end of the link, word by word."""

    def __init__(self, channel: Channel) -> None:
        self._channel, self._link = channel, LinkEnd()

    async def tell(self, *bodies: Any) -> None:
        for body in bodies:
            await self._channel.send(self._link.send(body, CALL))

    async def hear(self, kind: type[m.Message]) -> Envelope:
        """The next of these that the desk says."""
        while True:
            heard = self._link.receive(await self._channel.receive())
            if heard is not None and isinstance(heard.body, kind):
                return heard


@asynccontextmanager
async def at_work() -> AsyncIterator[tuple[DeskClient, Exchange, Media]]:
    here, there = memory_channels()
    exchange, media = Exchange(there), Media()

    async def dial() -> Channel:
        return here

    await exchange.tell(m.Welcome("s", 0, "Frau Brandt", "LISA-Team", "line"), state("bereit"))
    async with open_desk(AgentId("brandt"), cast("MediaFactory", media), dial, "s") as desk:
        try:
            yield desk, exchange, media
        finally:
            for leg in media.legs:
                leg.may_close.set()


def play(work: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(work)


def test_what_was_forwarded_and_came_back_at_once_is_seen_as_forwarded_while_its_leg_still_closes() -> None:
    async def story() -> None:
        async with at_work() as (desk, exchange, media):
            await exchange.tell(OFFER, m.Taken(LEG, "Templin"), m.MediaOffer(LEG, "offer"))
            await media.new.get()
            desk.forward(OfficeId("wohngeldstelle"))
            back = (FORWARDED, OFFER, m.Withdrawn("unanswered"), state("abwesend"))
            await exchange.tell(*back)  # all of it in one go, and nothing of its media has even been set up
            found = await desk.happened(lambda body: body == FORWARDED, "weitergeleitet", instead=over)
            assert (found, desk.state, media.legs[0].closed) == (FORWARDED, "abwesend", False)

    play(story())


def test_what_can_no_longer_come_is_told_at_once_with_what_came_instead() -> None:
    async def story() -> None:
        async with at_work() as (desk, exchange, _):
            await exchange.tell(OFFER, m.Taken(LEG, "Templin"))
            await desk.until(lambda d: d.taken, "taken")
            desk.forward(OfficeId("wohngeldstelle"))
            await exchange.tell(m.CallEnded("citizen"), state("bereit"))
            began_s = asyncio.get_running_loop().time()
            with pytest.raises(AssertionError, match="weitergeleitet – stattdessen: die Bürgerin ist gegangen"):
                await desk.happened(lambda body: body == FORWARDED, "weitergeleitet", instead=over)
            assert asyncio.get_running_loop().time() - began_s < 1
            with pytest.raises(AssertionError, match=r"es klingelt – nicht innerhalb von 30 s\. Gekommen ist: nichts"):
                await desk.until(lambda d: d.offer, "es klingelt")

    play(story())


def test_the_next_leg_is_there_while_the_one_before_still_closes() -> None:
    async def story() -> None:
        async with at_work() as (desk, exchange, media):
            for name in ("l1", "l2"):
                await exchange.tell(m.Taken(LegId(name), "Templin"), m.MediaOffer(LegId(name), "offer"))
                (await media.new.get()).may_answer.set()
                await desk.until(lambda d: d.leg is media.legs[-1], "it is answered")
            assert [leg.closed for leg in media.legs] == [False, False]
        assert all(leg.closed for leg in media.legs)  # but leaving the desk waits for them

    play(story())


def test_that_a_colleague_is_not_reached_belongs_to_the_call_in_which_she_was_asked() -> None:
    async def story() -> None:
        async with at_work() as (desk, exchange, media):
            asked = m.ConsultState(ConsultStage.TALKING, "Wohngeldstelle", "Frau Yilmaz", LegId("l2"), CallId("q1"))
            await exchange.tell(m.Taken(LEG, "Templin"), asked)
            leg = await media.new.get()
            await exchange.tell(m.Withdrawn("unanswered"))
            await desk.until(lambda d: d.withdrawn, "withdrawn")
            leg.relay_trouble = RelayTrouble.EXPIRED
            leg.may_answer.set()
            assert (await exchange.hear(m.RelayMissing)).call == CALL

    play(story())


@pytest.mark.parametrize(("hides", "shows"), [("door.open", "door.closed"), ("citizen.away", "citizen.back")])
def test_the_table_is_hidden_as_soon_as_the_desk_is_told_while_pictures_of_it_still_come(
    hides: str, shows: str
) -> None:
    async def story() -> None:
        async with at_work() as (desk, exchange, media):
            await exchange.tell(OFFER, m.Taken(LEG, "Templin"), m.MediaOffer(LEG, "offer"))
            (await media.new.get()).may_answer.set()
            leg = await desk.until(lambda d: d.leg, "it is answered")
            assert desk.table() == leg.document_frame()
            await exchange.tell(m.Notice(hides, ""))
            await desk.until(lambda d: d.notices, "told")
            assert (desk.table(), leg.document_frame() is not None) == (None, True)
            await exchange.tell(m.Notice(shows, ""))
            await desk.until(lambda d: len(d.notices) == 2, "told")
            assert desk.table() == leg.document_frame()

    play(story())


def test_who_waits_at_a_desk_that_was_left_does_not_wait_for_ever() -> None:
    async def story() -> None:
        async with at_work() as (desk, _, _media):
            waiting = asyncio.create_task(desk.until(lambda d: d.offer, "es klingelt"))
            await asyncio.sleep(0)
        with pytest.raises(HarnessError, match="der Platz ist verlassen"):
            await waiting

    play(story())
