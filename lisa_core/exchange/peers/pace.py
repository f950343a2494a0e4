"""Limits of one peer: messages at once, messages a second, and bytes that it does not read."""

from __future__ import annotations

import asyncio
import math

SHARE = 32
"""Maximum number of messages of one peer that wait to be handled; with more it is not read for a while."""
PER_S, AT_ONCE = 100, 1_000
"""A whole submission of 50 MB is 400 messages."""
BY_HAND = 5
"""As so many counts what a desk says: an agent who works fast says two in a second, and where everybody in an office
says as much as may be, the exchange has time left for the others."""
PARTS = 256
"""So many values in a message count as one more: while it is found out what 256 kB of brackets and numbers are,
nobody else is heard."""
UNREAD_BYTES = 1_000_000
"""Bytes waiting for a peer above which it is not read from either."""


def weight(text: str, *, by_hand: bool) -> int:
    """As how many messages this one counts."""
    return (BY_HAND if by_hand else 1) + (text.count(",") + text.count("[") + text.count("{")) // PARTS


class Pace:
    """Of one place: it goes on over its connections, so that a new one begins no new account."""

    def __init__(self) -> None:
        self.waiting = 0
        self._room: asyncio.Event | None = None
        """Made when it is first waited for: most never have to."""
        self._paid_until_s = -math.inf

    async def next(self, counts: int = 1) -> bool:
        """Wait until what this peer has said, which counts so often, may be read. Returns whether it was too fast."""
        loop = asyncio.get_running_loop()
        now_s = loop.time()
        self._paid_until_s = max(self._paid_until_s, now_s - AT_ONCE / PER_S) + counts / PER_S
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
