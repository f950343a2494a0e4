"""The dialled link of booth and desk: what it says by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import pytest

from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import AgentId, SiteId
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.wire import messages as m
from lisa_core.wire.channel import Channel, memory_channels
from lisa_core.wire.envelope import Envelope, LinkEnd
from lisa_core.wire.uplink import Dial, LinkBarred, LinkDown, LinkUp, Uplink


def test_acknowledgements_do_not_acknowledge_each_other_for_ever() -> None:
    """The exchange answers each, so that pages see that it is there; a booth that did so too would never be still."""

    async def run() -> int:
        here, there = memory_channels()

        async def dial() -> Channel:
            return here

        uplink = Uplink(dial, lambda seen: m.DeskHello(AgentId("brandt"), "s", seen))
        running = asyncio.create_task(uplink.run())
        end, said = LinkEnd(), 0
        await there.receive()
        await there.send(end.send(m.Welcome("s", 0, "Frau Brandt", "", "l")))
        await there.send(end.send(m.Withdrawn("citizen")))
        try:
            async with asyncio.timeout(60):
                while True:
                    end.receive(await there.receive())
                    said += 1
                    await there.send(end.send(m.Ack()))
        except TimeoutError:
            assert end.unacked == ()
            return said
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert runner.run(run()) == 1


async def _dialled(uplink_of: Callable[[Dial], Uplink]) -> tuple[Uplink, asyncio.Task[None], asyncio.Queue[Channel]]:
    """An uplink that runs, and the other ends of what it dials."""
    dialled: asyncio.Queue[Channel] = asyncio.Queue()

    async def dial() -> Channel:
        here, there = memory_channels()
        dialled.put_nowait(there)
        return here

    uplink = uplink_of(dial)
    return uplink, asyncio.create_task(uplink.run()), dialled


def _desk(dial: Dial) -> Uplink:
    return Uplink(dial, lambda seen: m.DeskHello(AgentId("brandt"), "s", seen, "aa"))


def _booth(dial: Dial) -> Uplink:
    return Uplink(dial, lambda seen: m.BoothHello(SiteId("templin"), "s", seen))


async def _answer(dialled: asyncio.Queue[Channel], end: LinkEnd, body: object) -> Channel:
    channel = await dialled.get()
    await channel.receive()
    await channel.send(end.send(body))
    return channel


def play(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())


def test_who_finds_its_place_occupied_tries_again_with_growing_pauses_and_is_let_in() -> None:
    async def scenario() -> None:
        uplink, running, dialled = await _dialled(_desk)
        loop, times = asyncio.get_running_loop(), list[float]()
        for _ in range(8):
            await _answer(dialled, LinkEnd(), m.Refused("occupied", "besetzt"))
            times.append(loop.time())
        assert times[1] - times[0] < 0.5
        assert times[-1] - times[-2] == 5.0
        await _answer(dialled, LinkEnd(), m.Welcome("s", 0, "Frau Brandt", "", "l"))
        assert isinstance(await uplink.inbox.get(), LinkUp)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    play(scenario)


def test_whose_place_is_taken_over_stays_down_and_does_not_fight() -> None:
    async def scenario() -> None:
        uplink, running, dialled = await _dialled(_desk)
        end = LinkEnd()
        channel = await _answer(dialled, end, m.Welcome("s", 0, "Frau Brandt", "", "l"))
        await channel.send(end.send(m.Refused("taken", "anderswo")))
        heard = [await uplink.inbox.get() for _ in range(3)]
        assert isinstance(heard[-1], LinkDown)
        assert heard[-1].why == "anderswo"
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(dialled.get(), 3600)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    play(scenario)


def test_a_booth_that_was_welcome_goes_on_asking_and_is_told_once_that_it_may_not_speak() -> None:
    """Its key was revoked in the middle, or its site is no longer in the directory; at the start that ends it."""

    async def scenario(first: m.Refused) -> None:
        uplink, running, dialled = await _dialled(_booth)
        channel = await _answer(dialled, LinkEnd(), m.Welcome("s", 0, "Templin", "", "l"))
        await channel.aclose()
        for _ in range(3):
            await _answer(dialled, LinkEnd(), first)
        await _answer(dialled, LinkEnd(), m.Welcome("s", 0, "Templin", "", "l"))
        heard = [await uplink.inbox.get() for _ in range(4)]
        assert [type(item) for item in heard] == [LinkUp, LinkDown, LinkBarred, LinkUp]
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    for first in (m.Refused("key", "gesperrt"), m.Refused("hello", "unbekannt")):
        play(partial(scenario, first))


def test_a_place_that_is_wrong_from_the_start_ends_the_program() -> None:
    async def scenario() -> None:
        _, running, dialled = await _dialled(_booth)
        await _answer(dialled, LinkEnd(), m.Refused("hello", "unbekannt"))
        with pytest.raises(LisaError, match="unbekannt"):
            await running

    play(scenario)


def test_what_the_link_does_not_know_is_passed_over() -> None:
    async def scenario() -> None:
        uplink, running, dialled = await _dialled(_desk)
        end = LinkEnd()
        channel = await _answer(dialled, end, m.Welcome("s", 0, "Frau Brandt", "", "l"))
        await channel.send('{"v":1,"id":1,"ack":0,"type":"of.tomorrow","call":"","body":{}}')
        await channel.send("[" * 1000)
        await channel.send(end.send(m.Withdrawn("citizen")))
        assert isinstance(await uplink.inbox.get(), LinkUp)
        heard = await uplink.inbox.get()
        assert isinstance(heard, Envelope)
        assert heard.body == m.Withdrawn("citizen")
        assert not running.done()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    play(scenario)


def test_what_no_message_can_hold_is_not_said_and_ends_nobody() -> None:
    async def scenario() -> None:
        uplink, running, _ = await _dialled(_desk)
        assert not uplink.send(m.Notice("", "\ud83d"))
        assert not uplink.send(m.Notice("", "ü" * 200_000))
        assert uplink.send(m.Notice("", "ü"))
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    play(scenario)
