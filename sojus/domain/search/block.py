"""Some thousand offers of one kind of help that lie near to each other: for each thing that is asked, a set of slots.

A block never grows over `SIZE`. So what one offer costs that comes, changes or goes does not depend on how many there
are elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from datetime import date
from typing import NamedTuple

from sojus.domain.field.vocabulary import TraitValue
from sojus.domain.model.days import Span
from sojus.domain.model.ids import TraitId
from sojus.domain.search.bits import Digits, Values
from sojus.domain.search.distance import Hull, Vector, vector
from sojus.domain.search.offer import Offer

SIZE = 4_096
EPOCH = date(2000, 1, 1).toordinal()
"""Days are counted from here, for shorter numbers; what is free since before is free since then."""
NOT_CONFIRMED = -1


class Row(NamedTuple):
    """An offer, and what of it is worked out once."""

    offer: Offer
    vector: Vector
    confirmed: int
    """The civil day as an ordinal, or `NOT_CONFIRMED`."""


class Spans:
    """The first free span of each offer; the second has its own, and so on."""

    __slots__ = ("begin", "end", "open")

    def __init__(self) -> None:
        self.begin, self.end = Digits(), Digits()
        self.open = 0

    def add(self, span: Span, bit: int) -> None:
        self.begin.add(day(span.start), bit)
        if span.end is None:
            self.open |= bit
        else:
            self.end.add(day(span.end), bit)

    def remove(self, span: Span, bit: int) -> None:
        self.begin.remove(day(span.start), bit)
        if span.end is None:
            self.open ^= bit
        else:
            self.end.remove(day(span.end), bit)

    def holding(self, begin: int, end: int | None, within: int) -> int:
        """Those free from `begin` on to the day before `end`; without an end in sight, when it is None."""
        begun = self.begin.at_most(begin, within)
        found = begun & self.open
        if end is not None and begun != found:
            ends = begun & self.end.known
            found |= ends ^ self.end.at_most(end - 1, ends)
        return found


class Block:
    """Whoever writes into it keeps the slot that `put` gave."""

    __slots__ = ("ages", "amounts", "free", "genders", "hull", "live", "price", "rows", "spans", "tenants", "traits")

    def __init__(self) -> None:
        self.rows: list[Row | None] = []
        self.free: list[int] = []
        self.live = 0
        self.tenants, self.ages, self.genders, self.amounts = Values(), Values(), Values(), Values()
        self.traits: defaultdict[TraitId, Values] = defaultdict(Values)
        self.price = Digits()
        self.spans: list[Spans] = []
        self.hull = Hull()

    @property
    def is_full(self) -> bool:
        return not self.free and len(self.rows) >= SIZE

    def put(self, offer: Offer) -> int:
        """The slot in which it now is."""
        confirmed = NOT_CONFIRMED if offer.confirmed is None else offer.confirmed.at.date().toordinal()
        row = Row(offer, vector(offer.point), confirmed)
        if self.free:
            slot = self.free.pop()
            self.rows[slot] = row
        else:
            slot = len(self.rows)
            self.rows.append(row)
        bit = 1 << slot
        self.live |= bit
        for values, value in self._values(offer):
            values.add(value, bit)
        self.price.add(offer.price.cents, bit)
        self.spans += [Spans() for _ in range(len(offer.free) - len(self.spans))]
        for spans, span in zip(self.spans, offer.free, strict=False):
            spans.add(span, bit)
        self.hull.add(row.vector)
        return slot

    def take(self, slot: int) -> None:
        """Nothing is there any more."""
        row, bit = self.rows[slot], 1 << slot
        assert row is not None, "a slot is given back once"
        self.rows[slot] = None
        self.free.append(slot)
        self.live ^= bit
        for values, value in self._values(row.offer):
            values.remove(value, bit)
        self.price.remove(row.offer.price.cents, bit)
        for spans, span in zip(self.spans, row.offer.free, strict=False):
            spans.remove(span, bit)

    def _values(self, offer: Offer) -> Iterator[tuple[Values, Hashable]]:
        """What is said of it; an offer takes each year from the youngest to the oldest."""
        yield self.tenants, offer.tenant
        yield self.amounts, offer.left
        for age in range(offer.ages.youngest, offer.ages.oldest + 1):
            yield self.ages, age
        for gender in offer.genders:
            yield self.genders, gender
        for trait, value in offer.traits.items():
            for one in _parts(value):
                yield self.traits[trait], one


def day(one: date) -> int:
    """As a short number."""
    return max(0, one.toordinal() - EPOCH)


def _parts(value: TraitValue) -> Iterator[Hashable]:
    """Of several values each, in brackets as long as one, and an empty pair: there are some. A range is as long as
    two."""
    if isinstance(value, frozenset):
        yield ()
        yield from ((one,) for one in value)
    else:
        yield value
