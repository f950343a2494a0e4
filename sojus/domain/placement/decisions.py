"""What a placement decides: who is told what, and which places look different now. Store and pages carry it out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from sojus.domain.model.actors import Role
from sojus.domain.model.ids import OfficeId, PlaceId, TenantId


class Party(NamedTuple):
    """Who is told: everybody who acts for this office or provider. Two tenants may call an office by the same name."""

    role: Role
    office: OfficeId
    tenant: TenantId


class News(Enum):
    """What somebody is told."""

    REFUSED = "refused"
    MISTAKES = "mistakes"
    RESERVED = "reserved"
    ANSWER_WANTED = "answer_wanted"
    UNANSWERED = "unanswered"
    WAITING = "waiting"
    EXTENDED = "extended"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REQUESTED = "requested"
    PROPOSED = "proposed"
    PASSED = "passed"
    LAPSED = "lapsed"
    """A place that was offered for a request is gone."""
    WITHDRAWN = "withdrawn"
    ADMITTED = "admitted"
    CHANGED = "changed"
    DISCHARGED = "discharged"
    OVERDUE = "overdue"
    """The planned end of a stay has come, and nobody is discharged."""
    CONFLICT = "conflict"
    """Somebody was there on days on which the place was given to others as well."""
    CONSENT_WANTED = "consent_wanted"
    """A provider asks for more than was approved."""
    DISAGREED = "disagreed"
    APPROVED = "approved"
    RECORDED = "recorded"
    TAKEN_BACK = "taken_back"
    """An admission or a discharge was entered by mistake."""
    CORRECTED = "corrected"
    SAVED = "saved"
    DROPPED = "dropped"
    CAME_FREE = "came_free"
    """Places fit a saved search that did not fit it before."""
    STALE = "stale"
    """Nobody has confirmed places within the term; `about`: the group, or the saved search that they fit."""


class Why(Enum):
    """Why something was refused."""

    NOT_FREE = "not_free"
    """Somebody was faster, or it is closed."""
    UNKNOWN = "unknown"
    NOT_YOURS = "not_yours"
    TWICE = "twice"
    IMPOSSIBLE = "impossible"
    TOO_LATE = "too_late"
    """It has ended, or is further than that."""
    ENOUGH = "enough"
    """A bound is reached: extensions, contacts, what a group has."""


@dataclass(frozen=True, slots=True)
class Tell:
    """`about`: the id of the reservation, request, stay, saved search or group; of a mistake where it stands. `text`: a
    German sentence. `why`: only of what is refused.

    `may_wait`: the office that was refused may join the waiting list of the group.
    """

    to: Party
    news: News
    about: str
    text: str
    why: Why | None = None
    may_wait: bool = False


@dataclass(frozen=True, slots=True)
class PlacesChanged:
    """What a search sees of these places is to be made anew."""

    places: tuple[PlaceId, ...]


Decision = Tell | PlacesChanged
