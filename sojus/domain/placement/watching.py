"""Who is told without having asked at that moment: of places that come to fit a saved search, and of stale ones.

A place comes to fit when it did not before an act, and does after it; or when a day begins on which it does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.ids import GroupId, Help, KindId, PlaceId, SearchId
from sojus.domain.placement import events as e
from sojus.domain.placement import watch_words, words
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.moves import as_office, help_of, house
from sojus.domain.placement.records import KeptSearch
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.register.offering import offer
from sojus.domain.register.sentences import unknown_area
from sojus.domain.search.offer import Confirmed, Offer
from sojus.domain.search.sieve import Sieve, offers_more
from sojus.domain.search.wish_faults import faults_of

MOST_SAVED = 100
"""Searches of one office."""
LONGEST_NAME = 80
Found = dict[SearchId, tuple[list[PlaceId], int]]
"""For each search the first places, and how many there are."""


def keep(state: Placements, act: e.Act, event: e.KeepSearch) -> None:
    """What fits already is not told."""
    as_office(act.by)
    if event.search in state.searches:
        raise Refusal(Why.TWICE, words.USED)
    if (vocabulary := state.register.vocabularies.get(event.area)) is None:
        raise Refusal(Why.UNKNOWN, unknown_area(event.area))
    if len(state.rows_of(party(act.by)).searches) >= MOST_SAVED:
        raise Refusal(Why.ENOUGH, watch_words.ENOUGH.format(MOST_SAVED))
    faults = [*faults_of(vocabulary, event.wish, state.today)]
    if not 1 <= len(event.name.strip()) <= LONGEST_NAME:
        faults.append(watch_words.NAME.format(LONGEST_NAME))
    if faults:
        raise Refusal(Why.IMPOSSIBLE, " ".join(faults))
    state.keep_search(KeptSearch(event.search, act.by, event.name.strip(), event.area, event.wish))
    state.tell(party(act.by), News.SAVED, event.search, watch_words.saved(event.name.strip()))


def drop(state: Placements, act: e.Act, event: e.DropSearch) -> None:
    if (found := state.searches.get(event.search)) is None:
        raise Refusal(Why.UNKNOWN, words.unknown(event.search))
    if party(found.by) != party(act.by):
        raise Refusal(Why.NOT_YOURS, words.NOT_YOURS)
    state.drop_search(found)
    state.tell(party(act.by), News.DROPPED, found.id, watch_words.dropped(found.name))


def tell_all(state: Placements) -> None:
    """After an act and all that follows from it."""
    if state.eve < state.today:
        _note_what_begins(state)
    found: Found = {}
    now = {place: offer(state.register, place, state.today) for place in state.before}
    changed = [place for place in now if state.eve < state.today or offers_more(state.before[place], now[place])]
    for words_here, kind, places in _by_help(state, changed):
        after = Sieve(words_here, _known(now[place] for place in places), state.today)
        before = Sieve(words_here, _known(state.before[place] for place in places), state.eve)
        for name in state.watched[words_here.id, kind]:
            wish = state.searches[name].wish
            fits = after.fitting(wish)
            former = set(before.fitting(wish)) if fits else ()
            if came := [place for place in fits if place not in former]:
                found[name] = came[: watch_words.NAMED], len(came)
    _tell(state, News.CAME_FREE, found)
    if state.eve < state.today:
        _tell_stale(state)


def _known(offers: Iterable[Offer | None]) -> Iterator[Offer]:
    return (one for one in offers if one is not None)


def _by_help(state: Placements, places: Iterable[PlaceId]) -> Iterator[tuple[Vocabulary, KindId, list[PlaceId]]]:
    """These places by their kind of help, where somebody saved a search for it."""
    found: dict[Help, list[PlaceId]] = defaultdict(list)
    for place in places:
        found[help_of(state, state.register.books[place].place.group)].append(place)
    for (area, kind), here in found.items():
        if state.watched.get((area, kind)):
            yield state.register.vocabularies[area], kind, here


def _note_what_begins(state: Placements) -> None:
    """Places that may fit with this day, though nobody did anything to them."""
    for group in state.register.groups.values():
        if not state.watched.get(group.help):
            continue
        edges = [day for rate in state.register.rates.get(group.id, ()) for day in (rate.span.start, rate.span.end)]
        for book in state.register.books_of(group.id):
            ends = [one.span.end for one in book.taken] + [one.span.end for one in book.closed] + edges
            if any(day is not None and state.eve < day <= state.today for day in ends):
                state.note_before(book.place.id)


def _tell_stale(state: Placements) -> None:
    """Who keeps places that nobody has confirmed is told, once a term; and who saved a search, of its places."""
    stale: list[PlaceId] = []
    for group in state.register.groups.values():
        days, old = state.register.vocabularies[group.area].terms.stale_days, 0
        first, last = state.eve - timedelta(days=days), state.today - timedelta(days=days)
        days_of: dict[Confirmed | None, date] = {None: date.min}  # a group is confirmed at once: few are new
        for book in state.register.books_of(group.id):
            if (confirmed := days_of.get(book.confirmed)) is None and book.confirmed is not None:
                confirmed = days_of[book.confirmed] = state.day_of(book.confirmed.at)
            assert confirmed is not None
            old += confirmed < last
            if first <= confirmed < last:
                stale.append(book.place.id)
        _remind(state, group.id, old, days)
    found: Found = {}
    for words_here, kind, alike in _by_help(state, stale):
        seen = _known(offer(state.register, place, state.today) for place in alike)
        sieve = Sieve(words_here, seen, state.today)
        for name in state.watched[words_here.id, kind]:
            places, count = sieve.first(state.searches[name].wish, watch_words.NAMED)
            if count:
                found[name] = places, count
    _tell(state, News.STALE, found)


def _remind(state: Placements, group: GroupId, stale: int, days: int) -> None:
    if not stale:
        state.reminded.pop(group, None)
        return
    last = state.reminded.get(group)
    if last is None or state.today - last > timedelta(days=days):
        state.reminded[group] = state.today
        text = watch_words.unconfirmed(state.register.groups[group].name, stale, days)
        state.tell(house(state, state.register.owner_of_group(group)), News.STALE, group, text)


def _tell(state: Placements, news: News, found: Found) -> None:
    for name, (places, count) in found.items():
        search = state.searches[name]
        first = [state.register.books[place].place for place in places]
        named = [(one.name, state.register.groups[one.group].name) for one in first]
        state.tell(party(search.by), news, name, watch_words.about_places(news, search.name, named, count))
