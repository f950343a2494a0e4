"""What happens to stays; `events` has all that happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from sojus.domain.model.ids import NO_REASON, DischargeId, PlaceId, ReservationId, StayId


@dataclass(frozen=True, slots=True)
class Admit:
    """They came on this day, one of those that are reserved. `until`: the first day that is free again, as far as it
    is planned; None: as reserved, and never longer."""

    reservation: ReservationId
    day: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ChangeStay:
    """From now on it is to last until this day, which has yet to come, and takes so much. What is longer or more than
    the office approved is not done, but asked of it."""

    stay: StayId
    until: date | None
    amount: int


@dataclass(frozen=True, slots=True)
class Agree:
    """The office approves what the provider asked for with `ChangeStay`, or does not."""

    stay: StayId
    yes: bool


@dataclass(frozen=True, slots=True)
class MoveStay:
    """To another place of the same provider, from this day on."""

    stay: StayId
    place: PlaceId
    day: date


@dataclass(frozen=True, slots=True)
class Discharge:
    """The last day, planned or not: what happened is entered, whoever the place was given to meanwhile.

    `reason`: a word of the vocabulary, where it has any.
    """

    stay: StayId
    day: date
    reason: DischargeId = NO_REASON


class Entered(Enum):
    """What a provider may have entered by mistake."""

    ADMISSION = "admission"
    DISCHARGE = "discharge"


@dataclass(frozen=True, slots=True)
class TakeBack:
    """It was not so: an admission (of all who came by that reservation), or a discharge, that says this day."""

    stay: StayId
    what: Entered
    day: date


@dataclass(frozen=True, slots=True)
class Approve:
    """The office approves so many contacts in all."""

    stay: StayId
    contingent: int


@dataclass(frozen=True, slots=True)
class RecordContacts:
    """The provider records contacts of one day, as far as they are approved."""

    stay: StayId
    day: date
    contacts: int = 1


@dataclass(frozen=True, slots=True)
class CorrectContacts:
    """Of this day, of which other contacts are recorded, there were so many in all."""

    stay: StayId
    day: date
    contacts: int
