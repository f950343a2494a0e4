"""Who can help where and when: Landkreise, sites, offices, services, forms, agents. Configuration as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import Enum, StrEnum

from lisa_core.domain.model.ids import AgentId, FormId, OfficeId, ServiceId, SiteId, TenantId


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
    absence_debounce_us: int = 1_000_000
    entry_memory_us: int = 10_000_000
    seat_us: int = 30_000_000
    ring_us: int = 15_000_000
    transfer_us: int = 30_000_000
    away_grace_us: int = 20_000_000
    closed_notice_us: int = 30_000_000
    farewell_us: int = 60_000_000
    receipt_us: int = 20_000_000
    wipe_us: int = 10_000_000
    pen_lifted_us: int = 1_500_000
    link_us: int = 10_000_000
    link_patience_us: int = 60_000_000
    still_us: int = 600_000_000
    linger_us: int = 120_000_000
    quiet_us: int = 1_800_000_000
    after_hours_us: int = 60_000_000
    talk_check_us: int = 1_800_000_000


@dataclass(frozen=True, slots=True)
class Rules:
    """How long the exchange waits for whom, in microseconds."""

    ring_us: int = 15_000_000
    transfer_us: int = 30_000_000
    wrap_up_us: int = 0
    desk_grace_us: int = 5_000_000
    booth_grace_us: int = 15_000_000
    reject_pause_us: int = 5_000_000
    busy_pause_us: int = 20_000_000
    no_answer_pause_us: int = 0
    """0: whoever did not answer stays absent until she says she is ready."""
    relax_us: int = 20_000_000
    known_wait_us: int = 60_000_000
    place_us: int = 2_000_000
    """Changed places are told together, at most this often."""
    estimate_us: int = 1_800_000_000
    """An expected wait is named only if a call was taken this recently."""
    early_us: int = 900_000_000
    """So much before an appointment she may come,"""
    late_us: int = 900_000_000
    """and so much after."""


def at_exchange(deadlines: Deadlines, rules: Rules) -> Deadlines:
    """The deadlines of a booth whose exchange goes by these rules: it counts on how long that rings and forwards."""
    return replace(deadlines, ring_us=rules.ring_us, transfer_us=rules.transfer_us)


@dataclass(frozen=True, slots=True)
class Site:
    """A place with a booth. `land` is the two-letter code of the Bundesland (its public holidays apply).

    `hours` are those of the host's house in which the front desk answers, too, and anybody may come. In
    `appointment_hours` only who has an appointment is connected. `host`: in whose house the booth stands.
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

    `hours` empty: whenever an agent is ready. Who has waited `overflow_us` may also be taken by `overflow_to`.
    `wrap_up_us` None: as the `Rules` say.
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
    """A form that citizen and agent fill in together, with the papers that belong to it."""

    id: FormId
    title: str
    declaration: str
    fields: tuple[FieldSpec, ...]
    attachments: tuple[str, ...] = ()


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
    """The whole configuration of one deployment. `land` is that of the offices: its public holidays are theirs."""

    sites: Mapping[SiteId, Site]
    offices: Mapping[OfficeId, Office]
    services: Mapping[ServiceId, Service]
    forms: Mapping[FormId, FormSpec]
    agents: Mapping[AgentId, Agent]
    holidays: Mapping[str, frozenset[date]] = field(default_factory=dict)
    land: str = ""
    rules: Rules = Rules()

    @property
    def front_desk(self) -> Office:
        """The office that answers first (LISA-Team)."""
        return next(office for office in self.offices.values() if office.front_desk)
