"""Passwords under argon2id: a few at a time, in threads, and as slow for nobody's password as for somebody's.

Parameters: the second recommended option of RFC 9106, section 4 (64 MiB, three passes, four lanes).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:  # a program in which nobody has an account does not load it
    from argon2 import PasswordHasher

T = TypeVar("T")

AT_ONCE, WAITING, STRANGE = 2, 32, 24
"""Passwords that are looked at together, how many more may wait for that, and how many of these from strange browsers:
whoever floods the door does not keep those out who come every day."""


@dataclass(frozen=True, slots=True)
class HashCost:
    """Of argon2id; memory in KiB."""

    passes: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


class TooBusyError(Exception):
    """Too many want to log in at this moment."""


class Hasher:
    """`apart`: there are threads. On a virtual loop there are none, and then it is done at once."""

    def __init__(self, cost: HashCost | None = None, *, apart: bool = True) -> None:
        self._cost, self._apart, self._busy = cost or HashCost(), apart, 0
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._nobody = ""

    @cached_property
    def _argon2(self) -> PasswordHasher:
        from argon2 import PasswordHasher, Type

        return PasswordHasher(self._cost.passes, self._cost.memory_kib, self._cost.lanes, type=Type.ID)

    async def hashed(self, password: str) -> str:
        """What is kept of it. Raises `TooBusyError`."""
        return await self._in_turn(lambda: self._argon2.hash(password))

    async def fits(self, kept: str | None, password: str) -> bool:
        """Whether it is this one; None, or a password of "", never is, and takes as long. Raises `TooBusyError`."""
        return await self._in_turn(partial(self._look, kept, password))

    def has_room(self, *, known: bool) -> bool:
        """Whether one more may wait now; `known`: of a browser in which somebody has logged in before."""
        return self._busy < AT_ONCE + (WAITING if known else STRANGE)

    def is_outdated(self, kept: str) -> bool:
        """Whether it was hashed with another cost than today's."""
        return self._argon2.check_needs_rehash(kept)

    def _look(self, kept: str | None, password: str) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError

        if kept is None or not password:
            self._nobody = self._nobody or self._argon2.hash("nobody's")
        try:
            self._argon2.verify(self._nobody if kept is None or not password else kept, password or "?")
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None and bool(password)

    async def _in_turn(self, work: Callable[[], T]) -> T:
        if not self._apart:
            return work()
        if self._busy >= AT_ONCE + WAITING:
            raise TooBusyError
        self._busy += 1
        try:
            async with self._turns:
                return await asyncio.to_thread(work)
        finally:
            self._busy -= 1
