"""What can happen to a visit, and what a visit asks for in return."""

from __future__ import annotations

from dataclasses import dataclass

from lisa_core.domain.model.call_words import Ending
from lisa_core.domain.model.ids import AgentId, CallId, LegId, OfficeId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.readings import LampColour

# --- from the room (domain.visit.perception) --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sensed:
    """Somebody is in the booth (praesenz.erkannt)."""


@dataclass(frozen=True, slots=True)
class Left:
    """Nobody is in the booth any more (praesenz.verloren)."""


@dataclass(frozen=True, slots=True)
class Seated:
    """The citizen has sat down."""


@dataclass(frozen=True, slots=True)
class DoorOpened:
    """The door contact opened."""


@dataclass(frozen=True, slots=True)
class DoorClosed:
    """The door contact closed."""


@dataclass(frozen=True, slots=True)
class CallButton:
    """The call button was pressed: a human must answer."""


@dataclass(frozen=True, slots=True)
class Motionless:
    """Nobody has moved for a long time though somebody is there: a human should ask."""


@dataclass(frozen=True, slots=True)
class DeviceGone:
    """A device does not answer any more (geraet.gestoert)."""

    slot: str


@dataclass(frozen=True, slots=True)
class DeviceBack:
    """It answers again (geraet.bereit)."""

    slot: str


@dataclass(frozen=True, slots=True)
class FeederFound:
    """Sheets lay in the scanner when it was first asked in this visit: they may be somebody else's."""


# --- from the citizen, on the screen --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dismissed:
    """Whoever is inside wants no advice (a cleaner): nobody is called, no picture is sent."""


@dataclass(frozen=True, slots=True)
class CameraChosen:
    """The citizen switches her camera on or off."""

    on: bool


# --- from the exchange ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CallQueued:
    """No desk is free: the call has this place (from 1); `wait_s` is -1 if the wait is not known."""

    call: CallId
    place: int
    wait_s: int


@dataclass(frozen=True, slots=True)
class CallRinging:
    """A desk rings for the call."""

    call: CallId


@dataclass(frozen=True, slots=True)
class CallAnswered:
    """An agent answers. `leg` names the media connection that the booth now offers; a known one stays as it is."""

    call: CallId
    leg: LegId
    agent: AgentId
    agent_name: str
    office: OfficeId
    office_name: str
    front_desk: bool


@dataclass(frozen=True, slots=True)
class CallTransferring:
    """The agent forwarded the call to this office; its former leg is over."""

    call: CallId
    office_name: str


@dataclass(frozen=True, slots=True)
class CallReturning:
    """The office did not answer: the front desk is called again."""

    call: CallId
    office_name: str


@dataclass(frozen=True, slots=True)
class Classified:
    """The agent says how the visit ends (folgetermin, an_andere_stelle ...)."""

    call: CallId
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class CallOver:
    """The call is over: for the reason `AGENT` the talk came to its end, for any other it broke off."""

    call: CallId
    reason: Ending


@dataclass(frozen=True, slots=True)
class LinkLost:
    """The link to the exchange is down. A talk goes on without it: its media do not pass the exchange."""


@dataclass(frozen=True, slots=True)
class LinkBack:
    """The link to the exchange is up. `fresh`: the exchange was started anew and may know nothing of this call."""

    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Barred:
    """The exchange lets this booth in no more, and will not until somebody has mended it (its key is revoked)."""


# --- from the booth itself ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DeadlinePassed:
    """The state's deadline `due_us` has come; one that belongs to an earlier state is stale and ignored."""

    due_us: int


@dataclass(frozen=True, slots=True)
class DraftOpened:
    """A form was begun; or, with `papers_only`, papers are to be handed in without an application."""

    papers_only: bool = False


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The application is on its way to the office: from here on it may be there, whatever becomes of the talk.

    `papers_only`, here and below: it is papers without an application.
    """

    papers_only: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationReceived:
    """The office has the application: the receipt is here."""

    papers_only: bool = False


@dataclass(frozen=True, slots=True)
class NotHandedIn:
    """The office does not have it, and will not: it was refused, or could not be sealed."""

    papers_only: bool = False


@dataclass(frozen=True, slots=True)
class PaperCopied:
    """A paper was printed for the citizen, and nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Wiped:
    """Everything of this visit is gone, and that was checked."""

    visit: VisitId


@dataclass(frozen=True, slots=True)
class Restarted:
    """The program started and found an unfinished visit in its journal, which ends with `outcome`."""

    visit: VisitId
    outcome: Outcome = Outcome.TECHNICAL


VisitEvent = (
    Sensed
    | Left
    | Seated
    | DoorOpened
    | DoorClosed
    | CallButton
    | Motionless
    | DeviceGone
    | DeviceBack
    | FeederFound
    | Dismissed
    | CameraChosen
    | Classified
    | CallQueued
    | CallRinging
    | CallAnswered
    | CallTransferring
    | CallReturning
    | CallOver
    | LinkLost
    | LinkBack
    | Barred
    | DeadlinePassed
    | DraftOpened
    | HandedIn
    | ApplicationReceived
    | NotHandedIn
    | PaperCopied
    | Wiped
    | Restarted
)

# --- commands -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Ask the exchange for an agent at the front desk. Asked twice by the same name, the call stays one."""

    call: CallId
    visit: VisitId


@dataclass(frozen=True, slots=True)
class Cancel:
    """Tell the exchange that the booth ends this call, and why."""

    call: CallId
    reason: str


@dataclass(frozen=True, slots=True)
class OpenLeg:
    """Offer media to the desk that answered."""

    call: CallId
    leg: LegId


@dataclass(frozen=True, slots=True)
class CloseLeg:
    """No picture and no sound leaves the booth any more."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Mute the microphone and blank the papers while the door is open (I10)."""

    on: bool


@dataclass(frozen=True, slots=True)
class ShowCitizen:
    """Send the citizen's picture, or a cover instead."""

    on: bool


@dataclass(frozen=True, slots=True)
class Tell:
    """Send a notice to the agent's desk; `code` names its sentence."""

    code: str


@dataclass(frozen=True, slots=True)
class Recall:
    """What was handed in and has not left the booth stays here: it is not sent when the line is back."""


@dataclass(frozen=True, slots=True)
class ShowLamp:
    """Set the lamp above the door."""

    colour: LampColour


@dataclass(frozen=True, slots=True)
class Frost:
    """Make the privacy glass opaque, or clear."""

    opaque: bool


@dataclass(frozen=True, slots=True)
class Wipe:
    """Cancel all tasks, then destroy everything of this visit; answered by `Wiped`."""

    visit: VisitId


@dataclass(frozen=True, slots=True)
class Conclude:
    """This is how the visit ended; exactly one per visit."""

    visit: VisitId
    outcome: Outcome


Command = Place | Cancel | OpenLeg | CloseLeg | Guard | ShowCitizen | Tell | Recall | ShowLamp | Frost | Wipe | Conclude
