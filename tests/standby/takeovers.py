"""Exchanges on one database that are killed one after the other, and how long it takes until the next one serves."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from lisa_core.access.trust import client_context
from lisa_core.wire.channel import dial
from lisa_core.wire.dialling import first_of
from lisa_core.wire.uplink import Dial
from tests.tidy.sources import ROOT


@dataclass(frozen=True)
class Spot:
    """Where an exchange is started. `net`: the network, "" for ours; `cable`: by which it reaches all others; `files`:
    its certificate and key, where others than this computer reach it."""

    address: str
    port: int
    net: str = ""
    cable: str = ""
    files: Sequence[str] = ()


def on_loopback() -> list[Spot]:
    with contextlib.ExitStack() as stack:
        bound = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(2)]
        return [Spot("127.0.0.1", one.getsockname()[1]) for one in bound]


@dataclass
class Doors:
    """As `End` dials an exchange: at every address."""

    spots: Sequence[Spot]
    authority: Path | None = None

    def _dial(self, door: str) -> Dial:
        tls = client_context(self.authority) if self.authority else None
        scheme = "wss" if tls else "ws"
        urls = [f"{scheme}://{spot.address}:{spot.port}/ws/{door}" for spot in self.spots]
        return first_of([partial(dial, url, tls=tls) for url in urls])

    @property
    def booth_dial(self) -> Dial:
        return self._dial("booth")

    @property
    def desk_dial(self) -> Dial:
        return self._dial("desk")


class Mends(Protocol):
    """What a test does with those that do not know that they were succeeded."""

    async def due(self, kind: str) -> None:
        """One is about to be cut off at the next event of this kind: it has to come about."""
        ...

    async def mend(self, n: int) -> None:
        """Let it know. When it has ended, the next one is started in its place."""
        ...


@dataclass
class Pair:
    """Two exchanges: when one serves, another one is started to wait for its end.

    `over` is set when the last one was succeeded. `mends`: what is done with those that are succeeded and do not know
    it; None: they are dead.
    """

    url: str
    spots: Sequence[Spot]
    kills: list[tuple[str, bool]]
    how: str
    process: asyncio.subprocess.Process
    over: asyncio.Event
    mends: Mends | None = None
    ready: dict[int, float] = field(default_factory=dict)
    killed: dict[int, float] = field(default_factory=dict)
    pids: dict[int, int] = field(default_factory=dict)
    ended: dict[int, str] = field(default_factory=dict)
    _change: asyncio.Condition = field(default_factory=asyncio.Condition)
    _n: int = 0

    def start(self) -> None:
        kind, after = self.kills[self._n] if self._n < len(self.kills) else ("", False)
        spot = asdict(self.spots[self._n % len(self.spots)])
        words = {"n": self._n, "url": self.url, "kind": kind, "after": after, "how": self.how, "spot": spot}
        assert self.process.stdin
        self.process.stdin.write(json.dumps(words).encode() + b"\n")
        self._n += 1

    async def listen(self) -> None:
        assert self.process.stdout
        async with asyncio.TaskGroup() as tasks:
            async for line in self.process.stdout:
                told = json.loads(line)
                n, self.pids[n] = told["n"], told["pid"]
                if "killed" in told:
                    self.killed[n] = told["killed"]
                elif "ended" in told:
                    self.ended[n] = told["ended"]
                elif "waits" in told and self.mends is not None:
                    os.kill(self.pids[n - 1], signal.SIGUSR1)
                    tasks.create_task(self.mends.due(self.kills[n - 1][0]))
                elif "ready" in told:
                    self.ready[n] = told["ready"]
                    tasks.create_task(self._serves(n))
                async with self._change:
                    self._change.notify_all()

    async def _serves(self, n: int) -> None:
        if self.mends is not None and n > 0:
            await self.mends.mend(n - 1)
            async with self._change:
                await self._change.wait_for(lambda: n - 1 in self.ended)
        if n < len(self.kills):
            self.start()
        else:
            self.over.set()

    @property
    def takeovers_s(self) -> list[float]:
        """From each kill to the moment when the next one serves, the shortest first."""
        return sorted(self.ready[n + 1] - self.killed[n] for n in self.killed)


@contextlib.asynccontextmanager
async def pair(
    url: str,
    spots: Sequence[Spot],
    kills: Sequence[tuple[str, bool]],
    how: str,
    over: asyncio.Event,
    mends: Mends | None = None,
) -> AsyncIterator[Pair]:
    program = (sys.executable, "-m", "tests.standby.exchange_to_kill")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*program, stdin=pipe, stdout=pipe, cwd=ROOT)
    found = Pair(url, spots, list(kills), how, process, over, mends)
    found.start()
    listening = asyncio.create_task(found.listen())
    try:
        yield found
    finally:
        assert process.stdin
        process.stdin.close()
        await process.wait()
        await listening
