"""What is due when. A holder has one alarm at most; setting it anew or clearing it costs nothing that grows.

Most waits have one of a few fixed lengths (ringing, wrap-up ...). As time only goes on, the alarms of one length come
due in the order in which they were set: a plain queue per length is enough. Every other wait goes into one
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
    """What can have an alarm. `alarm` is the token of the one that counts, 0 for none; `due_us` its moment."""

    alarm: int
    due_us: int | None


Alarm = tuple[int, int, Holder]
"""(due_us, token, holder). Tokens are unique, so that two alarms of one moment come in the order of their setting."""
NEVER_US = 1 << 62


class Alarms:
    """`fixed_us`: the wait lengths that are set often, each with a queue of its own."""

    __slots__ = ("_fixed", "_heap", "_queues")

    def __init__(self, fixed_us: Iterable[int]) -> None:
        self._fixed: dict[int, deque[Alarm]] = {length: deque() for length in fixed_us if length}
        self._queues = list(self._fixed.values())
        self._heap: list[Alarm] = []

    def set(self, holder: Holder, now_us: int, wait_us: int, token: int) -> None:
        """Wake `holder` in `wait_us`; `token` must be new. `now_us` never goes back."""
        due_us = now_us + wait_us
        holder.alarm, holder.due_us = token, due_us
        queue = self._fixed.get(wait_us)
        if queue is None:
            heapq.heappush(self._heap, (due_us, token, holder))
            return
        # One out for one in: what is past does not pile up.
        if queue and queue[0][2].alarm != queue[0][1]:
            queue.popleft()
        queue.append((due_us, token, holder))

    def restore(self, holder: Holder) -> None:
        """Take up again the alarm that this holder already carries."""
        if holder.alarm and holder.due_us is not None:
            heapq.heappush(self._heap, (holder.due_us, holder.alarm, holder))

    def next_us(self) -> int | None:
        """When the next alarm is due, None when there is none."""
        alarm = self._first(NEVER_US)
        return alarm[0] if alarm else None

    def pop_due(self, now_us: int) -> Holder | None:
        """The holder of the earliest alarm that is due by now; its alarm is cleared. None when nothing is due."""
        alarm = self._first(now_us)
        if alarm is None:
            return None
        clear(alarm[2])
        return alarm[2]

    def _first(self, until_us: int) -> Alarm | None:
        """The earliest alarm that counts and is due until then; stays where it is. What is past is dropped."""
        best: Alarm | None = None
        for queue in self._queues:
            while queue and (first := queue[0])[0] <= until_us:
                if first[2].alarm == first[1]:
                    best = first if best is None or first < best else best
                    break
                queue.popleft()
        heap = self._heap
        while heap and (first := heap[0])[0] <= until_us:
            if first[2].alarm == first[1]:
                return first if best is None or first < best else best
            heapq.heappop(heap)
        return best


def clear(holder: Holder) -> None:
    """Clear the alarm of this holder."""
    holder.alarm, holder.due_us = 0, None
