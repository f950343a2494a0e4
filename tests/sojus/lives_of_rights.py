"""Random lives in two Landkreise and a Land, all of whose ids are found nowhere else, and who may see each of them.

`readers` is written the other way round than `sojus.domain.rights`: not what somebody sees, but of each thing, who.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from enum import Enum
from itertools import count
from random import Random
from typing import TypeVar

from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    CaseId,
    ClosureId,
    FacilityId,
    GroupId,
    KindId,
    OfficeId,
    PlaceId,
    ProviderId,
    RateId,
    RequestId,
    ReservationId,
    SearchId,
    StayId,
    TenantId,
)
from sojus.domain.model.units import RateUnit
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import Party
from sojus.domain.placement.machine import handle, next_due
from sojus.domain.placement.records import NamelessProfile, Need, Part
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements
from sojus.domain.register.entries import Closure, Facility, Given, Place, Provider, Rate, Stay
from sojus.domain.register.intake import take_in
from sojus.domain.register.ledger import Use
from sojus.domain.rights.tenants import Tenant
from sojus.domain.search.offer import Point
from sojus.domain.search.wish import Person, Search
from tests.sojus.providers import (
    ANYBODY,
    AREA,
    CLOCK,
    ELM,
    ELSEWHERE,
    HERE,
    NOON,
    NORTH,
    OAK,
    SOUTH,
    THERE,
    TODAY,
    given,
    group,
    house,
    office,
    register,
)

K, T = TypeVar("K"), TypeVar("T")
LAND, FOREIGN = TenantId("land"), TenantId("fremd")
TENANTS = {
    NORTH: Tenant(NORTH, "Landkreis Nord", LAND),
    SOUTH: Tenant(SOUTH, "Landkreis Süd", LAND),
    LAND: Tenant(LAND, "Land"),
    FOREIGN: Tenant(FOREIGN, "Anderes Land"),
}
BEECH, BEECH_BEDS = ProviderId("buche"), GroupId("buchenbetten")
SOUTHERN = Actor(Role.PROVIDER, OfficeId(BEECH), SOUTH)
OFFICES = (office(HERE), office(THERE), office(ELSEWHERE), Actor(Role.YOUTH_OFFICE, HERE, SOUTH))
HOUSES = {OAK: house(OAK), ELM: house(ELM), BEECH: SOUTHERN}
NOBODYS = (
    Actor(Role.PROVIDER, OfficeId(OAK), SOUTH),
    Actor(Role.PROVIDER, OfficeId(HERE), NORTH),
    Actor(Role.YOUTH_OFFICE, OfficeId(OAK), NORTH),
    *(Actor(role, HERE, tenant) for role in (Role.STATE_OFFICE, Role.MINISTRY) for tenant in (LAND, FOREIGN, NORTH)),
    Actor(Role.DECISION_MAKER, HERE, NORTH),
    CLOCK,
)
"""Who has nothing of their own, some of them by the names of others."""
EVERYBODY = (*OFFICES, *HOUSES.values(), *NOBODYS)


def southern() -> tuple[Given, ...]:
    """Two beds in the other Landkreis."""
    return given(
        Provider(BEECH, "Buche", SOUTH),
        Facility(FacilityId("buche-haus"), BEECH, "Haus Buche", Point(53.7, 13.5)),
        group(BEECH_BEDS, "buche-haus", "wohnen"),
        *(Place(PlaceId(f"buche-{number}"), BEECH_BEDS, f"Buche {number}") for number in (1, 2)),
        Rate(RateId("b1"), BEECH_BEDS, Span(TODAY), 15_000, RateUnit.DAY),
    )


def begun() -> Placements:
    """Two providers in the north, one in the south."""
    made = register()
    assert not take_in(made, southern(), SOUTHERN, NOON).mistakes
    return Placements(made)


class Life:
    """Acts one after the other; most of them can be done, and all ids are made here."""

    def __init__(self, seed: int, cases: Callable[[Actor], CaseId] | None = None) -> None:
        self.state, self.chance, self.at = begun(), Random(seed), NOON
        self._numbers = count()
        self._cases = cases or (lambda by: CaseId(self.name("fall")))
        self.used: dict[CaseId, None] = {}

    def name(self, kind: str) -> str:
        return f"{kind}:{next(self._numbers)}:"

    def live(self, acts: int) -> Placements:
        for _ in range(acts):
            self.at += timedelta(hours=self.chance.choice((0, 0, 1, 1, 9)))
            self.elapse()
            self.do(*self.chance.choice((self.office_acts, self.house_acts))())
        return self.state

    def elapse(self) -> None:
        while (due := next_due(self.state)) is not None and due <= self.at:
            handle(self.state, e.Act(CLOCK, self.at, e.Elapsed()))

    def do(self, by: Actor, what: e.PlacementEvent) -> None:
        handle(self.state, e.Act(by, self.at, what))

    def case(self, by: Actor) -> CaseId:
        """One of the own, mostly a new one; rarely by the name of somebody else's."""
        used = list(self.used)
        case = self.chance.choice(used) if used and self.chance.random() < 0.2 else self._cases(by)
        self.used[case] = None
        return case

    def office_acts(self) -> tuple[Actor, e.PlacementEvent]:
        by, state = self.chance.choice(OFFICES), self.state
        span = Span(state.today if state.today > TODAY else TODAY)
        span = Span(span.start, span.start + timedelta(days=self.chance.randrange(1, 40)))
        reservation, wanted = ReservationId(self.name("reservierung")), self.chance.random()
        if wanted < 0.4:
            wished = self.chance.choice(list(state.register.groups))
            places = self.chance.choices(state.register.members[wished], k=self.chance.choice((1, 1, 2)))
            parts, whom = tuple(Part(place) for place in places), self.whom(wished, len(places))
            return by, e.Reserve(reservation, self.case(by), parts, span, profile=whom)
        if wanted < 0.45:
            wish = Search(KindId("wohnen"), (Person(12, ANYBODY),))
            return by, e.KeepSearch(SearchId(self.name("suche")), self.name("suchname"), AREA, wish)
        if wanted < 0.55:
            wished = self.chance.choice(list(state.register.groups))
            return by, e.Join(reservation, self.case(by), wished, Need(span), self.whom(wished, 1))
        if wanted < 0.7:
            to = tuple(self.chance.sample(list(HOUSES), self.chance.randrange(1, 4)))
            profile = NamelessProfile(AREA, KindId("wohnen"), (Person(12, ANYBODY),), remark=self.name("anmerkung"))
            return by, e.Ask(RequestId(self.name("anfrage")), self.case(by), profile, Need(span), to)
        if (one := self._some(state.requests)) and wanted < 0.8:
            answered = [proposal.provider for proposal in one.proposals]
            return one.by, e.Accept(one.id, answered[0], reservation) if answered else e.Withdraw(one.id)
        kept = self._some(state.reservations)
        return (kept.by, e.Cancel(kept.id)) if kept else (CLOCK, e.Elapsed())

    def whom(self, at: GroupId, number: int) -> NamelessProfile:
        """So many who fit there, with a remark of their own."""
        kind = self.state.register.groups[at].kind
        return NamelessProfile(AREA, kind, (Person(12, ANYBODY),) * number, remark=self.name("anmerkung"))

    def house_acts(self) -> tuple[Actor, e.PlacementEvent]:
        state, wanted = self.state, self.chance.random()
        if wanted < 0.2:
            provider = self.chance.choice(list(HOUSES))
            ours = [place for place in state.register.books if state.register.owner(place) == provider]
            span = Span(state.today + timedelta(days=self.chance.randrange(60)))
            span, place = Span(span.start, span.start + timedelta(days=2)), self.chance.choice(ours)
            closed = Closure(ClosureId(self.name("schließung")), place, span, self.name("grund"))
            reported = Stay(StayId(self.name("gemeldet")), place, span)
            return HOUSES[provider], e.TakeIn(given(self.chance.choice((closed, reported))))
        if wanted < 0.4 and (asked := self._some(state.requests)):
            provider = self.chance.choice(asked.to)
            ours = [place for place in state.register.books if state.register.owner(place) == provider]
            part = Part(self.chance.choice(ours))
            return HOUSES[provider], self.chance.choice((e.Propose(asked.id, (part,)), e.PassOver(asked.id)))
        if wanted < 0.6 and (stay := self._some(state.stays)):
            return HOUSES[stay.provider], e.Discharge(stay.id, max(stay.span.start, state.today))
        if (one := self._some(state.reservations)) and one.provider:
            acts = (
                e.Confirm(one.id),
                e.Confirm(one.id),
                e.Admit(one.id, state.today),
                e.Admit(one.id, state.today),
                e.Decline(one.id, "voll"),
            )
            return HOUSES[one.provider], self.chance.choice(acts)
        return CLOCK, e.Elapsed()

    def _some(self, rows: Mapping[K, T]) -> T | None:
        return self.chance.choice(list(rows.values())[-12:]) if rows else None


# --- of each thing, who may see it ------------------------------------------------------------------------------------


def readers(state: Placements) -> dict[str, set[Party]]:
    """Of each id, case and typed text, everybody who may see it."""
    found: dict[str, set[Party]] = {}

    def open_to(what: str, *whom: Party | None) -> None:
        found.setdefault(what, set()).update(one for one in whom if one is not None)

    for one in state.reservations.values():
        keeper = party(HOUSES[one.provider]) if one.provider else None
        open_to(one.id, party(one.by), keeper)
        open_to(one.case, party(one.by), keeper if is_taken_in(state, one.id) else None)
        decides = one.stage.value == "reserviert" or is_taken_in(state, one.id)
        if one.profile is not None:
            open_to(one.profile.remark, party(one.by), keeper if decides else None)
    for asked in state.requests.values():
        still = asked.stage.value == "offen"
        open_to(asked.case, party(asked.by))
        open_to(asked.id, party(asked.by), *(party(HOUSES[one]) for one in asked.to))
        open_to(asked.profile.remark, party(asked.by), *(party(HOUSES[one]) for one in asked.to if still))
    for stay in state.stays.values():
        open_to(stay.case, party(stay.by), None if stay.ended else party(HOUSES[stay.provider]))
    for search in state.searches.values():
        open_to(search.name, party(search.by))
        open_to(search.id, party(search.by))
    for place, book in state.register.books.items():
        keeper = party(HOUSES[state.register.owner(place)])
        for closure in book.closed:
            open_to(closure.id, keeper)
            open_to(closure.reason, keeper)
        for taken in book.taken:
            if taken.use is Use.REPORTED:
                open_to(taken.ref.removeprefix("/"), keeper)
    return found


def is_taken_in(state: Placements, name: ReservationId) -> bool:
    """Confirmed, and neither over before anybody came nor everybody gone."""
    if state.reservations[name].stage.value == "bestätigt":
        return True
    return any(stay.reservation == name and not stay.ended for stay in state.stays.values())


def texts_in(value: object) -> Iterator[str]:
    """Every text in a view, however deep."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts_in(getattr(value, one.name))
    elif isinstance(value, (tuple, list, frozenset)):
        for part in value:
            yield from texts_in(part)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from (*texts_in(key), *texts_in(one))
    elif isinstance(value, Enum):
        yield from texts_in(value.value)
