"""How long an exchange takes to come back after kill -9: `python tests/bench/bench_restart.py [open visits]`.

A process with so many booths, a citizen in each, is killed with SIGKILL. Timed is what its successor does until it has
the queue in its order again: open the log and check its chain, load the snapshot, replay the rest; and then until it
serves. Beside it, in the same run, plain SQLite reading the same rows and doing nothing with them.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lisa_core.domain.model.directory import Agent, Directory, Office, Rules, Site, Trigger
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId, SiteId, TenantId, VisitId
from lisa_core.domain.routing.seats import CallMode
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.wording import WordedRouter
from lisa_core.host.clock import Clock
from lisa_core.store.inbox import MemoryInbox
from lisa_core.store.sqlite import SqliteJournal, open_journal
from lisa_core.wire import messages as m
from lisa_core.wire.channel import MemoryChannel, memory_channels
from lisa_core.wire.envelope import NO_CALL, Envelope, decode, encode
from lisa_core.wire.uplink import ACK_AFTER_S
from tests.store.killing import passes

OPEN_VISITS = 10_000
DESKS = 200
LIMIT_S = 1.0
MONDAY = datetime.fromisoformat("2026-11-23T10:00+01:00")
RULES = Rules(ring_us=3_600_000_000)
"""They ring on: nothing may change the order while the log is made."""
FRONT = OfficeId("lisa-team")
AT = "2026-11-23T10:00:00.000+01:00"


@dataclass(frozen=True)
class Figures:
    """Seconds of each step, and how much there was to read."""

    visits: int
    entries: int
    opened_s: float
    recovered_s: float
    cpu_s: float
    serving_s: float
    plain_s: float
    in_order: bool

    @property
    def queue_s(self) -> float:
        """From the start until the queue is back."""
        return self.opened_s + self.recovered_s


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


async def _come_back(path: Path, directory: Directory) -> tuple[tuple[float, float, float, float], list[CallId]]:
    began_s, cpu_s = time.perf_counter(), time.process_time()
    journal = open_journal(path, AT)
    with contextlib.closing(journal):
        opened_s = time.perf_counter()
        exchange = Exchange(directory, RULES, journal, MemoryInbox(), Clock(MONDAY))
        recovered_s, cpu_s = time.perf_counter(), time.process_time() - cpu_s
        order = order_of(exchange.router)
        begun_s = time.perf_counter()
        task = asyncio.create_task(exchange.run())
        here, there = memory_channels()
        serving = asyncio.create_task(exchange.attend_booth(there))
        await here.send(encode(Envelope(0, 0, NO_CALL, m.BoothHello(next(iter(directory.sites)), "s"))))
        await here.receive()
        serving_s = time.perf_counter()
        for each in (task, serving):
            each.cancel()
        await asyncio.gather(task, serving, return_exceptions=True)
    return (opened_s - began_s, recovered_s - opened_s, cpu_s, serving_s - begun_s), order


def measure(visits: int) -> Figures:
    """Let an exchange live, kill it, start the next one."""
    directory = nation(visits)
    expected = [CallId(f"v-{site}/1") for site in directory.sites][min(DESKS, visits) :]
    with tempfile.TemporaryDirectory(prefix="lisa-") as folder:
        path = Path(folder) / "exchange.sqlite"
        process = multiprocessing.get_context("spawn").Process(target=live_and_die, args=(path, visits))
        process.start()
        process.join()
        if process.exitcode != -signal.SIGKILL:
            raise RuntimeError("the exchange that was to be killed ended by itself")
        began_s = time.perf_counter()
        with contextlib.closing(sqlite3.connect(path)) as db:
            entries = len(db.execute("select * from journal order by number").fetchall())
        plain_s = time.perf_counter() - began_s
        took_s, order = asyncio.run(_come_back(path, directory))
    return Figures(visits, entries, *took_s, plain_s, order == expected)


def main(visits: int = OPEN_VISITS) -> int:
    """Print the figures; 1 if the order is not the same or the queue is not back in time."""
    found = measure(visits)
    print(f"{found.visits} offene Besuche, {found.entries} Einträge im Protokoll, getötet mit SIGKILL")
    print(f"  öffnen und Kette prüfen      {found.opened_s * 1000:7.0f} ms")
    print(f"  Abbild laden, nachspielen    {found.recovered_s * 1000:7.0f} ms")
    print(f"  Warteschlange in Ordnung     {found.queue_s * 1000:7.0f} ms   (Grenze {LIMIT_S * 1000:.0f} ms)")
    print(
        f"  davon gerechnet              {found.cpu_s * 1000:7.0f} ms   (der Rest: andere auf dieser Maschine, Platte)"
    )
    print(f"  bis die Vermittlung bedient  {found.serving_s * 1000:7.0f} ms   danach")
    ratio = found.queue_s / found.plain_s
    print(f"  SQLite liest nur die Zeilen  {found.plain_s * 1000:7.0f} ms   Verhältnis {ratio:.1f}")
    print("  dieselbe Reihenfolge" if found.in_order else "  NICHT dieselbe Reihenfolge")
    return 0 if found.in_order and found.queue_s <= LIMIT_S else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
