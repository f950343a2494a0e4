"""How long it takes until a desk rings, over whole visits on the emulated booth: `python -m tests.bench.bench_ring`.

From the moment at which the emulated radar writes the frame that satisfies the presence debounce to the arrival of the
ring's first bytes at the desk's socket. In between: pty, driver, visit, event log, link, routing, event log, link.
The debounce itself (half a second in which somebody must stay) is not in it: the clock starts with its last frame.
Beside it, before each visit, on the same loop, the round trip of a message of that size on a bare WebSocket.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

from emulator.devices.presence import serve as serve_radar
from emulator.devices.pty import Pty, serve_on_pty
from emulator.world.actor import EmulatedActor
from emulator.world.live_world import HostedWorld, serve_world
from lisa_core.config.profile import Profile, load_profile
from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.domain.model.ids import AgentId
from lisa_core.harness.rig.rig import Rig, Wishes, open_rig
from lisa_core.wire.websocket import WebSocketChannel
from tests.bench.pair import Row, percentile, shares

VISITS, MANY = 20, 100
LIMIT = 2.0
A_MONDAY = datetime.fromisoformat("2026-11-23T10:00")
SENSED = "praesenz.erkannt"
ENTRY_S = 0.001
"""The event log gives its times in whole milliseconds, cut off."""
MESSAGE = "x" * 300


@dataclass
class Figures:
    """In milliseconds, one of each for every visit."""

    ring: list[float] = field(default_factory=list)
    echo: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"Vom Radarbild bis zum Klingeln: {_spread(self.ring)} über {len(self.ring)} Besuche\n"
            f"Zum Vergleich ein Echo über WebSocket: {_spread(self.echo)}\n"
            f"Verhältnis: p50 {self.ratio(50):.1f}, p99 {self.ratio(99):.1f} (Ziel p99 {LIMIT:g})"
        )

    def ratio(self, share: int) -> float:
        return percentile(self.ring, share) / percentile(self.echo, share)


class TimedLine:
    """The radar's line: remembers when each frame was written."""

    def __init__(self, line: Pty) -> None:
        self._line = line
        self.written_s: list[float] = []

    async def read(self) -> bytes:
        return await self._line.read()

    def write(self, data: bytes) -> None:
        self.written_s.append(asyncio.get_running_loop().time())
        self._line.write(data)


class TimedConnection(ClientConnection):
    """A desk's socket: remembers when its last bytes arrived."""

    arrived_s = 0.0

    def data_received(self, data: bytes) -> None:
        self.arrived_s = asyncio.get_running_loop().time()
        super().data_received(data)


class TimedChannel(WebSocketChannel):
    """A desk's link: tells when a ring came."""

    def __init__(self, connection: TimedConnection) -> None:
        super().__init__(connection)
        self.rings: asyncio.Queue[float] = asyncio.Queue()
        self._timed = connection

    async def receive(self) -> str:
        text = await super().receive()
        if '"call.offer"' in text:
            self.rings.put_nowait(self._timed.arrived_s)
        return text


async def measure(visits: int = VISITS) -> Figures:
    """Play so many visits, each until the desk rings and she goes again."""
    figures = Figures()
    world, lines = HostedWorld(), list[TimedLine]()

    async def radar(line: Pty) -> None:
        lines.append(TimedLine(line))
        await serve_radar(world, lines[0])

    with tempfile.TemporaryDirectory(prefix="lisa-") as data:
        async with (
            serve_world(world) as joined,
            serve_on_pty(radar) as path,
            open_rig(_profile(path, joined), Wishes(civil=A_MONDAY, data=Path(data))) as rig,
            _desk(rig) as (desk, channel),
            _echo() as echo,
        ):
            for _ in range(visits):
                figures.echo.append(await _round_trip(echo))
                figures.ring.append(await _visit(rig, EmulatedActor(world), desk, channel, lines[0]))
    return figures


async def _visit(rig: Rig, actor: EmulatedActor, desk: DeskClient, channel: TimedChannel, line: TimedLine) -> float:
    await desk.until(lambda d: d.state == "bereit", "bereit")
    await actor.enter()
    async with asyncio.timeout(10):
        rung_s = await channel.rings.get()
    sensed_s = _sensed_s(rig)
    frame_s = max(written_s for written_s in line.written_s if written_s <= sensed_s + ENTRY_S)
    done = len(rig.booth.outcomes)
    await actor.leave()
    await rig.screen.until(lambda _: len(rig.booth.outcomes) > done, "der Besuch ist zu Ende")
    return (rung_s - frame_s) * 1000


def _sensed_s(rig: Rig) -> float:
    """When the booth last became sure that somebody is in it, in the loop's time."""
    entry = next(entry for entry in reversed(rig.booth.journal()) if entry.name == SENSED)
    now = rig.clock.instant()
    return now.now_us / 1_000_000 - (now.civil - datetime.fromisoformat(entry.at)).total_seconds()


def _profile(presence: str, joined: str) -> Profile:
    """Emulated, with the radar on our own line; who has gone is not waited for."""
    emulated = load_profile("emulated")
    slots = {**emulated.slots, "presence": replace(emulated.slots["presence"], binding=presence)}
    deadlines = replace(emulated.deadlines, absence_debounce_us=200_000, away_grace_us=50_000)
    return replace(emulated, slots=slots, deadlines=deadlines, join=joined)


@contextlib.asynccontextmanager
async def _desk(rig: Rig) -> AsyncIterator[tuple[DeskClient, TimedChannel]]:
    """A front desk that is ready and never answers."""
    url = f"ws://{rig.exchange_address}/ws/desk"
    connection: Any = await connect(url, create_connection=TimedConnection, proxy=None)
    channel = TimedChannel(connection)

    async def dial() -> TimedChannel:
        return channel

    async with open_desk(AgentId("brandt"), rig.media, dial, "bench") as desk:
        desk.ready()
        yield desk, channel


@contextlib.asynccontextmanager
async def _echo() -> AsyncIterator[ClientConnection]:
    async def answer(socket: ServerConnection) -> None:
        async for message in socket:
            await socket.send(message)

    async with serve(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with connect(f"ws://127.0.0.1:{port}", proxy=None) as socket:
            yield socket


async def _round_trip(echo: ClientConnection) -> float:
    loop = asyncio.get_running_loop()
    began_s = loop.time()
    await echo.send(MESSAGE)
    await echo.recv()
    return (loop.time() - began_s) * 1000


def _spread(figures: list[float]) -> str:
    return ", ".join(f"p{share} {percentile(figures, share):.1f} ms" for share in (50, 95, 99))


def rows() -> list[Row]:
    """For `make bench`."""
    found = asyncio.run(measure(MANY))
    return [shares("Radarbild bis zum Klingeln", found.ring, "ein Echo über WebSocket", found.echo, LIMIT)]


if __name__ == "__main__":
    print(asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else VISITS)))
