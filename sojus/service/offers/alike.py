"""Hits that nobody could tell apart but by their names: the free rooms of one group, which are one offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import groupby

from sojus.domain.model.days import Span
from sojus.domain.model.ids import GroupId
from sojus.domain.search.fitting import left_for, span_for
from sojus.domain.search.result import Hit, Result


def alike(result: Result) -> Iterator[tuple[int, ...]]:
    """Numbers of hits of one group that differ in nothing that was asked or is read of them, the first being 0; each
    hit once. In the order of the hits, but where several rank the same those of one group follow each other. Nothing is
    compared before it is taken."""
    for _, ranked in groupby(range(len(result.hits)), lambda number: result.hits[number][:4]):
        groups = defaultdict[GroupId, list[int]](list)
        for number in ranked:
            groups[result.hits[number].offer.group].append(number)
        for numbers in groups.values():
            yield from _parted(result, numbers)


def _parted(result: Result, numbers: Sequence[int]) -> Iterator[tuple[int, ...]]:
    if len(numbers) == 1:
        yield tuple(numbers)
        return
    parts = defaultdict[Hashable, list[int]](list)
    for number in numbers:
        parts[_read(result, result.hits[number])].append(number)
    yield from map(tuple, parts.values())


def _read(result: Result, hit: Hit) -> Hashable:
    """What is read of a hit besides its rank and its group. Of when it was confirmed the day: rooms that are confirmed
    by a tap each are so minutes apart."""
    offer, confirmed = hit.offer, hit.offer.confirmed
    free = span_for(result.search, offer.free, result.today)
    since = None if free is None else max(free.start, result.today)
    wanted = Span(result.start, None if free is None else free.end)
    closed = next((one for one in offer.closed if one.overlaps(wanted)), None)
    said = None if confirmed is None else (confirmed.by, confirmed.at.date())
    left = left_for(result.search, offer, result.today)
    return offer.price_on(result.start), since, wanted.end, closed, said, left, frozenset(offer.traits.items())
