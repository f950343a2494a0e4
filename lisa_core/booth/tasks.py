"""The tasks of a visit: work that takes long, cancelled together when the visit is wiped or the program ends."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine


class Tasks:
    """`spawn` begins one, `cancel` ends all of them."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """Begin it; it is held until it is done."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def cancel(self, but: asyncio.Task[None] | None = None) -> None:
        """Cancel all of them except the current one, and wait until they have ended."""
        others = [task for task in self._running if task is not but]
        for task in others:
            # One that is letting go already must not be torn out of it: a second cancel would leave a leg half closed.
            if not task.cancelling():
                task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
