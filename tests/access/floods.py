"""Whether others go on while somebody floods: real times of what they wait for, beside those just before and after."""

from __future__ import annotations

import asyncio
import contextlib
import os
import statistics
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.system.programs import LIMIT_S, Program

Ask = Callable[[], Awaitable[float]]
"""Does what somebody waits for, and returns how many seconds that took."""
LONG = os.environ.get("LISA_LONG") == "1"
TRIES, TRIES_IN_FLOODS, ROUNDS = (40, 40, 3) if LONG else (8, 25, 6)
MOST = 2 if LONG else 4
"""Times the usual, in the best of `ROUNDS`: beside other tests whoever floods takes its processor from the exchange as
well."""
FLOODING = 3
"""Tries that have got as far as they should before anybody measures, and again while it does."""
REFUSED = (ConnectionClosed, InvalidHandshake, OSError, EOFError)


class Flooded:
    """An exchange that runs as `program`, and somebody who floods it."""

    program: Program
    got: asyncio.Queue[None]
    """One for each try of a flood that has got as far as it should."""

    def asks(self) -> tuple[Ask, ...]:
        """What others wait for meanwhile."""
        raise NotImplementedError

    async def answers_s(self, tries: int, floods: int = 0) -> list[float]:
        """How long each of `asks` takes: the median of many, and of as many more as it takes until a flood has got as
        far as it should so often."""
        loop, took = asyncio.get_running_loop(), [(ask, list[float]()) for ask in self.asks()]
        until_s = loop.time() + LIMIT_S
        while len(took[0][1]) < tries or (self.got.qsize() < floods and loop.time() < until_s):
            for ask, times in took:
                async with asyncio.timeout(LIMIT_S):
                    times.append(await ask())
        return [statistics.median(times) for _, times in took]

    async def usual_again_s(self, tries: int, before_s: list[float], most: float) -> list[float]:
        """As `answers_s`, once what a flood left to be done is done; what goes on for longer is the flood's as well,
        and then it is as before."""
        until_s = asyncio.get_running_loop().time() + LIMIT_S
        for ask, usual_s in zip(self.asks(), before_s, strict=True):
            async with asyncio.timeout(LIMIT_S):
                while await ask() > most * usual_s:
                    if asyncio.get_running_loop().time() > until_s:
                        return before_s
        return await self.answers_s(tries)

    async def goes_on(self, meanwhile: Callable[[], Awaitable[None]] | None = None, most: float = MOST) -> None:
        """Everybody gets answers in at most `most` times the usual; of several rounds one has to be so, since the
        machine has other work as well."""
        told, tries = list[tuple[list[float], list[float]]](), TRIES_IN_FLOODS if meanwhile else TRIES
        usual_s = await self.answers_s(tries)
        for _ in range(ROUNDS):
            async with self.flooded(meanwhile) if meanwhile else contextlib.nullcontext():
                now_s = await self.answers_s(tries, FLOODING if meanwhile else 0)
            before_s, usual_s = usual_s, await self.usual_again_s(tries, usual_s, most)
            told.append(([*map(max, before_s, usual_s)], now_s))
            if all(now <= most * usual for usual, now in zip(*told[-1], strict=True)):
                break
        else:
            raise AssertionError(f"usual and now, in seconds: {told}")
        assert self.program.runs
        assert "Traceback" not in "".join(self.program.lines)

    @contextlib.asynccontextmanager
    async def flooded(self, flood: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
        """Somebody floods from before the body until after it, and gets as far as it should."""
        self.got = asyncio.Queue()
        flooding = asyncio.ensure_future(flood())
        try:
            for _ in range(FLOODING):
                await asyncio.wait_for(self.got.get(), LIMIT_S)
            self.got = asyncio.Queue()
            yield
            assert not flooding.done(), flooding
            assert self.got.qsize() >= FLOODING, "nothing floods"
        finally:
            flooding.cancel()
            await asyncio.gather(flooding, return_exceptions=True)


async def many(net: Flooded, work: Callable[[], Coroutine[Any, Any, None]], at_once: int) -> None:
    """Again and again, so many side by side, until somebody ends it; what is refused is tried again. `work` that comes
    to its end has got as far as it should."""

    async def again() -> None:
        while True:
            with contextlib.suppress(*REFUSED, AssertionError, TimeoutError):
                await work()
                net.got.put_nowait(None)
                continue
            await asyncio.sleep(0)  # what is refused at once, as where descriptors are out, leaves nobody else a turn

    async with asyncio.TaskGroup() as tasks:
        for _ in range(at_once):
            tasks.create_task(again())
