"""What one change costs 500 open searches over 100,000 places: `python -m tests.bench.bench_open_searches`.

A place that is first in some of them is taken, and given back; each time all open searches are told. Beside it, in
turn: all of them searched anew. Afterwards both have the same results, or nothing was measured.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from time import process_time

from sojus.config.field_file import load_vocabulary
from sojus.domain.model.actors import Role
from sojus.domain.model.ids import OfficeId, PlaceId, TenantId
from sojus.domain.placement.decisions import Party
from sojus.domain.search.places import Places
from sojus.service.asked import Asked
from sojus.service.offers.stock import Shift, Stock
from sojus.service.offers.watching import Watches
from tests.bench.bench_places import PLACES, TODAY, offers, searches
from tests.bench.pair import Row, shares

OPEN, CHANGES = 500, 20
GOAL = 0.25
OFFICE = Party(Role.YOUTH_OFFICE, OfficeId("amt"), TenantId("nord"))
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def rows(count: int = PLACES, searched: int = OPEN, changed: int = CHANGES) -> list[Row]:
    """For `make bench`."""
    chance, vocabulary = Random(19), load_vocabulary("jugendhilfe")
    places = Places(vocabulary, offers(vocabulary, count, chance))
    stock = Stock({vocabulary.id: places}, {}, {}, TODAY)
    watches, wanted = Watches(), [Asked(vocabulary.id, one) for one in searches(vocabulary, searched, chance)]
    firsts: Counter[PlaceId] = Counter()
    for one in wanted:
        firsts.update(hit.place for hit in watches.open(places, one, OFFICE, NOON, 0).result.hits[:1])
    told, anew = list[float](), list[float]()
    for number, (place, _) in enumerate(firsts.most_common(changed), 1):
        offer = places.offer(place)
        assert offer is not None
        for after in (replace(offer, free=()), offer):
            shift = Shift(offer.place, places.put(after), after)
            began_s = process_time()
            watches.shifted(stock, number, [(shift, None)])
            told.append((process_time() - began_s) * 1000)
            began_s = process_time()
            found = [places.search(one.search, TODAY) for one in wanted]
            anew.append((process_time() - began_s) * 1000)
            assert found == [watches.open(places, one, OFFICE, NOON, number).result for one in wanted]
    what = f"ein Platz ändert sich, {searched} offene Suchen in {count} Plätzen"
    return [shares(what, told, "alle noch einmal suchen", anew, GOAL)]


if __name__ == "__main__":
    for row in rows(*map(int, sys.argv[1:4])):
        print(row)
