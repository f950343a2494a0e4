"""An open search that is told of changes shows what a new search would; and each change is told to whom it concerns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.actors import Role
from sojus.domain.model.ids import FieldId, KindId, OfficeId, PlaceId, TenantId
from sojus.domain.placement.decisions import Party
from sojus.domain.search.offer import Offer
from sojus.domain.search.places import Places
from sojus.domain.search.wish import Person, Search
from sojus.service.asked import Asked
from sojus.service.found import Move
from sojus.service.offers import hits, watching
from sojus.service.offers.stock import Shift, Stock
from sojus.service.offers.watching import Watches
from tests.sojus.places_at_random import TODAY, history, searches, vocabulary

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
AREA = FieldId("sternwarte")
HERE, THERE = (Party(Role.YOUTH_OFFICE, OfficeId(name), TenantId("nord")) for name in ("hier", "dort"))


def change(places: Places, one: Offer | PlaceId) -> Shift:
    if isinstance(one, Offer):
        return Shift(one.place, places.put(one), one)
    return Shift(one, places.remove(one), None)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 4))
def test_whoever_is_told_of_changes_sees_what_a_new_search_finds(seed: int, length: int, together: int) -> None:
    words: Vocabulary = vocabulary()
    places, watches = Places(words), Watches()
    stock = Stock({AREA: places}, {}, {}, TODAY)
    steps = list(history(seed, length))
    for one in steps[: length // 2]:
        change(places, one)
    wanted = [Asked(AREA, search) for search in searches(seed, 12)]
    before = {one: watches.open(places, one, HERE, NOON, 0).result for one in wanted}
    seen = {one: {hit.place for hit in result.hits} for one, result in before.items()}
    for number, first in enumerate(range(length // 2, length, together), 1):
        shifts = [change(places, one) for one in steps[first : first + together]]
        watches.shifted(stock, number, [(shift, None) for shift in shifts if shift.before != shift.after])
    for asked in wanted:
        watch = watches.open(places, asked, HERE, NOON, 99)
        assert watch.result == places.search(asked.search, TODAY), "line by line, front and misses"
        for event in watch.events:
            assert (event.what is Move.COME) == (event.shift.place not in seen[asked])
            (seen[asked].discard if event.what is Move.GONE else seen[asked].add)(event.shift.place)
        assert seen[asked] == {hit.place for hit in watch.result.hits}, "by its events alone a page is right"


def test_what_nobody_looks_at_is_let_go_of() -> None:
    places, watches = Places(vocabulary()), Watches()
    one, other = (Asked(AREA, search) for search in searches(1, 2))
    watches.open(places, one, HERE, NOON, 1)
    watches.open(places, other, HERE, NOON + timedelta(minutes=3), 1)
    watches.let_go(NOON + timedelta(minutes=3))
    assert len(watches) == 1


def test_who_searches_and_searches_while_nothing_changes_fills_no_memory() -> None:
    places, watches = Places(vocabulary()), Watches()
    looked_at, *others = [Asked(AREA, search) for search in searches(1, 40)]
    first = watches.open(places, looked_at, HERE, NOON, 1)
    with mock.patch.object(watching, "MOST", 3):
        for number, one in enumerate(others, 1):
            first.note_look(HERE, NOON + timedelta(seconds=number))  # its page asks what has changed
            watches.open(places, one, HERE, NOON + timedelta(seconds=number), 1)
            assert len(watches) <= 4
    assert watches.get(first.id) is first, "that of somebody who looks goes last"


def test_whoever_opens_broad_searches_closes_none_of_others() -> None:
    """Too many hits for all: of the office that has most of them, what it looks at alone goes first."""
    places, watches = Places(vocabulary()), Watches()
    for one in history(1, 200):
        change(places, one)
    broad = [Asked(AREA, Search(KindId("kuppel"), days=days)) for days in range(1, 30)]
    mine = watches.open(places, broad[0], HERE, NOON, 1)
    hits = len(mine.result.hits)
    assert hits > 10
    later = NOON + timedelta(seconds=1)
    with mock.patch.object(watching, "MOST_HITS", 6 * hits):
        both = watches.open(places, broad[1], HERE, NOON, 1)
        both.note_look(THERE, NOON)
        for asked in broad[2:]:
            watches.open(places, asked, THERE, later, 1)
            watches.let_go(later)
            assert sum(len(one.result.hits) for one in watches._open.values()) <= 6 * hits, "all together are bounded"
        assert watches.get(mine.id) is mine, "it has not been looked at for longest, and stays"
        assert watches.get(both.id) is both, "theirs goes before what somebody else looks at as well"
        assert watches.get(watching.name_of(broad[-1])) is not None, "the newest"


def test_who_acts_waits_for_no_search_for_several_and_whoever_looks_is_told_all_of_it_once() -> None:
    places, watches = Places(vocabulary()), Watches()
    stock, steps = Stock({AREA: places}, {}, {}, TODAY), list(history(1, 200))
    for one in steps[:100]:
        change(places, one)
    asked = Asked(AREA, Search(KindId("kuppel"), (Person(), Person())))
    name = watches.open(places, asked, HERE, NOON, 0).id
    with mock.patch.object(places, "search", wraps=places.search) as searched:
        for number, one in enumerate(steps[100:], 1):
            watches.shifted(stock, number, [(change(places, one), None)])
        assert searched.call_count == 0
        seen = watches.get(name)
        assert seen is not None
        assert (searched.call_count, watches.get(name)) == (1, seen)
    assert seen.result == places.search(asked.search, TODAY)
    assert seen.events


def test_an_office_keeps_so_many_searches_for_several_open_and_closes_its_own_oldest() -> None:
    places, watches = Places(vocabulary()), Watches()
    wanted = [Asked(AREA, Search(KindId("kuppel"), (Person(), Person()), days=days)) for days in range(1, 9)]
    theirs, shared, first, *rest = [watching.name_of(one) for one in wanted]
    with mock.patch.object(watching, "MOST_FOR_SEVERAL", 3):
        watches.open(places, wanted[0], THERE, NOON, 1)
        watches.open(places, wanted[1], THERE, NOON, 1)
        for seconds, one in enumerate(wanted[1:], 1):
            watches.open(places, one, HERE, NOON + timedelta(seconds=seconds), 1)
            assert watches.get(watching.name_of(one)) is not None, "the newest"
        alone = Asked(AREA, Search(KindId("kuppel"), (Person(),)))
        watches.open(places, alone, HERE, NOON, 1)
    still = [name for name in (theirs, shared, first, *rest, watching.name_of(alone)) if watches.get(name)]
    assert still == [theirs, shared, *rest[-3:], watching.name_of(alone)]


def test_who_come_together_are_seated_once_for_each_house() -> None:
    """A page goes through all hits once, however many it shows."""
    words = vocabulary()
    places = Places(words)
    for one in history(1, 300):
        change(places, one)
    result = places.search(Search(KindId("kuppel"), (Person(), Person())), TODAY)
    shown = range(len(result.hits))
    assert len(shown) > 20
    with mock.patch.object(hits, "house_of", wraps=hits.house_of) as asked, mock.patch.object(hits, "_view") as view:
        hits.hit_views(mock.sentinel.stock, words, result, shown)
    assert asked.call_count == 2 * len(shown), "of those that are shown, and of all"
    shared = view.call_args.args[4]
    for hit in result.hits:
        house = hits.house_of(result.search, hit.offer)
        here = [one.offer for one in result.hits if hits.house_of(result.search, one.offer) == house]
        assert len(shared[house]) == 2
        assert set(shared[house]) <= {one.place for one in here}
