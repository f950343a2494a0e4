"""200 booths and 100 desks, each with its key or account behind TLS, as many calls as a Landkreis has: none is lost.

In `make test` so long as to see that it works, in `make test-long` half an hour. Peers have no devices, cameras and
microphones; of what they say in a talk pictures go through the exchange, media do not.
"""

from __future__ import annotations

import asyncio
import gc
import os
from pathlib import Path

import pytest

from tests.load.measured import A_SECOND, measured, told
from tests.load.office import BOOTHS, DESKS
from tests.load.watch import growth
from tests.store.server import Server, server

__all__ = ["server"]

LONG = os.environ.get("LISA_LONG") == "1"
SECONDS, QUIET, SHARE = (1_800.0, 300, 99) if LONG else (15.0, 24, 90)
MOST = 3.0
"""From "ready" to the next offer, of all in that of a single pair: the 99th percentile, of few figures the 90th."""
GROWS_KB = 1.0 if LONG else 70.0
"""A call, and for sure. It grows at first, by up to 40, since each connection keeps buffers as large as what went over
it; pictures and descriptions of a call that nobody lets go of are 100 more."""


@pytest.mark.timeout(3_000 if LONG else 300)
def test_a_landkreis_at_work_loses_nothing_and_nobody_waits_long(tmp_path: Path) -> None:
    works(tmp_path, SECONDS)


@pytest.mark.skipif(not LONG, reason="ein zweites Mal, auf PostgreSQL: mit LISA_LONG=1")
@pytest.mark.timeout(3_000)
def test_on_postgresql_as_well(server: Server, tmp_path: Path) -> None:
    with server.database() as name:
        works(tmp_path, SECONDS / 3, server.socket_url(name))


def works(home: Path, seconds: float, url: str = "") -> None:
    """So long, and all that has to hold."""
    gc.freeze()  # what the tests before have left is not looked through while it is timed
    found = asyncio.run(measured(home, seconds, QUIET, url, again=not LONG))
    print(*told(found), sep="\n")
    assert (found.lost, found.doubled, found.unheard) == ((), (), ())
    assert found.calls > 0.7 * A_SECOND * seconds
    assert found.cuts > 0
    assert found.dials <= BOOTHS + DESKS + 2 * found.cuts, "somebody who waits for his turn is sent away"
    assert max(found.course.descriptors) <= min(found.course.descriptors) + 4, found.course.descriptors
    assert found.memory.least < GROWS_KB, found.course.memory_kb
    if why := found.undecided():
        print(f"undecided: {why}")
    else:
        assert found.ratio_at(SHARE) <= MOST


def test_the_slope_of_what_grows_in_steps_is_found_and_one_step_is_none() -> None:
    for at in range(100, 500, 7):
        flat = growth([120_000 + 5_000 * (second > at) + second % 3 for second in range(600)])
        assert flat.least <= 0 <= flat.most, at
    for every in (1, 7, 60):
        grown = growth([120_000 + 4 * (second // every) * every for second in range(600)])
        assert 3 < grown.least <= grown.middle <= grown.most < 5, every
