"""An office behind one address, a desk of another office, and a booth: what each of them waits for in a flood.

All are who they say: logged in, or with a key, behind TLS.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from time import perf_counter

from websockets.asyncio.client import ClientConnection, connect

from lisa_core.domain.model.ids import AgentId
from lisa_core.wire import messages as m
from lisa_core.wire.channel import MAX_BYTES
from lisa_core.wire.envelope import Envelope, LinkEnd
from tests.access.floods import REFUSED, Ask, Flooded
from tests.load.ledger import Ledger
from tests.load.office import DESKS, Office, open_office
from tests.load.peers import HALL, Booth
from tests.system.programs import LIMIT_S

COLLEAGUE, ELSEWHERE = 1, DESKS - 1
"""Whose page and whose desk are timed; the second one's office is another."""


class Browser:
    """One connection of hers, opened again after it was closed."""

    def __init__(self, office: Office, desk: int) -> None:
        self._office, self._desk = office, desk
        self._opened: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def load(self) -> float:
        """Her page and its style; how many seconds that takes, once she is connected.

        Before its handshake nobody can tell her connection from any other of her address.
        """
        while True:
            with contextlib.suppress(*REFUSED):
                if self._opened is None:
                    self._opened = await asyncio.open_connection(
                        "127.0.0.1", self._office.port, ssl=self._office.trusting,
                        server_hostname="localhost", local_addr=(HALL, 0),
                    )  # fmt: skip
                began_s = perf_counter()
                found = [await self._status(path) for path in (f"/platz/a{self._desk}", "/seiten/desk.css")]
                assert found == [200, 200], found
                return perf_counter() - began_s
            self.close()

    async def _status(self, path: str) -> int:
        assert self._opened is not None
        reader, writer = self._opened
        head = f"GET {path} HTTP/1.1\r\nHost: localhost:{self._office.port}\r\nCookie: "
        writer.write(f"{head}{self._office.cookie(self._desk)}\r\n\r\n".encode())
        answer = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(answer.partition(b"content-length: ")[2].split(b"\r\n")[0]))
        return int(answer.split()[1])

    def close(self) -> None:
        if self._opened is not None:
            self._opened[1].transport.abort()
        self._opened = None


class Seat:
    """A connected desk, by hand."""

    def __init__(self, opened: ClientConnection) -> None:
        self.opened, self._link = opened, LinkEnd()

    async def say(self, body: m.Message) -> None:
        await self.opened.send(self._link.send(body))
        self._link.acknowledged(self._link.last)  # it says nothing again

    async def heard(self) -> Envelope | None:
        return self._link.receive(str(await self.opened.recv()))

    async def hear(self, kind: type[m.Message]) -> None:
        while not ((said := await self.heard()) and isinstance(said.body, kind)):
            """Something else."""

    async def ask(self) -> float:
        """What comes when; how many seconds the answer takes."""
        began_s = perf_counter()
        await self.say(m.AskDiary())
        await self.hear(m.Diary)
        return perf_counter() - began_s


@contextlib.asynccontextmanager
async def socket_of(office: Office, desk: int) -> AsyncIterator[ClientConnection]:
    """At the door of the desks, logged in."""
    async with connect(
        f"wss://localhost:{office.port}/ws/desk", ssl=office.trusting, max_size=MAX_BYTES, proxy=None,
        additional_headers={"Cookie": office.cookie(desk)}, compression=None, ping_interval=None,
        open_timeout=LIMIT_S, close_timeout=1, host="127.0.0.1", port=office.port, local_addr=(HALL, 0),
    ) as opened:  # fmt: skip
        yield opened


@contextlib.asynccontextmanager
async def seat_of(office: Office, desk: int) -> AsyncIterator[Seat]:
    """A desk that is connected."""
    async with socket_of(office, desk) as opened:
        found = Seat(opened)
        await found.say(m.DeskHello(AgentId(f"a{desk}"), f"s{id(opened)}", 0, f"geheim {desk}"))
        await found.hear(m.Welcome)
        yield found


class Hall(Flooded):
    """What a row plays with."""

    def __init__(self, office: Office, seat: Seat, booth: Booth) -> None:
        self.office, self.program = office, office.program
        self._colleague, self._seat, self._booth = Browser(office, COLLEAGUE), seat, booth
        self.got: asyncio.Queue[None] = asyncio.Queue()

    def asks(self) -> tuple[Ask, ...]:
        return self._colleague.load, self._seat.ask, self._first_word

    async def _first_word(self) -> float:
        """Of the exchange to a citizen who rings."""
        began_s = perf_counter()
        call = self._booth.place()
        await self._booth.is_told()
        took_s = perf_counter() - began_s
        self._booth.uplink.send(m.CancelCall("probe"), call)
        return took_s


@contextlib.asynccontextmanager
async def open_hall(home: Path) -> AsyncIterator[Hall]:
    async with open_office(home) as office:
        booth = Booth(office, 0, Ledger(), lambda _: None)
        running = asyncio.create_task(booth.run())
        try:
            await booth.uplink.up()
            async with seat_of(office, ELSEWHERE) as seat:
                yield Hall(office, seat, booth)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
