"""What a search comes to: hits in order, misses counted, and the hits that nothing else beats.

A hit is its own place in the order: first who was confirmed lately, then who suits best, then the lower price, then the
shorter way, then the id. So the order is total, and the same for whoever asks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import NamedTuple

from sojus.domain.model.ids import PlaceId
from sojus.domain.search.offer import Offer
from sojus.domain.search.wish import Ground, Search, needed_from

FRESH, STALE, NEVER = range(3)
"""Confirmed within the term of the vocabulary; longer ago; not once."""


class Hit(NamedTuple):
    """A place that does all that must be. Compared as a tuple it is in order."""

    freshness: int
    lost: int
    """The weight of the preferences that it does not fulfil."""
    cents: int
    """On the first day that is wished."""
    metres: int | None
    """None where nobody said from where."""
    place: PlaceId
    offer: Offer


@dataclass(frozen=True, slots=True)
class Result:
    """Hits and misses are all places that there are: `len(hits) + sum(misses.values()) == total`."""

    search: Search
    today: date
    total: int
    hits: tuple[Hit, ...]
    misses: Mapping[Ground, int]
    """For each wish, in the order in which they are asked, for how many it was the first that failed."""
    front: frozenset[PlaceId]
    """No other hit is as good in suitability, price and distance and better in one of them (Pareto)."""

    @property
    def start(self) -> date:
        """The first day on which a place is needed: for that prices are told."""
        return needed_from(self.search, self.today)


def front_of(hits: Iterable[Hit]) -> frozenset[PlaceId]:
    """The Pareto front of hits that are in order."""
    places: dict[tuple[int, int, int], list[PlaceId]] = defaultdict(list)
    run, nearest_cents, nearest = (-1, -1), -1, inf
    for freshness, lost, cents, metres, place, _ in hits:
        if run != (freshness, lost):
            run, nearest = (freshness, lost), inf
        way = metres or 0
        if way < nearest or (way == nearest and cents == nearest_cents):  # within a run prices only rise
            places[lost, cents, way].append(place)
            nearest_cents, nearest = cents, way
    return frozenset(place for goals in _unbeaten(sorted(places)) for place in places[goals])


def _unbeaten(goals: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Of goals in order, none twice. What beats one comes before it, so two of the three are left to be compared:
    the steps hold, by price, the shortest way for that price or less."""
    prices: list[int] = []
    ways: list[int] = []
    for lost, cents, way in goals:
        at = bisect_right(prices, cents)
        if at and ways[at - 1] <= way:
            continue
        end = at
        while end < len(ways) and ways[end] >= way:
            end += 1
        prices[at:end], ways[at:end] = [cents], [way]
        yield lost, cents, way
