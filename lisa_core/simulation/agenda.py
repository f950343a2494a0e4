"""What happens when: acts in integer microseconds. Acts of one moment keep the order in which they were entered.

A heap of a nation's acts is wide, and a wide heap is slow: it does not fit into the processor's cache. So only the acts
of the present second lie in a heap; later ones wait unsorted in the second to which they belong.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heapify, heappop, heappush
from typing import Any

Act = Callable[[Any], None]
Entry = tuple[int, int, Act, Any]

_SECOND_BITS = 20
"""A second here is 2^20 microseconds."""


class Agenda:
    """`now_us` is the moment of the act that runs; nothing is ever entered before it."""

    __slots__ = ("_count", "_heap", "_later", "_second", "_seconds", "now_us")

    def __init__(self) -> None:
        self.now_us = 0
        self._count = 0
        self._second = 0
        self._heap: list[Entry] = []
        self._later: dict[int, list[Entry]] = {}
        self._seconds: list[int] = []

    def at(self, at_us: int, act: Act, argument: Any = None) -> None:
        """Do this at that moment, or now if it has passed."""
        if at_us < self.now_us:
            at_us = self.now_us
        self._count += 1
        second = at_us >> _SECOND_BITS
        if second <= self._second:
            heappush(self._heap, (at_us, self._count, act, argument))
        elif (waiting := self._later.get(second)) is not None:
            waiting.append((at_us, self._count, act, argument))
        else:
            self._later[second] = [(at_us, self._count, act, argument)]
            heappush(self._seconds, second)

    def run(self, until_us: int, go_on: Callable[[], bool]) -> int:
        """Do everything up to a moment as long as `go_on`, asked once a second, says so; returns how many acts."""
        done = 0
        while go_on():
            heap = self._heap
            while heap and heap[0][0] <= until_us:
                self.now_us, _, act, argument = heappop(heap)
                act(argument)
                done += 1
            if heap or not self._seconds or self._seconds[0] > until_us >> _SECOND_BITS:
                break
            self._second = heappop(self._seconds)
            self._heap = self._later.pop(self._second)
            heapify(self._heap)
        return done
