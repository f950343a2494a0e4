"""A small made-up field of work, and places and searches in it: few values of everything, so that much coincides.

A history comes of a seed and a length, which hypothesis chooses and shrinks; searches it draws piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from sojus.config.field_file import read_vocabulary
from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.ages import Ages
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
from sojus.domain.search.offer import Confirmed, FreeSpan, Offer, Point, Price, TraitValue
from sojus.domain.search.wish import Near, Person, Preference, Search, Together, TraitWish

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
        price=Price(chance.choice([0, 9_900, 10_000, 21_688]), RateUnit.DAY, TODAY),
        free=chance.choice([(FreeSpan(TODAY),), (FreeSpan(TODAY - timedelta(days=9000)),), _free(chance)]),
        left=chance.choice([1, 1, 2, 3, 0]),
        traits={TraitId(key): value for key, value in _traits(chance).items() if chance.random() < 0.8},
        confirmed=None if chance.random() < 0.1 else Confirmed("Gruppenleitung", _moment(chance)),
    )


def _free(chance: Random) -> tuple[FreeSpan, ...]:
    """In order, none touches another, the last may have no end."""
    ahead = sorted(chance.sample(range(-3, 40), chance.randrange(6)))
    edges = [TODAY + timedelta(days=days) for days in ahead]
    spans = [FreeSpan(begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=False)]
    return (*spans, FreeSpan(edges[-1])) if len(edges) % 2 else tuple(spans)


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

ranges = st.builds(_range, st.integers(1, 5), st.integers(1, 5))
wishes = st.one_of(
    st.builds(TraitWish, st.just(TraitId("dunkel")), st.booleans()),
    st.builds(TraitWish, st.just(TraitId("lage")), st.frozensets(st.sampled_from(["berg", "tal"]), min_size=1)),
    st.builds(TraitWish, st.just(TraitId("sicht")), st.frozensets(st.sampled_from(STARS), min_size=1, max_size=2)),
    st.builds(TraitWish, st.just(TraitId("linsen")), ranges),
)
people = st.builds(Person, st.none() | st.integers(4, 14), st.none() | st.sampled_from(GENDERS))
searches = st.builds(
    Search,
    kind=st.sampled_from(["kuppel", "kuppel", "kuppel", "fernrohr"]).map(KindId),
    people=st.just((Person(),)) | st.lists(people, min_size=1, max_size=3).map(tuple),
    traits=st.just(()) | st.lists(wishes, max_size=2).map(tuple),
    tenants=st.sampled_from([frozenset[TenantId](), frozenset((TenantId("nord"),))]),
    amount=st.sampled_from([1, 1, 1, 2]),
    start=st.none() | st.integers(0, 40).map(lambda ahead: TODAY + timedelta(days=ahead)),
    days=st.none() | st.integers(1, 20),
    most_cents=st.sampled_from([None, None, 0, 9_999, 10_000, 30_000]),
    near=st.none() | st.builds(Near, st.sampled_from(POINTS), st.sampled_from([None, 1, 30, 120])),
    together=st.sampled_from(Together),
    preferences=st.lists(st.builds(Preference, wishes, st.integers(1, 3)), max_size=3).map(tuple),
)
