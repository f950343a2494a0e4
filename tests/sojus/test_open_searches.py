"""An open search that is told of changes shows what a new search would; and each change is told to whom it concerns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.ids import FieldId, PlaceId
from sojus.domain.search.offer import Offer
from sojus.domain.search.places import Places
from sojus.service.asked import Asked
from sojus.service.found import Move
from sojus.service.offers import watching
from sojus.service.offers.stock import Shift, Stock
from sojus.service.offers.watching import Watches
from tests.sojus.places_at_random import TODAY, history, searches, vocabulary

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
AREA = FieldId("sternwarte")


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
    before = {one: watches.open(places, one, NOON, 0).result for one in wanted}
    seen = {one: {hit.place for hit in result.hits} for one, result in before.items()}
    for number, first in enumerate(range(length // 2, length, together), 1):
        shifts = [change(places, one) for one in steps[first : first + together]]
        watches.shifted(stock, number, [(shift, None) for shift in shifts if shift.before != shift.after])
    for asked in wanted:
        watch = watches.open(places, asked, NOON, 99)
        assert watch.result == places.search(asked.search, TODAY), "line by line, front and misses"
        for event in watch.events:
            assert (event.what is Move.COME) == (event.shift.place not in seen[asked])
            (seen[asked].discard if event.what is Move.GONE else seen[asked].add)(event.shift.place)
        assert seen[asked] == {hit.place for hit in watch.result.hits}, "by its events alone a page is right"


def test_what_nobody_looks_at_is_let_go_of() -> None:
    places, watches = Places(vocabulary()), Watches()
    one, other = (Asked(AREA, search) for search in searches(1, 2))
    watches.open(places, one, NOON, 1)
    watches.open(places, other, NOON + timedelta(minutes=3), 1)
    watches.let_go(NOON + timedelta(minutes=3))
    assert len(watches) == 1


def test_who_searches_and_searches_while_nothing_changes_fills_no_memory() -> None:
    places, watches = Places(vocabulary()), Watches()
    looked_at, *others = [Asked(AREA, search) for search in searches(1, 40)]
    first = watches.open(places, looked_at, NOON, 1)
    with mock.patch.object(watching, "MOST", 3):
        for number, one in enumerate(others, 1):
            first.looked = NOON + timedelta(seconds=number)  # its page asks what has changed
            watches.open(places, one, NOON + timedelta(seconds=number), 1)
            assert len(watches) <= 4
    assert watches.get(first.id) is first, "that of somebody who looks goes last"
