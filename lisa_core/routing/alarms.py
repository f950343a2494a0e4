"""What is due when. A holder has one alarm at most; setting it anew or clearing it costs nothing that grows.

Most waits have one of a few fixed lengths (ringing, wrap-up ...). As time only goes on, the alarms of one length come
due in the order in which they were set: a plain queue per length is enough. Every other wait goes into one heap. What
was cleared stays where it is and is passed over when its turn comes.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable
from typing import Any, Protocol


class Holder(Protocol):
    """Who can have an alarm. `alarm` is the token of the one that counts, 0 for none; `due_us` its moment."""

    alarm: int
    due_us: int | None


Alarm = tuple[int, int, Any]
"""(due_us, token, holder). Tokens are unique, so that two alarms of one moment come in the order of their setting."""


class Alarms:
    """`fixed_us`: the lengths that are set often."""

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
        # One out for one in: what was cleared does not pile up.
        if queue and queue[0][2].alarm != queue[0][1]:
            queue.popleft()
        queue.append((due_us, token, holder))

    def queue(self, wait_us: int) -> deque[Alarm]:
        """The queue of one fixed length, for who sets it so often that a call is too much."""
        return self._fixed[wait_us]

    def restore(self, holder: Holder) -> None:
        """Take up again the alarm that this holder already carries."""
        if holder.alarm and holder.due_us is not None:
            heapq.heappush(self._heap, (holder.due_us, holder.alarm, holder))

    def next_us(self) -> int | None:
        """When the next alarm is due, None when there is none."""
        alarm = self._first()
        return alarm[0] if alarm else None

    def pop_due(self, now_us: int) -> Any | None:
        """The holder of the earliest alarm that is due by now; its alarm is cleared. None when nothing is due."""
        best: Alarm | None = None
        for queue in self._queues:
            while queue and queue[0][0] <= now_us:
                first = queue[0]
                if first[2].alarm == first[1]:
                    best = first if best is None or first < best else best
                    break
                queue.popleft()
        heap = self._heap
        while heap and heap[0][0] <= now_us:
            if heap[0][2].alarm == heap[0][1]:
                best = heap[0] if best is None or heap[0] < best else best
                break
            heapq.heappop(heap)
        if best is None:
            return None
        holder = best[2]
        holder.alarm, holder.due_us = 0, None
        return holder

    def _first(self) -> Alarm | None:
        best: Alarm | None = None
        for queue in self._queues:
            while queue:
                first = queue[0]
                if first[2].alarm != first[1]:
                    queue.popleft()
                    continue
                if best is None or first < best:
                    best = first
                break
        heap = self._heap
        while heap and heap[0][2].alarm != heap[0][1]:
            heapq.heappop(heap)
        return heap[0] if heap and (best is None or heap[0] < best) else best


def clear(holder: Holder) -> None:
    """This holder is not to be woken."""
    holder.alarm, holder.due_us = 0, None
