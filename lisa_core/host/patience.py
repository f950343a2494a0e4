"""How long is waited for what happens by itself: one patience, which counts only the time in which this loop ran.

On a machine that has more to do than processors to do it a second of the clock is not a second of ours: what is late
because nobody was served is no fault of what is tested. In virtual time both are the same.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from lisa_core.domain.model.time import PATIENCE_S

__all__ = ["PATIENCE_S", "patience"]

TICKS = 10
"""Number of slices in which the time is counted; one that ends late counts as if it had not been late."""


@contextlib.asynccontextmanager
async def patience(seconds: float = PATIENCE_S) -> AsyncIterator[None]:
    """Like `asyncio.timeout`; raises `TimeoutError` once the loop was served for so long."""
    loop, left = asyncio.get_running_loop(), TICKS
    timer: asyncio.TimerHandle | None = None

    def tick() -> None:
        nonlocal left, timer
        left -= 1
        if left > 0:
            timer = loop.call_later(seconds / TICKS, tick)
        else:
            limit.reschedule(loop.time())

    async with asyncio.timeout(None) as limit:
        timer = loop.call_later(seconds / TICKS, tick)
        try:
            yield
        finally:
            timer.cancel()
