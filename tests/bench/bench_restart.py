"""How long an exchange takes to come back after kill -9: `python -m tests.bench.bench_restart [open visits]`.

A process with so many booths, a citizen in each, is killed with SIGKILL. Timed is what its successor does until it has
the queue in its order again: open the log and check its chain, load the snapshot, replay the rest; and then until it
serves. Beside it, in turn, plain SQLite (Python's, as it comes) reading the same rows, log and what is kept beside it,
and doing nothing with them. Each begins as a process of its own on a fresh copy of what the kill left.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import multiprocessing
import os
import shutil
import signal
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from lisa_core.domain.model.directory import Agent, Directory, Office, Rules, Site, Trigger
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId, SiteId, TenantId, VisitId
from lisa_core.domain.routing.seats import CallMode
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.wording import WordedRouter
from lisa_core.host.clock import Clock
from lisa_core.host.memory import OBJECTS, settling
from lisa_core.store.inbox import MemoryInbox
from lisa_core.store.sqlite import SqliteJournal, open_journal
from lisa_core.wire import messages as m
from lisa_core.wire.channel import MemoryChannel, memory_channels
from lisa_core.wire.envelope import NO_CALL, Envelope, decode, encode
from lisa_core.wire.uplink import ACK_AFTER_S
from tests.bench.pair import REPEATS, Row, seconds
from tests.store.killing import passes

T = TypeVar("T")

OPEN_VISITS = 10_000
DESKS = 200
LIMIT = 4.0
NAME = "exchange.sqlite"
MONDAY = datetime.fromisoformat("2026-11-23T10:00+01:00")
RULES = Rules(ring_us=3_600_000_000)
"""They ring on: nothing may change the order while the log is made."""
FRONT = OfficeId("lisa-team")
AT = "2026-11-23T10:00:00.000+01:00"


@dataclass(frozen=True)
class Timed:
    """One restart, or one reading: seconds of each step; `in_order` whether the queue was as before."""

    opened_s: float
    done_s: float
    cpu_s: float
    serving_s: float = 0.0
    in_order: bool = True


@dataclass(frozen=True)
class Figures:
    """All of them, and how much there was to read; of a reading `opened_s` is the log alone."""

    visits: int
    entries: int
    ours: tuple[Timed, ...]
    theirs: tuple[Timed, ...]

    @property
    def in_order(self) -> bool:
        return all(each.in_order for each in self.ours)

    @property
    def queue_s(self) -> float:
        """From the start until the queue is back."""
        return _median(self.ours, "done_s")

    @property
    def plain_s(self) -> float:
        return _median(self.theirs, "done_s")

    def ratio(self, of: str = "done_s") -> float:
        return _median(self.ours, of) / _median(self.theirs, of)


def _median(figures: tuple[Timed, ...], of: str) -> float:
    return statistics.median(getattr(each, of) for each in figures)


def nation(visits: int) -> Directory:
    """So many booths, and agents for a few of them."""
    names = [SiteId(f"ort-{number:05d}") for number in range(visits)]
    agents = [AgentId(f"platz-{number:03d}") for number in range(DESKS)]
    return Directory(
        {name: Site(name, name, "BB", date(2023, 3, 1), Trigger.ENTRY, {}) for name in names},
        {FRONT: Office(FRONT, "LISA-Team", TenantId("lk"), front_desk=True)},
        {},
        {},
        {agent: Agent(agent, agent, FRONT) for agent in agents},
    )


def exchange_of(path: Path, directory: Directory) -> tuple[Exchange, SqliteJournal]:
    journal = open_journal(path, AT)
    return Exchange(directory, RULES, journal, MemoryInbox(), Clock(MONDAY)), journal


def live_and_die(path: Path, visits: int) -> None:
    """Every desk talks, everybody else waits; then SIGKILL."""
    asyncio.run(_live_and_die(path, nation(visits)))


async def _live_and_die(path: Path, directory: Directory) -> None:
    exchange, _ = exchange_of(path, directory)
    tasks = [asyncio.create_task(exchange.run())]
    for agent in directory.agents:
        _dial(exchange, tasks, "attend_desk", m.DeskHello(agent, "s"), m.Ready(headset=True), NO_CALL)
    while exchange.router.ready_count(FRONT) < DESKS:
        await asyncio.sleep(0)
    for site in directory.sites:
        placed = m.PlaceCall(VisitId(f"v-{site}"))
        _dial(exchange, tasks, "attend_booth", m.BoothHello(site, "s"), placed, CallId(f"v-{site}/1"))
    while len(exchange.router.calls()) < len(directory.sites):
        await asyncio.sleep(0)
    await passes(3 * ACK_AFTER_S)
    os.kill(os.getpid(), signal.SIGKILL)


def _dial(exchange: Exchange, tasks: list[asyncio.Task[None]], door: str, hello: Any, said: Any, call: CallId) -> None:
    here, there = memory_channels()
    tasks.append(asyncio.create_task(getattr(exchange, door)(there)))
    tasks.append(asyncio.create_task(_say(here, hello, said, call)))


async def _say(here: MemoryChannel, hello: Any, said: Any, call: CallId) -> None:
    await here.send(encode(Envelope(0, 0, NO_CALL, hello)))
    await here.send(encode(Envelope(1, 0, call, said)))
    while True:
        heard = decode(await here.receive()).id
        if heard:
            await here.send(encode(Envelope(0, heard, NO_CALL, m.Ack())))


def order_of(router: WordedRouter) -> list[CallId]:
    """Who waits, in the order of the queue."""
    waiting = [call for call in router.calls() if call.mode is CallMode.WAITING]
    return [call.id for call in sorted(waiting, key=lambda call: call.order)]


def _come_back(path: Path, directory: Directory, expected: list[CallId]) -> Timed:
    """As `lisa exchange` starts."""
    began_s, cpu_s = time.perf_counter(), time.process_time()
    with settling(after=OBJECTS):
        journal = open_journal(path, AT)
        opened_s = time.perf_counter()
        exchange = Exchange(directory, RULES, journal, MemoryInbox(), Clock(MONDAY))
    in_order = order_of(exchange.router) == expected
    done_s, cpu_s = time.perf_counter(), time.process_time() - cpu_s
    with contextlib.closing(journal):
        serving_s = asyncio.run(_serve_one(exchange, next(iter(directory.sites))))
    return Timed(opened_s - began_s, done_s - began_s, cpu_s, serving_s, in_order)


async def _serve_one(exchange: Exchange, site: SiteId) -> float:
    """Until it answers the first booth."""
    begun_s = time.perf_counter()
    task = asyncio.create_task(exchange.run())
    here, there = memory_channels()
    serving = asyncio.create_task(exchange.attend_booth(there))
    await here.send(encode(Envelope(0, 0, NO_CALL, m.BoothHello(site, "s"))))
    await here.receive()
    served_s = time.perf_counter()
    for each in (task, serving):
        each.cancel()
    await asyncio.gather(task, serving, return_exceptions=True)
    return served_s - begun_s


def _read(path: Path) -> tuple[Timed, int]:
    """The same rows, and how many entries the log has."""
    began_s, cpu_s = time.perf_counter(), time.process_time()
    db = sqlite3.connect(path)
    entries = db.execute("select * from journal order by number").fetchall()
    log_s = time.perf_counter()
    kept = db.execute("select * from kept order by key").fetchall()
    done_s, cpu_s = time.perf_counter(), time.process_time() - cpu_s
    db.close()
    assert kept
    return Timed(log_s - began_s, done_s - began_s, cpu_s), len(entries)


def _apart(killed: Path, work: Callable[[Path], T]) -> T:
    """In a process of its own, on a fresh copy."""
    with tempfile.TemporaryDirectory(prefix="lisa-") as folder:
        fresh = Path(folder) / "store"
        shutil.copytree(killed, fresh)
        here, there = multiprocessing.Pipe()
        process = multiprocessing.get_context("fork").Process(target=lambda: there.send(work(fresh / NAME)))
        process.start()
        there.close()
        try:
            found: T = here.recv()
        finally:
            process.join()
    return found


def measure(visits: int, repeats: int = REPEATS) -> Figures:
    """Let an exchange live, kill it, start the next one; in turn with plain reading."""
    directory = nation(visits)
    expected = [CallId(f"v-{site}/1") for site in directory.sites][min(DESKS, visits) :]
    with tempfile.TemporaryDirectory(prefix="lisa-") as folder:
        path = Path(folder) / NAME
        process = multiprocessing.get_context("spawn").Process(target=live_and_die, args=(path, visits))
        process.start()
        process.join()
        if process.exitcode != -signal.SIGKILL:
            raise RuntimeError("the exchange that was to be killed ended by itself")
        gc.collect()
        gc.freeze()  # what lies here is not for those that begin to look through
        ours, theirs, entries = list[Timed](), list[Timed](), 0
        for _ in range(repeats):
            plain, entries = _apart(Path(folder), _read)
            theirs.append(plain)
            ours.append(_apart(Path(folder), lambda path: _come_back(path, directory, expected)))
        gc.unfreeze()
    return Figures(visits, entries, tuple(ours), tuple(theirs))


def rows() -> list[Row]:
    """For `make bench`."""
    found = measure(OPEN_VISITS)
    what = f"Neustart nach SIGKILL, {found.visits} offene Besuche"
    peer = "SQLite liest dieselben Zeilen"
    return [Row(what, seconds(found.queue_s), peer, seconds(found.plain_s), found.ratio(), LIMIT)]


def main(visits: int = OPEN_VISITS) -> int:
    """Print the figures; 1 if the order is not the same or it takes too long."""
    found = measure(visits)
    ours, theirs = found.ours, found.theirs
    print(f"{found.visits} offene Besuche, {found.entries} Einträge im Protokoll, getötet mit SIGKILL; Mediane")
    print(f"  öffnen und Kette prüfen      {_median(ours, 'opened_s') * 1000:7.0f} ms")
    print(f"  Warteschlange in Ordnung     {found.queue_s * 1000:7.0f} ms   davon gerechnet {_cpu_ms(ours)}")
    print(f"  bis die Vermittlung bedient  {_median(ours, 'serving_s') * 1000:7.0f} ms   danach")
    print(f"  SQLite liest nur die Zeilen  {found.plain_s * 1000:7.0f} ms   davon gerechnet {_cpu_ms(theirs)}")
    print(f"  davon die des Protokolls     {_median(theirs, 'opened_s') * 1000:7.0f} ms")
    print(f"  Verhältnis {found.ratio():.1f} (Ziel {LIMIT:g}), der Rechenzeiten {found.ratio('cpu_s'):.1f}")
    print("  dieselbe Reihenfolge" if found.in_order else "  NICHT dieselbe Reihenfolge")
    return 0 if found.in_order and found.ratio() <= LIMIT else 1


def _cpu_ms(figures: tuple[Timed, ...]) -> str:
    return f"{_median(figures, 'cpu_s') * 1000:.0f} ms"


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
