"""Questions about what is offered, asked of what a process knows. Whoever calls has the lock of `live`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping
from datetime import date, datetime
from itertools import islice, takewhile

from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import PlaceId
from sojus.domain.search.offer import Offer
from sojus.domain.search.result import Result
from sojus.domain.search.wish import Near, Search
from sojus.domain.search.wish_faults import faults_of
from sojus.domain.search.words import why_not
from sojus.service.asked import Asked
from sojus.service.found import ChangeView, FullView, HitView, Move, ResultView
from sojus.service.offers.alike import alike
from sojus.service.offers.change_words import change_sentence
from sojus.service.offers.hits import by_itself, hit_of, hit_view, hit_views, miss_views, order, views_of_alike
from sojus.service.offers.live import Live
from sojus.service.offers.watching import Event, Watch

NEXT_BEST = 3
MOST_FULL = 20
NO_FIELD = "Das Arbeitsfeld „{}“ gibt es hier nicht."


def fault(live: Live, asked: Asked, today: date) -> str:
    """All that is wrong with a search, in sentences; "" where nothing is."""
    places = live.stock.places.get(asked.area)
    return (
        NO_FIELD.format(asked.area) if places is None else " ".join(faults_of(places.vocabulary, asked.search, today))
    )


def result_view(live: Live, watch: Watch, first: int, count: int, alike_once: bool = False) -> ResultView:
    """`alike_once`: hits that differ in their names only are one, and counted so by `first` and `count`."""
    result, vocabulary = watch.result, live.stock.places[watch.asked.area].vocabulary
    rows = alike(result) if alike_once else ((number,) for number in range(len(result.hits)))
    before, shown = sum(map(len, islice(rows, first))), tuple(islice(rows, count))
    return ResultView(
        watch.id,
        live.at,
        result.today,
        result.total,
        views_of_alike(live.stock, vocabulary, result, shown),
        len(result.hits) - before - sum(map(len, shown)),
        miss_views(vocabulary, result),
    )


def full_view(live: Live, watch: Watch) -> FullView:
    """Of what is not shown nothing is put in order."""
    result, places = watch.result, live.stock.places[watch.asked.area]
    best = tuple(islice(places.full(result), MOST_FULL + 1))
    rows = (by_itself(live.stock, places.vocabulary, one, result.search, result.today) for one in best[:MOST_FULL])
    return FullView(tuple(rows), len(best) > MOST_FULL)


def why(live: Live, watch: Watch, place: PlaceId) -> str | None:
    """None: there is no such place, or nothing to offer of it."""
    offer = live.stock.offer(place)
    if offer is None:
        return None
    if offer.area != watch.asked.area:
        return f"Kein Treffer. Der Platz gehört zum Arbeitsfeld „{live.stock.places[offer.area].vocabulary.name}“."
    return why_not(live.stock.places[offer.area].vocabulary, watch.result, offer)


def shown(live: Live, place: PlaceId, watch: Watch | None, today: date) -> HitView | None:
    """A place as a line: of this search if it is one of its hits, else by itself. None: it cannot be offered."""
    offer = live.stock.offer(place)
    if offer is None:
        return None
    vocabulary = live.stock.places[offer.area].vocabulary
    if watch is not None and watch.asked.area == offer.area:
        number = rank(vocabulary, watch.result, offer)
        if number is not None:
            return hit_view(live.stock, vocabulary, watch.result, number)
        return by_itself(live.stock, vocabulary, offer, watch.asked.search, today)
    return by_itself(live.stock, vocabulary, offer, Search(offer.kind), today)


def rank(vocabulary: Vocabulary, result: Result, offer: Offer) -> int | None:
    """Where it stands among the hits, the first being 0; None: nowhere. It is looked for in their order."""
    hit = hit_of(vocabulary, result.search, offer, result.today)
    number = bisect_left(result.hits, hit[:5], key=order)
    return number if number < len(result.hits) and result.hits[number].place == offer.place else None


def change_views(live: Live, watch: Watch, after: int, by: Actor, other: str) -> tuple[ChangeView, ...]:
    """Each place once, by the last that became of it; what came and went since is nothing."""
    events: dict[PlaceId, list[Event]] = {}
    missed = takewhile(lambda event: event.at > after, reversed(watch.events))
    for event in reversed(list(missed)):
        events.setdefault(event.shift.place, []).append(event)
    vocabulary = live.stock.places[watch.asked.area].vocabulary
    offers = ((one, live.stock.offer(place)) for place, one in events.items())
    ranks = [(one, None if offer is None else rank(vocabulary, watch.result, offer)) for one, offer in offers]
    numbers = [number for _, number in ranks if number is not None]
    views = dict(zip(numbers, hit_views(live.stock, vocabulary, watch.result, numbers), strict=True))
    found = (_change(live, watch, one, number, views, by, other) for one, number in ranks)
    return tuple(one for one in found if one is not None)


def next_best(live: Live, by: Actor, asked: Asked, lost: Collection[PlaceId], now: datetime) -> tuple[HitView, ...]:
    """The first that can be had, of what was asked; those alike once."""
    result = live.look(by, asked, now).result
    vocabulary = live.stock.places[asked.area].vocabulary
    left = ([one for one in row if result.hits[one].place not in lost] for row in alike(result))
    return views_of_alike(live.stock, vocabulary, result, tuple(islice(filter(None, left), NEXT_BEST)))


def like(live: Live, place: PlaceId, span: Span) -> Asked | None:
    """The search that somebody made who took this place, as far as the place tells: its kind of help, near to it."""
    known = live.stock.located.get(place)
    if known is None:
        return None
    days = None if span.end is None else (span.end - span.start).days
    start = span.start if span.start > live.stock.today else None
    search = Search(known.group.kind, start=start, days=days, near=Near(known.facility.point))
    return Asked(known.group.area, search)


def place_name(live: Live, place: PlaceId) -> str:
    """ "„Zimmer 3“ in „Haus Eiche“"."""
    known = live.stock.located.get(place)
    return f"„{place}“" if known is None else f"„{known.place.name}“ in „{known.facility.name}“"


def _change(
    live: Live,
    watch: Watch,
    events: list[Event],
    number: int | None,
    views: Mapping[int, HitView],
    by: Actor,
    other: str,
) -> ChangeView | None:
    was_there, last = events[0].what is not Move.COME, events[-1]
    if number is None and not was_there:
        return None
    what = Move.GONE if number is None else Move.CHANGED if was_there else Move.COME
    first = events[0].shift.before
    event = last._replace(what=what, shift=last.shift._replace(before=first or last.shift.before))
    vocabulary = live.stock.places[watch.asked.area].vocabulary
    name = place_name(live, last.shift.place)
    return ChangeView(
        last.at,
        last.shift.place,
        what,
        None if number is None else views[number],
        change_sentence(vocabulary, watch.result, event, name, by, other),
        None if number is None else number + 1,
    )
