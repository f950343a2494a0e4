"""The messages of the link between booth, exchange and desk. `message_names` has their names on the wire.

Direction is written beside each: B booth, X exchange, D desk. What the exchange only relays is marked "relayed": it is
never logged. The envelope that carries them is in `protocols.link`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lisa_core.model.case import Case
from lisa_core.model.ids import AgentId, CallId, FormId, LegId, OfficeId, ServiceId, SiteId, VisitId
from lisa_core.model.outcome import Outcome


@dataclass(frozen=True, slots=True)
class BoothHello:
    """B>X: this booth is here. `session` is new with every start of the program; `key` (hex) checks its seals.

    `secret` (128 bits, hex) proves that it is the same program that comes back; nobody else ever learns it.
    `civil`: what its clock shows now, ISO with its offset from UTC.
    """

    site: SiteId
    session: str
    seen: int = 0
    key: str = ""
    secret: str = ""
    civil: str = ""


@dataclass(frozen=True, slots=True)
class DeskHello:
    """D>X: this agent's desk is open. `secret` as of a booth; a page that is loaded anew in its tab keeps it.

    `take`: the agent wants to go on here, although somebody else is connected at this desk.
    """

    agent: AgentId
    session: str
    seen: int = 0
    secret: str = ""
    take: bool = False


@dataclass(frozen=True, slots=True)
class Welcome:
    """X>B, X>D: accepted; `seen` is the last message id the exchange has had from this session.

    `line` is new whenever the exchange numbers its messages to this peer anew (it was restarted, or the peer was).
    `civil`: what its clock shows now, as in the hello.
    """

    session: str
    seen: int
    name: str
    office: str = ""
    line: str = ""
    civil: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """X>*: this cannot be done. The connection stays open unless `code` is one of these.

    "hello": not wanted. "occupied": another program is connected for this place. "taken": somebody else goes on there.
    "replaced": the same program has come back on another connection. "fault": what came could not be dealt with.
    "silent": no hello came in time, by whose fault soever; it may be tried again.
    "behind": nothing was acknowledged for too long. After "double" it stays: another program wanted to be this one.
    """

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Ack:
    """Either way: nothing but the acknowledgement in the envelope; also the heartbeat.

    `civil`: what the clock of a booth shows, as in its hello.
    """

    civil: str = ""


# --- the call -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceCall:
    """B>X: somebody is in the booth; ring at the front desk.

    `token`: from the slip of a follow-up appointment, "" without one; it is random and says nothing about the person.
    """

    visit: VisitId
    token: str = ""


@dataclass(frozen=True, slots=True)
class CancelCall:
    """B>X: she is gone, or the booth ends the call."""

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
class CallEnded:
    """X>B, X>D: over. `reason`: "agent", "citizen", "forwarded", "taken_back", "desk_lost", "booth_lost"."""

    reason: str


@dataclass(frozen=True, slots=True)
class Appointments:
    """X>B: when somebody has an appointment at this site (local times, ISO to the minute); sent after each change."""

    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AppointmentGiven:
    """X>B: a follow-up appointment for her who is here; `token` goes on the slip that she takes along."""

    token: str
    start: str
    office_name: str


@dataclass(frozen=True, slots=True)
class VisitEnded:
    """B>X: how the visit ended; for statistics, without any content. `copy`: she has the copy of her application."""

    visit: VisitId
    outcome: Outcome
    copy: bool = False


@dataclass(frozen=True, slots=True)
class VisitCorrected:
    """X>B: this visit ended otherwise than the booth could know: the office has her application, or does not."""

    visit: VisitId
    outcome: Outcome


# --- the desk -------------------------------------------------------------------------------------------------------


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
    """X>D: how the desk stands, after every change. `state` is a value of routing.seats.DeskMode ("bereit", ...)."""

    state: str
    waiting: int
    offices: tuple[OfficeEntry, ...]
    services: tuple[ServiceEntry, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """X>D: ring. What the specialist sees before taking over: where, what, which forms, who forwards.

    `consult`: `from_agent` only asks first, the citizen stays there. `appointment`: when she was to come (ISO), or "".
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
class Withdrawn:
    """X>D: stop ringing. `reason`: "unanswered", "citizen", "rejected", "busy", "taken_back"."""

    reason: str


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
class Forward:
    """D>X: hand the call on to this office for this service; `forms` empty: those of the service."""

    office: OfficeId
    service: ServiceId | None = None
    forms: tuple[FormId, ...] = ()


@dataclass(frozen=True, slots=True)
class ForwardState:
    """X>D: how the call stands that was forwarded from here, under that call's name.

    `state`: "wartet", "klingelt", or how it ended: "angenommen" (by `agent_name`), "zurueck" (nobody answered, the
    front desk is called), "gegangen". As long as it has not ended it may be taken back.
    """

    state: str
    office_name: str
    agent_name: str = ""


@dataclass(frozen=True, slots=True)
class Consult:
    """D>X: ask this office first (Rückfrage); the citizen stays where she is."""

    office: OfficeId
    service: ServiceId | None = None
    forms: tuple[FormId, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsultState:
    """X>D: how the question stands. `state`: "wartet", "klingelt", "spricht", or how it ended: see below.

    While they speak, `leg` is the media connection between both desks; its messages travel under the call `question`.
    "unbeantwortet", "unbesetzt", "zurueck" (the colleague gives it back), "uebergeben", "zurueckgezogen", "vorbei".
    """

    state: str
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
class Book:
    """D>X: an appointment. `start`: local time, ISO to the minute. `with_me`: with this agent, else any of `office`.

    `site` None: a follow-up for her whose call this is, at her site. Otherwise for somebody who is not in a booth now.
    """

    office: OfficeId
    start: str
    service: ServiceId | None = None
    with_me: bool = False
    site: SiteId | None = None


@dataclass(frozen=True, slots=True)
class Unbook:
    """D>X: the appointment is cancelled."""

    token: str


@dataclass(frozen=True, slots=True)
class Booked:
    """X>D: the appointment stands."""

    token: str
    start: str
    site_name: str


@dataclass(frozen=True, slots=True)
class Unbooked:
    """X>D: the appointment is off."""

    token: str


@dataclass(frozen=True, slots=True)
class AskDiary:
    """D>X: which appointments are there?"""


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """A site where somebody may be given an appointment."""

    id: SiteId
    name: str


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One appointment; it says nothing about the person."""

    token: str
    start: str
    site_name: str
    office_name: str
    agent_name: str = ""


@dataclass(frozen=True, slots=True)
class Diary:
    """X>D: what is still to come, in order of time: all for the front desk, its own for an office; and the sites."""

    entries: tuple[DiaryEntry, ...]
    sites: tuple[SiteEntry, ...]


@dataclass(frozen=True, slots=True)
class ShowSlip:
    """D>X: she whose call this is brought the slip of an appointment; `token` is what stands on it."""

    token: str


@dataclass(frozen=True, slots=True)
class SlipKnown:
    """X>D: what that slip is for. Forwarded to that office, the call rings at this agent's first ("": at anybody's)."""

    start: str
    office: OfficeId
    office_name: str
    service: ServiceId | None = None
    agent_name: str = ""


@dataclass(frozen=True, slots=True)
class Classify:
    """D>B relayed: how the visit ends, as the agent sees it (folgetermin, an_andere_stelle ...)."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class HangUp:
    """D>X: the talk is over."""


# --- relayed between booth and the desk that has the call -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MediaOffer:
    """B>D relayed: complete SDP."""

    leg: LegId
    sdp: str


@dataclass(frozen=True, slots=True)
class MediaAnswer:
    """D>B relayed: complete SDP."""

    leg: LegId
    sdp: str


@dataclass(frozen=True, slots=True)
class CaseState:
    """B>D relayed: the whole case, after every change; newest wins."""

    case: Case
    form: dict[str, Any] = field(default_factory=dict)
    """The form's own description (title, field labels, kinds) as in model.directory.FormSpec, {} without a form."""


@dataclass(frozen=True, slots=True)
class Preview:
    """B>D relayed: a small JPEG (base64) of one captured page."""

    digest: str
    jpeg: str


@dataclass(frozen=True, slots=True)
class AskPreview:
    """D>B relayed: send the preview of this page again."""

    digest: str


@dataclass(frozen=True, slots=True)
class Notice:
    """B>D relayed: something the agent must know now: "scanner.jam", "citizen.away", "door.open", "link.back"."""

    code: str
    text: str


# --- handing in -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SubmissionPart:
    """B>X: one part of a sealed submission (base64, at most 128 kB decoded); `digest` is of the whole."""

    submission: str
    office: OfficeId
    index: int
    count: int
    digest: str
    data: str


@dataclass(frozen=True, slots=True)
class SubmissionReceived:
    """X>B: all parts are here, the seal holds, and it is stored."""

    submission: str
    number: str
    received_at: str
    digest: str


@dataclass(frozen=True, slots=True)
class SubmissionWithdrawn:
    """B>X: it will not come whole any more: she left before it was delivered. What has come of it is forgotten."""

    submission: str


@dataclass(frozen=True, slots=True)
class SubmissionRefused:
    """X>B: it was not accepted."""

    submission: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class CopyOwed:
    """X>D: number and copy of this application could not be handed out to her who left it there: they go by post."""

    number: str
    site_name: str


@dataclass(frozen=True, slots=True)
class CopyNoted:
    """D>X: somebody here has read that this goes by post. Nobody else is told any more."""

    number: str
