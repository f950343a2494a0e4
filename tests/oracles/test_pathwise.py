"""Call by call: the router against the Kiefer-Wolfowitz recursion, and what one more agent may never do."""

from __future__ import annotations

import heapq
import os
import random

import pytest

from tests.oracles.traffic import S, Visit, hall

LONG = os.environ.get("LISA_LONG") == "1"
CALLS = 200_000 if LONG else 40_000


def visits(seed: int, count: int, agents: int, load: float) -> list[Visit]:
    """Poisson arrivals, talks that are exponential or (one in five) all of the same length."""
    rng = random.Random(seed)
    now, found = 0.0, []
    for _ in range(count):
        now += rng.expovariate(agents * load / 300)
        talk = 300.0 if rng.random() < 0.2 else rng.expovariate(1 / 300)
        found.append(Visit(round(now * S), round(talk * S) + 1))
    return found


def kiefer_wolfowitz(coming: list[Visit], agents: int) -> list[int]:
    """First come, first served, c servers: each takes the server that gets free first (Kiefer and Wolfowitz 1955)."""
    free, waits = [0] * agents, []
    for visit in coming:
        begin = max(visit.at_us, heapq.heappop(free))
        waits.append(begin - visit.at_us)
        heapq.heappush(free, begin + visit.talk_us)
    return waits


@pytest.mark.parametrize(("agents", "load"), [(1, 0.8), (8, 0.95)])
def test_every_wait_is_that_of_the_recursion(agents: int, load: float) -> None:
    coming = visits(7, CALLS if agents > 1 else CALLS // 4, agents, load)
    hall(agents).run(coming)
    waits = [visit.waited_us for visit in coming]
    assert max(waits) > 0
    assert waits == kiefer_wolfowitz(coming, agents)


def test_one_more_agent_never_makes_anybody_wait_longer() -> None:
    for seed in range(20 if LONG else 3):
        few, more = (visits(seed, 4_000, 3, 0.9) for _ in range(2))
        hall(3).run(few)
        hall(4).run(more)
        assert all(b.waited_us <= a.waited_us for a, b in zip(few, more, strict=True))
