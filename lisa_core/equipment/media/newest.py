"""A place that holds the newest value: the writer never waits, a slow reader misses what came between."""

from __future__ import annotations

import asyncio
from typing import Generic, TypeVar

from lisa_core.host.clock import now_us

T = TypeVar("T")


class Newest(Generic[T]):
    """One value and the count of all that came; of one event loop."""

    def __init__(self) -> None:
        self.value: T | None = None
        self.count = 0
        self.at_us = 0
        """When the newest value came: microseconds of the loop's time."""
        self.ended = False
        self._change = asyncio.Event()

    def put(self, value: T) -> None:
        """Replace the value; after the end nothing is taken any more."""
        if self.ended:
            return
        self.value = value
        self.count += 1
        self.at_us = now_us()
        self._wake()

    def clear(self) -> None:
        """Hold nothing until the next one comes; the count stays."""
        self.value = None

    def end(self) -> None:
        """Nothing will come any more; nothing is kept."""
        self.value, self.ended = None, True
        self._wake()

    async def after(self, count: int) -> T:
        """Wait until more than `count` values came and one is held. Raises `EndedError` once none will come."""
        while self.value is None or self.count <= count:
            if self.ended:
                raise EndedError("nothing comes any more")
            await self._change.wait()
        return self.value

    def age_us(self) -> int | None:
        """How long ago the newest value came; None before the first."""
        return now_us() - self.at_us if self.count else None

    def _wake(self) -> None:
        self._change.set()
        self._change = asyncio.Event()


class EndedError(Exception):
    """The source of a `Newest` has ended."""
