"""What the router decides: one kind of value for each. `exchange.wording` puts them into messages.

They name desks and calls as these stand, so they are true until the next event.
"""

from __future__ import annotations

from dataclasses import dataclass

from lisa_core.domain.model.call_words import ConsultStage, Ending, ForwardStage, RefusalCode
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId, SiteId
from lisa_core.domain.routing.appointments import Appointment
from lisa_core.domain.routing.seats import Call, Desk

# Thousands are made in a second of simulation, and freezing each costs as much as deciding on it (ADR 48): nobody
# changes them.


@dataclass(slots=True)
class DeskChanged:
    """This desk's state changed: its `DeskState` and the offices' counts are to be sent anew."""

    agent: AgentId


# --- ringing and talking --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class RingDesk:
    """This desk rings for this call. `news`: the booth, or the agent who asked, does not know yet."""

    desk: Desk
    call: Call
    waited_us: int
    news: bool


@dataclass(slots=True)
class TellRinging:
    """To the booth, or to the agent who asked: a desk of this office rings."""

    call: Call
    office: OfficeId


@dataclass(slots=True)
class TellPlace:
    """To the booth, or to the agent who asked: nobody is free. `wait_s` is -1 if unknown."""

    call: Call
    place: int
    wait_s: int


@dataclass(slots=True)
class Connect:
    """Desk and booth, or both desks of a question, talk now on the call's newest leg; for `talked_us` already."""

    desk: Desk
    call: Call
    talked_us: int = 0


@dataclass(slots=True)
class TellAnswered:
    """To the booth alone: this desk has its call."""

    desk: Desk
    call: Call


@dataclass(slots=True)
class StopRinging:
    """This desk rings no longer."""

    desk: Desk
    call: CallId
    reason: Ending


# --- going on and ending --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class TellTransferring:
    """To the booth: the call goes on to this office."""

    call: Call
    office: OfficeId


@dataclass(slots=True)
class TellReturning:
    """To the booth, and to the agent who forwarded the call: this office did not answer."""

    call: Call
    office: OfficeId


@dataclass(slots=True)
class TellForwarder:
    """To the agent who forwarded this call: its state at the office where it is."""

    call: Call
    stage: ForwardStage


@dataclass(slots=True)
class EndConsult:
    """To the agent who asked this office: the question is over."""

    call: Call
    stage: ConsultStage
    office: OfficeId


@dataclass(slots=True)
class EndTalk:
    """To this desk: its call is over. `booth_too`: to the booth as well, before."""

    desk: Desk
    call: Call
    reason: Ending
    booth_too: bool = False


@dataclass(slots=True)
class EndCall:
    """To the booth alone: its call is over."""

    call: Call
    reason: Ending


@dataclass(slots=True)
class Refuse:
    """To this desk: what its agent wanted cannot be done."""

    desk: Desk
    call: CallId
    code: RefusalCode
    text: str


# --- appointments ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class ShowAppointment:
    """To this desk: what the slip is for that the citizen brought."""

    desk: Desk
    call: CallId
    found: Appointment


@dataclass(slots=True)
class TellDiary:
    """To the booth: when somebody is expected at its site."""

    site: SiteId
    starts: tuple[str, ...]


@dataclass(slots=True)
class ConfirmBooking:
    """To the agent who made it: the appointment stands."""

    agent: AgentId
    call: CallId
    made: Appointment


@dataclass(slots=True)
class GiveAppointment:
    """To the booth: the citizen who is in it has this appointment."""

    call: CallId
    made: Appointment


@dataclass(slots=True)
class ConfirmUnbooking:
    """To the agent who cancelled it: the appointment is off."""

    agent: AgentId
    token: str


Decision = (
    DeskChanged
    | RingDesk
    | TellRinging
    | TellPlace
    | Connect
    | TellAnswered
    | StopRinging
    | TellTransferring
    | TellReturning
    | TellForwarder
    | EndConsult
    | EndTalk
    | EndCall
    | Refuse
    | ShowAppointment
    | TellDiary
    | ConfirmBooking
    | GiveAppointment
    | ConfirmUnbooking
)
