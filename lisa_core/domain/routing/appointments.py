"""The appointments of a Landkreis: where, when, with which office and agent. Known by token, never by person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lisa_core.domain.model.ids import AgentId, OfficeId, ServiceId, SiteId

SLOT = timedelta(minutes=30)
"""Minimum time between the starts of two appointments at one site or with one agent."""
KEPT = timedelta(days=180)
"""How long after its start an appointment is kept, so that its token leads to the agent the citizen talked with."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """`start`: local time, ISO to the minute. `agent`: the known contact, None: any. `used`: somebody came for it."""

    token: str
    site: SiteId
    office: OfficeId
    start: str
    service: ServiceId | None = None
    agent: AgentId | None = None
    used: bool = False

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.start)

    def near(self, local: datetime, early_us: int, late_us: int) -> bool:
        """Whether a citizen who comes at `local` counts as coming for this appointment."""
        return self.at - timedelta(microseconds=early_us) <= local <= self.at + timedelta(microseconds=late_us)


class AppointmentBook:
    """All appointments of a Landkreis, by token. `sites`: each site that ever had any, with its own in their order."""

    def __init__(self) -> None:
        self._by_token: dict[str, Appointment] = {}
        self.sites: dict[SiteId, list[Appointment]] = {}

    def add(self, made: Appointment) -> None:
        """Enter this appointment, or enter it anew."""
        self.drop(made.token)
        self._by_token[made.token] = made
        entries = self.sites.setdefault(made.site, [])
        entries.append(made)
        entries.sort(key=_start_of)

    def drop(self, token: str) -> Appointment | None:
        """Forget it; returns what it was."""
        old = self._by_token.pop(token, None)
        if old is not None:
            self.sites[old.site].remove(old)
        return old

    def forget_before(self, day: datetime) -> None:
        """Drop all that began earlier."""
        for old in [old for old in self._by_token.values() if old.at < day]:
            self.drop(old.token)

    def find(self, token: str) -> Appointment | None:
        return self._by_token.get(token) if token else None

    def use(self, token: str) -> None:
        """The citizen came: from now on the token only leads to her contact."""
        if found := self._by_token.get(token):
            self.add(replace(found, used=True))

    def find_expected(self, site: SiteId, local: datetime, early_us: int, late_us: int) -> Appointment | None:
        """The unused appointment at this site nearest to `local`, if one is near enough; else None."""
        near = [
            (abs(found.at - local), found.token, found)
            for found in self.sites.get(site, ())
            if not found.used and found.near(local, early_us, late_us)
        ]
        return min(near)[2] if near else None

    def clash(self, wanted: Appointment) -> Appointment | None:
        """An appointment too near to this one: the same booth, or the same agent."""
        agent = wanted.agent
        return next(
            (
                other
                for other in self._by_token.values()
                if abs(other.at - wanted.at) < SLOT
                and (other.site == wanted.site or (agent is not None and other.agent == agent))
            ),
            None,
        )

    def starts(self, site: SiteId) -> tuple[str, ...]:
        """The starts of all unused appointments at this site."""
        return tuple(found.start for found in self.sites.get(site, ()) if not found.used)

    def coming(self, local: datetime | None, late_us: int) -> list[Appointment]:
        """What is still to come, in order of time."""
        since = local and local - timedelta(microseconds=late_us)
        unused = (entry for entry in self._by_token.values() if not entry.used)
        return sorted((entry for entry in unused if since is None or entry.at >= since), key=_start_of)

    def all(self) -> Iterable[Appointment]:
        return self._by_token.values()


def _start_of(appointment: Appointment) -> tuple[str, str]:
    return appointment.start, appointment.token
