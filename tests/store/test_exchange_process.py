"""`lisa exchange --data` as a program of its own, killed with SIGKILL while two citizens wait and one talks."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from lisa_core.domain.model.ids import AgentId, CallId, SiteId, VisitId
from lisa_core.wire import messages as m
from lisa_core.wire.channel import dial
from lisa_core.wire.envelope import Envelope
from lisa_core.wire.uplink import LinkUp, Uplink
from tests.system.programs import LIMIT_S, Program, killed, started

TEMPLIN, ANGERMUENDE = SiteId("templin"), SiteId("angermuende")


class Caller:
    """A link over a real socket, and what came over it."""

    def __init__(self, address: str, hello: m.BoothHello | m.DeskHello) -> None:
        door = "booth" if isinstance(hello, m.BoothHello) else "desk"
        self.heard: list[tuple[CallId, Any]] = []
        self.ups: list[bool] = []
        self.link = Uplink(partial(dial, f"ws://{address}/ws/{door}"), lambda seen: replace(hello, seen=seen))

    async def until(self, kind: type, times: int = 1) -> list[CallId]:
        """The calls of all messages of this kind, once there are so many."""
        async with asyncio.timeout(LIMIT_S):
            while len(found := [call for call, body in self.heard if isinstance(body, kind)]) < times:
                await self._next()
        return found

    async def up(self, times: int) -> None:
        async with asyncio.timeout(LIMIT_S):
            while len(self.ups) < times:
                await self._next()

    async def _next(self) -> None:
        item = await self.link.inbox.get()
        if isinstance(item, Envelope):
            self.heard.append((item.call, item.body))
        elif isinstance(item, LinkUp):
            self.ups.append(item.fresh)


def test_after_a_kill_the_talk_goes_on_and_the_queue_is_as_it_was(tmp_path: Path) -> None:
    asyncio.run(_scenario(tmp_path))


async def _scenario(home: Path) -> None:
    async with contextlib.AsyncExitStack() as stack:
        exchange, address = await _exchange(stack, home, "127.0.0.1:0")
        brandt, seidel = (Caller(address, m.DeskHello(AgentId(name), "s")) for name in ("brandt", "seidel"))
        first, second = (Caller(address, m.BoothHello(site, "s")) for site in (TEMPLIN, ANGERMUENDE))
        tasks = [asyncio.create_task(each.link.run()) for each in (brandt, seidel, first, second)]
        stack.push_async_callback(asyncio.gather, *tasks, return_exceptions=True)
        for task in tasks:
            stack.callback(task.cancel)
        brandt.link.send(m.Ready(headset=True))
        first.link.send(m.PlaceCall(VisitId("a")), CallId("a/1"))
        await brandt.until(m.Offer)
        brandt.link.send(m.Accept(), CallId("a/1"))
        await first.until(m.Answered)
        second.link.send(m.PlaceCall(VisitId("b")), CallId("b/1"))
        await second.until(m.Queued)

        await asyncio.to_thread(killed, exchange)
        # While nobody is there she ends the talk and her colleague gets ready: both are said as soon as it is back.
        brandt.link.send(m.HangUp(), CallId("a/1"))
        await _exchange(stack, home, address)
        assert await first.until(m.CallEnded) == ["a/1"]
        seidel.link.send(m.Ready(headset=True))
        rung = brandt.until(m.Offer, 2), seidel.until(m.Offer)
        done, rest = await asyncio.wait(map(asyncio.ensure_future, rung), return_when=asyncio.FIRST_COMPLETED)
        assert [task.result()[-1] for task in done] == ["b/1"], "who waited is next, at one of the two desks"
        for task in rest:
            task.cancel()
        assert await first.until(m.Answered) == ["a/1"], "answered once, on one leg"
        await second.up(2)
        assert not any(up for each in (brandt, first, second) for up in each.ups), "no link had to begin anew"


async def _exchange(stack: contextlib.AsyncExitStack, home: Path, listen: str) -> tuple[Program, str]:
    program = stack.enter_context(started(home, "exchange", "--listen", listen, "--data", "vermittlung"))
    line = await asyncio.to_thread(program.until, "Vermittlung bereit")
    return program, line.rpartition("http://")[2].strip().rstrip("/")
