"""Keeps lamp and glass at their wanted state: one worker does it, so that a slow bus never holds a visit up.

Only the newest wish of each counts. One that cannot be fulfilled is tried until it can: a glass whose unit was away for
a moment does not stay clear for a whole visit.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from lisa_core.booth.sensors import Watch
from lisa_core.domain.model.errors import DeviceFault

AGAIN_S = 3.0
"""Seconds between two tries: a unit that takes no command blocks the bus for a second, and with it door and button."""


class Actuators:
    """Say what is wanted; `run` does it. The watch hears which of them answer."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._wanted: dict[str, Callable[[], Awaitable[None]]] = {}
        self._due: dict[str, None] = {}
        self._news = asyncio.Event()

    def want(self, slot: str, do: Callable[[], Awaitable[None]]) -> None:
        self._wanted[slot] = do
        self._due[slot] = None
        self._news.set()

    def anew(self) -> None:
        """Something was gone and is back: with it the unit that switches may have lost its power."""
        self._due = dict.fromkeys(self._wanted)
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            for slot in [*self._due]:
                await self._do(slot)
            if self._due:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(AGAIN_S):
                        await self._news.wait()
                self._news.set()

    async def _do(self, slot: str) -> None:
        del self._due[slot]
        try:
            await self._wanted[slot]()
        except DeviceFault as fault:
            self._watch.fails(slot, fault)
            if fault.retryable:
                self._due[slot] = None
        else:
            self._watch.answers(slot)
