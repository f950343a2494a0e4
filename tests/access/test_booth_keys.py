"""Booths prove that they have their keys: who cheats is refused and told of, over real sockets, and others go on."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from lisa_core.access.booths.book import with_code, without_key
from lisa_core.access.booths.kept import FolderBook
from lisa_core.access.booths.possession import proof_of
from lisa_core.booth.enrolment import enrol
from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import AgentId, CallId, SiteId, VisitId
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.program import open_exchange, serve_exchange
from lisa_core.host.clock import Clock
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
LIMIT_S = 10.0


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

    async def goes_on(self) -> None:
        """Templin's booth is connected, and a call of its gets an answer."""
        self.booth.send(m.PlaceCall(VisitId("templin-1")), CallId(f"probe/{len(self.sent)}"))
        await heard(self.booth, m.Queued | m.Ringing)

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
            body = came if isinstance(came, LinkUp | LinkDown) else came.body
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


# --- what somebody tries ----------------------------------------------------------------------------------------------


async def stolen_hello(here: House) -> tuple[str, str]:
    """What the booth said first, said again by somebody else: its key is asked for once more."""
    async with here.socket() as opened:
        await opened.send(here.sent[0])
        assert isinstance(decode(str(await opened.recv())).body, m.Challenge)
        await opened.send(encode(Envelope(0, 0, NO_CALL, m.BoothProof("ab" * 64))))
        await is_refused(opened, "Besitz des Schlüssels ist nicht nachgewiesen")
    return "schluessel.ohne_nachweis", TEMPLIN


async def replayed_proof(here: House) -> tuple[str, str]:
    """Hello and signature as they were overheard: the nonce is another one."""
    async with here.socket() as opened:
        await opened.send(here.sent[0])
        await opened.recv()
        await opened.send(here.sent[1])
        await is_refused(opened, "nicht nachgewiesen")
    return "schluessel.ohne_nachweis", TEMPLIN


async def proof_of_another_hello(here: House) -> tuple[str, str]:
    """Somebody in between has the booth sign, and says something else: the signature is over what the booth said."""
    async with here.socket() as opened:
        mine = hello_of(here.key, secret="meins")
        await opened.send(encode(Envelope(0, 0, NO_CALL, mine)))
        asked = decode(str(await opened.recv())).body
        assert isinstance(asked, m.Challenge)
        signed = proof_of(here.key, replace(mine, secret="deins"), asked, "")
        await opened.send(encode(Envelope(0, 0, NO_CALL, signed)))
        await is_refused(opened, "nicht nachgewiesen")
    return "schluessel.ohne_nachweis", TEMPLIN


async def proof_for_another_certificate(here: House) -> tuple[str, str]:
    """The booth saw the certificate of somebody in between; this exchange shows another one, or none."""
    async with here.socket() as opened:
        hello = hello_of(here.key)
        await opened.send(encode(Envelope(0, 0, NO_CALL, hello)))
        asked = decode(str(await opened.recv())).body
        assert isinstance(asked, m.Challenge)
        signed = proof_of(here.key, hello, asked, hashlib.sha256(b"dazwischen").hexdigest())
        await opened.send(encode(Envelope(0, 0, NO_CALL, signed)))
        await is_refused(opened, "nicht nachgewiesen")
    return "schluessel.ohne_nachweis", TEMPLIN


async def copied_session(here: House) -> tuple[str, str]:
    """Session and secret of the booth, with a key of one's own."""
    other = Ed25519PrivateKey.generate()
    async with here.socket() as opened:
        said = await here.answers(opened, m.BoothHello(TEMPLIN, "s1", 0, public(other), "geheim"), other)
        assert isinstance(said, m.Refused)
        assert "mit einem anderen Schlüssel eingetragen" in said.text
    return "schluessel.fremd", TEMPLIN


async def key_of_another_booth(here: House) -> tuple[str, str]:
    """A key that is entered speaks for its own site only."""
    async with here.socket() as opened:
        said = await here.answers(opened, hello_of(here.key, LYCHEN), here.key)
        assert isinstance(said, m.Refused)
        assert "lisa site add lychen" in said.text
    return "schluessel.fehlt", LYCHEN


async def no_key_at_all(here: House) -> tuple[str, str]:
    """As booths came before there were keys."""
    async with here.socket() as opened:
        said = await here.answers(opened, m.BoothHello(GARTZ, "s9"), here.key)
        assert isinstance(said, m.Refused)
    return "schluessel.ohne_nachweis", GARTZ


async def second_booth_with_the_same_key(here: House) -> tuple[str, str]:
    """The file was copied to a second computer: while the first one is there, it stays outside."""
    async with here.socket() as opened:
        said = await here.answers(opened, hello_of(here.key), here.key)
        assert isinstance(said, m.Refused)
        assert said.code == "occupied"
    return "buero.doppelt", TEMPLIN


async def guessed_code(here: House) -> tuple[str, str]:
    """Wrong ones lock nobody out: the right one counts in between."""
    other = Ed25519PrivateKey.generate()
    here.book(lambda book: with_code(book, LYCHEN, "RICHTIGAAAAA", MONDAY, timedelta(days=1), replaces=False))
    for number in range(20):
        async with here.socket() as opened:
            said = await here.answers(opened, m.BoothEnrol(f"FALSCH{number}", public(other)), other)
            assert isinstance(said, m.Refused)
            assert "vertippt, schon benutzt oder abgelaufen" in said.text
    async with here.socket() as opened:
        assert isinstance(
            await here.answers(opened, m.BoothEnrol("RICHTIGAAAAA", public(other)), other), m.BoothEnrolled
        )
    return "schluessel.code_falsch", ""


async def used_code(here: House) -> tuple[str, str]:
    """The code was read over somebody's shoulder, and is spent."""
    with pytest.raises(LisaError, match="trägt diese Kabine nicht ein: Dieser Code gilt nicht"):
        await enrol(await dial(f"ws://{here.address}/ws/booth"), CODE, Ed25519PrivateKey.generate())
    return "schluessel.code_falsch", ""


async def somebody_elses_key_enrolled(here: House) -> tuple[str, str]:
    """With a code, but a public key whose other half somebody else has."""
    here.book(lambda book: with_code(book, LYCHEN, "RICHTIGAAAAA", MONDAY, timedelta(days=1), replaces=False))
    async with here.socket() as opened:
        victim, mine = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
        said = await here.answers(opened, m.BoothEnrol("RICHTIGAAAAA", public(victim)), mine)
        assert isinstance(said, m.Refused)
    return "schluessel.ohne_nachweis", ""


async def foreign_page(here: House) -> tuple[str, str]:
    """A page of somebody else in a browser on this machine."""
    with pytest.raises(InvalidStatus):
        async with here.socket(origin="https://boese.example"):
            raise AssertionError("a foreign page was let in")
    return "seite.fremd", ""


async def own_page(here: House) -> tuple[str, str]:
    """No page is a booth, not even one of the exchange itself."""
    with pytest.raises(InvalidStatus):
        async with here.socket(origin=f"http://{here.address}"):
            raise AssertionError("a page was let in as a booth")
    return "seite.fremd", ""


async def rebinding(here: House) -> tuple[str, str]:
    """A name of somebody else that resolves to this machine."""
    with pytest.raises(InvalidStatus):
        async with here.socket("boese.example"):
            raise AssertionError("a foreign name was let in")
    return "seite.fremd", ""


async def odd_keys(here: House) -> tuple[str, str]:
    """Keys in another spelling, of small order, or none: nobody proves anything with them."""
    upper = public(here.key).upper()
    for odd in (upper, "00" * 32, "01" + "00" * 31, "ec" + "ff" * 30 + "7f", "é" * 64, "x"):
        async with here.socket() as opened:
            said = await here.answers(opened, m.BoothHello(TEMPLIN, "s9", 0, odd), here.key)
            assert isinstance(said, m.Refused)
            assert "nachgewiesen" in said.text
    return "schluessel.ohne_nachweis", TEMPLIN


ATTACKS: Mapping[str, Callable[[House], Coroutine[Any, Any, tuple[str, str]]]] = {
    attack.__name__: attack
    for attack in (
        *(stolen_hello, replayed_proof, proof_of_another_hello, proof_for_another_certificate, copied_session),
        *(key_of_another_booth, no_key_at_all, second_booth_with_the_same_key, guessed_code, used_code),
        *(somebody_elses_key_enrolled, foreign_page, own_page, rebinding, odd_keys),
    )
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_it_is_refused_and_told_and_the_booth_goes_on(attack: str, tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as here:
            name, subject = await ATTACKS[attack](here)
            await here.told(name, subject)
            await here.goes_on()

    asyncio.run(play())


async def is_refused(opened: ClientConnection, why: str) -> None:
    said = decode(str(await opened.recv())).body
    assert isinstance(said, m.Refused)
    assert said.code == "key"
    assert why in said.text
    with pytest.raises(ConnectionClosed):
        await opened.recv()


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
            await heard(desk, m.CallEnded)
            assert asyncio.get_running_loop().time() - began_s < 5.0
            await here.told("schluessel.getrennt", TEMPLIN)
            await here.told("schluessel.gesperrt", TEMPLIN)  # it dials again, and stays outside
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

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
