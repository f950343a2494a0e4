"""What is kept of persons, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from lisa_core.domain.model.errors import LisaError
from sojus.domain.model.ids import CaseId
from sojus.domain.placement.decisions import Party


class NamedPerson(NamedTuple):
    """A young person. `born`: None, nobody has said."""

    name: str
    born: date | None = None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as its office sees it without a purpose. `label`: "Fall 7", counted for each office; `number`: 7.
    `reference`: its file number at that office, "" for none; nobody else sees it."""

    case: CaseId
    label: str
    created: date
    reference: str
    number: int


class AuditDeed(StrEnum):
    """What stands in the audit."""

    ENTERED = "fall.angelegt"
    SEEN = "fall.gesehen"
    CORRECTED = "fall.berichtigt"
    REFUSED = "fall.verweigert"
    FORGOTTEN = "fall.geloescht"
    RAN_OUT = "fall.abgelaufen"
    """Forgotten by its term."""
    JOINED = "mitglied.aufgenommen"
    LEFT = "mitglied.beendet"


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Somebody did something; no name of whom it was about. `at`: ISO, on the wall clock of the place.

    `account`: None, somebody of another party, who is known there. `party`: for whom; None: a term, the command line.
    `case`: None, it was about none. `subject`: of a membership, the account that got it or lost it.
    """

    number: int
    at: str
    what: AuditDeed
    account: str | None
    party: Party | None
    case: CaseId | None
    purpose: str
    subject: str = field(default="")


class NameNotice(NamedTuple):
    """Somebody who was told a name has to hear that it was corrected or deleted. `number`: of the line of the audit,
    `at`: as there; `to`: of whom somebody has looked."""

    number: int
    at: str
    what: AuditDeed
    case: CaseId
    owner: Party
    to: Party


class NotShown(LisaError):
    """Somebody may not know this, or there is nothing to know: both in the same words."""
