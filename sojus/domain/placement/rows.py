"""Whose a reservation, request or stay is: so a page reads only what is its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import CaseId, OfficeId, ProviderId, RequestId, ReservationId, SearchId, StayId
from sojus.domain.model.undo import Undo
from sojus.domain.placement.decisions import Party
from sojus.domain.placement.records import Admission, Request, Reservation, Stage
from sojus.domain.register.book import Register


def party(actor: Actor) -> Party:
    return Party(actor.role, actor.office, actor.tenant)


def house(register: Register, provider: ProviderId) -> Party:
    return Party(Role.PROVIDER, OfficeId(provider), register.providers[provider].tenant)


@dataclass(slots=True)
class Rows:
    """Names of all that is somebody's own, closed ones as well, in the order in which they came."""

    reservations: dict[ReservationId, None]
    requests: dict[RequestId, None]
    stays: dict[StayId, None]
    searches: dict[SearchId, None]


@dataclass(slots=True)
class Index:
    """`cases`: all that an office ever had or waited for in one case. `current`: of that, what it waits for or has, or
    where somebody came; acts ask only that, so what was given up a thousand times costs them nothing."""

    undo: Undo = field(default_factory=Undo, compare=False, repr=False)
    own: dict[Party, Rows] = field(init=False)
    cases: dict[tuple[Party, CaseId], dict[ReservationId, None]] = field(init=False)
    current: dict[tuple[Party, CaseId], dict[ReservationId, None]] = field(init=False)

    def __post_init__(self) -> None:
        self.own, self.cases, self.current = self.undo.table(), self.undo.table(), self.undo.table()

    def of(self, whose: Party) -> Rows:
        if (known := self.own.get(whose)) is None:
            table = self.undo.table
            known = self.own[whose] = Rows(table(), table(), table(), table())
        return known

    def note(self, register: Register, row: Reservation, before: Reservation | None) -> None:
        """Where it stands on a list it is no provider's yet, or no longer."""
        office = party(row.by)
        self.of(office).reservations[row.id] = None
        self.cases.setdefault((office, row.case), self.undo.table())[row.id] = None
        self._note_current((office, row.case), row)
        if before is not None and before.provider is not None and before.provider != row.provider:
            self.of(house(register, before.provider)).reservations.pop(row.id, None)
        if row.provider is not None:
            self.of(house(register, row.provider)).reservations[row.id] = None

    def _note_current(self, case: tuple[Party, CaseId], row: Reservation) -> None:
        if row.stage.open or row.stage is Stage.ADMITTED:
            self.current.setdefault(case, self.undo.table())[row.id] = None
        elif case in self.current:
            self.current[case].pop(row.id, None)

    def note_request(self, register: Register, row: Request) -> None:
        for whose in (party(row.by), *(house(register, one) for one in row.to)):
            self.of(whose).requests[row.id] = None

    def note_stay(self, register: Register, row: Admission) -> None:
        for whose in (party(row.by), house(register, row.provider)):
            self.of(whose).stays[row.id] = None

    def drop(self, register: Register, row: Reservation) -> None:
        """It is over, and nobody asks for it any more."""
        office = party(row.by)
        case, houses = (office, row.case), (house(register, row.provider),) if row.provider is not None else ()
        for whose in (office, *houses):
            self.of(whose).reservations.pop(row.id, None)
        for of in (self.cases, self.current):
            if case in of:
                of[case].pop(row.id, None)
                if not of[case]:
                    del of[case]

    def drop_request(self, register: Register, row: Request) -> None:
        for whose in (party(row.by), *(house(register, one) for one in row.to)):
            self.of(whose).requests.pop(row.id, None)

    def drop_stay(self, register: Register, row: Admission) -> None:
        for whose in (party(row.by), house(register, row.provider)):
            self.of(whose).stays.pop(row.id, None)

    def note_all(
        self,
        register: Register,
        reservations: Iterable[Reservation],
        requests: Iterable[Request],
        stays: Iterable[Admission],
    ) -> None:
        for one in reservations:
            self.note(register, one, None)
        for asked in requests:
            self.note_request(register, asked)
        for stay in stays:
            self.note_stay(register, stay)
