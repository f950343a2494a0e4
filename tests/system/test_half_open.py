"""A line that swallows what goes over it, as after a power cut: the exchange holds a link of which nothing is left.

Nobody tells either end; both have to find out by themselves, and no sooner than a program may stand still.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from lisa_core.wire.heartbeat import BEAT_S, SILENCE_S
from lisa_core.wire.uplink import LAST_RETRY_S
from tests.system.programs import Program, killed, started
from tests.system.test_two_programs import entries, settled

LONG = os.environ.get("LISA_LONG") == "1"
STANDS_S, MORE_S = 10.0, 8.0
"""So long the booth stands still; and so much starting it and a busy machine may add to what is promised."""

pytestmark = pytest.mark.skipif(not LONG, reason="waits half a minute for heartbeats: LISA_LONG=1")


class Line:
    """Between booth and exchange: passes everything on, until it `swallows`; new connections pass again."""

    def __init__(self, exchange: str) -> None:
        self._exchange = exchange
        self._open: list[asyncio.Event] = []

    def swallow(self) -> None:
        """Nothing goes over what is open now, also not that an end is gone."""
        for dead in self._open:
            dead.set()

    async def passes(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self._exchange.split(":"))
        dead = asyncio.Event()
        self._open.append(dead)
        await asyncio.gather(_pump(reader, back, dead), _pump(there, writer, dead), return_exceptions=True)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, dead: asyncio.Event) -> None:
    while (data := await reader.read(65_536)) and not dead.is_set():
        writer.write(data)
        await writer.drain()
    if not dead.is_set():
        writer.close()
    while dead.is_set() and data:
        data = await reader.read(65_536)


@contextlib.asynccontextmanager
async def line_to(exchange: str) -> AsyncIterator[tuple[Line, str]]:
    line = Line(exchange)
    async with await asyncio.start_server(line.passes, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        yield line, f"{host}:{port}"


def joined(home: Path) -> list[str]:
    """When a booth came to the exchange and when it went."""
    rows = entries(home / "vermittlung" / "exchange.sqlite")
    return [name for name, *_ in rows if name in ("buero.verbunden", "buero.getrennt")]


def booth(home: Path, address: str) -> contextlib.AbstractContextManager[Program]:
    return started(home, "booth", "--exchange", f"http://{address}", "--key", "k.pem", "--data", "kabine")


def test_a_booth_started_anew_takes_the_place_of_its_dead_link(tmp_path: Path) -> None:
    async def scenario(home: Path, exchange: str) -> None:
        loop = asyncio.get_running_loop()
        async with line_to(exchange) as (line, address):
            with booth(home, address) as first:
                await settled(lambda: joined(home) == ["buero.verbunden"], "the booth is connected")
                first.send(signal.SIGSTOP)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(asyncio.Event().wait(), STANDS_S)
                first.send(signal.SIGCONT)
                assert joined(home) == ["buero.verbunden"], "who stands still for ten seconds is not gone"
                line.swallow()
                killed(first)
            began_s = loop.time()
            with booth(home, address):
                anew = ["buero.verbunden", "buero.getrennt", "buero.verbunden"]
                await settled(lambda: joined(home) == anew, "it is back")
                assert loop.time() - began_s < BEAT_S + SILENCE_S + LAST_RETRY_S + MORE_S

    with started(tmp_path, "exchange", "--listen", "127.0.0.1:0", "--data", "vermittlung") as exchange:
        address = exchange.until("Vermittlung bereit").rpartition("http://")[2].strip().rstrip("/")
        asyncio.run(scenario(tmp_path, address))
