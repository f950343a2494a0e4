"""A small made-up field of work, and places and searches in it: few values of everything, so that much coincides.

Histories and searches come of a seed and a length, which hypothesis chooses; a tenth of the time that it takes to draw
them piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from sojus.config.field_file import read_vocabulary
from sojus.domain.field.vocabulary import TraitValue, Vocabulary
from sojus.domain.model.ages import Ages
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    FacilityId,
    FieldId,
    GenderId,
    GroupId,
    KindId,
    PlaceId,
    ProviderId,
    TenantId,
    TraitId,
)
from sojus.domain.model.units import RateUnit
from sojus.domain.search.offer import Confirmed, Offer, Point, Price, Rest
from sojus.domain.search.wish import Near, Person, Preference, Search, Together, TraitWish, Wanted

TODAY = date(2026, 11, 30)
MADE_UP = Path(__file__).parent / "sternwarte.toml"
POINTS = tuple(Point(north, east) for north in (53.1, 54.0, 54.09) for east in (13.0, 13.38, 16.1))
GENDERS = tuple(map(GenderId, ("katze", "hund")))
STARS = ("mars", "venus", "mond")


@cache
def vocabulary() -> Vocabulary:
    return read_vocabulary(MADE_UP)


# --- what happens -----------------------------------------------------------------------------------------------------


def history(seed: int, length: int) -> Iterator[Offer | PlaceId]:
    """Offers that are new or changed, and ids of places that are offered no longer."""
    chance = Random(seed)
    for _ in range(length):
        place = PlaceId(f"p{chance.randrange(max(4, length // 2)):02}")
        yield place if chance.random() < 0.1 else _offer(chance, place)


def _offer(chance: Random, place: PlaceId) -> Offer:
    free = chance.choice([(Span(TODAY),), (Span(TODAY - timedelta(days=9000)),), _free(chance)])
    return Offer(
        place=place,
        group=GroupId(chance.choice(["g1", "g2", "g3"])),
        facility=FacilityId(chance.choice(["f1", "f2"])),
        provider=ProviderId("t"),
        tenant=TenantId(chance.choice(["nord", "nord", "sued"])),
        area=FieldId("sternwarte"),
        kind=KindId(chance.choice(["kuppel"] * 5 + ["fernrohr"])),
        ages=chance.choice([Ages(6, 17), Ages(0, 99), Ages(0, 10), Ages(12, 12)]),
        genders=frozenset(chance.choice([GENDERS, GENDERS, GENDERS[:1], GENDERS[1:]])),
        point=chance.choice(POINTS),
        prices=tuple(_prices(chance)),
        free=free,
        rest=tuple(_rest(chance, free)) if chance.random() < 0.6 else (),
        closed=_free(chance) if chance.random() < 0.3 else (),
        traits={TraitId(key): value for key, value in _traits(chance).items() if chance.random() < 0.8},
        confirmed=None if chance.random() < 0.1 else Confirmed("Gruppenleitung", _moment(chance)),
    )


def _prices(chance: Random) -> Iterator[Price]:
    """One or several, with days between them on which none holds; the last may have run out."""
    edges = sorted(chance.sample(range(-20, 41, 5), chance.choice([1, 1, 2, 3])))
    for begin, after in zip(edges, [*edges[1:], None], strict=True):
        end = after if after is not None else chance.choice([None, None, begin + 5])
        gap = chance.choice([0, 0, 2])
        days = Span(TODAY + timedelta(days=begin), None if end is None else TODAY + timedelta(days=end - gap))
        yield Price(chance.choice([0, 9_900, 10_000, 21_688]), RateUnit.DAY, days)


def _rest(chance: Random, free: tuple[Span, ...]) -> Iterator[Rest]:
    """What is left on these days, not everywhere the same."""
    for one in free:
        middle = one.start + timedelta(days=2)
        parts = (Span(one.start, middle), Span(middle, one.end)) if middle < one.stop else (one,)
        yield from (Rest(part, chance.choice([1, 2, 3])) for part in parts)


def _free(chance: Random) -> tuple[Span, ...]:
    """In order, none touches another, the last may have no end."""
    ahead = sorted(chance.sample(range(-5, 41, 5), chance.randrange(6)))
    edges = [TODAY + timedelta(days=days) for days in ahead]
    spans = [Span(begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=False)]
    return (*spans, Span(edges[-1])) if len(edges) % 2 else tuple(spans)


def _traits(chance: Random) -> dict[str, TraitValue]:
    return {
        "dunkel": chance.random() < 0.6,
        "lage": chance.choice(["berg", "tal"]),
        "sicht": frozenset(chance.sample(STARS, chance.randrange(4))),
        "linsen": _range(chance.randint(1, 5), chance.randint(1, 5)),
    }


def _moment(chance: Random) -> datetime:
    return datetime(2026, 11, 30, 23, 30, tzinfo=UTC) - timedelta(days=chance.randrange(9))


def _range(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


# --- what is looked for -----------------------------------------------------------------------------------------------


def searches(seed: int, count: int) -> Iterator[Search]:
    """Half of them for one person, and few with many must-haves, so that most find something."""
    chance = Random(-seed)
    for _ in range(count):
        yield Search(
            kind=KindId(chance.choice(["kuppel"] * 5 + ["fernrohr"])),
            people=_people(chance),
            traits=tuple(_wish(chance) for _ in range(chance.choice([0, 0, 0, 1, 1, 2]))),
            tenants=frozenset(chance.choice([(), (), (), (TenantId("nord"),)])),
            amount=chance.choice([1, 1, 1, 2]),
            start=chance.choice([None, None, TODAY + timedelta(days=chance.randrange(-5, 40, 5))]),
            days=chance.choice([None, 1, 5, 10, 15]),
            most_cents=chance.choice([None, None, None, 0, 9_999, 10_000, 30_000]),
            near=chance.choice([None, Near(chance.choice(POINTS), chance.choice([None, None, 1, 30, 120]))]),
            together=chance.choice(list(Together)),
            preferences=tuple(Preference(_wish(chance), chance.randint(1, 3)) for _ in range(chance.randrange(4))),
        )


def _people(chance: Random) -> tuple[Person, ...]:
    if chance.random() < 0.5:
        return (Person(chance.choice([None, 8, 12]), chance.choice([None, *GENDERS])),)
    ages = [chance.choice([None, None, 8, 11, 12, 14]) for _ in range(chance.randint(2, 3))]
    return tuple(Person(age, chance.choice([None, None, *GENDERS])) for age in ages)


def _wish(chance: Random) -> TraitWish:
    wanted: dict[str, Wanted] = {
        "dunkel": chance.random() < 0.5,
        "lage": frozenset(chance.choice([("berg",), ("tal",), ("berg", "tal")])),
        "sicht": frozenset(chance.sample(STARS, chance.randint(1, 2))),
        "linsen": _range(chance.randint(1, 5), chance.randint(1, 5)),
    }
    trait = chance.choice(list(wanted))
    return TraitWish(TraitId(trait), wanted[trait])
