"""What a process knows without asking the log: what is offered, which searches are open, what somebody was told lately.

`hear` takes in what was done, in order; everything else reads, between two of them.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from lisa_core.domain.model.errors import OF_A_MESSAGE, place_of
from lisa_core.host.machine import tell
from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import PlaceId, ProviderId, RequestId
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import News, Party, PlacesChanged, Tell
from sojus.domain.placement.moves import party
from sojus.domain.placement.state import Placements
from sojus.domain.register.entries import Provider
from sojus.domain.search.offer import Offer
from sojus.service.asked import Asked
from sojus.service.found import NewsView
from sojus.service.offers.stock import stock
from sojus.service.offers.watching import Watch, Watches, name_of
from sojus.store.replica import Done

FAULT = "Plätze, Eintrag {}: Der Bestand ist wegen eines Fehlers im Programm neu aufgebaut ({})."
TOLD = 200
"""News that are kept for each office and provider; what is older stands in what is theirs."""
LOOKED = 20_000
"""Searches of which is kept when an office has looked at them last; requests, when something was offered for them."""
PAST = 8
"""Former offers that are kept of a place, to say what has changed since a page was made."""
REFUSALS = (News.REFUSED, News.MISTAKES)


class Past(NamedTuple):
    """How a place was offered until the entry `at`."""

    at: int
    offer: Offer | None


class Live:
    """`at`: the last entry that was heard. `lock`: whoever reads more than one thing, or something that changes."""

    def __init__(self, state: Placements, at: int, now: datetime) -> None:
        self.lock = threading.RLock()
        self.at, self.stock, self.watches = at, stock(state.register, now.date()), Watches()
        self._past: defaultdict[PlaceId, deque[Past]] = defaultdict(lambda: deque(maxlen=PAST))
        self._looked: dict[tuple[Party, str], int] = {}
        self._begun = at
        self._touched: dict[PlaceId, int] = {}
        self._dawned = at
        self._proposed: dict[tuple[RequestId, ProviderId], int] = {}
        self._news: defaultdict[Party, deque[NewsView]] = defaultdict(lambda: deque(maxlen=TOLD))

    def hear(self, state: Placements, news: Sequence[Done], now: datetime) -> bool:
        """Make anew what these have changed. `state`: after the last of them, or newer. Whether it is news for anybody
        but whoever asked: what was only refused is none.

        By a fault of ours all is made anew, and open searches are closed: who has one searches anew, nobody else
        notices.
        """
        with self.lock:
            try:
                return self._hear(state, news, now)
            except OF_A_MESSAGE as error:
                tell(FAULT.format(news[-1].number, place_of(error)))
                self.stock, self.watches = stock(state.register, now.date()), Watches()
                self._past.clear()
                self._dawned = self.at
                return True

    def _hear(self, state: Placements, news: Sequence[Done], now: datetime) -> bool:
        self.at = news[-1].number
        told = self._tell(news)
        if state.register.vocabularies != self.stock.vocabularies:
            self.stock, self.watches = stock(state.register, self.stock.today), Watches()
        by_whom = {place: done for done in news for place in _places(done)}
        self._touched.update((place, done.number) for place, done in by_whom.items())
        for provider in _providers(news):
            self.stock.name_provider(provider)
        today = self.stock.today
        self._dawned = self.at if state.today > today else self._dawned
        over = self.stock.crowded(state.today) if state.today > today else ()
        shifts = self.stock.renew(state.register, (*by_whom, *over), max(today, state.today))
        for shift in shifts:
            self._past[shift.place].append(Past(self.at, shift.before))
        if shifts or self.stock.today > today:  # else no search finds anything else
            self.watches.let_go(now)
            self.watches.shifted(self.stock, self.at, [(shift, by_whom.get(shift.place)) for shift in shifts])
            return True
        return told or bool(by_whom)

    def look(self, by: Actor, asked: Asked, now: datetime) -> Watch:
        """The open search, with its result as it is now. Only its values, which are frozen, leave the lock."""
        return self.watches.open(self.stock.places[asked.area], asked, party(by), now, self.at)

    def note_look(self, actor: Actor, asked: Asked) -> None:
        """This office has seen the result of this search."""
        key = party(actor), name_of(asked)
        self._looked.pop(key, None)
        self._looked[key] = self.at
        if len(self._looked) > LOOKED:
            self._looked.pop(next(iter(self._looked)))

    def looked_at(self, actor: Actor, asked: Asked) -> int:
        """Behind which entry it has seen it last; else where this process began."""
        return self._looked.get((party(actor), name_of(asked)), self._begun)

    def offer_when(self, place: PlaceId, seen: int) -> Offer | None:
        """How it was offered after the entry `seen`, as far back as that is known."""
        for past in self._past.get(place, ()):
            if past.at > seen:
                return past.offer
        return self.stock.offer(place)

    def touched_at(self, place: PlaceId) -> int:
        """The last entry, as far as this process has heard, after which a place looks different to whoever sees all of
        it: of the offer and its calendar, or since another day has begun."""
        return max(self._touched.get(place, 0), self._dawned)

    def has_changed(self, place: PlaceId, seen: int) -> bool:
        return any(past.at > seen for past in self._past.get(place, ()))

    def has_proposed(self, request: RequestId, provider: ProviderId, seen: int) -> bool:
        """Whether this provider has offered something (else) for a request behind this entry."""
        return self._proposed.get((request, provider), 0) > seen

    def told(self, actor: Actor, after: int) -> tuple[NewsView, ...]:
        """What this office or provider was told behind this entry, the oldest first."""
        return tuple(one for one in self._news.get(party(actor), ()) if one.at > after)

    def _tell(self, news: Iterable[Done]) -> bool:
        """Whether anybody was told anything but a refusal."""
        anybody = False
        for done in news:
            if _is_done(done):
                self._note(done)
            for one in done.decisions:
                if isinstance(one, Tell) and one.news not in REFUSALS:
                    self._news[one.to].append(NewsView(done.number, one.news.value, one.about, one.text))
                    anybody = True
        return anybody

    def _note(self, done: Done) -> None:
        if isinstance(what := done.act.what, e.KeepSearch):
            self.note_look(done.act.by, Asked(what.area, what.wish))
        if isinstance(what, e.Propose) and done.act.by.provider is not None:
            self._proposed[what.request, done.act.by.provider] = done.number
            if len(self._proposed) > LOOKED:
                self._proposed.pop(next(iter(self._proposed)))


def _places(done: Done) -> Iterator[PlaceId]:
    for one in done.decisions:
        if isinstance(one, PlacesChanged):
            yield from one.places


def _providers(news: Iterable[Done]) -> Iterator[Provider]:
    """Who was taken in, new or with another name."""
    for done in news:
        if isinstance(done.act.what, e.TakeIn) and _is_done(done):
            yield from (one.entry for one in done.act.what.batch if isinstance(one.entry, Provider))


def _is_done(done: Done) -> bool:
    """Whether it was not refused."""
    return not any(isinstance(one, Tell) and one.news in REFUSALS for one in done.decisions)
