"""What the providers of the demonstration keep: houses near towns, groups, places, rates, stays and closures.

By a seed: the same day gives the same entries in every process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from sojus.demo.plan import GroupPlan, plan
from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.days import Span
from sojus.domain.model.ids import ClosureId, FacilityId, FieldId, GroupId, PlaceId, ProviderId, RateId, StayId
from sojus.domain.model.units import RateUnit, Unit
from sojus.domain.register.entries import Closure, Confirmation, Entry, Facility, Group, Place, Provider, Rate, Stay

SEED = 18


def entries(provider: ProviderId, words: Mapping[FieldId, Vocabulary], today: date) -> Iterator[Entry]:
    """All that this provider gives in, as of this day."""
    chance, whole = Random(f"{SEED}/{provider}"), plan()
    name, tenant = whole.providers[provider]
    yield Provider(provider, name, tenant)
    ours = [one for one in whole.groups if one.provider == provider]
    for town in dict.fromkeys(one.town for one in ours):
        number = list(whole.towns).index(town) + 1
        yield Facility(
            *(_facility(provider, town), provider, whole.facility.format(town), whole.towns[town]),
            address=whole.address.format(number, town),
            phone=whole.phone.format(list(whole.providers).index(provider) * 100 + number),
        )
    for number, one in enumerate(ours, 1):
        kind = words[one.area].kinds[one.kind]
        group = GroupId(f"{provider}-{number}")
        yield Group(
            *(group, _facility(provider, one.town), one.name, one.area, one.kind, one.ages, one.genders, one.traits)
        )
        yield from _rates(one, group, kind.rate, today)
        yield from _places(one, group, kind.unit, today, chance)
        if one.confirmed:
            yield Confirmation(group)


def _rates(one: GroupPlan, group: GroupId, unit: RateUnit, today: date) -> Iterator[Rate]:
    """This year's, and the next, three in a hundred more."""
    year, turn = date(today.year, 1, 1), date(today.year + 1, 1, 1)
    yield Rate(RateId(f"{group}-r1"), group, Span(year, turn), one.cents, unit)
    yield Rate(RateId(f"{group}-r2"), group, Span(turn), one.cents * 103 // 100, unit)


def _places(one: GroupPlan, group: GroupId, unit: Unit, today: date, chance: Random) -> Iterator[Entry]:
    for number in range(1, one.count + 1):
        place = PlaceId(f"{group}-{number}")
        name = plan().place.format(number) if unit is Unit.BED else one.name
        yield Place(place, group, name, one.capacity)
        yield from _taken(one, place, unit, today, chance)


def _taken(one: GroupPlan, place: PlaceId, unit: Unit, today: date, chance: Random) -> Iterator[Entry]:
    begun = today - timedelta(days=chance.randint(10, 300))
    ends = chance.choice([None, None, today + timedelta(days=chance.randint(2, 120))])
    if unit is not Unit.BED:
        yield Stay(StayId(f"{place}-b"), place, Span(begun), round(one.capacity * one.full))
    elif chance.random() < one.full:
        yield Stay(StayId(f"{place}-b"), place, Span(begun, ends))
    elif chance.random() < 0.1:
        start = today + timedelta(days=chance.randint(5, 20))
        yield Closure(ClosureId(f"{place}-s"), place, Span(start, start + timedelta(days=14)), plan().closed)


def _facility(provider: ProviderId, town: str) -> FacilityId:
    return FacilityId(f"{provider}-{town.lower()}")
