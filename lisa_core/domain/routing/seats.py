"""What the router keeps: desks, calls, and what each call asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from lisa_core.domain.model.call_words import DeskMode as DeskMode
from lisa_core.domain.model.ids import AgentId, CallId, FormId, LegId, OfficeId, ServiceId, SiteId, VisitId


@dataclass(slots=True, eq=False)
class Desk:
    """One agent's seat. `turn` orders the ready ones: the agent who has been ready longest is rung first; 0: not ready.

    `was_ready`: the agent was ready when the link was lost, and is ready again when it is back.
    """

    agent: AgentId
    office: OfficeId
    mode: DeskMode = DeskMode.OFF
    call: CallId | None = None
    since_us: int = 0
    linked: bool = False
    headset: bool = False
    pause_wanted: bool = False
    was_ready: bool = False
    turn: int = 0
    alarm: int = 0
    due_us: int | None = None


class CallMode(Enum):
    """anrufbein: neu -> angeboten -> verbunden -> beendet."""

    WAITING = "wartet"
    OFFERED = "angeboten"
    CONNECTED = "verbunden"


class Priority:
    """The order in a queue: smaller first; within one priority, first come first served. Plain, for arithmetic."""

    RETURNED: Final = 0
    APPOINTMENT: Final = 1
    FORWARDED: Final = 2
    WALK_IN: Final = 3


@dataclass(frozen=True, slots=True)
class CallContext:
    """What travels along with a call: the request, the forms named for it, who forwards it, and whether it came back.

    `contact`: the agent with whom the citizen has an appointment, according to her slip. `cut_off`: it came back
    because the desk of this agent was lost in the talk, and not because nobody answered. `unstaffed`: it came back
    because nobody was at work in this office, so that nobody was even asked.
    """

    service: ServiceId | None = None
    forms: tuple[FormId, ...] = ()
    forwarded_by: AgentId | None = None
    returned: bool = False
    appointment: str = ""
    contact: AgentId | None = None
    cut_off: AgentId | None = None
    unstaffed: OfficeId | None = None


@dataclass(slots=True)
class Wish:
    """What a call asks for beyond anybody of its office, and when that changes (None: never).

    `preferred`: the known contact; while `held`, no other agent may take it. The agent needs `skill` at `level`.
    `widened`: the other office may take it too (Überlauf).
    """

    preferred: AgentId | None = None
    held: bool = False
    skill: str = ""
    level: int = 0
    widened: bool = False
    hold_us: int | None = None
    """From then on it waits for its contact no longer."""
    relax_us: int | None = None
    """From then on one level less is enough."""
    widen_us: int | None = None
    """From then on the other office may take it."""
    return_us: int | None = None
    """At that moment it goes back to the front desk."""


NOTHING_KNOWN = CallContext()
NOTHING_TOLD, RINGING_TOLD = (-1, -1), (0, 0)


@dataclass(slots=True, eq=False)
class Call:
    """One citizen's call, or the question of one agent to another about it (`parent` names the call it is about).

    `order` is the place in the queue, smaller is earlier. `placed_us` is when it was placed at this office: since then
    the citizen waits, with nobody to talk to. `wish` None: anybody of the office. `told`: the place and the
    expected wait that the caller was told last. `ticket` is 0 while the call does not wait.
    """

    id: CallId
    site: SiteId
    visit: VisitId
    office: OfficeId
    order: int
    placed_us: int
    mode: CallMode = CallMode.WAITING
    agent: AgentId | None = None
    received_by: AgentId | None = None
    context: CallContext = NOTHING_KNOWN
    wish: Wish | None = None
    legs: int = 0
    parent: CallId | None = None
    consult: CallId | None = None
    ticket: int = 0
    told: tuple[int, ...] = NOTHING_TOLD
    alarm: int = 0
    due_us: int | None = None

    @property
    def leg(self) -> LegId | None:
        """The media connection it has, or had last."""
        return LegId(f"{self.id}.{self.legs}") if self.legs else None


@dataclass(slots=True, eq=False)
class Absence:
    """The link to a booth is lost; its call is kept for a while."""

    site: SiteId
    alarm: int = 0
    due_us: int | None = None
