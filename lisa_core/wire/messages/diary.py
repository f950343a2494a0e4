"""Appointments, as a desk makes, cancels and looks them up."""

from __future__ import annotations

from dataclasses import dataclass

from lisa_core.domain.model.ids import OfficeId, ServiceId, SiteId


@dataclass(frozen=True, slots=True)
class Book:
    """D>X: an appointment. `start`: local time, ISO to the minute. `with_me`: with this agent, else any of `office`.

    `site` None: a follow-up for the citizen of this call, at her site. Else for somebody who is not in a booth now.
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
    """D>X: the citizen of this call brought the slip of an appointment; `token` is what stands on it."""

    token: str


@dataclass(frozen=True, slots=True)
class SlipKnown:
    """X>D: what that slip is for. Forwarded to that office, the call rings at this agent's first ("": at anybody's)."""

    start: str
    office: OfficeId
    office_name: str
    service: ServiceId | None = None
    agent_name: str = ""
