"""The hand-over over real WebSockets: 200 open desks, 50 citizens waiting, an exchange as a process on a durable log.

Timed inside the exchange: from the moment an agent's `ready` has been read to the moment the next caller's `offer` has
been given to the socket; and outside, at the desk: from before it writes `ready` until the offer has arrived.

The next hand-over begins when desk and booth have heard what the former one led to: two hundred desks with talks of
five minutes have one every second and a half. Back to back, `ready` would wait behind the accept, the pause, the end
and the new call of the one before it, five commits, and what is timed would be how many of them fit into a second.
All desks are told the numbers of the house meanwhile; many an offer has to find its way through that.

Beside it, after each hand-over, one bare durable commit of one row by SQLite as it comes, on the same disk. The first
of both are not counted: on a log that is new, each commit also makes its file longer, which takes a disk up to ten
times as long as writing anew what is there; whoever has run for a minute is past that.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import multiprocessing
import re
import sqlite3
import tempfile
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from lisa_core.config.directory import load_directory
from lisa_core.domain.model.directory import Agent, Directory, Office, Rules, Site, Trigger
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId, SiteId, TenantId, VisitId
from lisa_core.exchange.admission import DeskVisitor
from lisa_core.exchange.program import open_exchange, serve_exchange
from lisa_core.host.clock import Clock
from lisa_core.host.memory import LET_GO_EVERY_S, OBJECTS, let_go_now_and_then, settling
from lisa_core.host.program import beside
from lisa_core.store.postgres.place import DatabaseAddress
from lisa_core.web.asgi import listening_socket
from lisa_core.wire import messages as m
from lisa_core.wire.channel import Channel
from lisa_core.wire.envelope import NO_CALL, LinkEnd

DESKS, WAITING = 200, 50
LATER = 5
"""So many hand-overs later somebody new comes to a site: not before the end of the former call has gone its way."""
SAMPLES, WARM_UP = 500, 60
FRONT = OfficeId("lisa-team")
_NUMBER = re.compile(r'"id":(\d+)')
_CALL = re.compile(r'"call":"([^"]*)"')
_AWAITED = re.compile(r'"call\.(offer|ended|queued)"')


@dataclass
class Handovers:
    """Milliseconds, one for each hand-over."""

    inside: list[float] = field(default_factory=list)
    outside: list[float] = field(default_factory=list)
    commits: list[float] = field(default_factory=list)
    """What one commit of one row takes on this disk, by itself."""


# --- the exchange, in a process of its own --------------------------------------------------------------------------


class Timed:
    """A desk's channel at the exchange: notes when its `ready` was read and when its `offer` was written."""

    def __init__(self, channel: Channel, taken: list[float]) -> None:
        self._channel, self._taken = channel, taken
        self._ready_s = 0.0

    async def receive(self) -> str:
        text = await self._channel.receive()
        if '"desk.ready"' in text:
            self._ready_s = perf_counter()
        return text

    async def send(self, text: str) -> None:
        await self._channel.send(text)
        if '"call.offer"' in text:
            self._taken.append((perf_counter() - self._ready_s) * 1000)

    async def aclose(self) -> None:
        await self._channel.aclose()


def directory() -> Directory:
    """Two hundred agents at the front desk, a booth for everybody who waits; services and forms of a Landkreis."""
    known = load_directory("uckermark")[0]
    sites = {
        SiteId(f"s{n}"): Site(SiteId(f"s{n}"), f"Standort {n}", "BB", date(2023, 3, 1), Trigger.ENTRY, {})
        for n in range(WAITING + LATER)
    }
    agents = {AgentId(f"a{n:03d}"): Agent(AgentId(f"a{n:03d}"), f"Frau {n}", FRONT) for n in range(DESKS)}
    offices = {**known.offices, FRONT: Office(FRONT, "LISA-Team", TenantId("landkreis"), True)}
    return Directory(sites, offices, known.services, known.forms, agents, known.holidays, "BB")


def serve(data: Path | DatabaseAddress, pipe: Connection) -> None:
    asyncio.run(_serve(data, pipe))


async def _serve(data: Path | DatabaseAddress, pipe: Connection) -> None:
    """Until the other end of the pipe says that it is enough."""
    known, taken = directory(), list[float]()
    clock = Clock(datetime.fromisoformat("2026-11-23T10:00+01:00"))
    rules = Rules(ring_us=3_600_000_000)
    async with contextlib.AsyncExitStack() as stack:
        with settling(after=OBJECTS):  # as `lisa exchange` starts
            exchange = await stack.enter_async_context(open_exchange(known, rules, clock, data))
            plain = exchange.attend_desk

            async def attend(channel: Channel, visitor: DeskVisitor | None = None) -> None:
                await plain(Timed(channel, taken), visitor)

            exchange.attend_desk = attend
            serving = serve_exchange(exchange, known, listening_socket("127.0.0.1", 0))
            address = await stack.enter_async_context(serving)
        await stack.enter_async_context(beside(let_go_now_and_then(LET_GO_EVERY_S)))
        pipe.send(address)
        await asyncio.get_running_loop().run_in_executor(None, pipe.recv)
    pipe.send(taken)


# --- desks and booths -------------------------------------------------------------------------------------------------


class Client:
    """One desk or booth: says hello, remembers how far it has heard, and what is awaited."""

    def __init__(self, socket: ClientConnection, hello: Any) -> None:
        self._socket, self._hello = socket, hello
        self._link = LinkEnd()
        self._heard: asyncio.Queue[tuple[str, CallId]] = asyncio.Queue()

    async def greet(self) -> None:
        await self._socket.send(self._link.send(self._hello))
        await self._socket.recv()

    async def run(self) -> None:
        async for message in self._socket:
            text = str(message)
            if found := _NUMBER.search(text):
                self._link.seen = max(self._link.seen, int(found[1]))
            if (kind := _AWAITED.search(text)) and (call := _CALL.search(text)):
                self._heard.put_nowait((kind[1], CallId(call[1])))

    async def hear(self, kind: str) -> CallId:
        """Of which call the next message of this kind is."""
        async with asyncio.timeout(10):
            while (heard := await self._heard.get())[0] != kind:
                pass
        return heard[1]

    async def say(self, body: Any, call: CallId = NO_CALL) -> None:
        await self._socket.send(self._link.send(body, call))
        self._link.acknowledged(10**9)


@contextlib.asynccontextmanager
async def client(url: str, hello: Any) -> AsyncIterator[Client]:
    async with connect(url, proxy=None, max_size=1_000_000) as socket:
        found = Client(socket, hello)
        await found.greet()
        task = asyncio.create_task(found.run())
        try:
            yield found
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def play(address: str, samples: int, beside_each: Callable[[], None]) -> list[float]:
    """One desk after the other gets ready, is offered a call, takes it, ends it and rests; somebody new comes.

    `beside_each` is done after each hand-over.
    """
    taken: list[float] = []
    left: deque[int] = deque()
    async with contextlib.AsyncExitStack() as stack:
        desks = []
        for n in range(DESKS):
            hello = m.DeskHello(AgentId(f"a{n:03d}"), "bench")
            desks.append(await stack.enter_async_context(client(f"ws://{address}/ws/desk", hello)))
        booths = []
        for n in range(WAITING + LATER):
            hello_booth = m.BoothHello(SiteId(f"s{n}"), "bench")
            booths.append(await stack.enter_async_context(client(f"ws://{address}/ws/booth", hello_booth)))
            await _come(booths[n], n, 0)
        for sample in range(samples):
            desk = desks[sample % DESKS]
            began_s = perf_counter()
            await desk.say(m.Ready(headset=True))
            call = await desk.hear("offer")
            taken.append((perf_counter() - began_s) * 1000)
            await desk.say(m.Accept(), call)
            await desk.say(m.Pause())
            await desk.say(m.HangUp(), call)
            await desk.hear("ended")
            left.append(int(call.partition("/")[0]))
            if len(left) > LATER:
                site = left.popleft()
                await _come(booths[site], site, sample + 1)
            beside_each()
    return taken


async def _come(booth: Client, site: int, number: int) -> None:
    """Somebody new, who hears her place."""
    call = CallId(f"{site}/{number}")
    await booth.say(m.PlaceCall(VisitId(f"v{site}")), call)
    while await booth.hear("queued") != call:
        """Of the one before her."""


def measure(samples: int = SAMPLES, warm_up: int = WARM_UP, place: DatabaseAddress | None = None) -> Handovers:
    """Both ends, and what the disk alone takes; `place`: in this database instead of a folder."""
    found, total = Handovers(), warm_up + samples
    with tempfile.TemporaryDirectory(prefix="lisa-") as folder:
        here, there = multiprocessing.Pipe()
        process = multiprocessing.get_context("fork").Process(target=serve, args=(place or Path(folder), there))
        process.start()
        try:
            with _commits(Path(folder), found.commits, 20 * warm_up) as commit:
                found.outside = asyncio.run(play(here.recv(), total, commit))[warm_up:]
            here.send("genug")
            found.inside, found.commits = here.recv()[warm_up:], found.commits[-samples:]
        finally:
            process.join(10)
            process.kill()
    return found


@contextlib.contextmanager
def _commits(folder: Path, taken: list[float], first: int) -> Iterator[Callable[[], None]]:
    """Make one commit, and note its milliseconds in `taken`; so many are made at first."""
    with contextlib.closing(sqlite3.connect(folder / "plain.sqlite", isolation_level=None)) as db:
        db.execute("pragma journal_mode=wal")
        db.execute("pragma synchronous=full")
        db.execute("create table t(a text)")

        def commit() -> None:
            began_s = perf_counter()
            db.execute("insert into t values (?)", (json.dumps({"event": "AgentReady", "us": 1}),))
            taken.append((perf_counter() - began_s) * 1000)

        for _ in range(first):
            commit()
        yield commit
