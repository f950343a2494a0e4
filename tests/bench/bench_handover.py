"""From "ready" to the next offer at the desk, beside a bare durable commit: `python -m tests.bench.bench_handover`.

How it is measured says `handover`. The goal is that of the 99th percentile.
"""

from __future__ import annotations

import sys

from tests.bench.handover import DESKS, SAMPLES, measure
from tests.bench.pair import Row, shares

LIMIT = 2.0
TIMES = 3
"""Runs of the whole, each with an exchange of its own: a busy disk has its moments."""


def rows(samples: int = SAMPLES, times: int = TIMES) -> list[Row]:
    """For `make bench`."""
    runs = [measure(samples) for _ in range(times)]
    ours = [each for run in runs for each in run.outside]
    theirs = [each for run in runs for each in run.commits]
    return [shares(f"bereit bis zum nächsten Klingeln, {DESKS} Plätze", ours, "ein Commit von SQLite", theirs, LIMIT)]


if __name__ == "__main__":
    for row in rows(*map(int, sys.argv[1:3])):
        print(row)
