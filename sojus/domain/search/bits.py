"""Sets of slots as whole numbers, a bit each: what Python does to all of them at once costs as much as to one.

`Values` answers "which slots have this value", `Digits` "in which is the number at most this" (a bit-sliced index:
O'Neil and Quass, Improved Query Performance with Variant Indexes, SIGMOD 1997).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator


class Values:
    """For each value the slots that have it. A slot may have several."""

    __slots__ = ("slots",)

    def __init__(self) -> None:
        self.slots: dict[Hashable, int] = {}

    def add(self, value: Hashable, bit: int) -> None:
        self.slots[value] = self.slots.get(value, 0) | bit

    def remove(self, value: Hashable, bit: int) -> None:
        left = self.slots[value] & ~bit
        if left:
            self.slots[value] = left
        else:
            del self.slots[value]

    def where(self, is_meant: Callable[[Hashable], bool]) -> int:
        """The slots with a value that is meant."""
        found = 0
        for value, bits in self.slots.items():
            if is_meant(value):
                found |= bits
        return found


class Digits:
    """For each slot one number, 0 or more, kept digit by digit."""

    __slots__ = ("digits", "known")

    def __init__(self) -> None:
        self.digits: list[int] = []
        self.known = 0

    def add(self, number: int, bit: int) -> None:
        self.known |= bit
        self.digits += [0] * (number.bit_length() - len(self.digits))
        while number:
            low = number & -number
            number ^= low
            self.digits[low.bit_length() - 1] |= bit

    def remove(self, number: int, bit: int) -> None:
        self.known ^= bit
        while number:
            low = number & -number
            number ^= low
            self.digits[low.bit_length() - 1] ^= bit

    def at_most(self, limit: int, within: int) -> int:
        """Those of `within` whose number is `limit` or less."""
        equal = within & self.known
        if limit < 0:
            return 0
        if limit.bit_length() > len(self.digits):
            return equal
        less = 0
        for place in range(len(self.digits) - 1, -1, -1):
            if not equal:
                break
            ones = equal & self.digits[place]
            if limit >> place & 1:
                less |= equal ^ ones
                equal = ones
            else:
                equal ^= ones
        return less | equal


def slots_in(bits: int) -> Iterator[int]:
    """The numbers of the slots, from the lowest on."""
    while bits:
        low = bits & -bits
        bits ^= low
        yield low.bit_length() - 1
