"""Hits, misses and single places in words: `Result` and `Offer` in, views out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sojus.domain.field.speech import said
from sojus.domain.field.vocabulary import TraitValue, Vocabulary
from sojus.domain.model.days import Span, german
from sojus.domain.model.ids import PlaceId, TraitId
from sojus.domain.model.units import Unit
from sojus.domain.search.fitting import answers, distance_m, left_for, price_of
from sojus.domain.search.offer import Offer
from sojus.domain.search.phrases import counted, price_words, with_closure
from sojus.domain.search.result import FRESH, NEVER, STALE, Hit, Result, front_of
from sojus.domain.search.together import House, house_of, places_for
from sojus.domain.search.wish import Search
from sojus.domain.search.words import miss_words, why
from sojus.service.found import Freshness, HitView, MissView, NamedPlace, PriceView, TraitView
from sojus.service.offers.stock import Stock

FIRST = 50
"""Hits of a page."""
MOST_SAID = 50_000
"""Groups, and places with traits of their own, whose words are kept."""
Shared = Mapping[House, tuple[PlaceId, ...]]
"""For those who come together: the places that all of them would have in a house."""
FRESHNESS = {FRESH: Freshness.FRESH, STALE: Freshness.STALE, NEVER: Freshness.NEVER}


def hit_view(stock: Stock, vocabulary: Vocabulary, result: Result, number: int) -> HitView:
    """The hit with this number, the first being 0. Of several `hit_views` is faster."""
    (view,) = hit_views(stock, vocabulary, result, (number,))
    return view


def hit_views(stock: Stock, vocabulary: Vocabulary, result: Result, numbers: Sequence[int]) -> tuple[HitView, ...]:
    """The hits with these numbers, in this order."""
    shared = _for_all(result, [result.hits[number].offer for number in numbers])
    return tuple(_view(stock, vocabulary, result, number, shared) for number in numbers)


def views_of_alike(
    stock: Stock, vocabulary: Vocabulary, result: Result, rows: Sequence[Sequence[int]]
) -> tuple[HitView, ...]:
    """Of each of these rows of hits (`alike`) the first, with what the others are called."""
    views = hit_views(stock, vocabulary, result, [row[0] for row in rows])
    return tuple(replace(view, alike=_named(stock, result, row[1:])) for view, row in zip(views, rows, strict=True))


def _named(stock: Stock, result: Result, numbers: Iterable[int]) -> tuple[NamedPlace, ...]:
    places = (result.hits[number].place for number in numbers)
    return tuple(NamedPlace(place, stock.located[place].place.name) for place in places)


def _view(stock: Stock, vocabulary: Vocabulary, result: Result, number: int, shared: Shared) -> HitView:
    hit = result.hits[number]
    standing = why(vocabulary, result, number)
    reasons = (*standing.met, standing.distance, standing.left, standing.front)
    place, group, facility = stock.located[hit.place]
    provider, offer = stock.providers[facility.provider], hit.offer
    price = offer.price_on(result.start)
    return HitView(
        *(hit.place, place.name, group.id, group.name, facility.id, facility.name, provider.id, provider.name),
        tenant=offer.tenant,
        price=PriceView(price.cents, price.unit.value, price_words(price, result.start)),
        km=None if hit.metres is None else hit.metres / 1000,
        front=hit.place in result.front,
        freshness=FRESHNESS[hit.freshness],
        confirmed=standing.confirmed,
        free=standing.free,
        left=left_for(result.search, offer, result.today),
        reasons=tuple(one for one in reasons if one),
        unfulfilled=standing.unmet,
        point=(offer.point.north, offer.point.east),
        traits=_traits(stock, vocabulary, offer.traits),
        with_=shared.get(house_of(result.search, offer), ()),
        confirmed_on=None if offer.confirmed is None else offer.confirmed.at.date(),
    )


def miss_views(vocabulary: Vocabulary, result: Result) -> tuple[MissView, ...]:
    """Of every wish that shut somebody out, in the order in which they are asked."""
    return tuple(
        MissView(count, miss_words(vocabulary, result, ground)) for ground, count in result.misses.items() if count
    )


def by_itself(stock: Stock, vocabulary: Vocabulary, offer: Offer, search: Search, today: date) -> HitView:
    """A place as a line, also if it is no hit of this search: then without its reasons."""
    alone = Result(search, today, 1, (hit_of(vocabulary, search, offer, today),), {}, frozenset())
    view = hit_view(stock, vocabulary, alone, 0)
    return replace(view, free=view.free or free_words(vocabulary, offer, today))


def hit_of(vocabulary: Vocabulary, search: Search, offer: Offer, today: date) -> Hit:
    """As `Places.search` would rank it."""
    lost = sum(
        one.weight for one in search.preferences if not answers(one.wish.wanted, offer.traits.get(one.wish.trait))
    )
    freshness = NEVER
    if offer.confirmed is not None:
        age = (today - offer.confirmed.at.date()).days
        freshness = FRESH if age <= vocabulary.terms.stale_days else STALE
    return Hit(freshness, lost, price_of(search, offer, today).cents, distance_m(search, offer), offer.place, offer)


def order(hit: Hit) -> tuple[int, int, int, int | None, PlaceId]:
    """What hits are ordered by; no two have the same."""
    return hit[:5]


def free_words(vocabulary: Vocabulary, offer: Offer, today: date) -> str:
    """From when it is free next, whatever anybody wished."""
    ahead = [span for span in offer.free if span.end is None or span.end > today]
    if not ahead:
        return "Nicht frei"
    unit = vocabulary.kinds[offer.kind].unit
    what = "" if unit is Unit.BED else f": {counted(unit, offer.left_in(ahead[0]))}"
    begin = "Sofort frei" if ahead[0].start <= today else f"Frei ab {german(ahead[0].start)}"
    end = ahead[0].end
    said = f"{begin}{what}" + ("" if end is None else f", nicht mehr frei ab {german(end)}")
    return with_closure(said, Span(max(today, ahead[0].start), end), offer.closed)


def front_after(result: Result, gone: Hit | None, come: Hit | None, hits: tuple[Hit, ...]) -> frozenset[PlaceId]:
    """The front of `hits`, which are those of `result` less `gone` and with `come`."""
    front = result.front
    if gone is not None and gone.place in front:
        return front_of(hits)
    if come is None:
        return front
    members = [hit for hit in hits if hit.place in front]
    if any(_beats(one, come) for one in members):
        return front
    return frozenset([come.place, *(one.place for one in members if not _beats(come, one))])


def _for_all(result: Result, shown: Iterable[Offer]) -> Shared:
    """Of each house in which one of these is. The hits are gone through once for all of them."""
    search = result.search
    if len(search.people) == 1:
        return {}
    here: dict[House, list[Offer]] = {house_of(search, offer): [] for offer in shown}
    for hit in result.hits:
        if (known := here.get(house_of(search, hit.offer))) is not None:
            known.append(hit.offer)
    return {house: places_for(search, offers, result.today) for house, offers in here.items()}


def _beats(one: Hit, other: Hit) -> bool:
    """As good in all goals and better in one."""
    goals, others = _goals(one), _goals(other)
    return goals != others and all(a <= b for a, b in zip(goals, others, strict=True))


def _goals(hit: Hit) -> tuple[int, int, int]:
    return hit.lost, hit.cents, hit.metres or 0


def _traits(stock: Stock, vocabulary: Vocabulary, traits: Mapping[TraitId, TraitValue]) -> tuple[TraitView, ...]:
    """In the order of the vocabulary; what nobody has said is left out. Said once for all places of a group."""
    known = stock.said.get(id(traits))
    if known is None or known[0] is not traits:
        words = ((trait.name, said(trait, traits[key])) for key, trait in vocabulary.traits.items() if key in traits)
        if len(stock.said) >= MOST_SAID:
            stock.said.clear()
        known = stock.said[id(traits)] = traits, tuple(TraitView(*one) for one in words)
    return known[1]
