"""The search against the same done naively, over places that come, change and go; and its words against its values."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from itertools import islice
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojus.domain.field.speech import said, wished
from sojus.domain.model.days import Span
from sojus.domain.model.ids import GroupId, PlaceId
from sojus.domain.search import block
from sojus.domain.search import places as ours
from sojus.domain.search.distance import metres, vector
from sojus.domain.search.fitting import misfit
from sojus.domain.search.offer import Offer, Point, Rest
from sojus.domain.search.phrases import euros, kilometres
from sojus.domain.search.places import Places
from sojus.domain.search.result import FRESH, Result
from sojus.domain.search.sieve import Sieve
from sojus.domain.search.together import house_of, places_for
from sojus.domain.search.wish import Aspect, Ground, Near, Search, needed_from
from sojus.domain.search.words import miss_words, why, why_not
from tests.sojus.naive_search import cents_on, has, haversine_m, left_for_all, naive, takes
from tests.sojus.places_at_random import TODAY, history, searches, vocabulary

LONG = os.environ.get("LISA_LONG") == "1"
MANY = settings(max_examples=5_000 if LONG else 40, deadline=None, derandomize=not LONG)
seeds, lengths = st.integers(0, 2**32), st.integers(1, 60)


def lived(seed: int, length: int) -> tuple[Places, dict[PlaceId, Offer]]:
    """Places with a history, and what there is at its end."""
    places, now = Places(vocabulary()), dict[PlaceId, Offer]()
    for one in history(seed, length):
        if isinstance(one, Offer):
            assert places.put(one) == now.get(one.place)
            now[one.place] = one
        else:
            assert places.remove(one) == now.pop(one, None)
    return places, now


@pytest.fixture(autouse=True)
def _small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that blocks fill up and have gaps, and what is full is put in order in several goes."""
    monkeypatch.setattr(block, "SIZE", 3)
    monkeypatch.setattr(ours, "A_FEW", 2)


@given(seeds, lengths)
@MANY
def test_it_finds_what_a_naive_search_finds(seed: int, length: int) -> None:
    places, now = lived(seed, length)
    for search in searches(seed, 8):
        _finds_the_same(places, now, search)


def _finds_the_same(places: Places, now: dict[PlaceId, Offer], search: Search) -> None:
    found, wanted = places.search(search, TODAY), naive(vocabulary(), list(now.values()), search, TODAY)
    assert [hit.offer for hit in found.hits] == wanted.hits
    assert dict(found.misses) == wanted.misses
    assert list(found.misses) == list(wanted.misses), "in the order in which they are asked"
    assert found.front == wanted.front
    assert len(found.hits) + sum(found.misses.values()) == len(now) == len(places) == found.total
    alike = [one for one in now.values() if one.kind == search.kind]
    fit = [one.place for one in alike if misfit(vocabulary(), search, one, TODAY) is None]
    sieve = Sieve(vocabulary(), alike, TODAY)
    assert sieve.fitting(search) == fit
    assert sieve.first(search, 2) == (fit[:2], len(fit))
    _finds_what_is_full(places, now, search)
    for hit in found.hits if len(search.people) > 1 else ():
        house = house_of(search, hit.offer)
        seats = places_for(search, [one.offer for one in found.hits if house_of(search, one.offer) == house], TODAY)
        assert all(takes(now[seat], person) for seat, person in zip(seats, search.people, strict=True))
        assert all(seats.count(seat) * search.amount <= left_for_all(now[seat], search, TODAY) for seat in seats)


def _finds_what_is_full(places: Places, now: dict[PlaceId, Offer], search: Search) -> None:
    """The first of each group of those that would be hits, in that order, if nobody were there."""
    alone, ever = replace(search, people=search.people[:1]), Span(date(2000, 1, 1))
    empty = [replace(one, free=(ever,), rest=(Rest(ever, search.amount),), closed=()) for one in now.values()]
    fits = [one.place for one in naive(vocabulary(), empty, alone, TODAY).hits]
    taken = {place for place in fits if misfit(vocabulary(), alone, now[place], TODAY) is not None}
    found, begin = places.search(alone, TODAY), needed_from(search, TODAY)
    free = {hit.offer.group for hit in found.hits}
    wanted = [now[place] for place in fits if place in taken and not now[place].is_closed_on(begin)]
    best = {one.group: one.place for one in reversed(wanted) if one.group not in free}
    assert [one.place for one in places.full(found)] == [one.place for one in wanted if one.place in best.values()]
    apart = Places(vocabulary(), [replace(one, group=GroupId(one.place)) for one in now.values()])
    assert [one.place for one in apart.full(apart.search(alone, TODAY))] == [one.place for one in wanted]


def test_of_what_is_full_no_more_is_put_in_order_than_is_taken() -> None:
    (like,) = (one for one in history(1, 1) if isinstance(one, Offer))
    like = replace(like, free=(), rest=(), closed=())
    dear = [
        replace(like, place=PlaceId(f"p{n:03}"), group=GroupId(f"g{n}"), prices=(like.prices[0]._replace(cents=n),))
        for n in range(400)
    ]
    places = Places(vocabulary(), dear)
    with mock.patch.object(ours, "metres", wraps=metres) as asked:
        found = places.full(places.search(Search(like.kind, near=Near(like.point)), TODAY))
        assert [one.place for one in islice(found, 5)] == [f"p{n:03}" for n in range(5)]
        assert asked.call_count == 2 + 8, "a few, then four times as many"


@given(seeds, lengths)
@MANY
def test_what_is_said_of_hits_and_misses_is_so(seed: int, length: int) -> None:
    places, now = lived(seed, length)
    for search in searches(seed, 4):
        result = places.search(search, TODAY)
        for number in range(len(result.hits)):
            _tells_of_a_hit(result, number)
        _tells_of_misses(result, now)


def _tells_of_a_hit(found: Result, number: int) -> None:
    traits, search, hit = vocabulary().traits, found.search, found.hits[number]
    told, offer = why(vocabulary(), found, number), hit.offer
    is_met = [has(offer, one.wish) for one in search.preferences]
    wishes = list(zip((one.wish for one in search.preferences), is_met, strict=True))
    assert told.met == tuple(said(traits[wish.trait], offer.traits[wish.trait]) for wish, met in wishes if met)
    assert told.unmet == tuple(
        f"{wished(traits[wish.trait], wish.wanted)} (hier: {said(traits[wish.trait], offer.traits.get(wish.trait))})"
        for wish, met in wishes
        if not met
    )
    assert told.price.startswith(euros(cents_on(offer, found.start)))
    assert (search.near is None) == (told.distance == "")
    assert (
        told.is_stale
        == (hit.freshness != FRESH)
        == told.confirmed.startswith(("Veraltet, vor", "Vom Träger noch nie bestätigt"))
    )
    assert offer.confirmed is None or f"{offer.confirmed.at:%d.%m.%Y}" in told.confirmed
    assert (told.front != "") == (hit.place in found.front)
    assert f"Rang {number + 1} von {len(found.hits)}." in str(told)
    assert told.rank in why_not(vocabulary(), found, offer)


def _tells_of_misses(found: Result, now: dict[PlaceId, Offer]) -> None:
    hits = {hit.place for hit in found.hits}
    counted = dict.fromkeys(found.misses, 0)
    for place, offer in now.items():
        sentence = why_not(vocabulary(), found, offer)
        assert sentence.startswith("Kein Treffer. Gesucht") == (place not in hits)
        if place not in hits:
            ground = misfit(vocabulary(), found.search, offer, TODAY) or Ground(Aspect.TOGETHER)
            counted[ground] += 1
            sought = miss_words(vocabulary(), found, ground).partition("gesucht: ")[2]
            assert sought in sentence or ground.aspect in (Aspect.GENDER, Aspect.TRAIT, Aspect.TENANT)
    assert counted == found.misses


def test_places_that_come_and_go_take_no_more_room() -> None:
    """The slots of those that went are given to those that come."""
    first = next(one for one in history(1, 9) if isinstance(one, Offer))
    places = Places(vocabulary(), [replace(first, place=PlaceId(f"p{number}")) for number in range(7)])
    before = len(places._blocks[first.kind])
    for number in range(40):
        places.put(replace(first, place=PlaceId(f"p{number % 7}"), rest=(Rest(Span(TODAY), number + 1),)))
        places.remove(PlaceId(f"p{(number + 3) % 7}"))
    assert len(places._blocks[first.kind]) == before == 3


points = st.builds(Point, st.floats(47, 55), st.floats(5, 16)) | st.builds(
    Point, st.floats(-90, 90), st.floats(-180, 180)
)


@given(points, points)
@MANY
def test_distances_are_those_of_the_haversine(a: Point, b: Point) -> None:
    assert abs(metres(vector(a), vector(b)) - haversine_m(a, b)) <= 1 + 1e-7 * haversine_m(a, b)


def test_distances_of_towns_are_those_of_the_map() -> None:
    """Greifswald to Anklam and Pasewalk, Berlin to Munich; on the ellipsoid (WGS 84) 33.3, 69.9 and 504.4 km."""
    greifswald, berlin = Point(54.0931, 13.3879), Point(52.5200, 13.4050)
    assert metres(vector(berlin), vector(Point(48.1372, 11.5755))) == pytest.approx(504_400, rel=0.005)
    assert kilometres(metres(vector(greifswald), vector(Point(54.0931, 13.3880)))) == "7 m"
    assert kilometres(30_010) == "30,1 km", "what is beyond 30 km does not read 30,0"
