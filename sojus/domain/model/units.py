"""What help is counted in, and what it is paid by."""

from __future__ import annotations

from enum import Enum


class Unit(Enum):
    """What a kind of help is offered as. Of a bed there is one per place; of the others so many are left."""

    BED = "bed"
    SEAT = "seat"
    WEEKLY_HOURS = "weekly_hours"
    CONTACTS = "contacts"

    @property
    def one_each(self) -> bool:
        """Whether everybody has exactly one: of what is counted by the hour or contact they have some."""
        return self in (Unit.BED, Unit.SEAT)


class RateUnit(Enum):
    """What one rate (Entgelt) is for."""

    DAY = "day"
    MONTH = "month"
    """A lump sum, however many days the month has."""
    HOUR = "hour"
    CONTACT = "contact"
