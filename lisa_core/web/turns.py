"""Fair shares of what costs this computer time: of a person who is logged in; before that, of the address.

One that asks without end waits for itself; others have their turn. Of IPv6 a machine has all addresses of a /64, which
count as one. Behind one address there may be a whole office: its share is more than a hundred browsers need in the
morning, and whoever is logged in takes nothing of it. What a peer says has its pace beside its link (`exchange.peers`).
"""

from __future__ import annotations

import asyncio
import math
from collections import deque

from lisa_core.web.networks import network_of

MAX_ADDRESSES = 10_000
REST, MAX_REST_S = 4, 0.5


class Shares:
    """So many things a second, and so many at once, for each address or person; more is possible, only later.

    What would have to wait longer than `most_s` is not had, and does not count.
    """

    def __init__(self, per_s: float, at_once: int, most_s: float) -> None:
        self._each_s, self._credit_s, self._most_s = 1 / per_s, at_once / per_s, most_s
        self._paid_until_s: dict[str, float] = {}

    def wait_s(self, whose: str, now_s: float) -> float | None:
        """How long this address or person has to wait with what it wants now; None: too long."""
        whose = network_of(whose)
        before_s = max(self._paid_until_s.pop(whose, -math.inf), now_s - self._credit_s)
        paid_s = before_s + self._each_s
        had = paid_s - now_s <= self._most_s
        self._paid_until_s[whose] = paid_s if had else before_s
        if len(self._paid_until_s) > MAX_ADDRESSES:
            del self._paid_until_s[next(iter(self._paid_until_s))]
        return max(0.0, paid_s - now_s) if had else None


class Turns:
    """So many things a second by all together; among addresses that wait each has one in its turn.

    Where the loop is late, because this computer is slow or has much to do, they become fewer: `REST` times as long as
    it was late nobody has a turn. At most `most` wait; with one more, whoever came last to the longest line has to go.
    """

    def __init__(self, per_s: float, at_once: int, most: int) -> None:
        self._each_s, self._credit_s, self._most = 1 / per_s, (at_once - 1) / per_s, most
        self._paid_until_s: float | None = None
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._due_s = 0.0
        """When the timer should go off."""
        self._many = 0

    async def turn(self, address: str) -> None:
        """Wait for it. Raises `ConnectionRefusedError` where too many wait."""
        if not self._waiting and self._is_due():
            self._pay()
            return
        mine = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(network_of(address), deque()).append(mine)
        self._many += 1
        if self._many > self._most:
            self._refuse_one()
        self._wake_later()
        await mine

    def _refuse_one(self) -> None:
        """The last of the longest line, so that a crowd at one address takes no place from another; of lines as long,
        of the one that came last."""
        address, line = max(reversed(self._waiting.items()), key=lambda one: len(one[1]))
        last = line.pop()
        self._many -= 1
        if not line:
            del self._waiting[address]
        if not last.done():
            last.set_exception(ConnectionRefusedError())

    def _is_due(self) -> bool:
        return self._paid_until_s is None or self._paid_until_s <= asyncio.get_running_loop().time()

    def _pay(self) -> None:
        earliest_s = asyncio.get_running_loop().time() - self._credit_s
        before_s = earliest_s if self._paid_until_s is None else self._paid_until_s
        self._paid_until_s = max(before_s, earliest_s) + self._each_s

    def _wake_later(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._due_s = max(loop.time() + self._each_s, self._paid_until_s or 0.0)
            self._timer = loop.call_at(self._due_s, self._wake)

    def _wake(self) -> None:
        """Who waits longest of the first address has its turn; the address goes to the end of the line."""
        self._timer = None
        late_s = asyncio.get_running_loop().time() - self._due_s
        while self._waiting and self._is_due():
            address = next(iter(self._waiting))
            line = self._waiting.pop(address)
            mine = line.popleft()
            self._many -= 1
            if line:
                self._waiting[address] = line
            if not mine.done():  # it has not gone meanwhile
                self._pay()
                mine.set_result(None)
        if self._waiting:
            if self._paid_until_s is not None:
                self._paid_until_s += min(MAX_REST_S, REST * late_s)
            self._wake_later()
