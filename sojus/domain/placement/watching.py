"""Who is told without having asked at that moment: of places that come to fit a saved search, and of stale ones.

A place comes to fit when it did not before an act, and does after it; or when a day begins on which it does.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from sojus.domain.model.ids import GroupId, PlaceId, SearchId
from sojus.domain.placement import events as e
from sojus.domain.placement import watch_words, words
from sojus.domain.placement.decisions import News, Why
from sojus.domain.placement.moves import as_office, house
from sojus.domain.placement.records import KeptSearch
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.register.offering import offer
from sojus.domain.search.fitting import misfit
from sojus.domain.search.offer import Offer
from sojus.domain.search.wish_faults import faults_of

MOST_SAVED = 100
"""Searches of one office."""
LONGEST_NAME = 100


def keep(state: Placements, act: e.Act, event: e.KeepSearch) -> None:
    """What fits already is not told."""
    as_office(act.by)
    if event.search in state.searches:
        raise Refusal(Why.TWICE, words.USED)
    if (vocabulary := state.register.vocabularies.get(event.area)) is None:
        raise Refusal(Why.UNKNOWN, words.unknown_area(event.area))
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
    found: dict[SearchId, list[PlaceId]] = defaultdict(list)
    for place, before in state.before.items():
        now = offer(state.register, place, state.today)
        for search in state.watching(place):
            if _fits(state, search, now, state.today) and not _fits(state, search, before, state.eve):
                found[search.id].append(place)
    _tell(state, News.CAME_FREE, found)
    if state.eve < state.today:
        _tell_stale(state)


def _note_what_begins(state: Placements) -> None:
    """Places that may fit with this day, though nobody did anything to them."""
    for group in state.register.groups.values():
        if not state.watched.get((group.area, group.kind)):
            continue
        edges = [day for rate in state.register.rates.get(group.id, ()) for day in (rate.span.start, rate.span.end)]
        for book in state.register.books_of(group.id):
            ends = [one.span.end for one in book.taken] + [one.span.end for one in book.closed] + edges
            if any(day is not None and state.eve < day <= state.today for day in ends):
                state.note_before(book.place.id)


def _tell_stale(state: Placements) -> None:
    """Who keeps places that nobody has confirmed is told, once a term; and who saved a search, of its places."""
    found: dict[SearchId, list[PlaceId]] = defaultdict(list)
    for group in state.register.groups.values():
        days, old = state.register.vocabularies[group.area].terms.stale_days, 0
        term = timedelta(days=days)
        for book in state.register.books_of(group.id):
            confirmed = date.min if book.confirmed is None else state.day_of(book.confirmed.at)
            old += confirmed < state.today - term
            if state.eve - term <= confirmed < state.today - term:
                seen = offer(state.register, book.place.id, state.today)
                for search in state.watching(book.place.id):
                    if _fits(state, search, seen, state.today):
                        found[search.id].append(book.place.id)
        _remind(state, group.id, old, days)
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


def _fits(state: Placements, search: KeptSearch, seen: Offer | None, today: date) -> bool:
    words_here = state.register.vocabularies[search.area]
    return seen is not None and misfit(words_here, search.wish, seen, today) is None


def _tell(state: Placements, news: News, found: dict[SearchId, list[PlaceId]]) -> None:
    for name, places in found.items():
        search = state.searches[name]
        known = [state.register.books[place].place for place in places]
        told = [(one.name, state.register.groups[one.group].name) for one in known]
        state.tell(party(search.by), news, name, watch_words.about_places(news, search.name, told))
