"""The closed lists of words for the state of a call, a desk or a question: written on the link and shown at a desk."""

from __future__ import annotations

from enum import StrEnum


class DeskMode(StrEnum):
    """mitarbeiter: the state of an agent's desk."""

    OFF = "abgemeldet"
    READY = "bereit"
    RINGING = "klingelt"
    TALKING = "im_gespraech"
    WRAP_UP = "nacharbeit"
    PAUSE = "pause"
    ABSENT = "abwesend"

    @property
    def here(self) -> bool:
        """Whether this agent will take a call sooner or later."""
        return self not in (DeskMode.OFF, DeskMode.PAUSE, DeskMode.ABSENT)


class Ending(StrEnum):
    """Why a call is over, or why a desk rings no longer."""

    AGENT = "agent"
    """The agent has ended the talk."""
    CITIZEN = "citizen"
    """The citizen is gone, or the booth has ended the call."""
    FORWARDED = "forwarded"
    HANDED_OVER = "handed_over"
    """A question has become a talk with the citizen."""
    TAKEN_BACK = "taken_back"
    """The agent who asked or forwarded has withdrawn it."""
    DESK_LOST = "desk_lost"
    BOOTH_LOST = "booth_lost"
    BOOTH_BARRED = "booth_barred"
    """The booth may no longer speak for its site: its key is revoked or replaced."""
    UNANSWERED = "unanswered"
    REJECTED = "rejected"
    BUSY = "busy"


BARRED = "barred"
"""Why a booth cancels its call: it may speak for its site no more."""


class ForwardStage(StrEnum):
    """The state of a forwarded call; the last three are its end."""

    WAITING = "wartet"
    RINGING = "klingelt"
    ANSWERED = "angenommen"
    RETURNED = "zurueck"
    """Nobody answered: the front desk is called."""
    GONE = "gegangen"
    """The citizen, or her booth, is: she waits there no longer."""


class ConsultStage(StrEnum):
    """The state of a question to a colleague (Rückfrage); all but the first three are its end."""

    WAITING = "wartet"
    RINGING = "klingelt"
    TALKING = "spricht"
    UNANSWERED = "unbeantwortet"
    UNSTAFFED = "unbesetzt"
    RETURNED = "zurueck"
    """The colleague gives it back."""
    HANDED_OVER = "uebergeben"
    WITHDRAWN = "zurueckgezogen"
    PAST = "vorbei"
    """The call was forwarded meanwhile."""


class SubmissionFault(StrEnum):
    """Why an application was not accepted."""

    REFUSED = "refused"
    FULL = "full"
    """For now nothing can be taken in: this says nothing about what was handed in."""


class RefusalCode(StrEnum):
    """Why something was refused. A peer may say another one: its sentence is shown all the same."""

    HELLO = "hello"
    """This connection is not wanted."""
    OCCUPIED = "occupied"
    """Another program is connected for this place."""
    TAKEN = "taken"
    """Somebody else goes on at this place."""
    REPLACED = "replaced"
    """The same program has come back on another connection."""
    FAULT = "fault"
    """What came could not be dealt with."""
    SESSION = "session"
    """Nobody is logged in there, or no longer."""
    SILENT = "silent"
    """No hello came in time, whoever is at fault; the peer may try again."""
    KEY = "key"
    """The booth's key is missing, not proved, another one, or revoked."""
    BEHIND = "behind"
    """Nothing was acknowledged for too long."""
    DOUBLE = "double"
    """Another program wanted to be this one; the connection stays."""
    PROTOCOL = "protocol"
    DIRECTION = "direction"
    SIZE = "size"
    CALL = "call"
    """The call belongs to another booth."""
    LATE = "late"
    """The call is not, or no longer, at this desk."""
    BUSY = "busy"
    HEADSET = "headset"
    OFFICE = "office"
    SERVICE = "service"
    CLOSED = "closed"
    CONSULT = "consult"
    APPOINTMENT = "appointment"
