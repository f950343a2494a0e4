"""Threads for what may wait: a question to the service waits while an act is decided, an act for the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")
THREADS, MOST_WAITING = 8, 2_000


class TooBusy(Exception):
    """More wait already than will be answered in time."""


class Workers:
    """Of one portal, on its loop."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, "portal")
        self._waiting = 0

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What it returns. Raises what it raises, and `TooBusy`."""
        if self._waiting >= MOST_WAITING:
            raise TooBusy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, partial(work, *args, **kwargs))
        finally:
            self._waiting -= 1

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
