"""Free rooms of one group that nobody could tell apart are one hit, and whoever wants one gets one that is free."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, FieldId, GroupId, OfficeId, PlaceId, ReservationId, TraitId
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.records import Part
from sojus.domain.placement.state import Placements
from sojus.domain.register.entries import Facility, Given, Group, Place, Provider
from sojus.domain.search.offer import Offer
from sojus.domain.search.places import Places
from sojus.service.deeds import Deed
from sojus.service.found import HitView, ResultView
from sojus.service.offers.alike import alike
from sojus.service.offers.hits import hit_views
from sojus.service.offers.stock import Located, Stock
from tests.sojus.places_at_random import TODAY, history, searches, vocabulary
from tests.sojus.providers import HERE, THERE, office, register
from tests.sojus.test_placement import BED, CASE, FALL, FOR_GOOD, OTHER, play
from tests.sojus.test_service import GIRL, World, granted, refused, reserve
from tests.sojus.test_service import HERE as OFFICE
from tests.sojus.test_service import THERE as OTHERS

LONG = os.environ.get("LISA_LONG") == "1"


def rooms(seed: int, groups: int) -> Iterator[Offer]:
    """Of each group some that are as the first, or differ from it in one thing, that is read or not."""
    chance = Random(seed)
    for number, first in enumerate(one for one in history(seed, groups) if isinstance(one, Offer)):
        for room in range(chance.randint(1, 6)):
            place, group = PlaceId(f"p{chance.randrange(10**6):06}-{room}"), GroupId(f"g{number}")
            yield replace(_otherwise(first, chance), place=place, group=group)


def _otherwise(one: Offer, chance: Random) -> Offer:
    confirmed, later = one.confirmed, Span(TODAY + timedelta(days=400), TODAY + timedelta(days=500))
    if confirmed is not None:
        minutes, day = (confirmed._replace(at=confirmed.at - much) for much in (timedelta(minutes=7), timedelta(1)))
    ever = (Span(TODAY - timedelta(days=chance.randrange(3))),)
    others = [
        one,
        one,
        replace(one, free=ever, rest=()),
        replace(one, free=(*one.free[:1], later), rest=()),
        replace(one, free=(Span(TODAY, TODAY + timedelta(days=90)),), rest=(), closed=()),
        replace(one, closed=(Span(TODAY + timedelta(days=60), TODAY + timedelta(days=70)),)),
        replace(one, traits={**one.traits, TraitId("lage"): "tal"}),
        replace(one, confirmed=confirmed and minutes),
        replace(one, confirmed=confirmed and day),
    ]
    return chance.choice([another for another in others if len(another.free) < 2 or another.free[0].end is not None])


@given(st.integers(0, 2**32), st.integers(1, 12))
@settings(max_examples=3_000 if LONG else 60, deadline=None, derandomize=not LONG)
def test_what_is_one_hit_reads_alike_and_what_reads_alike_is_one(seed: int, groups: int) -> None:
    words, places = vocabulary(), Places(vocabulary(), rooms(seed, groups))
    stock = Stock({FieldId("sternwarte"): places}, {}, {}, TODAY)
    for offer in places.offers():
        provider = Provider(offer.provider, "Träger", offer.tenant)
        facility = Facility(offer.facility, offer.provider, "Haus", offer.point)
        group = Group(offer.group, offer.facility, "Gruppe", offer.area, offer.kind, offer.ages, offer.genders)
        stock.located[offer.place] = Located(Place(offer.place, offer.group, offer.place), group, facility)
        stock.providers[provider.id] = provider
    for search in searches(seed, 4):
        result = places.search(search, TODAY)
        rows = list(alike(result))
        assert sorted(number for row in rows for number in row) == list(range(len(result.hits)))
        assert [result.hits[row[0]][:4] for row in rows] == sorted(result.hits[row[0]][:4] for row in rows)
        read = defaultdict[HitView, list[int]](list)
        for number, view in enumerate(hit_views(stock, words, result, range(len(result.hits)))):
            read[replace(view, place=PlaceId(""), place_name="", confirmed="")].append(number)
        assert sorted(rows) == sorted(map(tuple, read.values()))


# --- which of them somebody gets --------------------------------------------------------------------------------------


def test_whoever_comes_second_gets_the_next_room_of_those_alike_and_the_last_is_told_that_there_is_none() -> None:
    state, rest = Placements(register()), (PlaceId("bett-2"), PlaceId("bett-3"))

    def wish(name: str) -> e.Reserve:
        return e.Reserve(ReservationId(name), CaseId(name), BED, FOR_GOOD, alike=rest)

    play(state, *((office(HERE), wish(name)) for name in ("eins", "zwei", "drei")))
    got = [state.reservations[ReservationId(name)].parts for name in ("eins", "zwei", "drei")]
    assert got == [BED, (Part(rest[0]),), (Part(rest[1]),)]
    (no,) = play(state, (office(THERE), wish("vier")))
    assert (no.news, no.why, no.may_wait) == (News.REFUSED, Why.NOT_FREE, True)


def test_no_room_of_another_group_is_as_good() -> None:
    state = Placements(register())
    (no,) = play(state, (office(HERE), e.Reserve(FALL, CASE, BED, FOR_GOOD, alike=(PlaceId("ulme-1"),))))
    assert (no.news, no.why) == (News.REFUSED, Why.IMPOSSIBLE)


def test_two_who_come_together_get_two_rooms_never_one_twice() -> None:
    state, two = Placements(register()), (*BED, Part(PlaceId("bett-2")))
    play(state, (office(THERE), e.Reserve(OTHER, CaseId("andere"), BED, FOR_GOOD)))
    play(state, (office(HERE), e.Reserve(FALL, CASE, two, FOR_GOOD, alike=(PlaceId("bett-2"), PlaceId("bett-3")))))
    assert {part.place for part in state.reservations[FALL].parts} == {"bett-2", "bett-3"}


# --- what a page is told ----------------------------------------------------------------------------------------------


@pytest.fixture
def world() -> World:
    return World()


def found(world: World, first: int = 0, count: int = 50) -> ResultView:
    result = world.service.search(OFFICE, GIRL, first, count, alike_once=True)
    assert isinstance(result, ResultView)
    return result


def wish_for(hit: HitView, key: str, seen: int | None = None) -> Deed:
    deed = reserve(key, OFFICE, hit.place, seen)
    assert isinstance(deed.what, e.Reserve)
    return replace(deed, what=replace(deed.what, alike=tuple(one.place for one in hit.alike)))


def test_rows_of_rooms_alike_are_all_hits_and_come_in_pages(world: World) -> None:
    all_of_it, single = found(world), world.found()
    assert len(all_of_it.hits) < len(single.hits), "else there is nothing to see"
    names = {hit.place: hit.place_name for hit in single.hits}
    shown = [(hit.place, hit.place_name) for hit in all_of_it.hits]
    shown += [(one.place, one.place_name) for hit in all_of_it.hits for one in hit.alike]
    assert dict(shown) == names
    assert len(shown) == len(names)
    assert (all_of_it.more, single.more) == (0, 0)
    pages = [found(world, first, 2) for first in range(0, len(all_of_it.hits), 2)]
    assert tuple(hit for page in pages for hit in page.hits) == all_of_it.hits
    assert pages[0].more == len(names) - sum(1 + len(hit.alike) for hit in pages[0].hits)


def test_a_room_that_is_taken_meanwhile_is_another_one_and_where_none_is_left_what_is_next_best_is_no_room_of_them(
    world: World,
) -> None:
    page = found(world)
    hit = next(one for one in page.hits if one.alike)
    granted(world.service.do(reserve("schneller", OTHERS, hit.place)))
    got = granted(world.service.do(wish_for(hit, "zweite", page.at)))
    assert f"„{hit.alike[0].place_name}“" in got.sentence
    for one in hit.alike[1:]:
        granted(world.service.do(reserve(one.place, OTHERS, one.place)))
    no = refused(world.service.do(wish_for(hit, "dritte", page.at)))
    assert "Auch von den gleichen Plätzen der Gruppe ist keiner mehr frei." in no.error
    offered = {place for one in no.hits for place in (one.place, *(other.place for other in one.alike))}
    assert offered
    assert not offered & {hit.place, *(one.place for one in hit.alike)}
    assert len({(one.group, one.free, one.price) for one in no.hits}) == len(no.hits), "those alike stand there once"


def test_nobody_gets_a_room_that_is_something_else_than_when_it_was_seen(world: World) -> None:
    page = found(world)
    hit = next(one for one in page.hits if one.alike)
    granted(world.service.do(reserve("schneller", OTHERS, hit.place)))
    loud = {TraitId("einzelzimmer"): False}
    others = [Given("Platz", Place(one.place, hit.group, one.place_name, traits=loud)) for one in hit.alike]
    by = Actor(Role.PROVIDER, OfficeId(hit.provider), hit.tenant)
    granted(world.service.do(Deed("anders", by, e.TakeIn(tuple(others)))))
    no = refused(world.service.do(wish_for(hit, "eins", page.at)))
    assert f"„{hit.place_name}“ ist" in no.error
    granted(world.service.do(wish_for(hit, "zwei", found(world).at)))


def test_whoever_asks_again_by_the_same_key_is_answered_as_then_also_if_a_room_alike_is_something_else_now(
    world: World,
) -> None:
    page = found(world)
    hit = next(one for one in page.hits if len(one.alike) > 1)
    deed = wish_for(hit, "eins", page.at)
    got = granted(world.service.do(deed))
    loud = Place(hit.alike[-1].place, hit.group, hit.alike[-1].place_name, traits={TraitId("einzelzimmer"): False})
    by = Actor(Role.PROVIDER, OfficeId(hit.provider), hit.tenant)
    granted(world.service.do(Deed("anders", by, e.TakeIn((Given("Platz", loud),)))))
    assert granted(world.service.do(deed)) == replace(got, again=True)


def test_where_one_room_alike_is_free_and_two_come_nobody_says_that_none_is_free(world: World) -> None:
    page = found(world)
    hit = next(one for one in page.hits if len(one.alike) > 1)
    *gone, _free = (hit.place, *(one.place for one in hit.alike))
    for place in gone:
        granted(world.service.do(reserve(place, OTHERS, place)))
    deed = wish_for(hit, "zwei", page.at)
    assert isinstance(deed.what, e.Reserve)
    two = replace(deed.what, parts=(Part(hit.place), Part(hit.alike[0].place)))
    no = refused(world.service.do(replace(deed, what=two)))
    assert "keiner mehr frei" not in no.error
    assert "nicht genug frei" in no.error
