"""Sets of slots as whole numbers, a bit each: what Python does to all of them at once costs as much as to one.

`Values` answers "which slots have this value", `Digits` "in which is the number at most this" (a bit-sliced index:
O'Neil and Quass, Improved Query Performance with Variant Indexes, SIGMOD 1997).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence


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

    def ones(self, place: int) -> int:
        """Those with a 1 there; 0 is the last place."""
        return self.digits[place] if place < len(self.digits) else 0

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


def lowest(parts: Sequence[tuple[Digits, int]], many: int) -> list[int]:
    """Of each of these sets those whose number is among the `many` lowest of all together; no two with one number are
    parted, so it may be more."""
    sure, less = 0, [0] * len(parts)
    equal = [slots & numbers.known for numbers, slots in parts]
    for place in range(max((len(numbers.digits) for numbers, _ in parts), default=0) - 1, -1, -1):
        zeros = [slots & ~numbers.ones(place) for slots, (numbers, _) in zip(equal, parts, strict=True)]
        count = sum(slots.bit_count() for slots in zeros)
        if sure + count >= many:
            equal = zeros
        else:
            sure += count
            less = [one | other for one, other in zip(less, zeros, strict=True)]
            equal = [one ^ other for one, other in zip(equal, zeros, strict=True)]
    return [one | other for one, other in zip(less, equal, strict=True)]


def slots_in(bits: int) -> Iterator[int]:
    """The numbers of the slots, from the lowest on."""
    while bits:
        low = bits & -bits
        bits ^= low
        yield low.bit_length() - 1
