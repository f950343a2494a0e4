"""What reaches the router: from booths, from desks, and from the clock. What it answers is in `decisions`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lisa_core.domain.model.ids import AgentId, CallId, FormId, OfficeId, ServiceId, SiteId, VisitId


@dataclass(frozen=True, slots=True)
class BoothJoined:
    """A booth's link is up, for the first time or again; `fresh`: its program was started anew."""

    site: SiteId
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class BoothLost:
    """A booth's link is down; its call is kept for a grace."""

    site: SiteId


@dataclass(frozen=True, slots=True)
class BoothBarred:
    """A booth may no longer speak for its site, whether or not it is linked: what it had begun ends now."""

    site: SiteId


@dataclass(frozen=True, slots=True)
class DeskJoined:
    """A desk's link is up; `fresh`: its page or program was loaded anew."""

    agent: AgentId
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class DeskLost:
    """A desk's link is down; a talk or a ringing is kept for a grace."""

    agent: AgentId


@dataclass(frozen=True, slots=True)
class AgentReady:
    """The agent takes calls from now on. `headset`: it was checked; without that no desk becomes ready."""

    agent: AgentId
    headset: bool = True


@dataclass(frozen=True, slots=True)
class AgentPaused:
    """The agent wants no calls for now; during a call, after it."""

    agent: AgentId


@dataclass(frozen=True, slots=True)
class CallPlaced:
    """A citizen came in. `token`: of an appointment or a former visit, if she brought one."""

    site: SiteId
    call: CallId
    visit: VisitId
    token: str = ""


@dataclass(frozen=True, slots=True)
class CallCancelled:
    """The citizen is gone, or the booth ends the call; `barred`: it was let in no more."""

    call: CallId
    barred: bool = False


@dataclass(frozen=True, slots=True)
class CallAccepted:
    """The agent takes the call that rings at this desk."""

    agent: AgentId
    call: CallId


@dataclass(frozen=True, slots=True)
class CallRejected:
    """The agent does not take it; `busy`: because of something else, so the pause until the next call is longer."""

    agent: AgentId
    call: CallId
    busy: bool = False


@dataclass(frozen=True, slots=True)
class CallForwarded:
    """The agent forwards the call to this office (blind transfer). `forms` empty: those of the service."""

    agent: AgentId
    call: CallId
    office: OfficeId
    service: ServiceId | None = None
    forms: tuple[FormId, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsultAsked:
    """Rückfrage: the specialist is asked first, the citizen stays with this agent."""

    agent: AgentId
    call: CallId
    office: OfficeId
    service: ServiceId | None = None
    forms: tuple[FormId, ...] = ()


@dataclass(frozen=True, slots=True)
class CallHandedOver:
    """The specialist who was asked and has answered takes the citizen."""

    agent: AgentId
    call: CallId


@dataclass(frozen=True, slots=True)
class CallTakenBack:
    """The question is withdrawn, or the forwarded call that nobody has answered yet is fetched back."""

    agent: AgentId
    call: CallId


@dataclass(frozen=True, slots=True)
class CallHungUp:
    """The agent ends the talk."""

    agent: AgentId
    call: CallId


@dataclass(frozen=True, slots=True)
class AppointmentMade:
    """Somebody will come to this site at `start` (local time, ISO to the minute). `agent` and `call` may be "".

    `call`: made during this call by the agent `agent`, who is told the result; `with_agent`: the agent the citizen will
    talk with. `token` is random.
    """

    token: str
    site: SiteId
    office: OfficeId
    start: str
    service: ServiceId | None = None
    with_agent: AgentId | None = None
    agent: AgentId | None = None
    call: CallId | None = None


@dataclass(frozen=True, slots=True)
class AppointmentCancelled:
    """`agent`: the agent who cancels it and is told the result; None: nobody is told."""

    token: str
    agent: AgentId | None = None


@dataclass(frozen=True, slots=True)
class SlipShown:
    """The citizen who talks with this agent brought the slip of an appointment, at whatever time."""

    agent: AgentId
    call: CallId
    token: str


@dataclass(frozen=True, slots=True)
class CivilSet:
    """What the wall clock shows now: local time, ISO without zone. Without this event the router knows no hours."""

    local: str


@dataclass(frozen=True, slots=True)
class Due:
    """Time went on: whatever is due by now happens."""


RoutingEvent = (
    BoothJoined
    | BoothLost
    | BoothBarred
    | DeskJoined
    | DeskLost
    | AgentReady
    | AgentPaused
    | CallPlaced
    | CallCancelled
    | CallAccepted
    | CallRejected
    | CallForwarded
    | ConsultAsked
    | CallHandedOver
    | CallTakenBack
    | CallHungUp
    | AppointmentMade
    | AppointmentCancelled
    | SlipShown
    | CivilSet
    | Due
)

EVENTS: Mapping[str, type[RoutingEvent]] = {kind.__name__: kind for kind in RoutingEvent.__args__}
"""Name in a log -> event; `domain.model.values` turns each to JSON and back."""
