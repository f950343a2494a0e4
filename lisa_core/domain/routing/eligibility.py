"""Which desk may take which call: lanes of waiting calls, groups of agents, and the two questions between them.

A lane holds the calls that ask for the same: an office, a skill, a level. A group is all agents of an office with the
same skills. Both are few and given by the configuration; people and calls are many. Each lane is a heap, each group
a queue in which the longest ready stands first; what no longer holds is passed over when its turn comes. So both
questions cost O(lanes + log n): which call does this free desk take, and which free desk takes this call.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Mapping

from lisa_core.domain.model.directory import Agent
from lisa_core.domain.model.ids import AgentId, OfficeId
from lisa_core.domain.routing.seats import Call, Desk

_SLACK = 64


class Lane:
    """Waiting calls that ask for the same; `groups` may take them, those with the fewest other skills first."""

    __slots__ = ("groups", "heap", "limit")

    def __init__(self) -> None:
        self.heap: list[tuple[int, int, Call]] = []
        self.limit = _SLACK
        self.groups: list[SkillGroup] = []

    def push(self, call: Call) -> None:
        """Let this call, which has a ticket, wait here."""
        if len(self.heap) >= self.limit:
            self.heap = [entry for entry in self.heap if entry[2].ticket == entry[1]]
            heapq.heapify(self.heap)
            self.limit = max(_SLACK, 2 * len(self.heap))
        heapq.heappush(self.heap, (call.order, call.ticket, call))

    def first(self) -> Call | None:
        """The next call here; it stays in the lane."""
        heap = self.heap
        while heap:
            _, ticket, call = heap[0]
            if call.ticket == ticket:
                return call
            heapq.heappop(heap)
        return None


class SkillGroup:
    """Agents of one office with the same skills; `lanes` are those they may take calls from."""

    __slots__ = ("count", "lanes", "office", "ready", "size", "skills")

    def __init__(self, office: OfficeId, skills: Mapping[str, int]) -> None:
        self.office, self.skills, self.count = office, skills, len(skills)
        self.ready: deque[tuple[int, Desk]] = deque()
        self.lanes: list[Lane] = []
        self.size = 0

    def push(self, desk: Desk) -> None:
        """This desk is ready; it has a turn."""
        if len(self.ready) > 2 * self.size + _SLACK:
            self.ready = deque(entry for entry in self.ready if entry[1].turn == entry[0])
        self.ready.append((desk.turn, desk))

    def first(self) -> Desk | None:
        """The desk that has been ready longest; it stays in the queue."""
        ready = self.ready
        while ready:
            turn, desk = ready[0]
            if desk.turn == turn:
                return desk
            ready.popleft()
        return None


class Matching:
    """All lanes and groups of a Landkreis."""

    def __init__(self, agents: Iterable[Agent]) -> None:
        self._groups: dict[tuple[OfficeId, tuple[tuple[str, int], ...]], SkillGroup] = {}
        self._lanes: dict[tuple[OfficeId, str, int], Lane] = {}
        self._own: dict[AgentId, Lane] = {}
        self._of: dict[AgentId, SkillGroup] = {}
        for agent in agents:
            key = (agent.office, tuple(sorted(agent.skills.items())))
            group = self._groups.setdefault(key, SkillGroup(agent.office, dict(agent.skills)))
            group.size += 1
            self._of[agent.id] = group

    def lane(self, office: OfficeId, skill: str = "", level: int = 0) -> Lane:
        """The lane for whoever has this skill at this level or above in this office; level 0: anybody there."""
        key = (office, skill, level) if level else (office, "", 0)
        known = self._lanes.get(key)
        return self._new_lane(key) if known is None else known

    def _new_lane(self, key: tuple[OfficeId, str, int]) -> Lane:
        office, skill, level = key
        lane = self._lanes[key] = Lane()
        for group in self._groups.values():
            if group.office == office and group.skills.get(skill, 0) >= level:
                lane.groups.append(group)
                group.lanes.append(lane)
        lane.groups.sort(key=_skill_count)
        return lane

    def own(self, agent: AgentId) -> Lane:
        """The lane of the calls that wait for this one agent."""
        return self._own.setdefault(agent, Lane())

    def waiting_for(self, agent: AgentId) -> list[Call]:
        """The calls that wait for this one agent alone, in order."""
        own = self._own.get(agent)
        entries = sorted(own.heap) if own else []
        return [call for _, ticket, call in entries if call.ticket == ticket and call.wish and call.wish.held]

    def push_ready(self, desk: Desk) -> None:
        self._of[desk.agent].push(desk)

    def call_for(self, desk: Desk) -> Call | None:
        """The longest waiting call, in order of priority, among those this desk may take."""
        best: Call | None = None
        for lane in self._of[desk.agent].lanes:
            if lane.heap and (call := lane.first()) is not None and (best is None or call.order < best.order):
                best = call
        if self._own and (own := self._own.get(desk.agent)) is not None:
            call = own.first()
            if call is not None and (best is None or call.order < best.order):
                best = call
        return best


def desk_for(lane: Lane) -> Desk | None:
    """The ready desk with the fewest other skills (rare ones stay free for calls that need them), then longest."""
    groups = lane.groups
    if len(groups) == 1:
        return groups[0].first()
    best: Desk | None = None
    best_count = 0
    for group in groups:
        if best is not None and group.count > best_count:
            break
        if group.ready and (desk := group.first()) is not None and (best is None or desk.turn < best.turn):
            best, best_count = desk, group.count
    return best


def first_ready(lanes: tuple[Lane, ...]) -> Desk | None:
    """The desk that is ready for the first of these lanes that has one."""
    for lane in lanes:
        if desk := desk_for(lane):
            return desk
    return None


def _skill_count(group: SkillGroup) -> int:
    return group.count
