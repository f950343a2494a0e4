"""Open searches: a change of a place touches only those that it concerns, and each says what came, went and changed.

A search that is asked again by others is the same open search. What is not looked at any more is let go of.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.ids import FieldId, PlaceId
from sojus.domain.placement.decisions import Party
from sojus.domain.search.changes import changes, concerns
from sojus.domain.search.fitting import misfit
from sojus.domain.search.places import Places
from sojus.domain.search.result import Result
from sojus.service.asked import Asked
from sojus.service.found import Move
from sojus.service.offers.hits import front_after, hit_of, order
from sojus.service.offers.stock import Shift, Stock
from sojus.store.plain import plain
from sojus.store.replica import Done

UNLOOKED = timedelta(minutes=2)
"""A page asks every 15 s at least; what nobody has asked for so long is closed."""
MOST = 5_000
"""Open searches of one process."""
MOST_HITS = 2_000_000
"""Of all of them together. Where there are more, the office goes first that has most of them."""
MOST_FOR_SEVERAL = 50
"""Open searches for several who come together, of one office alone: these are searched anew, others counted on."""
EVENTS = 500
"""Kept for each: whoever missed more searches anew."""


class Event(NamedTuple):
    """`done`: what did it, None: a new day has begun. `shift`: what a search saw of the place before and after."""

    at: int
    shift: Shift
    what: Move
    done: Done | None


@dataclass(slots=True)
class Watch:
    """`since`: what happened up to this entry is in nobody's events any more. `looked`: when somebody did last, and
    `offices`: when each of them. `late`: by its place what has changed since the result was made, up to the entry
    `late_at`, where it has to be searched anew on the day `late_on`: by whoever looks next, while who acts waits for no
    search; None, the result is as of now."""

    id: str
    asked: Asked
    places: Places
    result: Result
    looked: datetime
    since: int
    events: deque[Event] = field(default_factory=deque)
    offices: dict[Party, datetime] = field(default_factory=dict)
    late: dict[PlaceId, tuple[Shift, Done | None]] | None = None
    late_at: int = 0
    late_on: date = date.min

    @property
    def is_for_several(self) -> bool:
        return len(self.asked.search.people) > 1

    @property
    def weight(self) -> int:
        """What it takes of the room for all: its hits, and a little for being there."""
        return len(self.result.hits) + MOST_HITS // MOST

    def note_look(self, by: Party, now: datetime) -> None:
        self.looked = self.offices[by] = now

    def looking(self, now: datetime) -> list[Party]:
        """Who has looked at it lately."""
        return [office for office, at in self.offices.items() if at + UNLOOKED >= now]

    def put_off(self, today: date, at: int, shifts: Sequence[tuple[Shift, Done | None]]) -> None:
        """It is searched anew by whoever looks next."""
        late = self.late or {}
        for shift, done in shifts:
            first = late[shift.place][0].before if shift.place in late else shift.before
            late[shift.place] = shift._replace(before=first), done
        self.late, self.late_at, self.late_on = late if len(late) <= EVENTS else {}, at, today

    def renew(self) -> None:
        """Its result and events as of now."""
        if (late := self.late) is None:
            return
        before, self.result, self.late = self.result, self.places.search(self.asked.search, self.late_on), None
        found = changes(before, self.result)
        moves = [*((hit.place, Move.COME) for hit in found.came), *((hit.place, Move.CHANGED) for hit in found.changed)]
        for place, what in (*moves, *((place, Move.GONE) for place in found.went)):
            shift, done = late.get(place, (Shift(place, None, self.places.offer(place)), None))
            self.tell(Event(self.late_at, shift, what, done))

    def tell(self, event: Event) -> None:
        self.events.append(event)
        while len(self.events) > EVENTS:
            self.since = self.events.popleft().at


class Watches:
    """Of one process. Whoever has the lock of the stock may call."""

    def __init__(self) -> None:
        self._open: dict[str, Watch] = {}

    def __len__(self) -> int:
        return len(self._open)

    def get(self, name: str) -> Watch | None:
        """With its result as it is now."""
        if (known := self._open.get(name)) is not None:
            known.renew()
        return known

    def open(self, places: Places, asked: Asked, by: Party, now: datetime, at: int) -> Watch:
        """With its result as it is now."""
        name = name_of(asked)
        known = self._open.pop(name, None)
        today = now.date()
        if known is not None:
            known.renew()
        if known is None or known.result.today != today:
            self.let_go(now)  # whoever searches and searches, while nothing changes, fills no memory
            known = Watch(name, asked, places, places.search(asked.search, today), now, at)
        known.note_look(by, now)
        self._open[name] = known
        if known.is_for_several:
            self._let_go_of_the_oldest(by, now)
        return known

    def _let_go_of_the_oldest(self, by: Party, now: datetime) -> None:
        """Of too many for several that this office alone looks at."""
        own = [one for one in self._open.values() if one.is_for_several and one.looking(now) == [by]]
        for one in sorted(own, key=lambda watch: watch.looked)[:-MOST_FOR_SEVERAL]:
            del self._open[one.id]

    def let_go(self, now: datetime) -> None:
        """Of what nobody looks at; and if there is too much, of what the office has open that has most: first what it
        looks at alone, and what it has not looked at for longest."""
        self._open = {name: one for name, one in self._open.items() if one.looked + UNLOOKED >= now}
        hits = sum(len(one.result.hits) for one in self._open.values())
        if len(self._open) <= MOST and hits <= MOST_HITS:
            return
        own, weights = defaultdict[Party, list[Watch]](list), Counter[Party]()
        for watch in reversed(self._open.values()):
            for office in watch.looking(now):
                own[office].append(watch)
                weights[office] += watch.weight
        for watches in own.values():
            watches.sort(key=lambda one: (len(one.looking(now)), one.looked), reverse=True)
        while len(self._open) > MOST or hits > MOST_HITS:
            office = max(weights, key=weights.__getitem__)
            watch = own[office].pop()
            weights[office] -= watch.weight
            hits -= len(watch.result.hits) if self._open.pop(watch.id, None) else 0

    def shifted(self, stock: Stock, at: int, shifts: Sequence[tuple[Shift, Done | None]]) -> None:
        """These places changed."""
        for watch in self._open.values():
            _shift(watch, stock, at, shifts)


def name_of(asked: Asked) -> str:
    """The same for the same search, in every process."""
    return sha256(repr(plain(asked)).encode()).hexdigest()[:32]


def _shift(watch: Watch, stock: Stock, at: int, shifts: Sequence[tuple[Shift, Done | None]]) -> None:
    places, search = stock.places[watch.asked.area], watch.asked.search
    if watch.late is not None or watch.result.today != stock.today:
        watch.put_off(stock.today, at, shifts)
        return
    ours = [(shift, done) for shift, done in shifts if watch.asked.area in _areas(shift)]
    if not watch.is_for_several:
        for shift, done in ours:
            _one_place(watch, places.vocabulary, shift, done, at)
        return
    sides = [one for shift, _ in ours for one in (shift.before, shift.after)]
    if concerns(places.vocabulary, search, watch.result.today, sides):
        watch.put_off(stock.today, at, shifts)
        return
    for shift, _ in ours:
        _count_anew(watch, places.vocabulary, shift)


def _one_place(watch: Watch, vocabulary: Vocabulary, shift: Shift, done: Done | None, at: int) -> None:
    """The same as searching anew, for one who comes alone: one line less, one more."""
    before, today = watch.result, watch.result.today
    fits = _count_anew(watch, vocabulary, shift)
    was, now = (
        hit_of(vocabulary, before.search, offer, today) if offer is not None and fit else None
        for offer, fit in zip((shift.before, shift.after), fits, strict=True)
    )
    if was is None and now is None:
        return
    hits = list(before.hits)
    if was is not None:
        del hits[bisect_left(hits, was[:5], key=order)]
    if now is not None:
        insort(hits, now, key=order)
    after = tuple(hits)
    watch.result = replace(watch.result, hits=after, front=front_after(before, was, now, after))
    moves = {shift.place: Move.COME if was is None else Move.GONE if now is None else Move.CHANGED}
    moves.update(dict.fromkeys((before.front ^ watch.result.front) - {shift.place}, Move.CHANGED))
    for place, what in moves.items():
        watch.tell(Event(at, shift if place == shift.place else Shift(place, None, None), what, done))


def _count_anew(watch: Watch, vocabulary: Vocabulary, shift: Shift) -> list[bool]:
    """The misses without the place as it was and with it as it is; whether it is a hit, before and after."""
    result, fits = watch.result, list[bool]()
    misses, total = dict(result.misses), result.total
    for offer, step in ((shift.before, -1), (shift.after, 1)):
        ground = misfit(vocabulary, result.search, offer, result.today) if offer is not None else None
        fits.append(offer is not None and ground is None)
        total += step if offer is not None else 0
        if ground is not None:
            misses[ground] += step
    watch.result = replace(result, misses=misses, total=total)
    return fits


def _areas(shift: Shift) -> set[FieldId]:
    return {one.area for one in (shift.before, shift.after) if one is not None}
