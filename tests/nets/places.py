"""Programs of ours in networks of their own, one thread and loop for each, and lines of messages between them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar

from lisa_core.wire.channel import Channel, lost
from tests.nets.namespaces import Net

T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Place(Generic[T]):
    """What runs there, and the loop in which it does."""

    it: T
    loop: asyncio.AbstractEventLoop

    async def do(self, act: Callable[[T], Coroutine[object, object, V]]) -> V:
        """Do it there."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(act(self.it), self.loop))

    async def until(self, true: Callable[[T], object], limit_s: float) -> None:
        """Wait there for something that cannot call."""

        async def looked(it: T) -> None:
            async with asyncio.timeout(limit_s):
                while not true(it):
                    await asyncio.wait((asyncio.get_running_loop().create_future(),), timeout=0.02)

        await self.do(looked)


@contextlib.asynccontextmanager
async def living(net: Net, opened: Callable[[], AbstractAsyncContextManager[T]]) -> AsyncIterator[Place[T]]:
    """Open it there; it is closed there as well, in the task that has opened it."""
    there: Future[Place[T]] = Future()
    over = asyncio.Event()

    async def life() -> None:
        async with opened() as it:
            there.set_result(Place(it, asyncio.get_running_loop()))
            await over.wait()

    with ThreadPoolExecutor(1) as thread:
        lived = asyncio.wrap_future(net.start(thread, life))
        begun = asyncio.wrap_future(there)
        await asyncio.wait((lived, begun), return_when=asyncio.FIRST_COMPLETED)
        if not begun.done():
            await lived  # raises what kept it from opening
        try:
            yield await begun
        finally:
            (await begun).loop.call_soon_threadsafe(over.set)
            await lived


class CrossingChannel:
    """One end of a line between two loops."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.inbox: asyncio.Queue[str | None] = asyncio.Queue()
        self.other: CrossingChannel | None = None

    async def send(self, text: str) -> None:
        self._put(text)

    async def receive(self) -> str:
        if (text := await self.inbox.get()) is None:
            self.inbox.put_nowait(None)
            raise lost("closed")
        return text

    async def aclose(self) -> None:
        self._put(None)
        self.inbox.put_nowait(None)

    def _put(self, text: str | None) -> None:
        if self.other is not None and not self.other.loop.is_closed():
            self.other.loop.call_soon_threadsafe(self.other.inbox.put_nowait, text)


def dialled_from(
    loop: asyncio.AbstractEventLoop, attend: Callable[[Channel], Awaitable[None]]
) -> Callable[[], Awaitable[Channel]]:
    """How a program in another loop dials who attends in this one."""
    attending: set[asyncio.Task[None]] = set()

    async def answered(caller: CrossingChannel) -> CrossingChannel:
        here = CrossingChannel()
        here.other = caller

        async def serve() -> None:
            await attend(here)

        task = asyncio.create_task(serve())
        attending.add(task)
        task.add_done_callback(attending.discard)
        return here

    async def dial() -> Channel:
        mine = CrossingChannel()
        mine.other = await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(answered(mine), loop))
        return mine

    return dial
