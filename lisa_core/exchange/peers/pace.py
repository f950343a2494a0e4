"""Limits of one peer: messages at once, messages a second, and bytes that it does not read."""

from __future__ import annotations

import asyncio
import math

SHARE = 32
"""Maximum number of messages of one peer that wait to be handled; with more it is not read for a while."""
PER_S, AT_ONCE = 100, 1_000
"""A whole submission of 50 MB is 400 messages; an agent who works fast says two in a second."""
UNREAD_BYTES = 1_000_000
"""Bytes waiting for a peer above which it is not read from either."""


class Pace:
    """Of one place: it goes on over its connections, so that a new one begins no new account."""

    def __init__(self) -> None:
        self.waiting = 0
        self._room: asyncio.Event | None = None
        """Made when it is first waited for: most never have to."""
        self._paid_until_s = -math.inf

    async def next(self) -> bool:
        """Wait until one more message of this peer may be read. Returns whether it was faster than it may be."""
        loop = asyncio.get_running_loop()
        now_s = loop.time()
        self._paid_until_s = max(self._paid_until_s, now_s - AT_ONCE / PER_S) + 1 / PER_S
        if too_fast := self._paid_until_s > now_s:
            await asyncio.sleep(self._paid_until_s - now_s)
        while self.waiting >= SHARE:
            self._room = self._room or asyncio.Event()
            self._room.clear()
            await self._room.wait()
        return too_fast

    def taken(self) -> None:
        """One waits to be handled."""
        self.waiting += 1

    def handled(self) -> None:
        """One has been."""
        self.waiting -= 1
        if self._room is not None:
            self._room.set()
