"""Who can help where and when: Landkreise, sites, offices, services, forms, agents. Configuration as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import Enum, StrEnum

from lisa_core.domain.model.ids import AgentId, FormId, OfficeId, ServiceId, SiteId, TenantId
from lisa_core.domain.model.media.media_ways import MediaPlan


class Trigger(Enum):
    """What starts a visit: walking through the door, or sitting down behind a closed door."""

    ENTRY = "tuer"
    SEATED = "platz"


WeeklyHours = Mapping[int, tuple[tuple[time, time], ...]]
"""Weekday (Monday = 0) to open intervals; a weekday that is absent is closed."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Every wait of a visit, in microseconds. A test site shortens them.

    `ring_us` and `transfer_us` are those of its exchange: see `at_exchange`.
    """

    presence_debounce_us: int = 300_000
    """How long the radar must see somebody, or somebody on the chair, before that counts."""
    absence_debounce_us: int = 1_000_000
    """How long the radar must see nobody before the booth counts as empty."""
    entry_memory_us: int = 10_000_000
    """How long after the door opened somebody who is sensed counts as having just come in."""
    seat_us: int = 30_000_000
    """Where sitting down starts the visit: after this long inside, a visit starts without it."""
    ring_us: int = 15_000_000
    """How long a desk rings before the exchange offers the call to the next one."""
    transfer_us: int = 30_000_000
    """How long an office has for a forwarded call before it goes back to the front desk."""
    away_grace_us: int = 20_000_000
    """How long a citizen who went out may stay away before her visit ends."""
    closed_notice_us: int = 30_000_000
    """How long the closed booth shows when it opens, before it looks again whether somebody is inside."""
    farewell_us: int = 60_000_000
    """How long after the talk a citizen may stay before everything is wiped."""
    receipt_us: int = 20_000_000
    """How long after the talk the receipt of an application is waited for."""
    wipe_us: int = 10_000_000
    """How long wiping may take before the lamp turns red and it is tried again."""
    touch_us: int = 500_000
    """How long after a change of the buttons on the screen a touch does not count: it was meant for another one."""
    pen_lifted_us: int = 1_500_000
    """How long the pen must be off the pad before the signature counts as finished."""
    link_us: int = 10_000_000
    """While connecting: how long the exchange may say nothing before the booth places its call again."""
    link_patience_us: int = 60_000_000
    """How long the link may be lost, while connecting, before the booth shows itself as out of order."""
    still_us: int = 600_000_000
    """How long somebody inside may not move before a human is asked to look."""
    linger_us: int = 120_000_000
    """How long somebody may stay inside after a visit before a human is called to look."""
    quiet_us: int = 1_800_000_000
    """How long the booth stays quiet for somebody who wants no advice, before it looks whether anybody is inside."""
    after_hours_us: int = 60_000_000
    """How long a call is tried for a citizen who pressed the button while the booth is closed."""
    talk_check_us: int = 1_800_000_000
    """How long a talk lasts before the agent is reminded of it, and again each time after that."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How long the exchange waits, in microseconds: the same for every site and desk of a Landkreis."""

    ring_us: int = 15_000_000
    """How long a desk rings before the call is offered to the next one."""
    transfer_us: int = 30_000_000
    """How long an office has for a forwarded call before it goes back to the front desk."""
    wrap_up_us: int = 0
    """How long an agent has after a talk before the next call; an office may say otherwise."""
    desk_grace_us: int = 5_000_000
    """How long a desk that talks or rings may be disconnected before it counts as lost."""
    booth_grace_us: int = 15_000_000
    """How long a booth may be disconnected before its call ends."""
    reject_pause_us: int = 5_000_000
    """How long an agent who rejected a call is offered no other."""
    busy_pause_us: int = 20_000_000
    """The same for an agent who rejected it as busy."""
    no_answer_pause_us: int = 0
    """How long an agent who did not answer is offered no call; 0: until the agent says to be ready again."""
    relax_us: int = 20_000_000
    """How long a call waits for a skill before one level less is enough."""
    known_wait_us: int = 60_000_000
    """How long a call waits for an agent who knows the citizen before any other may take it."""
    place_us: int = 2_000_000
    """Minimum time between two announcements of changed places in a queue."""
    estimate_us: int = 1_800_000_000
    """An expected wait is named only if a call was taken this recently."""
    early_us: int = 900_000_000
    """How early before its start a citizen who comes counts as coming for her appointment."""
    late_us: int = 900_000_000
    """How late after its start she still does."""


def at_exchange(deadlines: Deadlines, rules: Rules) -> Deadlines:
    """The deadlines of a booth, with the ring and transfer times of its exchange: its own waits build on them."""
    return replace(deadlines, ring_us=rules.ring_us, transfer_us=rules.transfer_us)


@dataclass(frozen=True, slots=True)
class Site:
    """A place with a booth. `land` is the two-letter code of the Bundesland (its public holidays apply).

    `hours` are those of the host's house in which the front desk answers, too, and anybody may come. In
    `appointment_hours` only citizens with an appointment are connected. `host`: the owner of the house.
    """

    id: SiteId
    name: str
    land: str
    opened_on: date
    trigger: Trigger
    hours: WeeklyHours
    deadlines: Deadlines = Deadlines()
    appointment_hours: WeeklyHours = field(default_factory=dict)
    host: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """A Stelle. `tenant` draws the border that documents do not cross without consent; `external`: not the Landkreis.

    `hours` empty: whenever an agent is ready. A call that has waited `overflow_us` may also be taken by `overflow_to`.
    `wrap_up_us` None: as the `Rules` say. `portal`: the address of a page that its agents open beside a call, "" for
    none; it is called `portal_name`.
    """

    id: OfficeId
    name: str
    tenant: TenantId
    front_desk: bool = False
    hours: WeeklyHours = field(default_factory=dict)
    valid_from: date = date.min
    external: bool = False
    overflow_to: OfficeId | None = None
    overflow_us: int = 0
    wrap_up_us: int | None = None
    portal: str = ""
    portal_name: str = ""


class FieldKind(StrEnum):
    """What an answer is: the words are those of a form's file, and of the link."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    CHOICE = "choice"
    IBAN = "iban"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a form; `choices` only for a choice."""

    id: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form that citizen and agent fill in together, with the papers that belong to it.

    Without `signature` it is no application: `domain.case.papers_only`.
    """

    id: FormId
    title: str
    declaration: str
    fields: tuple[FieldSpec, ...]
    attachments: tuple[str, ...] = ()
    signature: bool = True


@dataclass(frozen=True, slots=True)
class Service:
    """A Leistung: which office decides, which forms it needs, since when it is offered in the booths.

    `skill` at `level` (1 to 9) is what an agent should have; after a time less is enough. "": anybody.
    """

    id: ServiceId
    name: str
    office: OfficeId
    forms: tuple[FormId, ...] = ()
    valid_from: date = date(2023, 3, 1)
    skill: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Agent:
    """A human at a desk. `skills`: name to level, 1 to 9."""

    id: AgentId
    name: str
    office: OfficeId
    skills: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Directory:
    """The whole configuration of one deployment. `land` is that of the offices: its public holidays are theirs.

    `name`: that of the Landkreis, as people say it.
    """

    sites: Mapping[SiteId, Site]
    offices: Mapping[OfficeId, Office]
    services: Mapping[ServiceId, Service]
    forms: Mapping[FormId, FormSpec]
    agents: Mapping[AgentId, Agent]
    holidays: Mapping[str, frozenset[date]] = field(default_factory=dict)
    land: str = ""
    rules: Rules = Rules()
    name: str = ""
    media: MediaPlan = MediaPlan()

    @property
    def front_desk(self) -> Office:
        """The office that answers first (LISA-Team)."""
        return next(office for office in self.offices.values() if office.front_desk)
