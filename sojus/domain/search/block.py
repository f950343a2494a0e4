"""Some thousand offers of one kind of help that lie near to each other: for each thing that is asked, a set of slots.

A block never grows over `SIZE`. So what one offer costs that comes, changes or goes does not depend on how many there
are elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sojus.domain.field.vocabulary import TraitValue
from sojus.domain.model.days import Span
from sojus.domain.model.ids import TraitId
from sojus.domain.search.bits import Digits, Values, lowest
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
    """The first span of each offer, free or closed; the second has its own, and so on."""

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
        """Those that have all days from `begin` on to the day before `end`; all that will come, when it is None."""
        begun = self.begin.at_most(begin, within)
        found = begun & self.open
        if end is not None and begun != found:
            ends = begun & self.end.known
            found |= ends ^ self.end.at_most(end - 1, ends)
        return found


class Prices:
    """The first price of each offer, and when it counts: until the next begins, and before it what will hold first."""

    __slots__ = ("cents", "spans")

    def __init__(self) -> None:
        self.cents, self.spans = Digits(), Spans()

    def at_most(self, cents: int, on: int, within: int) -> int:
        return self.cents.at_most(cents, self.spans.holding(on, on + 1, within))


class Block:
    """Whoever writes into it keeps the slot that `put` gave."""

    __slots__ = (
        *("ages", "closed", "confirmed", "free", "genders", "hull", "least", "live", "most"),
        *("prices", "rows", "spans", "tenants", "traits"),
    )

    def __init__(self) -> None:
        self.rows: list[Row | None] = []
        self.free: list[int] = []
        self.live = 0
        self.tenants, self.ages, self.genders, self.least, self.most, self.confirmed = (Values() for _ in range(6))
        self.traits: defaultdict[TraitId, Values] = defaultdict(Values)
        self.prices: list[Prices] = []
        self.spans: list[Spans] = []
        self.closed: list[Spans] = []
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
        for values, value in self._values(row):
            values.add(value, bit)
        self.prices += [Prices() for _ in range(len(offer.prices) - len(self.prices))]
        for prices, (cents, counts) in zip(self.prices, _counting(offer), strict=False):
            prices.cents.add(cents, bit)
            prices.spans.add(counts, bit)
        for known, days in ((self.spans, offer.free), (self.closed, offer.closed)):
            known += [Spans() for _ in range(len(days) - len(known))]
            for spans, span in zip(known, days, strict=False):
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
        for values, value in self._values(row):
            values.remove(value, bit)
        for prices, (cents, counts) in zip(self.prices, _counting(row.offer), strict=False):
            prices.cents.remove(cents, bit)
            prices.spans.remove(counts, bit)
        for known, days in ((self.spans, row.offer.free), (self.closed, row.offer.closed)):
            for spans, span in zip(known, days, strict=False):
                spans.remove(span, bit)
        self._let_go_of_empty_layers()

    def _let_go_of_empty_layers(self) -> None:
        """Else whoever once had many would make each search slower for ever."""
        for known in (self.spans, self.closed):
            while known and not known[-1].begin.known:
                known.pop()
        while self.prices and not self.prices[-1].cents.known:
            self.prices.pop()

    def _values(self, row: Row) -> Iterator[tuple[Values, Hashable]]:
        """What is said of it; an offer takes each year from the youngest to the oldest."""
        offer = row.offer
        yield self.confirmed, row.confirmed
        yield self.tenants, offer.tenant
        amounts = [one.left for one in offer.rest] or [1]
        yield self.least, min(amounts)
        yield self.most, max(amounts)
        for age in range(offer.ages.youngest, offer.ages.oldest + 1):
            yield self.ages, age
        for gender in offer.genders:
            yield self.genders, gender
        for trait, value in offer.traits.items():
            for one in _parts(value):
                yield self.traits[trait], one


def cheapest(parts: Sequence[tuple[Block, int]], on: int, many: int) -> list[int]:
    """Of these slots of each block those that are among the `many` cheapest of all on this day; of one price all."""
    layers = [
        (number, prices.cents, prices.spans.holding(on, on + 1, slots))
        for number, (block, slots) in enumerate(parts)
        for prices in block.prices
    ]
    found = [0] * len(parts)
    low = lowest([(cents, slots) for _, cents, slots in layers], many)
    for (number, _, _), slots in zip(layers, low, strict=True):
        found[number] |= slots
    return found


def day(one: date) -> int:
    """As a short number."""
    return max(0, one.toordinal() - EPOCH)


def _counting(offer: Offer) -> Iterator[tuple[int, Span]]:
    """As `Offer.price_on` says: each price with the days on which it is told."""
    begin = date.min
    for price, after in zip(offer.prices, (*offer.prices[1:], None), strict=True):
        end = None if after is None else after.span.start
        yield price.cents, Span(begin, end)
        begin = end or begin


def _parts(value: TraitValue) -> Iterator[Hashable]:
    """Of several values each, in brackets as long as one, and an empty pair: there are some. A range is as long as
    two."""
    if isinstance(value, frozenset):
        yield ()
        yield from ((one,) for one in value)
    else:
        yield value
