"""Saved searches: the act that keeps one, and what each finds now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import PlaceId, SearchId
from sojus.domain.placement.events import KeepSearch
from sojus.domain.placement.records import KeptSearch
from sojus.domain.search.fitting import misfit
from sojus.domain.search.offer import Point
from sojus.domain.search.result import FRESH, Result
from sojus.domain.search.wish import Search
from sojus.service.asked import Asked
from sojus.service.deeds import Deed, name_from
from sojus.service.offers.live import Live
from sojus.service.saved import SavedView

DIGITS = 2
"""Of a degree, for the point of a search that is kept: about a kilometre, so that it is nobody's front door."""
STALE = "Kein Treffer ist in den letzten {} Tagen bestätigt; die Träger sind erinnert."


def keeping(key: str, by: Actor, name: str, asked: Asked) -> Deed:
    """Save this search; its id follows from the key."""
    search = SearchId(name_from(key))
    return Deed(key, by, KeepSearch(search, name, asked.area, rounded(asked.search)))


def rounded(search: Search) -> Search:
    """As it may be kept."""
    if search.near is None:
        return search
    north, east = search.near.point
    return replace(search, near=search.near._replace(point=Point(round(north, DIGITS), round(east, DIGITS))))


def saved_view(live: Live, by: Actor, kept: KeptSearch, now: datetime) -> SavedView:
    """What it finds now. Whoever calls has the lock of `live`."""
    asked = Asked(kept.area, kept.wish)
    result, vocabulary = live.look(by, asked, now).result, live.stock.places[kept.area].vocabulary
    new = sum(1 for _ in _came(live, result, asked, live.looked_at(by, asked)))
    is_stale = bool(result.hits) and all(hit.freshness != FRESH for hit in result.hits)
    count = len(result.hits)
    said = "Zurzeit kein Treffer." if not count else f"{count} Treffer" + (f", {new} neu." if new else ".")
    stale = STALE.format(vocabulary.terms.stale_days) if is_stale else ""
    return SavedView(kept.id, kept.name, asked, count, new, f"{said} {stale}".strip())


def _came(live: Live, result: Result, asked: Asked, since: int) -> Iterator[PlaceId]:
    """Hits that were none after this entry."""
    vocabulary = live.stock.places[asked.area].vocabulary
    for hit in result.hits:
        if live.has_changed(hit.place, since):
            before = live.offer_when(hit.place, since)
            if before is None or misfit(vocabulary, asked.search, before, result.today) is not None:
                yield hit.place
