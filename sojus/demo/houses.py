"""What the providers of the demonstration keep: houses near real towns, groups, places, rates, stays and closures.

By a seed: the same day gives the same entries in every process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sojus.demo.offices import GREIFSWALD, UCKERMARK
from sojus.domain.field.vocabulary import TraitValue
from sojus.domain.model.ages import Ages
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    ClosureId,
    FacilityId,
    FieldId,
    GenderId,
    GroupId,
    KindId,
    PlaceId,
    ProviderId,
    RateId,
    StayId,
    TenantId,
    TraitId,
)
from sojus.domain.model.units import RateUnit
from sojus.domain.register.entries import (
    Closure,
    Confirmation,
    Entry,
    Facility,
    Group,
    Place,
    Provider,
    Rate,
    Stay,
)
from sojus.domain.search.offer import Point

SEED = 18
YOUTH, CARE, ASYLUM = FieldId("jugendhilfe"), FieldId("altenpflege"), FieldId("asyl-integration")
TOWNS: Mapping[str, Point] = {
    "Prenzlau": Point(53.316, 13.863),
    "Templin": Point(53.118, 13.502),
    "Angermünde": Point(53.015, 14.000),
    "Schwedt": Point(53.060, 14.283),
    "Lychen": Point(53.210, 13.316),
    "Gartz": Point(53.208, 14.392),
    "Greifswald": Point(54.096, 13.381),
    "Anklam": Point(53.856, 13.690),
    "Wolgast": Point(54.054, 13.777),
    "Pasewalk": Point(53.506, 13.990),
    "Ueckermünde": Point(53.738, 14.044),
}
"""Rounded: no house stands there."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One group: where, what, for whom, how many places of how much each, what it costs, how full it is (0 to 1)."""

    provider: str
    town: str
    name: str
    kind: str
    ages: tuple[int, int]
    genders: str
    count: int
    cents: int
    traits: Mapping[str, TraitValue]
    area: FieldId = YOUTH
    capacity: int = 1
    unit: RateUnit = RateUnit.DAY
    full: float = 0.6
    confirmed: bool = True


PROVIDERS: tuple[tuple[str, str, TenantId], ...] = (
    ("kranich", "Musterhof Kranich gGmbH", UCKERMARK),
    ("seeadler", "Beispiel-Jugendhilfe Seeadler e. V.", UCKERMARK),
    ("bodden", "Beispielhaus Bodden e. V.", GREIFSWALD),
    ("haff", "Probewerk am Haff gGmbH", GREIFSWALD),
    ("linde", "Musterpflege Linde gGmbH", UCKERMARK),
    ("ankunft", "Musterbrücke Ankunft e. V.", GREIFSWALD),
)


def _speaks(*keys: str) -> frozenset[str]:
    return frozenset(keys)


PLANS: tuple[Plan, ...] = (
    Plan("kranich", "Prenzlau", "Wohngruppe Birke", "heim", (6, 17), "wmd", 8, 21_688,
         {"barrierefrei": True, "einzelzimmer": True, "geschwister": True, "gruppe": "gemischt", "lage": "kleinstadt",
          "sprachen": _speaks("de", "pl"), "gruppengroesse": (8, 8), "betreuer": (5, 5)}),
    Plan("kranich", "Templin", "Mädchengruppe Ulme", "heim", (12, 17), "w", 7, 23_140,
         {"barrierefrei": False, "einzelzimmer": True, "gruppe": "maedchen", "lage": "kleinstadt",
          "sprachen": _speaks("de", "ar", "fa"), "schwerpunkte": _speaks("trauma"), "gruppengroesse": (7, 7)}),
    Plan("kranich", "Prenzlau", "Inobhutnahme Prenzlau", "inobhutnahme", (0, 17), "wmd", 5, 29_950,
         {"notaufnahme": True, "geschwister": True, "sprachen": _speaks("de", "en"), "lage": "kleinstadt"}, full=0.4),
    Plan("kranich", "Prenzlau", "Team Familienhilfe Prenzlau", "familienhilfe", (0, 17), "wmd", 1, 6_480,
         {"sprachen": _speaks("de", "pl", "ru")}, capacity=60, unit=RateUnit.HOUR, full=0.5),
    Plan("kranich", "Templin", "Erziehungsberatung Templin", "erziehungsberatung", (0, 20), "wmd", 1, 7_200,
         {"sprachen": _speaks("de")}, capacity=40, unit=RateUnit.CONTACT, full=0.3),
    Plan("seeadler", "Angermünde", "Wohngruppe Eiche", "heim", (10, 17), "wmd", 9, 19_870,
         {"barrierefrei": False, "einzelzimmer": False, "geschwister": True, "tiere": True, "gruppe": "gemischt",
          "lage": "land", "sprachen": _speaks("de", "en"), "gruppengroesse": (9, 9)}),
    Plan("seeadler", "Schwedt", "Jungengruppe Buche", "heim", (13, 18), "m", 8, 20_415,
         {"einzelzimmer": True, "gruppe": "jungen", "lage": "stadt", "sprachen": _speaks("de", "ar", "ku"),
          "schwerpunkte": _speaks("uma", "verselbstaendigung"), "gruppengroesse": (8, 8)}),
    Plan("seeadler", "Schwedt", "Betreutes Wohnen Schwedt", "volljaehrige", (18, 21), "wmd", 6, 11_230,
         {"einzelzimmer": True, "lage": "stadt", "schwerpunkte": _speaks("verselbstaendigung")}, full=0.7),
    Plan("seeadler", "Lychen", "Tagesgruppe Lychen", "tagesgruppe", (6, 13), "wmd", 1, 10_860,
         {"lage": "land", "sprachen": _speaks("de"), "schwerpunkte": _speaks("schule")}, capacity=9, full=0.6),
    Plan("seeadler", "Angermünde", "Erziehungsbeistand Angermünde", "erziehungsbeistand", (6, 20), "wmd", 1, 6_310,
         {"sprachen": _speaks("de", "uk")}, capacity=45, unit=RateUnit.HOUR, full=0.5),
    Plan("bodden", "Greifswald", "Wohngruppe Möwe", "heim", (6, 17), "wmd", 9, 22_300,
         {"barrierefrei": True, "einzelzimmer": True, "geschwister": True, "gruppe": "gemischt", "lage": "stadt",
          "sprachen": _speaks("de", "en", "ru"), "schwerpunkte": _speaks("trauma", "autismus")}),
    Plan("bodden", "Greifswald", "Inobhutnahme Greifswald", "inobhutnahme", (3, 17), "wmd", 6, 31_020,
         {"notaufnahme": True, "barrierefrei": True, "sprachen": _speaks("de", "en", "uk"), "lage": "stadt"}, full=0.5),
    Plan("bodden", "Wolgast", "Mutter-Kind-Haus Wolgast", "eltern-kind", (0, 40), "wmd", 6, 18_540,
         {"einzelzimmer": True, "lage": "kleinstadt", "sprachen": _speaks("de")}),
    Plan("bodden", "Wolgast", "Soziale Gruppe Wolgast", "gruppenarbeit", (8, 15), "wmd", 1, 4_150,
         {"lage": "kleinstadt"}, capacity=8, unit=RateUnit.HOUR, full=0.4),
    Plan("haff", "Anklam", "Wohngruppe Kiefer", "heim", (8, 16), "wmd", 8, 20_980,
         {"geschwister": True, "tiere": True, "gruppe": "gemischt", "lage": "kleinstadt", "sprachen": _speaks("de"),
          "gruppengroesse": (8, 8)}, confirmed=False),
    Plan("haff", "Pasewalk", "Wohngruppe Weide", "heim", (12, 18), "wmd", 7, 19_640,
         {"barrierefrei": True, "einzelzimmer": True, "gruppe": "gemischt", "lage": "kleinstadt",
          "sprachen": _speaks("de", "pl"), "schwerpunkte": _speaks("sucht", "schule")}),
    Plan("haff", "Ueckermünde", "Intensivgruppe Düne", "eingliederung-wohnen", (9, 17), "wmd", 5, 33_415,
         {"barrierefrei": True, "einzelzimmer": True, "schwerpunkte": _speaks("autismus", "trauma"), "lage": "land"}),
    Plan("haff", "Pasewalk", "Einzelbetreuung Pasewalk", "einzelbetreuung", (14, 20), "wmd", 1, 6_950,
         {"sprachen": _speaks("de", "pl")}, capacity=50, unit=RateUnit.HOUR, full=0.4),
    Plan("linde", "Prenzlau", "Wohnbereich Linde", "dauerpflege", (60, 120), "wmd", 12, 12_840,
         {"pflegegrad": (2, 5), "zimmer": "einzel", "barrierefrei": True, "schwerpunkte": _speaks("demenz"),
          "sprachen": _speaks("de", "pl")}, CARE, full=0.8),
    Plan("linde", "Templin", "Kurzzeitpflege Templin", "kurzzeitpflege", (18, 120), "wmd", 6, 14_310,
         {"pflegegrad": (2, 5), "zimmer": "doppel", "barrierefrei": True, "sprachen": _speaks("de")}, CARE, full=0.4),
    Plan("linde", "Prenzlau", "Tagespflege Prenzlau", "tagespflege", (60, 120), "wmd", 1, 8_470,
         {"pflegegrad": (1, 5), "zeit": _speaks("tag"), "barrierefrei": True}, CARE, capacity=14, full=0.6),
    Plan("linde", "Gartz", "Pflegedienst Gartz", "pflegedienst", (18, 120), "wmd", 1, 5_390,
         {"sprachen": _speaks("de", "pl")}, CARE, capacity=80, unit=RateUnit.HOUR, full=0.6),
    Plan("ankunft", "Greifswald", "Haus am Ryck", "gemeinschaftsunterkunft", (0, 120), "wmd", 16, 2_870,
         {"abgeschlossen": False, "kinderbetreuung": True, "sprachen": _speaks("ar", "fa", "uk", "en")}, ASYLUM),
    Plan("ankunft", "Pasewalk", "Haus am Markt", "gemeinschaftsunterkunft", (0, 120), "wmd", 10, 2_640,
         {"abgeschlossen": True, "schutz": True, "sprachen": _speaks("ar", "uk")}, ASYLUM, full=0.7),
    Plan("ankunft", "Greifswald", "Integrationskurs Greifswald", "integrationskurs", (16, 120), "wmd", 1, 460,
         {"niveau": "a2", "kinderbetreuung": True}, ASYLUM, capacity=20, unit=RateUnit.HOUR, full=0.5),
    Plan("ankunft", "Anklam", "Beratung Anklam", "asylverfahrensberatung", (0, 120), "wmd", 1, 5_100,
         {"sprachen": _speaks("ar", "fa", "en")}, ASYLUM, capacity=30, unit=RateUnit.CONTACT, full=0.3),
)  # fmt: skip


def entries(provider: str, today: date) -> Iterator[Entry]:
    """All that this provider gives in, as of this day."""
    chance = Random(f"{SEED}/{provider}")
    name, tenant = next((name, tenant) for key, name, tenant in PROVIDERS if key == provider)
    yield Provider(ProviderId(provider), name, tenant)
    plans = [plan for plan in PLANS if plan.provider == provider]
    for town in dict.fromkeys(plan.town for plan in plans):
        yield Facility(_facility(provider, town), ProviderId(provider), f"Haus {town}", TOWNS[town])
    for number, plan in enumerate(plans, 1):
        yield from _group(plan, GroupId(f"{provider}-{number}"), today, chance)


def _group(plan: Plan, group: GroupId, today: date, chance: Random) -> Iterator[Entry]:
    yield Group(
        *(group, _facility(plan.provider, plan.town), plan.name, plan.area, KindId(plan.kind), Ages(*plan.ages)),
        genders=frozenset(map(GenderId, plan.genders)),
        traits={TraitId(key): value for key, value in plan.traits.items()},
    )
    yield from _rates(plan, group, today)
    for number in range(1, plan.count + 1):
        place = PlaceId(f"{group}-{number}")
        name = f"Zimmer {number}" if plan.capacity == 1 else plan.name
        yield Place(place, group, name, plan.capacity)
        yield from _taken(plan, place, today, chance)
    if plan.confirmed:
        yield Confirmation(group)


def _rates(plan: Plan, group: GroupId, today: date) -> Iterator[Rate]:
    """This year's, and the next, three in a hundred more."""
    year = date(today.year, 1, 1)
    turn = date(today.year + 1, 1, 1)
    yield Rate(RateId(f"{group}-r1"), group, Span(year, turn), plan.cents, plan.unit)
    yield Rate(RateId(f"{group}-r2"), group, Span(turn), plan.cents * 103 // 100, plan.unit)


def _taken(plan: Plan, place: PlaceId, today: date, chance: Random) -> Iterator[Entry]:
    begun = today - timedelta(days=chance.randint(10, 300))
    ends = chance.choice([None, None, today + timedelta(days=chance.randint(2, 120))])
    if plan.capacity > 1:
        yield Stay(StayId(f"{place}-b"), place, Span(begun), round(plan.capacity * plan.full))
    elif chance.random() < plan.full:
        yield Stay(StayId(f"{place}-b"), place, Span(begun, ends))
    elif chance.random() < 0.1:
        start = today + timedelta(days=chance.randint(5, 20))
        yield Closure(ClosureId(f"{place}-s"), place, Span(start, start + timedelta(days=14)), "Renovierung")


def _facility(provider: str, town: str) -> FacilityId:
    return FacilityId(f"{provider}-{town.lower()}")
