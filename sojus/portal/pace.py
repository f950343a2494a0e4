"""What is written for ever because somebody wanted it: looks at names, and acts that are granted.

Neither can be refused for what it is. But whoever reserves and cancels without an end fills the log, and the memory of
every process; so what is written for one account has a pace. Up to `ALL_AT_ONCE` nothing waits, which is eight times
what a person writes who works all day, and more than the largest file takes; afterwards each thing waits some seconds,
and nobody is locked out. Colleagues notice nothing of it. Each process reckons by itself.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable

from lisa_core.domain.model.errors import LisaError
from sojus.portal import texts
from sojus.portal.door import Member

ALL_AT_ONCE, PER_S = 30_000_000, 120.0
"""Bytes of one account: some 30,000 acts, then a second, for one act in eight seconds."""
A_LINE = 500
"""What a line of the audit takes, and what an act takes beside its own text: numbers, hashes, indexes (measured)."""
DAY_S = 86_400.0


class TooMuchWritten(LisaError):
    """`wait_s`: until it can be had."""

    def __init__(self, wait_s: float) -> None:
        self.wait_s = max(2, math.ceil(wait_s))
        super().__init__(texts.TOO_FAST.format(_told(self.wait_s)))


class WritingPace:
    """Of one portal, on its loop. `slowed` is told which account has to wait, at most once a day for each."""

    def __init__(self, slowed: Callable[[str], None]) -> None:
        self._slowed = slowed
        self._full_at_s: dict[str, float] = {}
        """When each has again all that it may write at once; none for an account that has it now."""
        self._told_at_s: dict[str, float] = {}

    def check(self, member: Member, size: int = 0) -> None:
        """Before something is pace, of which so many bytes are known. Raises `TooMuchWritten`.

        More than all at once is had when nothing else was written for long enough. In a demonstration all is had."""
        now_s, account = asyncio.get_running_loop().time(), member.account
        owed_s = max(0.0, self._full_at_s.get(account, 0.0) - now_s)
        wait_s = owed_s - (ALL_AT_ONCE - min(size, ALL_AT_ONCE)) / PER_S
        if wait_s <= 0 or member.visitor is None:
            return
        if now_s - self._told_at_s.get(account, -math.inf) >= DAY_S:
            self._told_at_s[account] = now_s
            self._slowed(account)
        raise TooMuchWritten(wait_s)

    def note(self, member: Member, size: int) -> None:
        """So many bytes were written."""
        account, size = member.account, size and size + A_LINE
        now_s = asyncio.get_running_loop().time()
        self._full_at_s = {one: at_s for one, at_s in self._full_at_s.items() if at_s > now_s}
        self._full_at_s[account] = max(now_s, self._full_at_s.get(account, 0.0)) + size / PER_S

    def line(self, member: Member) -> None:
        """A line of the audit. Raises `TooMuchWritten`."""
        self.check(member)
        self.note(member, 1)


def _told(wait_s: int) -> str:
    if wait_s <= 90:
        return f"{wait_s} Sekunden"
    return f"{math.ceil(wait_s / 60)} Minuten" if wait_s <= 90 * 60 else f"{math.ceil(wait_s / 3_600)} Stunden"
