"""Many offers of one kind of help, sieved by many searches: which does all that must be, for whom that is asked often.

As `fitting.misfit` says of each by itself: whether people find a place together is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.ids import PlaceId
from sojus.domain.search.asking import asks_of
from sojus.domain.search.bits import slots_in
from sojus.domain.search.block import Block
from sojus.domain.search.fitting import is_near, misfit
from sojus.domain.search.offer import Offer
from sojus.domain.search.wish import Search

FEW = 16
"""So many are looked at one by one; more are worth a block."""


class Sieve:
    """These offers, all of one kind of help of this field of work, as they are on this day."""

    def __init__(self, vocabulary: Vocabulary, offers: Iterable[Offer], today: date) -> None:
        self._vocabulary, self._today = vocabulary, today
        self._few = list(offers)
        self._blocks: list[Block] = []
        if len(self._few) > FEW:
            for offer in self._few:
                if not self._blocks or self._blocks[-1].is_full:
                    self._blocks.append(Block())
                self._blocks[-1].put(offer)

    def fitting(self, search: Search) -> list[PlaceId]:
        """Those that do all that must be, in their order; `search` is for their kind of help."""
        if not self._blocks:
            return [one.place for one in self._few if misfit(self._vocabulary, search, one, self._today) is None]
        return [place for block, bits in self._narrowed(search) for place in _places(search, block, bits)]

    def first(self, search: Search, most: int) -> tuple[list[PlaceId], int]:
        """The first of them, and how many there are: cheaper where it is many."""
        if not self._blocks or search.farthest_m is not None:
            found = self.fitting(search)
            return found[:most], len(found)
        kept = self._narrowed(search)
        named = islice((place for block, bits in kept for place in _places(search, block, bits)), most)
        return list(named), sum(bits.bit_count() for _, bits in kept)

    def _narrowed(self, search: Search) -> list[tuple[Block, int]]:
        """The slots of each block that do all that must be, but for the distance."""
        asks, found = asks_of(self._vocabulary, search, self._today), list[tuple[Block, int]]()
        for block in self._blocks:
            bits = block.live
            for _, ask in asks:
                bits = ask(block, bits) if bits else 0
            found.append((block, bits))
        return found


def _places(search: Search, block: Block, bits: int) -> Iterator[PlaceId]:
    for slot in slots_in(bits):
        row = block.rows[slot]
        if row is not None and is_near(search, row.offer):
            yield row.offer.place


def offers_more(before: Offer | None, now: Offer | None) -> bool:
    """Whether on one day a wish may be fulfilled now that was not before; False: surely none."""
    if before is None or now is None:
        return now is not None
    if before.rest or now.rest or before.closed != now.closed:
        return before != now
    if replace(before, free=now.free, confirmed=now.confirmed) != now:
        return True
    return not all(any(old.start <= new.start and new.stop <= old.stop for old in before.free) for new in now.free)
