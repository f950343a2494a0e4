"""How fast SoJuS searches 100,000 places in 16 Länder: `python -m tests.bench.bench_places`.

The same searches in turn on `Places` and on SQLite, in one run. SQLite has the same offers in one table, in memory,
with two indexes over all columns that are asked (by kind of help and then the map, or the day; it takes which it thinks
better, and reads no row in vain), and gives what a hit shows, of exactly the rows that are hits. It neither sorts them,
nor marks the front, nor counts what shut out the others. Besides: what it costs that one place changes, beside SQLite's
UPDATE of it; and to find the groups in which somebody could wait, beside the search for those that are free.
"""

from __future__ import annotations

import gc
import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from math import cos, radians
from random import Random
from time import process_time
from typing import TypeVar

from sojus.config.field_file import load_vocabulary
from sojus.domain.field.vocabulary import TraitKind, TraitValue, Vocabulary
from sojus.domain.model.days import Span
from sojus.domain.model.ids import FacilityId, GenderId, GroupId, PlaceId, ProviderId, TenantId, TraitId
from sojus.domain.search.distance import RADIUS_M, metres, vector
from sojus.domain.search.offer import Confirmed, Offer, Point, Price
from sojus.domain.search.places import Places
from sojus.domain.search.wish import Near, Person, Preference, Search, TraitWish
from sojus.service.offers.finding import MOST_FULL
from tests.bench.pair import Row, shares

PLACES, SEARCHES = 100_000, 400
GOAL, GOAL_CHANGE, GOAL_FULL = 3.0, 3.0, 3.0
T = TypeVar("T")
TODAY = date(2026, 11, 30)
LAENDER: tuple[tuple[float, float, int], ...] = (
    (48.5, 9.0, 13), (48.9, 11.5, 16), (52.5, 13.4, 4), (52.4, 13.2, 3), (53.1, 8.8, 1), (53.6, 10.0, 2),
    (50.6, 9.0, 7), (53.8, 12.6, 2), (52.8, 9.2, 10), (51.5, 7.5, 22), (49.9, 7.4, 5), (49.4, 7.0, 1),
    (51.0, 13.4, 5), (51.9, 11.7, 3), (54.2, 9.8, 3), (50.9, 11.0, 3),
)  # fmt: skip
"""For each the middle, in degrees, and how many in a hundred live there, roughly."""
AROUND = 0.9
"""Degrees around the middle within which its places lie (two thirds of them)."""


# --- what there is ----------------------------------------------------------------------------------------------------


def offers(vocabulary: Vocabulary, count: int, chance: Random) -> Iterator[Offer]:
    """Beds, seats and hours of groups of up to eight; one in eight is free now, some later, most are not."""
    kinds, numbers = list(vocabulary.kinds.values()), range(len(LAENDER))
    place = 0
    while place < count:
        land = chance.choices(numbers, [share for _, _, share in LAENDER])[0]
        north, east, _ = LAENDER[land]
        point = Point(chance.gauss(north, AROUND), chance.gauss(east, AROUND * 1.6))
        kind, traits = chance.choice(kinds), dict(_traits(vocabulary, chance))
        span = kind.ages.oldest - kind.ages.youngest
        youngest = kind.ages.youngest + chance.randrange(span // 2 + 1)
        ages = kind.ages._replace(youngest=youngest, oldest=min(kind.ages.oldest, youngest + chance.randrange(4, 15)))
        genders = frozenset(chance.choice([["w", "m", "d"], ["w", "m"], ["w"], ["m"]]))
        cents = round(chance.gauss(21_688, 4_000))
        for _ in range(chance.randint(1, 8)):
            place += 1
            yield Offer(
                PlaceId(f"p{place:06}"),
                GroupId(f"g{place // 8}"),
                FacilityId(f"f{place // 24}"),
                ProviderId(f"t{place // 200}"),
                TenantId(f"land{land}"),
                vocabulary.id,
                kind.id,
                ages,
                frozenset(map(GenderId, genders)),
                point,
                (Price(max(2_000, cents), kind.rate, Span(date(2026, 1, 1))),),
                _free(chance),
                traits=traits,
                confirmed=Confirmed("Gruppenleitung", datetime(2026, 11, 30, 8, tzinfo=UTC) - _age(chance)),
            )


def _traits(vocabulary: Vocabulary, chance: Random) -> Iterator[tuple[TraitId, TraitValue]]:
    for trait in vocabulary.traits.values():
        keys = list(trait.values or ())
        if chance.random() < 0.1:
            continue
        if trait.kind is TraitKind.YES_NO:
            yield trait.id, chance.random() < 0.5
        elif trait.kind is TraitKind.ONE_OF:
            yield trait.id, chance.choice(keys)
        elif trait.kind is TraitKind.SEVERAL_OF:
            yield trait.id, frozenset(chance.sample(keys, chance.randint(1, 3)))
        else:
            yield trait.id, (number := chance.randint(*trait.range), number)


def _free(chance: Random) -> tuple[Span, ...]:
    draw = chance.random()
    if draw < 0.125:
        return (Span(TODAY),)
    if draw < 0.2:
        return (Span(TODAY + timedelta(days=chance.randint(1, 120))),)
    return (Span(TODAY, TODAY + timedelta(days=chance.randint(3, 40))),) if draw < 0.23 else ()


def _age(chance: Random) -> timedelta:
    return timedelta(days=min(60, int(chance.expovariate(0.2))))


# --- what is looked for -----------------------------------------------------------------------------------------------


def searches(vocabulary: Vocabulary, count: int, chance: Random) -> Iterator[Search]:
    """From one's own town, half of them at most 30 to 150 km away, with one must-have and two preferences or none."""
    kinds = list(vocabulary.kinds.values())
    for _ in range(count):
        kind, (north, east, _) = chance.choice(kinds), chance.choice(LAENDER)
        age = chance.randint(kind.ages.youngest, min(kind.ages.oldest, kind.ages.youngest + 17))
        near = Near(Point(chance.gauss(north, 0.5), chance.gauss(east, 0.8)), chance.choice([None, None, 30, 80, 150]))
        yield Search(
            kind.id,
            (Person(age, GenderId(chance.choice("wm"))),),
            chance.choice([(), (), (TraitWish(TraitId("barrierefrei"), True),)]),
            days=chance.choice([None, None, 3, 14]),
            most_cents=chance.choice([None, None, 22_000]),
            near=near,
            preferences=(
                Preference(TraitWish(TraitId("sprachen"), frozenset({"ar"})), 3),
                Preference(TraitWish(TraitId("einzelzimmer"), True), 2),
            ),
        )


# --- SQLite -----------------------------------------------------------------------------------------------------------

COLUMNS = (
    "place, kind, north, east, youngest, oldest, w, m, begin, end, cents, accessible, arabic, single, confirmed, by"
)
REST = "youngest, oldest, w, m, cents, accessible, x, y, z"


class Table:
    """The same offers, one row each, for questions that `conditions` can ask."""

    def __init__(self, known: list[Offer]) -> None:
        self.base = sqlite3.connect(":memory:", isolation_level=None)
        self.base.execute(f"CREATE TABLE offer ({COLUMNS.replace('place,', 'place PRIMARY KEY,')}, x, y, z)")
        marks = ", ".join("?" * (COLUMNS.count(",") + 4))
        self.base.executemany(f"INSERT INTO offer VALUES ({marks})", map(values, known))
        self.base.execute(f"CREATE INDEX by_map ON offer (kind, north, east, begin, end, {REST})")
        self.base.execute(f"CREATE INDEX by_day ON offer (kind, begin, end, north, east, {REST})")
        self.base.execute("ANALYZE")

    def found(self, search: Search) -> list[tuple[object, ...]]:
        where, given = conditions(search)
        asked = f"SELECT {COLUMNS} FROM offer WHERE {' AND '.join(where)}"
        return self.base.execute(asked, given).fetchall()


def values(offer: Offer) -> tuple[object, ...]:
    traits, speaks = offer.traits, offer.traits.get(TraitId("sprachen"), frozenset())
    span = offer.free[0] if offer.free else None
    begin = span.start.toordinal() if span else None
    end = None if span is None else 10**7 if span.end is None else span.end.toordinal()
    return (
        *(offer.place, offer.kind, *offer.point, *offer.ages),
        *("w" in offer.genders, "m" in offer.genders, begin, end, offer.prices[0].cents),
        *(traits.get(TraitId("barrierefrei")), isinstance(speaks, frozenset) and "ar" in speaks),
        traits.get(TraitId("einzelzimmer")),
        *((offer.confirmed.at.isoformat(), offer.confirmed.by) if offer.confirmed else ("", "")),
        *vector(offer.point),
    )


def conditions(search: Search) -> tuple[list[str], list[object]]:
    """Every must-have; the radius first as a box, for the index, then as the chord of the great circle."""
    person, today = search.people[0], TODAY.toordinal()
    where, given = ["kind = ?"], list[object]([search.kind])
    if search.near is not None and search.near.km is not None:
        (north, east), high = search.near.point, search.near.km * 1000 / RADIUS_M * 57.2958
        wide = high / cos(radians(abs(north) + high))
        x, y, z = vector(search.near.point)
        chord = (search.near.km * 1000 + 0.5) / RADIUS_M
        where += ["north BETWEEN ? AND ?", "east BETWEEN ? AND ?"]
        given += [north - high, north + high, east - wide, east + wide]
        where.append("(x - ?) * (x - ?) + (y - ?) * (y - ?) + (z - ?) * (z - ?) <= ?")
        given += [x, x, y, y, z, z, (chord - chord**3 / 24) ** 2]
    where += ["youngest <= ?", "oldest >= ?", str(person.gender), "begin <= ?", "end >= ?"]
    given += [person.age, person.age, today, 10**7 if search.days is None else today + search.days]
    if search.most_cents is not None:
        where.append("cents <= ?")
        given.append(search.most_cents)
    return where + ["accessible"] * bool(search.traits), given


# --- measured ---------------------------------------------------------------------------------------------------------


def rows(count: int = PLACES, asked: int = SEARCHES) -> list[Row]:
    """For `make bench`."""
    chance, vocabulary = Random(18), load_vocabulary("jugendhilfe")
    known = list(offers(vocabulary, count, chance))
    places, table = Places(vocabulary, known), Table(known)
    wanted = list(searches(vocabulary, asked, chance))
    for search in wanted[:20]:
        same(places, table, search)
    found, selected = in_turn(wanted, lambda one: places.search(one, TODAY), table.found)
    results = [places.search(one, TODAY) for one in wanted]
    hits = sorted(len(one.hits) for one in results)
    print(f"  Treffer je Suche: {hits[0]} bis {hits[-1]}, Median {hits[len(hits) // 2]}", file=sys.stderr)
    full, free = in_turn(
        results,
        lambda one: list(islice(places.full(one), MOST_FULL + 1)),
        lambda one: places.search(one.search, TODAY),
    )
    changed = [_changed(one, chance) for one in chance.sample(known, asked)]
    put, updated = in_turn(changed, places.put, lambda one: update(table, one))
    return [
        shares(f"Suche in {count} Plätzen", found, "SELECT derselben Zeilen aus SQLite", selected, GOAL),
        shares(f"Gruppen mit Warteliste in {count} Plätzen", full, "dieselbe Suche nach freien", free, GOAL_FULL),
        shares(f"ein Platz von {count} ändert sich", put, "UPDATE der Zeile in SQLite", updated, GOAL_CHANGE),
    ]


def in_turn(
    wanted: list[T], ours: Callable[[T], object], theirs: Callable[[T], object]
) -> tuple[list[float], list[float]]:
    """Milliseconds of processor time of each, A B B A; what was made before is left out of the collector, for both."""
    figures: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    gc.freeze()
    for number, one in enumerate(wanted):
        for which in (0, 1) if number % 2 == 0 else (1, 0):
            began_s = process_time()
            (ours, theirs)[which](one)
            figures[which].append((process_time() - began_s) * 1000)
    gc.unfreeze()
    return figures


def same(places: Places, table: Table, search: Search) -> None:
    """Both find the same, or nothing is measured. At the very edge of a circle they may round differently."""
    ours = {hit.place for hit in places.search(search, TODAY).hits}
    theirs = {str(row[0]) for row in table.found(search)}
    for place in ours ^ theirs:
        offer = places.offer(PlaceId(place))
        assert offer is not None
        assert search.near is not None
        assert search.near.km is not None
        assert abs(metres(vector(offer.point), vector(search.near.point)) - search.near.km * 1000) < 3, place


def _changed(offer: Offer, chance: Random) -> Offer:
    """Free now, or taken; confirmed today."""
    given = {name: getattr(offer, name) for name in Offer.__slots__}
    at = datetime(2026, 11, 30, 9, tzinfo=UTC)
    return Offer(**{**given, "free": _free(chance), "confirmed": Confirmed("Gruppenleitung", at)})


def update(table: Table, offer: Offer) -> None:
    names = [name.strip() for name in f"{COLUMNS}, x, y, z".split(",")]
    sets = ", ".join(f"{name} = ?" for name in names)
    table.base.execute(f"UPDATE offer SET {sets} WHERE place = ?", (*values(offer), offer.place))


if __name__ == "__main__":
    for row in rows(*map(int, sys.argv[1:3])):
        print(row)
