"""What a page of 200 hits costs for two siblings, in 100,000 places: `python -m tests.bench.bench_siblings`.

All of them are free, so that as many as can be are hits. Beside it, in turn: the search that found them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from time import process_time

from sojus.config.field_file import load_vocabulary
from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.days import Span
from sojus.domain.register.entries import Facility, Group, Place, Provider
from sojus.domain.search.offer import Offer
from sojus.domain.search.places import Places
from sojus.domain.search.wish import Person, Search
from sojus.service.offers.hits import hit_views
from sojus.service.offers.stock import Located, Stock
from tests.bench.bench_places import PLACES, TODAY, offers
from tests.bench.pair import Row, shares

SHOWN, REPEATS = 200, 5
GOAL = 0.3


def rows(count: int = PLACES, repeats: int = REPEATS) -> list[Row]:
    """For `make bench`."""
    chance, vocabulary = Random(20), load_vocabulary("jugendhilfe")
    known = list(_all_free(vocabulary, count, chance))
    places = Places(vocabulary, known)
    provider = Provider(known[0].provider, "Träger", known[0].tenant)
    providers = {one.provider: provider for one in known}
    stock = Stock({vocabulary.id: places}, {one.place: _located(one) for one in known}, providers, TODAY)
    search, told, found = Search(known[0].kind, (Person(), Person())), list[float](), list[float]()
    for _ in range(repeats):
        began_s = process_time()
        result = places.search(search, TODAY)
        found.append((process_time() - began_s) * 1000)
        began_s = process_time()
        views = hit_views(stock, vocabulary, result, range(min(SHOWN, len(result.hits))))
        told.append((process_time() - began_s) * 1000)
        assert all(len(one.with_) == 2 for one in views)
    what = f"{SHOWN} von {len(result.hits)} Treffern für zwei Geschwister"
    return [shares(what, told, f"die Suche danach in {count} Plätzen", found, GOAL)]


def _all_free(vocabulary: Vocabulary, count: int, chance: Random) -> Iterator[Offer]:
    kind = next(iter(vocabulary.kinds))
    for one in offers(vocabulary, count, chance):
        yield replace(one, kind=kind, free=(Span(TODAY),))


def _located(one: Offer) -> Located:
    facility = Facility(one.facility, one.provider, str(one.facility), one.point)
    group = Group(one.group, one.facility, str(one.group), one.area, one.kind, one.ages, one.genders)
    return Located(Place(one.place, one.group, str(one.place)), group, facility)


if __name__ == "__main__":
    for row in rows(*map(int, sys.argv[1:3])):
        print(row)
