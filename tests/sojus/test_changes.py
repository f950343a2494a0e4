"""Open and saved searches: what is said of two results leads from one to the other, and nothing is told twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from sojus.domain.model.ids import KindId, PlaceId
from sojus.domain.search.changes import changes, concerns, saved, told
from sojus.domain.search.offer import Offer
from sojus.domain.search.places import Places
from sojus.domain.search.wish import Search
from tests.sojus.places_at_random import TODAY, history, searches, vocabulary
from tests.sojus.test_search import MANY, lengths, seeds


@given(seeds, lengths, searches)
@MANY
def test_every_step_is_told_as_it_is(seed: int, length: int, search: Search) -> None:
    """After each change of one place: the old hits and what is said of them give the new ones, and whom it does not
    concern has the same; a saved search is told each place as often as it came."""
    places = Places(vocabulary())
    before = places.search(search, TODAY)
    shown, watch, came = {hit.place: hit for hit in before.hits}, saved(before), list[PlaceId]()
    for one in history(seed, min(length, 12)):
        offer = one if isinstance(one, Offer) else None
        was = places.put(one) if isinstance(one, Offer) else places.remove(one)
        after = places.search(search, TODAY)
        found = changes(before, after)
        if not concerns(vocabulary(), search, TODAY, (was, offer)):
            assert (after.hits, after.front) == (before.hits, before.front)
            assert not found
        assert not {hit.place for hit in found.came} & set(shown)
        assert {hit.place for hit in found.changed} | set(found.went) <= set(shown)
        for place in found.went:
            del shown[place]
        shown.update({hit.place: hit for hit in (*found.came, *found.changed)})
        assert shown == {hit.place: hit for hit in after.hits}
        watch, news = told(watch, after)
        assert news == found.came
        assert told(watch, after)[1] == (), "once"
        came += [hit.place for hit in news]
        before = after
    assert set(shown) <= set(came)


def test_two_searches_are_not_compared() -> None:
    places = Places(vocabulary())
    one = places.search(Search(KindId("kuppel")), TODAY)
    other = replace(one, search=Search(KindId("fernrohr")))
    with pytest.raises(ValueError, match="two searches"):
        changes(one, other)
    with pytest.raises(ValueError, match="another search"):
        told(saved(one), other)
