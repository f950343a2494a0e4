"""The life of a booth's key over real sockets: entered, proved, replaced, revoked. Who cheats is in `network`."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from websockets.asyncio.client import ClientConnection, connect

from lisa_core.access.booths.book import with_code, without_key
from lisa_core.access.booths.kept import FolderBook
from lisa_core.access.booths.possession import proof_of
from lisa_core.booth.enrolment import enrol
from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.ids import AgentId, CallId, SiteId, VisitId
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.program import open_exchange, serve_exchange
from lisa_core.host.clock import Clock
from lisa_core.store.key_book import FILE
from lisa_core.web.asgi import listening_socket
from lisa_core.wire import messages as m
from lisa_core.wire.channel import certificate_of, dial
from lisa_core.wire.envelope import NO_CALL, Envelope, LinkEnd, decode, encode
from lisa_core.wire.uplink import LinkDown, LinkUp, Uplink
from tests.routing.office import BRANDT, SITES, directory
from tests.system.test_two_programs import entries, settled

TEMPLIN, LYCHEN, GARTZ = SITES[0], SITES[1], SITES[2]
MONDAY = datetime.fromisoformat("2025-09-22T10:00+02:00")
CODE = "KXWMZPQRABCD"
LIMIT_S = 60.0


@dataclass
class House:
    """An exchange with a folder: Templin is enrolled, and connected with its key."""

    folder: Path
    address: str
    exchange: Exchange
    key: Ed25519PrivateKey
    booth: Uplink
    sent: list[str] = field(default_factory=list)
    """Whatever Templin's booth has said, as somebody who listens has it."""

    def book(self, change: Callable[[Any], Any]) -> None:
        """What somebody does at the command line beside the running exchange."""
        kept = FolderBook(self.folder)
        kept.change(lambda book: (change(book), None))
        kept.close()

    async def told(self, name: str, subject: str = "") -> None:
        """Wait until the administration is told so; there is no content in it."""
        log = self.folder / "exchange.sqlite"
        await settled(lambda: (name, subject, "") in entries(log), f"{name} {subject} is told")

    @contextlib.asynccontextmanager
    async def socket(self, name: str = "127.0.0.1", **more: Any) -> AsyncIterator[ClientConnection]:
        port = self.address.rpartition(":")[2]
        where = f"ws://{name}:{port}/ws/booth"
        async with connect(where, host="127.0.0.1", port=int(port), proxy=None, close_timeout=1, **more) as opened:
            yield opened

    async def answers(self, opened: ClientConnection, hello: m.Message, key: Ed25519PrivateKey | None) -> m.Message:
        """Say this, prove it with this key where it is asked for, and return what comes last."""
        await opened.send(encode(Envelope(0, 0, NO_CALL, hello)))
        said = decode(str(await opened.recv())).body
        if isinstance(said, m.Challenge) and key is not None and isinstance(hello, m.BoothHello | m.BoothEnrol):
            await opened.send(encode(Envelope(0, 0, NO_CALL, proof_of(key, hello, said, ""))))
            said = decode(str(await opened.recv())).body
        return said


def public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def hello_of(key: Ed25519PrivateKey, site: SiteId = TEMPLIN, secret: str = "") -> m.BoothHello:
    return m.BoothHello(site, "fremd", 0, public(key), secret)


async def heard(uplink: Uplink, kind: Any) -> Any:
    """The next message of this kind; or that the link is up or down."""
    async with asyncio.timeout(LIMIT_S):
        while True:
            came = await uplink.inbox.get()
            body = came.body if isinstance(came, Envelope) else came
            if isinstance(body, kind):
                return body


@contextlib.asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    clock, key, sent = Clock(MONDAY), Ed25519PrivateKey.generate(), list[str]()
    async with contextlib.AsyncExitStack() as stack:
        exchange = await stack.enter_async_context(open_exchange(directory(), Rules(), clock, folder))
        listening = listening_socket("127.0.0.1", 0)
        address = await stack.enter_async_context(serve_exchange(exchange, directory(), listening))

        async def dialled() -> Any:
            channel = await dial(f"ws://{address}/ws/booth")
            send = channel.send

            async def overheard(text: str) -> None:
                sent.append(text)
                await send(text)

            channel.send = overheard  # type: ignore[method-assign]  # somebody listens on the line
            return channel

        def hello(seen: int) -> m.BoothHello:
            return m.BoothHello(TEMPLIN, "s1", seen, public(key), "geheim")

        booth = Uplink(dialled, hello, str, lambda said, asked, on: proof_of(key, said, asked, certificate_of(on)))
        here = House(folder, address, exchange, key, booth, sent)
        here.book(lambda book: with_code(book, TEMPLIN, CODE, MONDAY, timedelta(days=1), replaces=False))
        await enrol(await dial(f"ws://{address}/ws/booth"), CODE, key)
        running = asyncio.create_task(booth.run())
        stack.callback(running.cancel)
        await heard(booth, LinkUp)
        yield here


# --- the life of a key ------------------------------------------------------------------------------------------------


def test_a_revoked_key_ends_link_and_talk_at_once_and_never_comes_back(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as here:
            desk = Uplink(lambda: dial(f"ws://{here.address}/ws/desk"), lambda n: m.DeskHello(AgentId(BRANDT), "d", n))
            running = asyncio.create_task(desk.run())
            await heard(desk, LinkUp)
            desk.send(m.Ready(headset=True))
            here.booth.send(m.PlaceCall(VisitId("templin-1")), call := CallId("probe/1"))
            await heard(desk, m.Offer)
            desk.send(m.Accept(), call)
            await heard(here.booth, m.Answered)
            began_s = asyncio.get_running_loop().time()
            here.book(lambda book: without_key(book, TEMPLIN, MONDAY))
            assert "gesperrt" in (await heard(here.booth, m.Refused)).text
            await heard(here.booth, LinkDown)
            assert await heard(desk, m.CallEnded) == m.CallEnded(
                "booth_barred"
            )  # and not that the citizen has ended it
            assert asyncio.get_running_loop().time() - began_s < 5.0
            await here.told("schluessel.getrennt", TEMPLIN)
            await here.told("schluessel.gesperrt", TEMPLIN)  # it dials again, and stays outside
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    asyncio.run(play())


def test_what_a_revoked_key_ends_is_ended_and_told_once_over_all_restarts(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as here:
            here.booth.send(m.PlaceCall(VisitId("templin-1")), CallId("probe/1"))
            await settled(here.exchange.router.calls, "her call is known")
        kept, log = FolderBook(tmp_path), tmp_path / "exchange.sqlite"
        kept.change(lambda book: (without_key(book, TEMPLIN, MONDAY), None))
        kept.close()
        for start in range(3):
            async with open_exchange(directory(), Rules(), Clock(MONDAY), tmp_path) as exchange:
                exchange.look_at_keys()
                exchange.note(told := f"probe.{start}")
                await settled(lambda told=told: (told, "", "") in entries(log), "what comes before is written")
                assert not exchange.router.calls()
            assert entries(log).count(("buero.gesperrt", TEMPLIN, "")) == 1, start

    asyncio.run(play())


def test_a_new_computer_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as here:
            new = Ed25519PrivateKey.generate()
            here.book(lambda book: with_code(book, TEMPLIN, "NEUERECHNER", MONDAY, timedelta(days=1), replaces=True))
            done = await enrol(await dial(f"ws://{here.address}/ws/booth"), "neue-rech-ner", new)
            assert done.site == TEMPLIN
            await heard(here.booth, LinkDown)
            async with here.socket() as opened:
                assert isinstance(await here.answers(opened, hello_of(new), new), m.Welcome)

    asyncio.run(play())


def test_what_can_be_asked_without_end_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The answer to a code again and again, and a book that cannot be read: neither fills log nor console."""

    async def play() -> None:
        async with house(tmp_path) as here:
            for _ in range(3):
                assert (await enrol(await dial(f"ws://{here.address}/ws/booth"), CODE, here.key)).site == TEMPLIN
            with contextlib.closing(sqlite3.connect(tmp_path / FILE)) as db, db:
                db.execute("update book set version = version + 1, crc = crc + 1")
            for said in (hello_of(here.key), m.BoothEnrol(CODE, public(here.key))) * 3:
                async with here.socket() as opened:
                    answer = await here.answers(opened, said, here.key)
                    assert isinstance(answer, m.Refused)
                    assert "nicht lesen" in answer.text
            for subject in (TEMPLIN, ""):
                await here.told("schluessel.unlesbar", subject)
            found = [row[0] for row in entries(tmp_path / "exchange.sqlite")]
            assert (found.count("schluessel.eingetragen"), found.count("schluessel.unlesbar")) == (1, 2)

    asyncio.run(play())
    assert 1 <= capsys.readouterr().err.count("Verzeichnis der Schlüssel") <= 2


def test_without_anybody_entered_everything_stays_as_it_is(tmp_path: Path) -> None:
    async def play() -> None:
        async with contextlib.AsyncExitStack() as stack:
            exchange = await stack.enter_async_context(open_exchange(directory(), Rules(), Clock(MONDAY), tmp_path))
            where = serve_exchange(exchange, directory(), listening_socket("127.0.0.1", 0))
            channel = await dial(f"ws://{await stack.enter_async_context(where)}/ws/booth")
            await channel.send(LinkEnd().send(m.BoothHello(TEMPLIN, "s1", 0, "ab" * 32)))
            assert isinstance(decode(await channel.receive()).body, m.Welcome)
            await channel.aclose()

    asyncio.run(play())
