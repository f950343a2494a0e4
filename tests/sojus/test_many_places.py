"""A start with many places: from a snapshot it is the same as from the first entry; with LISA_LONG=1 it is measured."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from time import process_time

from sojus.domain.model.ids import GroupId, PlaceId
from sojus.domain.placement import events as e
from sojus.domain.register.entries import Entry, Place
from sojus.store.opening import FILE, open_placements
from sojus.store.replica import Replica
from sojus.store.tables import digest, packed, tables
from sojus.store.turn import Wish
from tests.sojus.portal_to_kill import RULES, reserve
from tests.sojus.providers import HERE, NOON, OAK, given, group, house, oak, office
from tests.sojus.test_placements_at_once import entries

LONG = os.environ.get("LISA_LONG") == "1"
PLACES, A_BATCH, A_GROUP = 100_000 if LONG else 1_000, 200, 8
START_S = 12.0
"""CPU seconds that a start with 100,000 places may take."""


def test_a_start_with_a_snapshot_is_the_same_and_at_full_length_quick(tmp_path: Path) -> None:
    with closing(open_placements(tmp_path, RULES, NOON)) as kept:
        kept.do([Wish("eiche", house(OAK), e.TakeIn(oak()), NOON)])
        for first in range(0, PLACES, A_BATCH):
            kept.do([Wish(f"b{first}", house(OAK), e.TakeIn(given(*some(first))), NOON)])
        kept.do([Wish(f"r{n}", office(HERE), reserve(f"r{n}", place=f"p{n}"), NOON) for n in range(0, PLACES, 10)])
        with kept.reading() as state:
            assert len(state.register.books) == PLACES + 5
            assert len(state.reservations) == PLACES // 10
            expected = digest(state)
            began_s = process_time()
            packed(tables(state))
            packed_s = process_time() - began_s
    ended_s = process_time()
    with closing(open_placements(tmp_path, RULES, NOON)) as again, again.reading() as state:
        took_s = process_time() - ended_s
        assert digest(state) == expected
    replica = Replica("log")
    replica.take_in(entries(tmp_path))
    assert digest(replica.state) == expected
    size_mib = (tmp_path / FILE).stat().st_size / 2**20
    print(f"{PLACES} places: start {took_s:.2f} s, snapshot {packed_s:.2f} s of CPU, file {size_mib:.0f} MiB")
    assert took_s < START_S or not LONG


def some(first: int) -> list[Entry]:
    """A batch of groups with their places."""
    numbers = range(first, first + A_BATCH)
    groups = [group(GroupId(f"g{number}"), "eiche-haus", "wohnen") for number in numbers[::A_GROUP]]
    return [*groups, *(Place(PlaceId(f"p{n}"), GroupId(f"g{n - n % A_GROUP}"), f"Zimmer {n}") for n in numbers)]
