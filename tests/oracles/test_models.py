"""The exact value of each model lies inside the 99 % interval of replications of the real router."""

from __future__ import annotations

import math
import os
import random
import statistics
from collections import defaultdict
from collections.abc import Callable
from functools import partial

import pytest

from lisa_core.domain.model.ids import CallId, SiteId
from lisa_core.domain.routing import events as e
from lisa_core.exchange.wording import Command
from tests.oracles import exact
from tests.oracles.traffic import OFFICE, Hall, S, Visit, hall

LONG = os.environ.get("LISA_LONG") == "1"
RUNS = 20 if LONG else 10
CALLS = 20_000 if LONG else 2_000
STUDENT = {10: 3.250, 20: 2.861}
"""Two-sided 99 % points of Student's t with RUNS - 1 degrees of freedom."""
MU = 1 / 300
"""Talks last five minutes on average."""


def inside(value: float, runs: list[float]) -> bool:
    """Whether the exact value is inside the 99 % interval of the mean of these independent runs."""
    half = STUDENT[len(runs)] * statistics.stdev(runs) / math.sqrt(len(runs))
    print(f"exakt {value:.5g}  gemessen {statistics.fmean(runs):.5g} ± {half:.2g}")
    return abs(statistics.fmean(runs) - value) <= half


def poisson(seed: int, lam: float, theta: float | None = None, count: int = CALLS) -> list[Visit]:
    rng, now, found = random.Random(seed), 0.0, []
    for _ in range(count):
        now += rng.expovariate(lam)
        patience = None if theta is None else round(rng.expovariate(theta) * S) if theta else 0
        found.append(Visit(round(now * S), round(rng.expovariate(MU) * S) + 1, patience))
    return found


def settled(found: list[Visit]) -> list[Visit]:
    """Without the beginning, in which the hall was still empty."""
    return found[len(found) // 5 :]


def replicated(measure: Callable[[int], float]) -> list[float]:
    return [measure(seed) for seed in range(100, 100 + RUNS)]


@pytest.mark.parametrize(("agents", "load"), [(3, 0.6), (8, 0.8)] if LONG else [(8, 0.8)])
def test_erlang_b_who_finds_all_busy_goes_away(agents: int, load: float) -> None:
    def lost(seed: int) -> float:
        found = poisson(seed, agents * load * MU, theta=0)
        hall(agents).run(found)
        return statistics.fmean(visit.left for visit in settled(found))

    assert inside(exact.erlang_b(agents, agents * load), replicated(lost))


@pytest.mark.parametrize(("agents", "load"), [(2, 0.3), (5, 0.6), (8, 0.8)] if LONG else [(5, 0.7)])
def test_erlang_c_who_waits_and_how_long(agents: int, load: float) -> None:
    lam, waits = agents * load * MU, []

    def waited(seed: int) -> float:
        found = poisson(seed, lam)
        hall(agents).run(found)
        waits.append(statistics.fmean(visit.waited_us / S for visit in settled(found)))
        return statistics.fmean(visit.waited_us > 0 for visit in settled(found))

    assert inside(exact.erlang_c(agents, lam / MU), replicated(waited))
    assert inside(exact.mean_wait(agents, lam, MU), waits)


def test_erlang_a_who_gives_up() -> None:
    agents, lam, theta = 10, 12 * MU, 0.5 * MU

    def gave_up(seed: int) -> float:
        found = poisson(seed, lam, theta)
        hall(agents).run(found)
        return statistics.fmean(visit.left for visit in settled(found))

    value = exact.erlang_a(agents, lam, MU, theta)
    assert value == pytest.approx(0.1957, abs=5e-5)
    assert inside(value, replicated(gave_up))


def finite(seed: int, servers: int, sources: int, lam: float, patience_us: int | None) -> list[Visit]:
    """Eight booths, each with its next visitor some time after the last one left."""
    rng = random.Random(seed)
    found: list[Visit] = []

    def come(site: SiteId, begin: bool = False) -> Visit | None:
        if len(found) >= CALLS:
            return None
        wait_us = round(rng.expovariate(lam) * S) + 1
        return Visit(wait_us, round(rng.expovariate(MU) * S) + 1, patience_us, site)

    def following(left: Visit) -> Visit | None:
        found.append(left)
        return come(left.site)

    here = hall(servers, sites=sources, done=following)
    first = [visit for site in list(here.directory.sites) if (visit := come(site))]
    here.run(sorted(first, key=lambda visit: visit.at_us))
    return found


@pytest.mark.parametrize(("servers", "waits"), [(2, 0.301), (3, 0.069)] if LONG else [(2, 0.301)])
def test_finite_source_eight_booths(servers: int, waits: float) -> None:
    """M/M/c//8, 30 minutes between visits; the figures of the small house."""
    means: list[float] = []

    def waited(seed: int) -> float:
        found = settled(finite(seed, servers, 8, 1 / 1800, None))
        means.append(statistics.fmean(visit.waited_us / S for visit in found))
        return statistics.fmean(visit.waited_us > 0 for visit in found)

    part, mean = exact.finite_source(servers, 8, 1 / 1800, MU, 8)
    assert part == pytest.approx(waits, abs=5e-4)
    assert inside(part, replicated(waited))
    assert inside(mean, means)


def test_engset_who_finds_both_busy_goes_away() -> None:
    def lost(seed: int) -> float:
        return statistics.fmean(visit.left for visit in settled(finite(seed, 2, 8, 1 / 900, 0)))

    assert inside(exact.finite_source(2, 8, 1 / 900, MU, 2)[0], replicated(lost))


def test_cobham_appointments_before_walk_ins() -> None:
    """A third comes with an appointment and goes first. The mean wait of each kind is that of its priority."""
    agents, lam = 3, 3 * 0.8 * MU
    means: dict[bool, list[float]] = {True: [], False: []}
    for seed in range(100, 100 + RUNS):
        rng, found = random.Random(-seed), poisson(seed, lam)
        first = {id(visit) for visit in found if rng.random() < 1 / 3}
        hall(agents, arrive=partial(by_appointment, first)).run(found)
        for early, waits in means.items():
            waits.append(statistics.fmean(v.waited_us / S for v in settled(found) if (id(v) in first) is early))
    high, low = exact.cobham(agents, (lam / 3, 2 * lam / 3), MU)
    assert inside(high, means[True])
    assert inside(low, means[False])


def by_appointment(first: set[int], here: Hall, visit: Visit, call: CallId) -> list[Command]:
    """Some are expected at their site at this very minute."""
    if id(visit) not in first:
        return here.place(visit, call)
    here.router.handle(e.CivilSet("2025-09-22T10:00"), here.now_us)
    here.router.handle(e.AppointmentMade(call, visit.site, OFFICE, "2025-09-22T10:10"), here.now_us)
    said = here.place(visit, call)
    here.router.handle(e.AppointmentCancelled(call), here.now_us)
    return said


def test_every_site_waits_the_same() -> None:
    """Eight sites, some visited four times as often as others: their mean waits are within a factor of 1.1."""
    shares = (4, 4, 2, 2, 1, 1, 1, 1)
    rng, found = random.Random(5), poisson(5, 6 * 0.93 * MU, count=100_000 if LONG else 30_000)
    places = rng.choices(range(8), shares, k=len(found))
    hall(6).run(found)
    waits: dict[int, list[float]] = defaultdict(list)
    for place, visit in zip(places, found, strict=True):
        waits[place].append(visit.waited_us)
    means = [statistics.fmean(mine) for mine in waits.values()]
    assert max(means) / min(means) <= 1.1
