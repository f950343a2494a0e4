"""What happens when: acts in integer microseconds. Acts of one moment keep the order in which they were entered.

A heap of a nation's acts is wide, and a wide heap is slow: it does not fit into the processor's cache. So later acts
wait unsorted in the second to which they belong, and are sorted when it is their second's turn.
"""

from __future__ import annotations

from bisect import insort_right
from collections.abc import Callable
from heapq import heappop, heappush
from operator import itemgetter

Act = Callable[..., None]
Entry = tuple[int, Act, object]

_SECOND_BITS = 20
"""A second here is 2^20 microseconds."""
_when: Callable[[Entry], int] = itemgetter(0)


class Agenda:
    """`now_us` is the moment of the act that runs; nothing is ever entered before it."""

    __slots__ = ("_later", "_present", "_second", "_seconds", "now_us")

    def __init__(self) -> None:
        self.now_us = 0
        self._second = 0
        self._present: list[Entry] = []
        """The acts of this second, in order."""
        self._later: dict[int, list[Entry]] = {}
        """By second, each as they were entered."""
        self._seconds: list[int] = []

    def at(self, at_us: int, act: Act, argument: object = None) -> None:
        """Do this at that moment, or now if it has passed."""
        if at_us < self.now_us:
            at_us = self.now_us
        second = at_us >> _SECOND_BITS
        if second <= self._second:
            insort_right(self._present, (at_us, act, argument), key=_when)
        elif (waiting := self._later.get(second)) is not None:
            waiting.append((at_us, act, argument))
        else:
            self._later[second] = [(at_us, act, argument)]
            heappush(self._seconds, second)

    def run(self, until_us: int, go_on: Callable[[], bool]) -> int:
        """Do everything up to a moment as long as `go_on`, asked once a second, says so; returns how many acts."""
        done = 0
        while go_on():
            before, present = done, self._present
            # What an act enters comes behind it in the list, so this loop meets it.
            for at_us, act, argument in present:
                if at_us > until_us:
                    break
                self.now_us = at_us
                act(argument)
                done += 1
            del present[: done - before]
            if present or not self._seconds or self._seconds[0] > until_us >> _SECOND_BITS:
                break
            self._second = heappop(self._seconds)
            self._present = self._later.pop(self._second)
            self._present.sort(key=_when)
        return done
