"""The states of a visit, and when each is over at the latest. `domain.visit.machine` tells how they hang together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from lisa_core.domain.model.directory import Site, Trigger
from lisa_core.domain.model.ids import AgentId, CallId, LegId, OfficeId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.visit.perception import Room

ENTRY_ALONE_US = 3_000_000
"""Somebody inside whom no door contact announced: a person is never left waiting because of a broken contact."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What is remembered of one visit: nothing about the person.

    `calls` counts how often the front desk was called; `answered`: an agent was there once; `draft`: a form was begun;
    `classified`: what the agent said about the outcome. Of an application at most one holds: it is `handed_in`
    and may be at the office, `submitted` with its receipt here, or `failed`: the office does not have it.
    `papers_only`: it is papers without an application. `copied`: a paper was copied for her. `feeder_found`: sheets lay
    in the scanner when this visit began, and no agent has been told yet.
    """

    id: VisitId
    calls: int = 1
    answered: bool = False
    draft: bool = False
    handed_in: bool = False
    failed: bool = False
    submitted: bool = False
    papers_only: bool = False
    copied: bool = False
    feeder_found: bool = False
    classified: Outcome | None = None
    camera_on: bool = True

    @property
    def call(self) -> CallId:
        """The call that runs now; one that broke off is never taken up again under its old name."""
        return CallId(f"{self.id}/{self.calls}")


@dataclass(frozen=True, slots=True)
class Idle:
    """frei. Not `armed`: somebody from before is still inside, since `since_us`."""

    armed: bool = True
    since_us: int = 0


@dataclass(frozen=True, slots=True)
class Entered:
    """betreten: someone is inside, the trigger is not complete yet."""

    since_us: int


@dataclass(frozen=True, slots=True)
class OutOfService:
    """ausser_betrieb: the exchange does not let this booth in; nobody can be called, and the screen says so."""


@dataclass(frozen=True, slots=True)
class Closed:
    """geschlossen: the screen names the next opening; no call is placed unless the citizen presses the call button."""

    visit: Visit
    since_us: int
    next_opening: datetime | None


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody is inside who wants no advice: nobody is called."""

    visit: Visit
    since_us: int


@dataclass(frozen=True, slots=True)
class Connecting:
    """verbindet / wartet: `place` is None while a desk rings, else the place in the queue; `wait_s` -1: not known.

    `since_us`: when this call began. `heard_us`: when the exchange was last heard of, or the link changed.
    `after_hours`: the citizen pressed the button of a closed booth. `domain.visit.machine` tells why there are two.
    """

    visit: Visit
    since_us: int
    heard_us: int
    place: int | None = None
    wait_s: int = -1
    linked: bool = True
    after_hours: bool = False


@dataclass(frozen=True, slots=True)
class Disturbed:
    """gestoert: the exchange cannot be reached for long; the screen says what to do. Once it can, a call is placed."""

    visit: Visit
    since_us: int


@dataclass(frozen=True, slots=True)
class Talking:
    """empfang (front desk) or beratung: a human is on the screen."""

    visit: Visit
    since_us: int
    agent: AgentId
    agent_name: str
    office: OfficeId
    office_name: str
    front_desk: bool
    leg: LegId


@dataclass(frozen=True, slots=True)
class InTransfer:
    """weiterleitung; `returning` while the front desk is called again; `ringing`: at a human's desk."""

    visit: Visit
    since_us: int
    office_name: str
    returning: bool = False
    ringing: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """verlassen: the citizen went out; until the grace is over she may come back to `before`."""

    before: Connecting | Disturbed | Talking | InTransfer
    since_us: int

    @property
    def visit(self) -> Visit:
        return self.before.visit


@dataclass(frozen=True, slots=True)
class Delivering:
    """abgabe: the talk is over, the receipt of the application is waited for, also once the citizen is `gone`."""

    visit: Visit
    since_us: int
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Farewell:
    """abschluss: the talk is over, the citizen takes her papers."""

    visit: Visit
    since_us: int


@dataclass(frozen=True, slots=True)
class Wiping:
    """loeschung: every visit passes it, none skips it. `again`: somebody pressed the call button meanwhile."""

    visit: Visit
    since_us: int
    outcome: Outcome
    again: bool = False


State = (
    Idle
    | Entered
    | OutOfService
    | Closed
    | Quiet
    | Connecting
    | Disturbed
    | Talking
    | InTransfer
    | Away
    | Delivering
    | Farewell
    | Wiping
)


class Context(NamedTuple):
    """What a step may look at besides state and event.

    `next_visit` is the id that a new visit would get; `linked`: the exchange can be reached now; `unsent`: what was
    handed in has certainly not left the booth as a whole; `barred`: the exchange does not let this booth in.
    """

    now_us: int
    site: Site
    room: Room
    open_now: bool
    next_opening: datetime | None
    next_visit: VisitId
    linked: bool = True
    unsent: bool = False
    barred: bool = False


def due_us(state: State, site: Site) -> int | None:
    """When the state's deadline passes; every state has one in which somebody is inside and can be called for."""
    limits = site.deadlines
    match state:
        case Idle():
            return None if state.armed else state.since_us + limits.linger_us
        case OutOfService():
            return None
        case Entered():
            return state.since_us + (limits.seat_us if site.trigger is Trigger.SEATED else ENTRY_ALONE_US)
        case Closed():
            return state.since_us + limits.closed_notice_us
        case Quiet():
            return state.since_us + limits.quiet_us
        case Connecting():
            return _connecting_due_us(state, site)
        case Disturbed():
            return state.since_us + limits.link_patience_us
        case Talking():
            return state.since_us + limits.talk_check_us
        case InTransfer():
            return state.since_us + limits.transfer_us + 4 * limits.ring_us
        case Away():
            return state.since_us + limits.away_grace_us
        case Delivering():
            return state.since_us + limits.receipt_us
        case Farewell():
            return state.since_us + limits.farewell_us
        case Wiping():
            return state.since_us + limits.wipe_us


def _connecting_due_us(state: Connecting, site: Site) -> int:
    limits = site.deadlines
    if state.after_hours:
        return state.since_us + limits.after_hours_us
    return state.heard_us + (limits.link_us if state.linked else limits.link_patience_us)


WITHOUT_VISIT = (Idle, Entered, OutOfService)


def visit_of(state: State) -> Visit | None:
    """The visit that is going on."""
    return None if isinstance(state, WITHOUT_VISIT) else state.visit


def is_there(state: State) -> bool:
    """Whether the citizen of this visit is in the booth, as far as known: her papers are handed out to nobody else."""
    if isinstance(state, Delivering):
        return not state.gone
    return not isinstance(state, Idle | Entered | OutOfService | Away | Wiping)


def visit_named(call: CallId) -> VisitId:
    """The visit that this call belongs to, by the call's name."""
    return VisitId(call.rpartition("/")[0])


def talk_of(state: State) -> Talking | None:
    """The talk that goes on, also while the citizen is out for a moment; None without one."""
    if type(state) is Away:
        state = state.before
    return state if type(state) is Talking else None


def office_of(state: State) -> OfficeId | None:
    """The office that talks with the citizen; None without a talk."""
    talk = talk_of(state)
    return talk.office if talk is not None else None
