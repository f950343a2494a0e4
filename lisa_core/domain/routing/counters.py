"""One office's side of the switchboard: its queue, its agents in numbers, and what can be expected of them."""

from __future__ import annotations

from lisa_core.domain.model.directory import Office
from lisa_core.domain.model.ids import CallId
from lisa_core.domain.routing.eligibility import Lane
from lisa_core.domain.routing.seats import Call


class Counter:
    """The waiting calls, the number of agents at work (`staffed`) and ready, the average length of a talk (`talk_us`).

    `plain`: a call that comes here asks for anybody, without any time limit.
    """

    __slots__ = (
        "accepted_us",
        "alarm",
        "due_us",
        "lane",
        "last_order",
        "office",
        "plain",
        "queue",
        "ready",
        "staffed",
        "talk_us",
        "wrap_up_us",
    )

    def __init__(self, office: Office, lane: Lane, wrap_up_us: int) -> None:
        self.office, self.lane = office, lane
        self.wrap_up_us = wrap_up_us if office.wrap_up_us is None else office.wrap_up_us
        self.queue: dict[CallId, Call] = {}
        self.last_order = self.staffed = self.ready = self.talk_us = self.alarm = 0
        self.accepted_us = 0
        self.plain = office.front_desk and office.overflow_to is None
        self.due_us: int | None = None

    def place(self, call: Call) -> int:
        """The place of this call among those that wait here, from 1."""
        if call.order > self.last_order:
            self.last_order = call.order
            return len(self.queue)
        return 1 + sum(other.order < call.order for other in self.queue.values())

    def a_place_us(self, now_us: int, known_for_us: int) -> int:
        """How long a place in the queue takes; -1 if unknown: no agent is there, or no call was taken for long."""
        if not self.talk_us or not self.staffed or now_us - self.accepted_us > known_for_us:
            return -1
        return self.talk_us // self.staffed


def in_minutes_s(wait_us: int) -> int:
    """A wait as full minutes, in seconds; -1 if it is not known."""
    return -(-wait_us // 60_000_000) * 60 if wait_us >= 0 else -1
