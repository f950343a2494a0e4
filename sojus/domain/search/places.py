"""All places of one field of work, kept so that a search looks at none that does not fit, and a change touches one.

By kind of help and by a cell of the map there are blocks of offers (`block`). A wish is asked of a whole block at once
(`bits`); so it is also known how many it shut out, which no index of a database tells. Only what passed every wish but
the distance is looked at one by one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from math import floor

from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.ids import KindId, PlaceId
from sojus.domain.search.asking import Ask, ask_of, asks_of
from sojus.domain.search.bits import slots_in
from sojus.domain.search.block import NOT_CONFIRMED, Block
from sojus.domain.search.distance import Vector, metres, vector
from sojus.domain.search.fitting import is_full
from sojus.domain.search.offer import Offer, Point
from sojus.domain.search.result import FRESH, NEVER, STALE, Hit, Result, front_of
from sojus.domain.search.together import house_of, houses_for_all
from sojus.domain.search.wish import Aspect, Ground, Search, grounds, needed_from

CELL_DEGREES = (4.0, 6.0)
"""North and east: about 440 by 400 km in Germany. Finer ones make more blocks, and each costs some microseconds."""

FREE_ENOUGH = (Aspect.FREE, Aspect.AMOUNT)
"""What a place fails that is taken, for now."""

Cell = tuple[KindId, int, int]
Rank = tuple[int, int, int, int | None, PlaceId, Offer]
"""A `Hit` before it is one."""


class Places:
    """Mutable, and changed by `put` and `remove` only; a `Result` never changes."""

    def __init__(self, vocabulary: Vocabulary, offers: Iterable[Offer] = ()) -> None:
        self.vocabulary = vocabulary
        self._where: dict[PlaceId, tuple[Block, int]] = {}
        self._blocks: defaultdict[KindId, list[Block]] = defaultdict(list)
        self._room: defaultdict[Cell, list[Block]] = defaultdict(list)
        self._count: Counter[KindId] = Counter()
        for offer in offers:
            self.put(offer)

    def __len__(self) -> int:
        return len(self._where)

    def offers(self) -> Iterator[Offer]:
        """All of them."""
        for block, slot in self._where.values():
            row = block.rows[slot]
            assert row is not None, "where something is, something is"
            yield row.offer

    def offer(self, place: PlaceId) -> Offer | None:
        """What is known of a place."""
        block, slot = self._where.get(place, (None, 0))
        row = block.rows[slot] if block is not None else None
        return None if row is None else row.offer

    def put(self, offer: Offer) -> Offer | None:
        """A place is new, or has changed; how it was. Raises `ValueError` for one of another field of work."""
        if offer.area != self.vocabulary.id or offer.kind not in self.vocabulary.kinds:
            raise ValueError(f"{offer.place}: {offer.area}/{offer.kind} is not of {self.vocabulary.id}")
        before = self.remove(offer.place)
        cell = _cell(offer.kind, offer.point)
        room = self._room[cell]
        if not room:
            room.append(Block())
            self._blocks[offer.kind].append(room[-1])
        block = room[-1]
        self._where[offer.place] = block, block.put(offer)
        self._count[offer.kind] += 1
        if block.is_full:
            room.pop()
        return before

    def remove(self, place: PlaceId) -> Offer | None:
        """It is offered no longer; how it was, or None if it was not there."""
        before = self.offer(place)
        if before is None:
            return None
        block, slot = self._where.pop(place)
        if block.is_full:
            self._room[_cell(before.kind, before.point)].append(block)
        block.take(slot)
        self._count[before.kind] -= 1
        return before

    def search(self, search: Search, today: date) -> Result:
        """Every place is a hit or counted once among the misses. `today`: the civil day where the search is made."""
        misses = dict.fromkeys(grounds(self.vocabulary, search), 0)
        misses[Ground(Aspect.KIND)] = len(self) - self._count[search.kind]
        ranks = self._ranks(search, today, asks_of(self.vocabulary, search, today), misses)
        if len(search.people) > 1:
            ranks = _together(search, today, ranks, misses)
        ranks.sort()
        hits = tuple(map(Hit._make, ranks))
        return Result(search, today, len(self), hits, misses, front_of(hits))

    def full(self, search: Search, today: date) -> Iterator[Offer]:
        """What does all that must be, but is not free then or not for so many; the best first. Of those who come
        together each place is asked by itself."""
        asks = [one for one in asks_of(self.vocabulary, search, today) if one[0].aspect not in FREE_ENOUGH]
        ranks = sorted(self._ranks(search, today, asks, dict.fromkeys(grounds(self.vocabulary, search), 0)))
        return (offer for *_, offer in ranks if is_full(search, offer, today))

    def _ranks(
        self, search: Search, today: date, asks: list[tuple[Ground, Ask]], misses: dict[Ground, int]
    ) -> list[Rank]:
        """What fulfils all these and is not too far away, in no order; the others are added to the misses."""
        preferences = [(ask_of(one.wish), one.weight) for one in search.preferences]
        centre = None if search.near is None else vector(search.near.point)
        farthest = search.farthest_m
        begin = needed_from(search, today)
        fresh_from = today.toordinal() - self.vocabulary.terms.stale_days
        ranks: list[Rank] = []
        shut_out = [0] * len(asks)
        for block in self._blocks.get(search.kind, ()):
            bits = _narrowed(block, asks, shut_out)
            if bits and farthest is not None and centre is not None and block.hull.nearest_m(centre) > farthest:
                misses[Ground(Aspect.DISTANCE)] += bits.bit_count()
            elif bits:
                before = len(ranks)
                for lost, alike in _by_loss(block, bits, preferences):
                    _rank(block, alike, lost, fresh_from, begin, centre, farthest, ranks)
                if farthest is not None:
                    misses[Ground(Aspect.DISTANCE)] += bits.bit_count() - (len(ranks) - before)
        misses.update(zip((ground for ground, _ in asks), shut_out, strict=True))
        return ranks


def _cell(kind: KindId, point: Point) -> Cell:
    return kind, floor(point.north / CELL_DEGREES[0]), floor(point.east / CELL_DEGREES[1])


def _narrowed(block: Block, asks: list[tuple[Ground, Ask]], shut_out: list[int]) -> int:
    """What is left after all wishes; how many each shut out is added up."""
    bits = block.live
    left = bits.bit_count()
    for number, (_, ask) in enumerate(asks):
        if not bits:
            break
        bits = ask(block, bits)
        shut_out[number] += left - (left := bits.bit_count())
    return bits


def _by_loss(block: Block, bits: int, preferences: list[tuple[Ask, int]]) -> Iterator[tuple[int, int]]:
    """Slots that fulfil the same preferences, with the weight of those that they do not."""
    alike = [(0, bits)]
    for ask, weight in preferences:
        parted: list[tuple[int, int]] = []
        for lost, slots in alike:
            kept = ask(block, slots)
            parted += [one for one in ((lost, kept), (lost + weight, slots ^ kept)) if one[1]]
        alike = parted
    yield from alike


def _rank(
    block: Block,
    bits: int,
    lost: int,
    fresh_from: int,
    begin: date,
    centre: Vector | None,
    farthest: int | None,
    ranks: list[Rank],
) -> None:
    """Put these in, less those that are too far away."""
    for slot in slots_in(bits):
        row = block.rows[slot]
        assert row is not None, "only live slots are asked"
        way = None if centre is None else metres(centre, row.vector)
        if farthest is not None and way is not None and way > farthest:
            continue
        offer, confirmed = row.offer, row.confirmed
        freshness = FRESH if confirmed >= fresh_from else NEVER if confirmed == NOT_CONFIRMED else STALE
        cents = offer.prices[0].cents if len(offer.prices) == 1 else offer.price_on(begin).cents
        ranks.append((freshness, lost, cents, way, offer.place, offer))


def _together(search: Search, today: date, ranks: list[Rank], misses: dict[Ground, int]) -> list[Rank]:
    """Those that are where all find a place."""
    houses = houses_for_all(search, (rank[5] for rank in ranks), today)
    kept = [rank for rank in ranks if house_of(search, rank[5]) in houses]
    misses[Ground(Aspect.TOGETHER)] += len(ranks) - len(kept)
    return kept
