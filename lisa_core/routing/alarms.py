"""What is due when. A holder has one alarm at most; setting it anew or clearing it costs nothing that grows.

Most waits have one of a few fixed lengths (ringing, wrap-up ...). As time only goes on, the alarms of one length come
due in the order in which they were set: a plain queue per length (`Wait`) is enough. Every other wait goes into one
heap.

The holder itself says which alarm counts: `alarm` is its token, 0 for none. Setting anew gives it a new token, clearing
gives it 0; the entry that is in a queue or in the heap stays there and is past from then on:

    desk.alarm = 7      queue of 15 s:  (due 20, token 7, desk)          counts
    desk.alarm = 9      queue of 15 s:  (due 20, token 7, desk)          past, dropped when it comes to the front
                        heap:           (due 33, token 9, desk)          counts

So what is due next is the smallest of the fronts, once what is past has been dropped from each.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable
from typing import Protocol


class Holder(Protocol):
    """Who can have an alarm. `alarm` is the token of the one that counts, 0 for none; `due_us` its moment."""

    alarm: int
    due_us: int | None


Alarm = tuple[int, int, Holder]
"""(due_us, token, holder). Tokens are unique, so that two alarms of one moment come in the order of their setting."""


class Wait:
    """The alarms of one fixed length, in the order in which they come due."""

    __slots__ = ("queue", "wait_us")

    def __init__(self, wait_us: int) -> None:
        self.wait_us = wait_us
        self.queue: deque[Alarm] = deque()

    def set(self, holder: Holder, now_us: int, token: int) -> None:
        """Wake `holder` after this time; `token` must be new. `now_us` never goes back."""
        queue = self.queue
        # One out for one in: what is past does not pile up.
        if queue and queue[0][2].alarm != queue[0][1]:
            queue.popleft()
        due_us = now_us + self.wait_us
        holder.alarm, holder.due_us = token, due_us
        queue.append((due_us, token, holder))


class Alarms:
    """`fixed_us`: the lengths that are set often."""

    __slots__ = ("_heap", "_waits")

    def __init__(self, fixed_us: Iterable[int]) -> None:
        self._waits = {length: Wait(length) for length in fixed_us if length}
        self._heap: list[Alarm] = []

    def wait(self, wait_us: int) -> Wait:
        """One of the fixed lengths."""
        return self._waits[wait_us]

    def set(self, holder: Holder, now_us: int, wait_us: int, token: int) -> None:
        """Wake `holder` in `wait_us`; `token` must be new. `now_us` never goes back."""
        if (wait := self._waits.get(wait_us)) is not None:
            wait.set(holder, now_us, token)
            return
        holder.alarm, holder.due_us = token, now_us + wait_us
        heapq.heappush(self._heap, (now_us + wait_us, token, holder))

    def restore(self, holder: Holder) -> None:
        """Take up again the alarm that this holder already carries."""
        if holder.alarm and holder.due_us is not None:
            heapq.heappush(self._heap, (holder.due_us, holder.alarm, holder))

    def next_us(self) -> int | None:
        """When the next alarm is due, None when there is none."""
        alarm = self._first()
        return alarm[0] if alarm else None

    def pop_due(self, now_us: int) -> Holder | None:
        """The holder of the earliest alarm that is due by now; its alarm is cleared. None when nothing is due."""
        alarm = self._first()
        if alarm is None or alarm[0] > now_us:
            return None
        clear(alarm[2])
        return alarm[2]

    def _first(self) -> Alarm | None:
        """The earliest alarm that counts; stays where it is. What is past is dropped from the fronts."""
        best: Alarm | None = None
        for wait in self._waits.values():
            queue = wait.queue
            while queue and queue[0][2].alarm != queue[0][1]:
                queue.popleft()
            if queue and (best is None or queue[0] < best):
                best = queue[0]
        heap = self._heap
        while heap and heap[0][2].alarm != heap[0][1]:
            heapq.heappop(heap)
        return heap[0] if heap and (best is None or heap[0] < best) else best


def clear(holder: Holder) -> None:
    """This holder is not to be woken."""
    holder.alarm, holder.due_us = 0, None
