"""Open searches: what is said of two results leads from one to the other, and nothing is told twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from sojus.domain.model.ids import KindId, PlaceId
from sojus.domain.search.changes import Changes, changes, concerns
from sojus.domain.search.offer import Offer
from sojus.domain.search.places import Places
from sojus.domain.search.result import Hit, Result
from sojus.domain.search.wish import Search
from tests.sojus.places_at_random import TODAY, history, searches, vocabulary
from tests.sojus.test_search import MANY, lengths, seeds


@given(seeds, lengths)
@MANY
def test_every_step_is_told_as_it_is(seed: int, length: int) -> None:
    """After some places changed: the old hits and what is said of them give the new ones, and whom it does not concern
    has the same."""
    for search in searches(seed, 3):
        places = Places(vocabulary())
        before = places.search(search, TODAY)
        shown = {hit.place: hit for hit in before.hits}
        happened = list(history(seed, min(length, 24)))
        for begin in range(0, len(happened), 3):
            after, versions = _lived(places, happened[begin : begin + 3], search)
            found = changes(before, after)
            _is_told(found, before, after, shown)
            if not concerns(vocabulary(), search, TODAY, versions):
                assert (found, after.hits, after.front) == (Changes((), (), ()), before.hits, before.front)
            before = after


def _lived(places: Places, happened: list[Offer | PlaceId], search: Search) -> tuple[Result, list[Offer | None]]:
    """What is found afterwards, and each place that changed as it was and as it is."""
    versions: list[Offer | None] = []
    for one in happened:
        if isinstance(one, Offer):
            versions += [places.put(one), one]
        else:
            versions.append(places.remove(one))
    return places.search(search, TODAY), versions


def _is_told(found: Changes, before: Result, after: Result, shown: dict[PlaceId, Hit]) -> None:
    """`shown` is what somebody sees who hears of the changes alone."""
    assert not {hit.place for hit in found.came} & set(shown)
    assert {hit.place for hit in found.changed} | set(found.went) <= set(shown)
    for place in found.went:
        del shown[place]
    told_of = {hit.place: hit for hit in (*found.came, *found.changed)}
    shown.update(told_of)
    assert shown == {hit.place: hit for hit in after.hits}
    assert {
        place for place in shown if place not in told_of and (place in before.front) != (place in after.front)
    } == set()
    assert bool(found) == (before.hits != after.hits or before.front != after.front)


def test_two_searches_are_not_compared() -> None:
    places = Places(vocabulary())
    one = places.search(Search(KindId("kuppel")), TODAY)
    other = replace(one, search=Search(KindId("fernrohr")))
    with pytest.raises(ValueError, match="two searches"):
        changes(one, other)
