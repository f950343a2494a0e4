"""The messages of the link between booth, exchange and desk, by topic. `message_names` has their names on the wire.

Direction is written beside each: B booth, X exchange, D desk. What the exchange only relays is marked "relayed": it is
never logged. The envelope that carries them is in `wire.envelope`.

    link         hello, enrolment, challenge, welcome, refused, ack: what opens and keeps a connection
    call         a citizen's call, between booth and exchange, until the visit has ended
    desk         what a desk is offered, and what its agent does: ready, accept, forward, consult, hang up
    diary        appointments, as a desk makes, cancels and looks them up
    case, media  relayed between booth and desk: the case as it stands, previews, the media connection; over which
                 servers that goes says the exchange (domain.model.media.media_ways)
    submission   a sealed application in parts, and its receipt

A new message needs its class, a name in `message_names`, a place in `Message`, and a handler at the other end.
"""

from __future__ import annotations

from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.media.media_ways import MediaWays
from lisa_core.wire.messages.call import (
    Answered,
    AppointmentGiven,
    Appointments,
    CallEnded,
    CancelCall,
    Consulting,
    PlaceCall,
    Queued,
    Returning,
    Ringing,
    Staffed,
    Transferring,
    VisitCorrected,
    VisitEnded,
)
from lisa_core.wire.messages.case import (
    AimCamera,
    AskPreview,
    CameraAt,
    CardOn,
    CaseState,
    Classify,
    LeafletShown,
    Notice,
    Preview,
    ShowLeaflet,
)
from lisa_core.wire.messages.desk import (
    Accept,
    Consult,
    ConsultState,
    CutOff,
    DeskState,
    Forward,
    ForwardState,
    HandOver,
    HangUp,
    Offer,
    OfficeEntry,
    Pause,
    Ready,
    Reject,
    ServiceEntry,
    TakeBack,
    Taken,
    Talked,
    Unstaffed,
    UnstaffedOffices,
    Withdrawn,
)
from lisa_core.wire.messages.diary import (
    AskDiary,
    Book,
    Booked,
    Diary,
    DiaryEntry,
    ShowSlip,
    SiteEntry,
    SlipKnown,
    Unbook,
    Unbooked,
)
from lisa_core.wire.messages.link import (
    Ack,
    BoothEnrol,
    BoothEnrolled,
    BoothHello,
    BoothProof,
    Challenge,
    DeskHello,
    Refused,
    Welcome,
)
from lisa_core.wire.messages.media import MediaAnswer, MediaOffer, RelayMissing
from lisa_core.wire.messages.submission import (
    CopyNoted,
    CopyOwed,
    SubmissionPart,
    SubmissionReceived,
    SubmissionRefused,
    SubmissionWithdrawn,
)

__all__ = [
    "Accept",
    "Ack",
    "AimCamera",
    "Answered",
    "AppointmentGiven",
    "Appointments",
    "AskDiary",
    "AskPreview",
    "Book",
    "Booked",
    "BoothEnrol",
    "BoothEnrolled",
    "BoothHello",
    "BoothProof",
    "CallEnded",
    "CameraAt",
    "CancelCall",
    "CardOn",
    "CaseState",
    "Challenge",
    "Classify",
    "Consult",
    "ConsultState",
    "Consulting",
    "CopyNoted",
    "CopyOwed",
    "CutOff",
    "DeskHello",
    "DeskState",
    "Diary",
    "DiaryEntry",
    "Forward",
    "ForwardState",
    "HandOver",
    "HangUp",
    "LeafletShown",
    "MediaAnswer",
    "MediaOffer",
    "Message",
    "Notice",
    "Offer",
    "OfficeEntry",
    "Pause",
    "PlaceCall",
    "Preview",
    "Queued",
    "Ready",
    "Refused",
    "Reject",
    "RelayMissing",
    "Returning",
    "Ringing",
    "ServiceEntry",
    "ShowLeaflet",
    "ShowSlip",
    "SiteEntry",
    "SlipKnown",
    "Staffed",
    "SubmissionPart",
    "SubmissionReceived",
    "SubmissionRefused",
    "SubmissionWithdrawn",
    "TakeBack",
    "Taken",
    "Talked",
    "Transferring",
    "Unbook",
    "Unbooked",
    "Unstaffed",
    "UnstaffedOffices",
    "VisitCorrected",
    "VisitEnded",
    "Welcome",
    "Withdrawn",
]

Message = (
    BoothHello
    | BoothEnrol
    | BoothEnrolled
    | Challenge
    | BoothProof
    | DeskHello
    | Welcome
    | Refused
    | Ack
    | PlaceCall
    | CancelCall
    | Queued
    | Ringing
    | Answered
    | Transferring
    | Returning
    | Consulting
    | Staffed
    | CallEnded
    | AppointmentGiven
    | Appointments
    | VisitEnded
    | VisitCorrected
    | Ready
    | Pause
    | DeskState
    | UnstaffedOffices
    | Offer
    | CutOff
    | Unstaffed
    | Withdrawn
    | Accept
    | Reject
    | Taken
    | Talked
    | Forward
    | ForwardState
    | Consult
    | ConsultState
    | HandOver
    | TakeBack
    | HangUp
    | Book
    | Unbook
    | Booked
    | Unbooked
    | AskDiary
    | Diary
    | ShowSlip
    | SlipKnown
    | MediaWays
    | RelayMissing
    | MediaOffer
    | MediaAnswer
    | CaseState
    | Preview
    | AskPreview
    | Notice
    | AimCamera
    | CameraAt
    | CardOn
    | ShowLeaflet
    | LeafletShown
    | Classify
    | SubmissionPart
    | SubmissionReceived
    | SubmissionWithdrawn
    | SubmissionRefused
    | CopyNoted
    | CopyOwed
    | ops.AgentOperation
)
"""Whatever an envelope of the link may carry."""
