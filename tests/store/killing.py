"""Programs that die at a chosen commit: a journal that kills, and an exchange that is killed and started again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any, NoReturn

from lisa_core.domain.model.directory import Directory, Rules
from lisa_core.exchange.executor import Exchange
from lisa_core.host.clock import Clock
from lisa_core.store.inbox import Inbox
from lisa_core.store.journal import Entry, Journal, Kept
from lisa_core.wire.channel import Channel, MemoryChannel, lost, memory_channels


class Killed(Exception):
    """Stands for SIGKILL inside one process: nobody catches it, and what it leaves is thrown away."""


def killed() -> NoReturn:
    raise Killed


class Mortal:
    """A journal that kills its program at its `at`th commit: before it, or `after`, when it is durable but not told."""

    def __init__(
        self, inner: Journal, at: int = 0, *, after: bool = False, kill: Callable[[], NoReturn] = killed
    ) -> None:
        self.commits = 0
        self.told: tuple[str, ...] = getattr(inner, "told", ())
        self._inner, self._at, self._after, self._kill = inner, at, after, kill

    @property
    def count(self) -> int:
        return self._inner.count

    def append(self, entries: Iterable[Entry], kept: Kept | None = None) -> None:
        entries = list(entries)
        if not entries and not kept:
            return
        self.commits += 1
        if self.commits == self._at and not self._after:
            self._kill()
        self._inner.append(entries, kept)
        if self.commits == self._at:
            self._kill()

    def read(self, after: int = 0) -> list[Entry]:
        return self._inner.read(after)

    def kept(self, prefix: str = "") -> dict[str, str]:
        return self._inner.kept(prefix)

    def close(self) -> None:
        self._inner.close()


async def passes(seconds: float) -> None:
    """Time goes on, by the loop's own timer; in virtual time that costs none."""
    loop = asyncio.get_running_loop()
    passed = loop.create_future()
    loop.call_later(seconds, passed.set_result, None)
    await passed


class Phoenix:
    """An exchange in memory; `kills` says at which commits, counted over all its lives, it dies. It is back at once.

    `watch` sees every exchange that is started, before anybody is connected to it.
    """

    def __init__(self, directory: Directory, rules: Rules, clock: Clock, journal: Journal, inbox: Inbox) -> None:
        self.exchange: Exchange | None = None
        self.lives = 0
        self.watch: Callable[[Exchange], None] = lambda exchange: None
        self.unaware_s = 0.0
        self._parts = (directory, rules)
        self._journal, self._inbox, self._clock = Mortal(journal), inbox, clock
        self._mortal = self._journal
        self._connections: dict[asyncio.Task[None], MemoryChannel] = {}

    async def run(self, kills: Iterable[int] = (), *, after: bool = False) -> None:
        """Until cancelled."""
        try:
            for at in (*kills, 0):
                self._mortal = Mortal(self._journal, at - self.commits if at else 0, after=after)
                await self._live()
        finally:
            await self._cut()

    @property
    def commits(self) -> int:
        """How many there were in all its lives."""
        return self._journal.commits

    async def _live(self) -> None:
        exchange = Exchange(*self._parts, self._mortal, self._inbox, self._clock, unaware_s=self.unaware_s)
        self.lives += 1
        self.watch(exchange)
        self.exchange = exchange
        with contextlib.suppress(Killed):
            await exchange.run()
        self.exchange = None
        await self._cut()

    async def _cut(self) -> None:
        connections, self._connections = self._connections, {}
        for task, channel in connections.items():
            task.cancel()
            await channel.aclose()
        await asyncio.gather(*connections, return_exceptions=True)

    async def dial(self, door: str) -> Channel:
        """As `wire.channel.dial` would reach it; `door` is "attend_booth" or "attend_desk"."""
        if self.exchange is None:
            raise lost("down")
        here, there = memory_channels()
        attend: Callable[[Channel], Coroutine[Any, Any, None]] = getattr(self.exchange, door)
        self._connections[asyncio.create_task(attend(there))] = here
        return here

    @property
    def booth_dial(self) -> Callable[[], Coroutine[Any, Any, Channel]]:
        return partial(self.dial, "attend_booth")

    @property
    def desk_dial(self) -> Callable[[], Coroutine[Any, Any, Channel]]:
        return partial(self.dial, "attend_desk")
