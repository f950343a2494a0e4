"""The same hand-over on PostgreSQL and on a folder: `python -m tests.bench.bench_databases`.

How it is measured says `handover`. Both stores lie on the same disk, with fsync; they are measured in turn, A B A B.
The goal is that of the 99th percentile.
"""

from __future__ import annotations

import sys

from lisa_core.store.postgres.place import place_of
from tests.bench.handover import DESKS, SAMPLES, measure
from tests.bench.pair import Row, shares
from tests.store.server import EMPTY, shared

LIMIT = 2.0
TIMES = 3


def rows(samples: int = SAMPLES, times: int = TIMES) -> list[Row]:
    """For `make bench`."""
    ours, theirs = list[float](), list[float]()
    with shared("bench") as server:
        for _ in range(times):
            with server.database(EMPTY) as name:
                ours += measure(samples, place=place_of(server.socket_url(name))).outside
            theirs += measure(samples).outside
    what = f"bereit bis zum nächsten Klingeln, {DESKS} Plätze, auf PostgreSQL"
    return [shares(what, ours, "in einem Ordner (SQLite)", theirs, LIMIT)]


if __name__ == "__main__":
    for row in rows(*map(int, sys.argv[1:3])):
        print(row)
