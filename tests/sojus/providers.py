"""A small invented world for tests of register and placement: two providers, beds, seats and a team of weekly hours."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sojus.domain.field.vocabulary import FieldTerms, KindOfHelp, Trait, TraitKind, Vocabulary
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ages import Ages
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    FacilityId,
    FieldId,
    GenderId,
    GroupId,
    KindId,
    OfficeId,
    PlaceId,
    ProviderId,
    RateId,
    TenantId,
    TraitId,
)
from sojus.domain.model.units import RateUnit, Unit
from sojus.domain.register.book import Register
from sojus.domain.register.entries import Entry, Facility, Given, Group, Place, Provider, Rate
from sojus.domain.register.intake import take_in
from sojus.domain.search.offer import Point

TODAY = date(2026, 12, 1)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
NORTH, SOUTH = TenantId("nord"), TenantId("süd")
AREA = FieldId("probe")
ANYBODY = GenderId("alle")
QUIET = TraitId("ruhig")
OAK, ELM = ProviderId("eiche"), ProviderId("ulme")
HERE, THERE, ELSEWHERE = OfficeId("hier"), OfficeId("dort"), OfficeId("anderswo")
BEDS, SEATS, HOURS, ELM_BEDS = GroupId("betten"), GroupId("sitze"), GroupId("stunden"), GroupId("ulmenbetten")


def vocabulary(*, discharge_day_free: bool = False, kept_at_once: int = 3) -> Vocabulary:
    """Of a field that there is not, with one kind of help for each unit."""
    kinds = (
        KindOfHelp(KindId("wohnen"), "Wohnen", "§ 1", Unit.BED, RateUnit.DAY, Ages(0, 20)),
        KindOfHelp(KindId("kurs"), "Kurs", "§ 2", Unit.SEAT, RateUnit.DAY, Ages(0, 20)),
        KindOfHelp(KindId("besuch"), "Besuch", "§ 3", Unit.WEEKLY_HOURS, RateUnit.HOUR, Ages(0, 20)),
    )
    quiet = Trait(QUIET, "Ruhe", TraitKind.YES_NO, "ruhig", "nicht ruhig")
    return Vocabulary(
        id=AREA,
        name="Probe",
        together="Geschwister",
        terms=FieldTerms(14, discharge_day_free, kept_at_once),
        kinds={kind.id: kind for kind in kinds},
        traits={quiet.id: quiet},
        genders={ANYBODY: "alle"},
    )


def office(name: OfficeId) -> Actor:
    return Actor(Role.YOUTH_OFFICE, name, SOUTH if name == THERE else NORTH)


def house(name: ProviderId) -> Actor:
    return Actor(Role.PROVIDER, OfficeId(name), NORTH)


CLOCK = Actor(Role.CLOCK, OfficeId(""), NORTH)


def given(*entries: Entry) -> tuple[Given, ...]:
    return tuple(Given(f"Zeile {number}", entry) for number, entry in enumerate(entries, 1))


def group(name: GroupId, facility: str, kind: str) -> Group:
    return Group(
        *(name, FacilityId(facility), f"Gruppe {name}", AREA, KindId(kind), Ages(6, 17), frozenset({ANYBODY})),
        traits={QUIET: True},
    )


def oak() -> tuple[Given, ...]:
    """Three beds, a course of four seats, a team of ten hours a week."""
    return given(
        Provider(OAK, "Eiche", NORTH),
        Facility(FacilityId("eiche-haus"), OAK, "Haus Eiche", Point(53.5, 13.25)),
        group(BEDS, "eiche-haus", "wohnen"),
        group(SEATS, "eiche-haus", "kurs"),
        group(HOURS, "eiche-haus", "besuch"),
        *(Place(PlaceId(f"bett-{number}"), BEDS, f"Zimmer {number}") for number in (1, 2, 3)),
        Place(PlaceId("kurs"), SEATS, "Kurs", 4),
        Place(PlaceId("team"), HOURS, "Team", 10),
        Rate(RateId("r1"), BEDS, Span(date(2026, 1, 1)), 18_250, RateUnit.DAY),
        Rate(RateId("r2"), SEATS, Span(date(2026, 1, 1)), 9_900, RateUnit.DAY),
        Rate(RateId("r3"), HOURS, Span(date(2026, 1, 1)), 6_480, RateUnit.HOUR),
    )


def elm() -> tuple[Given, ...]:
    """Two beds more, of the other provider."""
    return given(
        Provider(ELM, "Ulme", NORTH),
        Facility(FacilityId("ulme-haus"), ELM, "Haus Ulme", Point(53.6, 13.5)),
        group(ELM_BEDS, "ulme-haus", "wohnen"),
        *(Place(PlaceId(f"ulme-{number}"), ELM_BEDS, f"Ulme {number}") for number in (1, 2)),
        Rate(RateId("u1"), ELM_BEDS, Span(date(2026, 1, 1)), 17_000, RateUnit.DAY),
    )


def register(*, discharge_day_free: bool = False, kept_at_once: int = 3) -> Register:
    made = Register({AREA: vocabulary(discharge_day_free=discharge_day_free, kept_at_once=kept_at_once)})
    for batch, by in ((oak(), OAK), (elm(), ELM)):
        assert not take_in(made, batch, house(by), NOON).mistakes
    return made
