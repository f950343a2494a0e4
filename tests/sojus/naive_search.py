"""The search once more, slow and obvious: every wish of every offer, day by day, pair by pair. The tests' oracle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import permutations
from math import asin, cos, radians, sin, sqrt

from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.ids import PlaceId
from sojus.domain.search.offer import Offer, Point
from sojus.domain.search.wish import Aspect, Ground, Person, Search, Together, TraitWish

FAR = 100
"""Days: farther than anything in these tests begins or ends."""
Wish = tuple[Ground, Callable[[Offer], bool]]


@dataclass
class Naive:
    """What a search comes to."""

    hits: list[Offer]
    misses: dict[Ground, int]
    front: set[PlaceId]


def naive(vocabulary: Vocabulary, offers: Sequence[Offer], search: Search, today: date) -> Naive:
    wishes = wishes_of(vocabulary, search, today)
    failed = {offer.place: first_failed(offer, wishes) for offer in offers}
    hits = [offer for offer in offers if failed[offer.place] is None]
    misses = {ground: list(failed.values()).count(ground) for ground, _ in wishes}
    if len(search.people) > 1:
        kept = [offer for offer in hits if is_place_for_all(offer, hits, search, today)]
        misses[Ground(Aspect.TOGETHER)] = len(hits) - len(kept)
        hits = kept
    hits.sort(key=lambda offer: rank(vocabulary, offer, search, today))
    goals = {offer.place: rank(vocabulary, offer, search, today)[1:4] for offer in hits}
    beaten = {
        mine
        for mine, a in goals.items()
        for b in goals.values()
        if a != b and all(x >= y for x, y in zip(a, b, strict=True))
    }
    return Naive(hits, misses, set(goals) - beaten)


def wishes_of(vocabulary: Vocabulary, search: Search, today: date) -> list[Wish]:
    begin = max(search.start or today, today)
    ages = [person.age for person in search.people if person.age is not None]
    genders = [person.gender for person in search.people if person.gender is not None]
    found: list[Wish] = [(Ground(Aspect.KIND), lambda one: one.kind == search.kind)]
    if search.tenants:
        found.append((Ground(Aspect.TENANT), lambda one: one.tenant in search.tenants))
    if ages:
        nobody = [Person(person.age) for person in search.people]
        found.append((Ground(Aspect.AGE), lambda one: any(takes(one, person) for person in nobody)))
    if genders:
        found.append((Ground(Aspect.GENDER), lambda one: any(takes(one, person) for person in search.people)))
    for trait in vocabulary.traits:
        wanted = [wish for wish in search.traits if wish.trait == trait]
        if wanted:
            found.append((Ground(Aspect.TRAIT, trait), partial(has_all, wanted)))
    stay = [begin + timedelta(days=day) for day in range(search.days or FAR)]
    found.append((Ground(Aspect.FREE), lambda one: all(is_free(one, day) for day in stay) and is_open(one, begin)))
    found.append((Ground(Aspect.AMOUNT), lambda one: min(left_on(one, day) for day in stay) >= search.amount))
    if (most := search.most_cents) is not None:
        found.append((Ground(Aspect.PRICE), lambda one: cents_on(one, begin) <= most))
    if search.near is not None and (km := search.near.km) is not None:
        found.append((Ground(Aspect.DISTANCE), lambda one: (way(one, search) or 0) <= km * 1000))
    return found


def first_failed(offer: Offer, wishes: list[Wish]) -> Ground | None:
    return next((ground for ground, fits in wishes if not fits(offer)), None)


def takes(offer: Offer, person: Person) -> bool:
    of_age = person.age is None or person.age in range(offer.ages.youngest, offer.ages.oldest + 1)
    return of_age and (person.gender is None or person.gender in offer.genders)


def has_all(wanted: list[TraitWish], offer: Offer) -> bool:
    return all(has(offer, wish) for wish in wanted)


def has(offer: Offer, wish: TraitWish) -> bool:
    value, wanted = offer.traits.get(wish.trait), wish.wanted
    match value, wanted:
        case bool(), bool():
            return value == wanted
        case str(), frozenset():
            return value in wanted
        case frozenset(), frozenset():
            return value | wanted == value
        case (int(a), int(b)), (int(c), int(d)):
            return bool(set(range(a, b + 1)) & set(range(c, d + 1)))
        case _:
            return False


def is_free(offer: Offer, day: date) -> bool:
    return any(one.start <= day and (one.end is None or day < one.end) for one in offer.free)


def is_open(offer: Offer, day: date) -> bool:
    return not any(one.start <= day and (one.end is None or day < one.end) for one in offer.closed)


def left_on(offer: Offer, day: date) -> int:
    lefts = [left for days, left in offer.rest if days.start <= day and (days.end is None or day < days.end)]
    return sum(lefts) if offer.rest else int(is_free(offer, day))


def left_for_all(offer: Offer, search: Search, today: date) -> int:
    begin = max(search.start or today, today)
    return min(left_on(offer, begin + timedelta(days=day)) for day in range(search.days or FAR))


def cents_on(offer: Offer, day: date) -> int:
    """Going back day by day until a price held, else forward."""
    backward = (day - timedelta(days=ago) for ago in range(FAR))
    forward = (day + timedelta(days=ahead) for ahead in range(FAR))
    for one in (*backward, *forward):
        for cents, _, span in offer.prices:
            if span.start <= one and (span.end is None or one < span.end):
                return cents
    raise AssertionError("a price within these days")


def way(offer: Offer, search: Search) -> int | None:
    return None if search.near is None else haversine_m(search.near.point, offer.point)


def haversine_m(a: Point, b: Point) -> int:
    north_a, north_b = radians(a.north), radians(b.north)
    h = sin((north_b - north_a) / 2) ** 2
    h += cos(north_a) * cos(north_b) * sin(radians(b.east - a.east) / 2) ** 2
    return round(2 * 6_371_008.8 * asin(sqrt(h)))


def rank(vocabulary: Vocabulary, offer: Offer, search: Search, today: date) -> tuple[int, int, int, int, str]:
    age = 0 if offer.confirmed is None else (today - offer.confirmed.at.date()).days
    freshness = 2 if offer.confirmed is None else int(age > vocabulary.terms.stale_days)
    lost = sum(one.weight for one in search.preferences if not has(offer, one.wish))
    begin = max(search.start or today, today)
    return freshness, lost, cents_on(offer, begin), way(offer, search) or 0, offer.place


def is_place_for_all(offer: Offer, hits: list[Offer], search: Search, today: date) -> bool:
    """Whether any order of the people fits any choice of the seats there."""
    by_group = search.together is Together.GROUP
    here = [one for one in hits if (one.group == offer.group if by_group else one.facility == offer.facility)]
    seats = [one for one in here for _ in range(left_for_all(one, search, today) // search.amount)]
    return any(
        all(takes(seat, person) for seat, person in zip(chosen, search.people, strict=True))
        for chosen in permutations(seats, len(search.people))
    )
