"""The whole state space of a visit, walked: every reachable state under every event in every kind of room. Pure.

`python -m lisa_core.domain.visit.state_space` prints the diagram of docs/besuch.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from itertools import product

from lisa_core.domain.model.call_words import Ending
from lisa_core.domain.model.directory import Site, Trigger
from lisa_core.domain.model.ids import AgentId, CallId, LegId, OfficeId, SiteId, VisitId
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import states as s
from lisa_core.domain.visit.machine import step
from lisa_core.domain.visit.perception import Room

SITE = Site(SiteId("templin"), "Templin", "BB", date(2023, 3, 1), Trigger.ENTRY, {})
NOW_US = 1_000_000_000
LINKS = ((True, False), (False, False), (False, True))
"""Whether the exchange can be reached, and whether what was handed in is still here."""
AFTER_BARRED = (s.OutOfService, s.Farewell, s.Wiping)
"""The states that a booth may be in while the exchange does not let it in."""
VISIT, NEXT = VisitId("v"), VisitId("v")

ROOMS = tuple(
    Room(present=present, seated=present, door_open=door, door_opened_us=NOW_US, gone=gone)
    for present, door, gone in product((False, True), (False, True), ((), ("presence",)))
)


@dataclass(frozen=True, slots=True)
class Edge:
    """One step that changed something or asked for something."""

    before: s.State
    event: e.VisitEvent
    room: Room
    open_now: bool
    linked: bool
    after: s.State
    commands: tuple[e.Command, ...]


def events_for(state: s.State) -> tuple[e.VisitEvent, ...]:
    """Every event that can happen, about the call of this state."""
    visit = s.visit_of(state)
    call = visit.call if visit else CallId("none")
    answered = e.CallAnswered(call, LegId("l"), AgentId("a"), "Frau A", OfficeId("o"), "Stelle", front_desk=True)
    due_us = s.due_us(state, SITE)
    return (
        e.Sensed(),
        e.Left(),
        e.Seated(),
        e.DoorOpened(),
        e.DoorClosed(),
        e.CallButton(),
        e.Motionless(),
        e.DeviceGone("scanner"),
        e.DeviceBack("scanner"),
        e.FeederFound(),
        e.Dismissed(),
        e.CameraChosen(False),
        e.CameraChosen(True),
        e.CallQueued(call, 2, 60),
        e.CallRinging(call),
        answered,
        replace(answered, front_desk=False),
        e.CallTransferring(call, "Stelle"),
        e.CallReturning(call, "Stelle"),
        e.Classified(call, Outcome.APPOINTMENT),
        e.CallOver(call, Ending.AGENT),
        e.CallOver(call, Ending.DESK_LOST),
        e.LinkLost(),
        e.LinkBack(),
        e.LinkBack(fresh=True),
        e.Barred(),
        e.DeadlinePassed(due_us if due_us is not None else -1),
        *((e.DraftOpened(),) if s.talk_of(state) else ()),
        *((e.ApplicationReceived(), e.NotHandedIn()) if visit and visit.handed_in else ()),
        *((e.HandedIn(),) if visit and visit.draft and s.talk_of(state) else ()),
        e.Wiped(visit.id if visit else VISIT),
        e.Restarted(VISIT),
    )


def walk() -> Iterator[Edge]:
    """Every step from every reachable state; states that differ only in times and counts are one."""
    start = normal(s.Idle())
    seen, todo = {start}, [start]
    while todo:
        state = todo.pop()
        visit = s.visit_of(state)
        links = LINKS if visit and visit.handed_in else LINKS[:2]
        ways = [(*link, False) for link in links] + [(False, False, True)] * isinstance(state, AFTER_BARRED)
        for event, room, open_now, (linked, unsent, barred) in product(events_for(state), ROOMS, (True, False), ways):
            context = s.Context(NOW_US, SITE, room, open_now, None, NEXT, linked, unsent, barred)
            after, commands = step(state, event, context)
            if after == state and not commands:
                continue
            after = normal(after)
            yield Edge(state, event, room, open_now, linked, after, commands)
            if after not in seen:
                seen.add(after)
                todo.append(after)


@cache
def normal(state: s.State) -> s.State:
    """Without times and counts, and what no longer matters; 250,000 steps lead to some hundred states."""
    if isinstance(state, s.Wiping):
        return replace(state, since_us=0, visit=s.Visit(state.visit.id))
    changes: JsonDict = {}
    for field in fields(state):
        value = getattr(state, field.name)
        if field.name in ("since_us", "heard_us"):
            changes[field.name] = 0
        elif isinstance(value, s.Visit):
            changes[field.name] = _known(value)
        elif field.name == "leg":
            changes[field.name] = LegId("")
        elif field.name == "before":
            changes[field.name] = normal(value)
    return replace(state, **changes)


def _known(visit: s.Visit) -> s.Visit:
    """A visit without what makes no difference: the number of its calls, and all that went before handing in.

    Nor does what lay in the scanner: it makes a notice, and no other state.
    """
    if visit.submitted:
        return replace(visit, calls=1, draft=False, classified=None, feeder_found=False)
    return replace(visit, calls=1, failed=visit.failed and visit.classified is None, feeder_found=False)


GERMAN = {
    s.Idle: "frei",
    s.Entered: "betreten",
    s.OutOfService: "ausser_betrieb",
    s.Closed: "geschlossen",
    s.Quiet: "ruhend",
    s.Connecting: "verbindet",
    s.Disturbed: "gestoert",
    s.Talking: "gespraech",
    s.InTransfer: "weiterleitung",
    s.Away: "verlassen",
    s.Delivering: "abgabe",
    s.Farewell: "abschluss",
    s.Wiping: "loeschung",
}


def diagram(edges: Iterable[Edge]) -> str:
    """All transitions between different states as a Mermaid diagram, one arrow a pair with the events that cause it."""
    arrows: dict[tuple[str, str], set[str]] = {}
    for edge in edges:
        ends = GERMAN[type(edge.before)], GERMAN[type(edge.after)]
        if ends[0] != ends[1]:
            arrows.setdefault(ends, set()).add(type(edge.event).__name__)
    lines = [f"    {a} --> {b}: {', '.join(sorted(causes))}" for (a, b), causes in sorted(arrows.items())]
    return "\n".join(["stateDiagram-v2", "    [*] --> frei", *lines])


if __name__ == "__main__":
    print(diagram(walk()))
