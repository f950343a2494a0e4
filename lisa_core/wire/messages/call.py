"""A citizen's call: what booth and exchange tell each other until the visit has ended."""

from __future__ import annotations

from dataclasses import dataclass

from lisa_core.domain.model.call_words import Ending
from lisa_core.domain.model.ids import AgentId, LegId, OfficeId, VisitId
from lisa_core.domain.model.outcome import Outcome


@dataclass(frozen=True, slots=True)
class PlaceCall:
    """B>X: somebody is in the booth; ring at the front desk.

    `token`: from the slip of a follow-up appointment, "" without one; it is random and says nothing about the person.
    """

    visit: VisitId
    token: str = ""


@dataclass(frozen=True, slots=True)
class CancelCall:
    """B>X: the citizen is gone, or the booth ends the call."""

    reason: str


@dataclass(frozen=True, slots=True)
class Queued:
    """X>B: nobody is free yet. `place` counts from 1; `wait_s` is the expected wait in whole minutes, -1 if unknown."""

    place: int
    wait_s: int


@dataclass(frozen=True, slots=True)
class Ringing:
    """X>B: a human's desk is ringing in this office."""

    office: OfficeId
    office_name: str


@dataclass(frozen=True, slots=True)
class Answered:
    """X>B: this human answers; the booth now offers media for `leg`."""

    leg: LegId
    agent: AgentId
    agent_name: str
    office: OfficeId
    office_name: str
    front_desk: bool


@dataclass(frozen=True, slots=True)
class Transferring:
    """X>B: the call goes on to this office; the former leg is over."""

    office: OfficeId
    office_name: str


@dataclass(frozen=True, slots=True)
class Returning:
    """X>B: the office did not answer; the front desk is called again."""

    office_name: str


@dataclass(frozen=True, slots=True)
class Consulting:
    """X>B: the agent in the talk asks this office meanwhile and is not heard; "": speaks with the citizen again."""

    office_name: str


@dataclass(frozen=True, slots=True)
class Staffed:
    """X>B: whether anybody is at work at the front desk; after each hello of the booth, and when it changes."""

    there: bool


@dataclass(frozen=True, slots=True)
class CallEnded:
    """X>B, X>D: the call is over."""

    reason: Ending


@dataclass(frozen=True, slots=True)
class AppointmentGiven:
    """X>B: a follow-up appointment for the citizen inside; `token` goes on the slip that she takes along."""

    token: str
    start: str
    office_name: str


@dataclass(frozen=True, slots=True)
class Appointments:
    """X>B: when somebody has an appointment at this site (local times, ISO to the minute); sent after each change."""

    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitEnded:
    """B>X: how the visit ended; for statistics, without any content. `copy`: the citizen has her copy."""

    visit: VisitId
    outcome: Outcome
    copy: bool = False


@dataclass(frozen=True, slots=True)
class VisitCorrected:
    """X>B: this visit ended otherwise than the booth could know: the office has the application, or does not."""

    visit: VisitId
    outcome: Outcome
