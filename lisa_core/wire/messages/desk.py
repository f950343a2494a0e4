"""How an agent's desk stands, and what the agent does with a call: takes it, asks about it, hands it on, ends it."""

from __future__ import annotations

from dataclasses import dataclass

from lisa_core.domain.model.call_words import ConsultStage, DeskMode, Ending, ForwardStage
from lisa_core.domain.model.ids import CallId, FormId, LegId, OfficeId, ServiceId


@dataclass(frozen=True, slots=True)
class Ready:
    """D>X: the agent can take calls. Without a checked headset this is refused."""

    headset: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """D>X: no calls for now."""


@dataclass(frozen=True, slots=True)
class OfficeEntry:
    """An office the agent may forward to; `ready` counts its free agents; `external`: not the Landkreis."""

    id: OfficeId
    name: str
    ready: int
    external: bool = False


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """A service of the catalogue, with the titles and ids of its forms."""

    id: ServiceId
    name: str
    office: OfficeId
    forms: tuple[str, ...]
    form_titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskState:
    """X>D: how the desk stands, after every change."""

    state: DeskMode
    waiting: int
    offices: tuple[OfficeEntry, ...]
    services: tuple[ServiceEntry, ...]


@dataclass(frozen=True, slots=True)
class UnstaffedOffices:
    """X>D, after `DeskState`: nobody is at work in these offices, nor where they are helped; each time all of them."""

    offices: tuple[OfficeId, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """X>D: ring. What the specialist sees before taking over: where, what, which forms, by whom forwarded.

    `waited_s`: since the citizen last talked with anybody, or came. `consult`: `from_agent` only asks first, the
    citizen stays there. `appointment`: its start (ISO), or "".
    """

    site_name: str
    waited_s: int
    service_name: str = ""
    form_titles: tuple[str, ...] = ()
    from_agent: str = ""
    returned: bool = False
    consult: bool = False
    appointment: str = ""


@dataclass(frozen=True, slots=True)
class CutOff:
    """X>D, after `Offer`: it comes back because the desk of this agent was lost in the talk; nobody has declined."""

    agent_name: str


@dataclass(frozen=True, slots=True)
class Unstaffed:
    """X>D, after `Offer`: it comes back because nobody was at work in this office; nobody has declined."""

    office_name: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """X>D: stop ringing."""

    reason: Ending


@dataclass(frozen=True, slots=True)
class Accept:
    """D>X: the agent answers."""


@dataclass(frozen=True, slots=True)
class Reject:
    """D>X: the agent does not want this call; `busy`: cannot take any for a moment."""

    busy: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """X>D: the call is yours; the booth will offer media for `leg`. `consult`: it is a colleague who asks."""

    leg: LegId
    site_name: str
    consult: bool = False


@dataclass(frozen=True, slots=True)
class Talked:
    """X>D, after `Taken`: for so long this desk has talked already; for a page that was loaded anew."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Forward:
    """D>X: hand the call on to this office for this service; `forms` empty: those of the service."""

    office: OfficeId
    service: ServiceId | None = None
    forms: tuple[FormId, ...] = ()


@dataclass(frozen=True, slots=True)
class ForwardState:
    """X>D: how the call stands that was forwarded from here, under that call's name.

    Answered, it was by `agent_name`. As long as it has not ended it may be taken back.
    """

    state: ForwardStage
    office_name: str
    agent_name: str = ""


@dataclass(frozen=True, slots=True)
class Consult:
    """D>X: ask this office first (Rückfrage); the citizen stays with this agent."""

    office: OfficeId
    service: ServiceId | None = None
    forms: tuple[FormId, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsultState:
    """X>D: how the question stands.

    While they speak, `leg` is the media connection between both desks; its messages travel under the call `question`.
    """

    state: ConsultStage
    office_name: str
    agent_name: str = ""
    leg: LegId = LegId("")
    question: CallId = CallId("")


@dataclass(frozen=True, slots=True)
class HandOver:
    """D>X: the colleague who was asked takes the citizen now."""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """D>X: withdraw the question, or fetch back the call that nobody has answered yet."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """D>X: the talk is over."""
