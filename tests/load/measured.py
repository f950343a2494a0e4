"""One run: all connect, a pair is timed while the others are silent, then all of them work, then the pair again."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import random
import resource
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.pair import percentile
from tests.load.calls import Floor
from tests.load.ledger import Ledger
from tests.load.office import AT_FRONT, open_office
from tests.load.watch import Course, Growth, Spent, growth

A_SECOND = 2.0
FIRST_S, FIRST_A_SECOND = 4.0, 8.0
"""Before anything is measured, since everything is needed for the first time then: each connection keeps buffers of the
largest message that went over it, 80 kB for a booth and a desk."""
WARM = 0.25
"""The first part of the time, of which the memory does not count: others come to a talk for the first time."""

HELD_UP, MOST_HELD_UP = 0.1, 0.5
"""Where the exchange had no processor for a share of its time that differs by so much between quiet and busy, it was on
two machines; where that share is so large, what it has to do takes longer than there is time. Some of it is always
there: peers and exchange wake each other."""


@dataclass(frozen=True)
class Found:
    """What came of it; times in milliseconds."""

    quiet: tuple[float, ...]
    busy: tuple[float, ...]
    ledger: Ledger
    unheard: tuple[str, ...]
    """Of whom not everything was acknowledged."""
    course: Course
    calls: int
    cuts: int
    dials: int
    took_s: float
    quiet_spent: Spent
    busy_spent: Spent
    """The exchange, in either part."""

    @property
    def lost(self) -> tuple[str, ...]:
        return tuple(self.ledger.lost)

    @property
    def doubled(self) -> tuple[str, ...]:
        return tuple(self.ledger.doubled)

    @property
    def ratio(self) -> float:
        """Of the 99th percentiles."""
        return self.ratio_at(99)

    def ratio_at(self, share: int) -> float:
        """Of what so many in a hundred stay below."""
        return percentile(self.busy, share) / percentile(self.quiet, share)

    def undecided(self) -> str:
        """Why the two cannot be compared; "": they can."""
        shares = [part.held_up for part in (self.quiet_spent, self.busy_spent)]
        if (by := abs(shares[1] - shares[0])) > HELD_UP:
            return f"the shares without a processor differ by {by:.0%}"
        if (most := max(shares)) > MOST_HELD_UP:
            return f"for {most:.0%} of its time the exchange had no processor: all of them queue"
        return ""

    @property
    def memory(self) -> Growth:
        """kB for each call."""
        seen = self.course.memory_kb[int(len(self.course.memory_kb) * WARM) :]
        found, calls = growth(seen), self.calls / len(self.course.memory_kb)
        return Growth(found.least / calls, found.middle / calls, found.most / calls)


async def measured(
    home: Path, seconds: float, quiet: int, url: str = "", *, again: bool = False, seed: int = 17
) -> Found:
    """`seconds` of all, `quiet` hand-overs of a single pair; on the database at `url`, or a folder.

    `again`: the same booths and desks talk all the time, so that all that they need is soon there.
    """
    async with open_office(home, url) as office:
        floor = Floor(office, random.Random(seed), again)
        async with connected(floor):
            return await _measured(floor, seconds, quiet)


@contextlib.asynccontextmanager
async def connected(floor: Floor) -> AsyncIterator[None]:
    """All booths and desks; the offices behind are ready. Raises what any of them fails with."""
    tasks = [asyncio.create_task(peer.run()) for peer in floor.peers]
    try:
        for peer in floor.peers:
            await peer.uplink.up()
        floor.free.extend(floor.booths)
        tasks += [asyncio.create_task(floor.behind(desk)) for desk in floor.desks[AT_FRONT:]]
        gc.freeze()  # a look through 300 connections takes 30 ms, and would be timed
        yield
    finally:
        for task in tasks:
            task.cancel()
        found = await asyncio.gather(*tasks, return_exceptions=True)
        for error in found:
            if isinstance(error, Exception):
                raise error


async def _measured(floor: Floor, seconds: float, quiet: int) -> Found:
    course = Course(floor.office.program.pid)
    await floor.load(FIRST_S, FIRST_A_SECOND, (0.5, 1.0))
    floor.waited_ms.clear()
    spent = [course.spent()]
    alone = await floor.quiet(quiet // 2)
    calls, began_s = floor.handed, time.monotonic()
    spent.append(course.spent())
    async with course.noted():
        await floor.load(seconds, A_SECOND)
    spent.append(course.spent())
    calls, took_s = floor.handed - calls, time.monotonic() - began_s
    alone += await floor.quiet(quiet - quiet // 2)
    spent.append(course.spent())
    await floor.closed()
    first, busy, last = (now - then for then, now in itertools.pairwise(spent))
    dials = sum(peer.line.dials for peer in floor.peers)
    return Found(
        *(tuple(alone), tuple(floor.waited_ms), floor.ledger, tuple(floor.unheard), course),
        *(calls, floor.cuts, dials, took_s, first + last, busy),
    )


def told(found: Found) -> Iterator[str]:
    """What came of it, for people."""
    for what, figures in (("quiet", found.quiet), ("busy", found.busy)):
        p50, p99, most = statistics.median(figures), percentile(figures, 99), max(figures)
        yield f"ready to offer, {what:5}: {len(figures):5} times, p50 {p50:.1f}, p99 {p99:.1f}, longest {most:.1f} ms"
    shares = " and ".join(f"{part.held_up:.1%}" for part in (found.quiet_spent, found.busy_spent))
    yield f"p99 busy in quiet: {found.ratio:.2f}; without a processor for {shares} of its time, quiet and busy"
    held, memory = found.course.memory_kb, found.memory
    yield f"memory {held[0]} .. {held[-1]} kB, {memory.middle:.3f} kB a call ({memory.least:.3f} .. {memory.most:.3f})"
    yield f"descriptors {min(found.course.descriptors)} .. {max(found.course.descriptors)}"
    yield f"{found.calls} calls in {found.took_s:.0f} s, {found.cuts} connections cut, {found.dials} dialled"
    own_s = f"{_own_s():.1f} s from start to end"
    yield f"exchange {found.busy_spent.ran_s:.1f} s of a processor meanwhile, its peers {own_s}"
    yield from found.ledger.told()
    yield f"not acknowledged: {', '.join(found.unheard) or 'nothing'}"


def _own_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
