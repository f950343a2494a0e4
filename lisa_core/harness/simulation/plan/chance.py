"""Chance that comes in from outside: small dice with a key, integers only, the same numbers on every machine.

A die is keyed by what it is for (seed, booth, visit ...), never by when it is thrown: taking one visit out of a
simulation leaves all other streams as they are, which is what makes a long history shrink.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from math import log
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1
_STEPS = 1024
EXPONENTIAL_PPM = tuple(round(-log(1 - (i + 0.5) / _STEPS) * 1_000_000) for i in range(_STEPS))
"""Quantiles of the exponential distribution with mean 1, in millionths: no logarithm is taken while rolling."""


class Dice:
    """A 64-bit linear congruential generator (Knuth's MMIX constants); only the upper 31 bits are given out."""

    __slots__ = ("_state",)

    def __init__(self, *key: str | int) -> None:
        digest = blake2b("/".join(map(str, key)).encode(), digest_size=8).digest()
        self._state = int.from_bytes(digest, "big")

    def below(self, limit: int) -> int:
        """An integer of 0 <= n < limit; limit at most 2^31 is even to one part in 2^31 / limit."""
        self._state = state = (self._state * 6364136223846793005 + 1442695040888963407) & _MASK
        return (state >> 33) * limit >> 31

    def between(self, low: int, high: int) -> int:
        """An integer of low <= n <= high."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True with this probability in percent."""
        return self.below(100) < percent

    def exponential(self, mean: int) -> int:
        """An integer with the exponential distribution of this mean, cut off at 7.6 times the mean."""
        return mean * EXPONENTIAL_PPM[self.below(_STEPS)] // 1_000_000

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]
