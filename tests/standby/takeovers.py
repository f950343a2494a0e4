"""Exchanges on one database that are killed one after the other, and how long it takes until the next one serves."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from lisa_core.wire.channel import dial
from lisa_core.wire.dialling import first_of
from lisa_core.wire.uplink import Dial
from tests.tidy.sources import ROOT


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        bound = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [one.getsockname()[1] for one in bound]


@dataclass
class Doors:
    """As `End` dials an exchange: at every address."""

    ports: Sequence[int]

    def _dial(self, door: str) -> Dial:
        return first_of([partial(dial, f"ws://127.0.0.1:{port}/ws/{door}") for port in self.ports])

    @property
    def booth_dial(self) -> Dial:
        return self._dial("booth")

    @property
    def desk_dial(self) -> Dial:
        return self._dial("desk")


@dataclass
class Pair:
    """Two exchanges: when one serves, another one is started to wait for its end."""

    url: str
    ports: Sequence[int]
    kills: list[tuple[str, bool]]
    how: str
    process: asyncio.subprocess.Process
    ready: dict[int, float] = field(default_factory=dict)
    killed: dict[int, float] = field(default_factory=dict)
    stopped: list[int] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    _n: int = 0

    def start(self) -> None:
        kind, after = self.kills[self._n] if self._n < len(self.kills) else ("", False)
        words = {
            "n": self._n,
            "url": self.url,
            "port": self.ports[self._n % len(self.ports)],
            "kind": kind,
            "after": after,
        }
        words["how"] = self.how
        assert self.process.stdin
        self.process.stdin.write(json.dumps(words).encode() + b"\n")
        self._n += 1

    async def listen(self) -> None:
        assert self.process.stdout
        async for line in self.process.stdout:
            told = json.loads(line)
            if "killed" in told:
                self.killed[told["n"]] = told["killed"]
                self.stopped.append(told["pid"])
            elif "ended" in told:
                self.ended.append(told["ended"])
            else:
                self.ready[told["n"]] = told["ready"]
                if told["n"] < len(self.kills):
                    self.start()
                if told["n"] == len(self.kills):
                    self.over.set()

    @property
    def takeovers_s(self) -> list[float]:
        """From each kill to the moment when the next one serves, the shortest first."""
        return sorted(self.ready[n + 1] - self.killed[n] for n in self.killed)


@contextlib.asynccontextmanager
async def pair(url: str, kills: Sequence[tuple[str, bool]], how: str) -> AsyncIterator[Pair]:
    program = (sys.executable, "-m", "tests.standby.exchange_to_kill")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*program, stdin=pipe, stdout=pipe, cwd=ROOT)
    found = Pair(url, free_ports(2 if how == "KILL" else len(kills) + 1), list(kills), how, process)
    found.start()
    listening = asyncio.create_task(found.listen())
    try:
        yield found
    finally:
        assert process.stdin
        process.stdin.close()
        await process.wait()
        await listening
