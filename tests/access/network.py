"""An exchange as a program with TLS and keys, its booth of Templin, and what strangers on the network do to it."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from lisa_core.access.booths.book import KeyBook, with_code, with_key, without_key
from lisa_core.access.booths.kept import FolderBook
from lisa_core.access.booths.possession import proof_of
from lisa_core.access.trust import client_context
from lisa_core.domain.model.ids import CallId, SiteId, VisitId
from lisa_core.wire import messages as m
from lisa_core.wire.channel import certificate_of, dial
from lisa_core.wire.envelope import NO_CALL, Envelope, decode, encode
from lisa_core.wire.uplink import LinkUp, Uplink
from tests.access.certificates import Authority
from tests.access.floods import LONG, REFUSED, Ask, Flooded, many
from tests.system.programs import LIMIT_S, Program, started

AT = ("--at", "2026-11-23T10:00")
THEN = datetime.fromisoformat("2026-11-23T10:00+01:00")
TEMPLIN, LYCHEN, GARTZ = SiteId("templin"), SiteId("lychen"), SiteId("gartz")
ELSEWHERE = ("127.0.0.2", 0)
"""Where strangers come from: another address than the booth."""
SILENT = 1_000
"""Connections that a flood keeps at a time, of which an exchange lets a part be silent."""


@dataclass
class Network(Flooded):
    """What a row plays with."""

    home: Path
    url: str
    port: int
    program: Program
    authority: Authority
    key: Ed25519PrivateKey
    booth: Uplink
    sent: list[str]
    """What the booth has said, as somebody has it who once could listen."""
    calls: int = 0
    got: asyncio.Queue[None] = field(default_factory=asyncio.Queue)
    """One for each try of a flood that has got as far as it should."""

    def book(self, change: Callable[[KeyBook], KeyBook]) -> None:
        kept = FolderBook(self.home / "x")
        kept.change(lambda book: (change(book), None))
        kept.close()

    def code_for(self, site: SiteId, code: str) -> None:
        day = timedelta(days=1)
        self.book(lambda book: with_code(book, site, code, THEN, day, replaces=True))

    def trusting(self) -> ssl.SSLContext:
        return client_context(self.authority.file)

    @contextlib.asynccontextmanager
    async def stranger(self, door: str = "booth", **more: Any) -> AsyncIterator[ClientConnection]:
        """Somebody whose TLS is as it should be."""
        where = f"wss://localhost:{self.port}/ws/{door}"
        given = {"host": "127.0.0.1", "port": self.port, "local_addr": ELSEWHERE, **more}
        async with connect(where, ssl=self.trusting(), proxy=None, close_timeout=1, **given) as opened:
            yield opened

    async def says(self, opened: ClientConnection, text: str | m.Message) -> m.Message | None:
        """Say this; what comes back, None when the connection is ended."""
        try:
            await opened.send(text if isinstance(text, str) else encode(Envelope(0, 0, NO_CALL, text)))
            async with asyncio.timeout(LIMIT_S):
                return decode(str(await opened.recv())).body
        except ConnectionClosed:
            return None

    async def challenged(self, opened: ClientConnection, said: m.BoothHello | m.BoothEnrol) -> m.Challenge:
        found = await self.says(opened, said)
        assert isinstance(found, m.Challenge), found
        return found

    async def raw(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Somebody's TCP connection."""
        return await asyncio.open_connection("127.0.0.1", self.port, local_addr=ELSEWHERE)

    def asks(self) -> tuple[Ask, ...]:
        return (self._answer,)

    async def _answer(self) -> float:
        """How long a call waits for the first that it is told, the disk of the exchange included.

        50 ms of it are those for which the exchange collects what has changed.
        """
        self.calls += 1
        began_s = perf_counter()
        self.booth.send(m.PlaceCall(VisitId(f"templin-{self.calls}")), call := CallId(f"probe/{self.calls}"))
        while getattr(await self.booth.inbox.get(), "call", "") != call:
            """Something else."""
        return perf_counter() - began_s


Row = Callable[[Network], Coroutine[Any, Any, None]]


@contextlib.asynccontextmanager
async def open_network(home: Path) -> AsyncIterator[Network]:
    authority, key, sent = Authority(home), Ed25519PrivateKey.generate(), list[str]()
    certificate, private = authority.issue("kreis")
    public = key.public_key().public_bytes_raw().hex()
    data = home / "x"
    data.mkdir(mode=0o700)
    kept = FolderBook(data)
    kept.change(lambda book: (with_code(book, TEMPLIN, "A" * 12, THEN, timedelta(days=1), replaces=False), None))
    kept.change(lambda book: (with_key(book, "A" * 12, public, THEN)[0], None))
    kept.close()
    files = ("--certificate", str(certificate), "--key", str(private))
    async with contextlib.AsyncExitStack() as stack:
        program = stack.enter_context(started(home, "exchange", "--listen", "127.0.0.1:0", *files, "--data", "x", *AT))
        url = (await asyncio.to_thread(program.until, "Vermittlung bereit")).split()[-1].rstrip("/")
        port = int(url.rpartition(":")[2])

        async def dialled() -> Any:
            channel = await dial(f"wss://localhost:{port}/ws/booth", tls=client_context(authority.file))
            send = channel.send

            async def overheard(text: str) -> None:
                sent.append(text)
                await send(text)

            channel.send = overheard  # type: ignore[method-assign]  # somebody listens on the line
            return channel

        def hello(seen: int) -> m.BoothHello:
            return m.BoothHello(TEMPLIN, "s1", seen, public, "geheim", THEN.astimezone(UTC).isoformat())

        booth = Uplink(dialled, hello, str, lambda said, asked, on: proof_of(key, said, asked, certificate_of(on)))
        running = asyncio.create_task(booth.run())
        stack.callback(running.cancel)
        async with asyncio.timeout(LIMIT_S):
            while not isinstance(await booth.inbox.get(), LinkUp):
                """Not yet."""
        yield Network(home, url, port, program, authority, key, booth, sent)


# --- rows: each is refused, whatever it is ----------------------------------------------------------------------------


def hello_of(key: Ed25519PrivateKey, site: SiteId = TEMPLIN, secret: str = "") -> m.BoothHello:
    return m.BoothHello(site, "fremd", 0, key.public_key().public_bytes_raw().hex(), secret)


def is_refused(said: m.Message | None, why: str = "", code: str = "key") -> None:
    assert isinstance(said, m.Refused), said
    assert said.code == code, said
    assert why in said.text


async def stolen_hello(net: Network) -> None:
    async with net.stranger() as opened:
        assert isinstance(await net.says(opened, net.sent[0]), m.Challenge)
        is_refused(await net.says(opened, m.BoothProof("ab" * 64)), "nicht nachgewiesen")


async def replayed_proof(net: Network) -> None:
    async with net.stranger() as opened:
        assert isinstance(await net.says(opened, net.sent[0]), m.Challenge)
        is_refused(await net.says(opened, net.sent[1]), "nicht nachgewiesen")


async def proof_of_another_hello(net: Network) -> None:
    async with net.stranger() as opened:
        mine = hello_of(net.key, secret="meins")
        asked = await net.challenged(opened, mine)
        is_refused(await net.says(opened, proof_of(net.key, replace(mine, secret="deins"), asked, shown(opened))))


async def proof_without_certificate(net: Network) -> None:
    """As it would be made where nothing is encrypted."""
    async with net.stranger() as opened:
        mine = hello_of(net.key)
        is_refused(await net.says(opened, proof_of(net.key, mine, await net.challenged(opened, mine), "")))


async def proof_for_another_certificate(net: Network) -> None:
    async with net.stranger() as opened:
        mine = hello_of(net.key)
        is_refused(await net.says(opened, proof_of(net.key, mine, await net.challenged(opened, mine), "ab" * 32)))


async def copied_session(net: Network) -> None:
    other = Ed25519PrivateKey.generate()
    said = replace(hello_of(other, secret="geheim"), session="s1")
    is_refused(await proved(net, said, other), "mit einem anderen Schlüssel eingetragen")


async def another_site(net: Network) -> None:
    is_refused(await proved(net, hello_of(net.key, LYCHEN), net.key), "lisa site add lychen")


async def second_program(net: Network) -> None:
    is_refused(await proved(net, hello_of(net.key), net.key), "schon verbunden", "occupied")


async def unknown_site(net: Network) -> None:
    said = await proved(net, hello_of(net.key, SiteId("../x")), net.key)
    is_refused(said, "kennt sie nicht", "hello")


async def no_key(net: Network) -> None:
    async with net.stranger() as opened:
        assert isinstance(await net.says(opened, m.BoothHello(GARTZ, "s9")), m.Challenge)
        is_refused(await net.says(opened, m.BoothProof("")))


async def odd_keys(net: Network) -> None:
    for odd in ("00" * 32, "01" + "00" * 31, "ec" + "ff" * 30 + "7f", "é" * 64, hello_of(net.key).key.upper()):
        async with net.stranger() as opened:
            assert isinstance(await net.says(opened, m.BoothHello(TEMPLIN, "s9", 0, odd)), m.Challenge)
            is_refused(await net.says(opened, m.BoothProof("01" + "00" * 63)))


async def revoked_key(net: Network) -> None:
    other = Ed25519PrivateKey.generate()
    net.code_for(LYCHEN, "B" * 12)
    said = await proved(net, enrol_of(other, "B" * 12), other)
    assert isinstance(said, m.BoothEnrolled)
    net.book(lambda book: without_key(book, LYCHEN, THEN))
    is_refused(await proved(net, hello_of(other, LYCHEN), other), "gesperrt")
    net.code_for(LYCHEN, "C" * 12)
    is_refused(await proved(net, enrol_of(other, "C" * 12), other), "gilt nie wieder")


async def guessed_codes(net: Network) -> None:
    other = Ed25519PrivateKey.generate()
    net.code_for(GARTZ, "D" * 12)
    for guess in ("", "D" * 11, "' or 1=1 --", "%", "D" * 11 + "E"):
        is_refused(await proved(net, enrol_of(other, guess), other), "Dieser Code gilt nicht")
    assert isinstance(await proved(net, enrol_of(other, "D" * 12), other), m.BoothEnrolled)
    is_refused(await proved(net, enrol_of(Ed25519PrivateKey.generate(), "D" * 12), other))


async def expired_code(net: Network) -> None:
    other, day = Ed25519PrivateKey.generate(), timedelta(days=1)
    net.book(lambda book: with_code(book, GARTZ, "E" * 12, THEN - 2 * day, day, replaces=True))
    is_refused(await proved(net, enrol_of(other, "E" * 12), other), "Dieser Code gilt nicht")


async def somebody_elses_key(net: Network) -> None:
    net.code_for(GARTZ, "F" * 12)
    is_refused(await proved(net, enrol_of(Ed25519PrivateKey.generate(), "F" * 12), net.key), "nicht nachgewiesen")


async def work_before_proof(net: Network) -> None:
    """Something else than the proof: whatever it is, nothing of it happens."""
    async with net.stranger() as opened:
        await net.challenged(opened, hello_of(net.key))
        placed = encode(Envelope(1, 0, CallId("x/1"), m.PlaceCall(VisitId("templin-9"))))
        is_refused(await net.says(opened, placed), "must be a BoothProof", "hello")


async def hello_at_the_desks_door(net: Network) -> None:
    for said in (hello_of(net.key), enrol_of(net.key, "A" * 12), m.BoothProof("ab")):
        async with net.stranger("desk") as opened:
            found = await net.says(opened, said)
            assert found is None or (isinstance(found, m.Refused) and found.code != "key"), found


BAD = (
    '{"v":1,"type":"booth.enrol","body":{"code":"\\ud800","key":""}}',
    "[" * 100_000,
    "\x00",
    '{"v":1}',
    "x" * 300_000,
)


async def bad_texts(net: Network) -> None:
    for text in (*BAD, encode(Envelope(0, 0, NO_CALL, m.BoothEnrol("A" * 200_000, "")))):
        async with net.stranger() as opened:
            found = await net.says(opened, text)
            assert found is None or isinstance(found, m.Refused), found
        async with net.stranger() as opened:
            await net.challenged(opened, hello_of(net.key))
            found = await net.says(opened, text)
            assert found is None or isinstance(found, m.Refused), found


async def foreign_pages(net: Network) -> None:
    for door in ("booth", "desk"):
        for origin in ("https://boese.example", "null", f"http://localhost:{net.port}", "https://localhost"):
            await stays_outside(net, door, origin=origin)
    await stays_outside(net, "booth", origin=f"https://localhost:{net.port}")


async def foreign_names(net: Network) -> None:
    for name in ("boese.example", "localhost.boese.example", "127.0.0.2"):
        try:
            async with connect(
                f"wss://{name}:{net.port}/ws/booth", host="127.0.0.1", port=net.port, proxy=None,
                ssl=net.trusting(), server_hostname="localhost",
            ):  # fmt: skip
                raise AssertionError(f"let in as {name}")
        except InvalidHandshake:
            """It stays outside."""


async def plain_text(net: Network) -> None:
    """HTTP without TLS, the greeting of another protocol, and rubbish."""
    for said in (
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"SSH-2.0-x\r\n",
        b"\x16\x03\x01\xff\xff" + b"\0" * 70_000,
    ):
        reader, writer = await net.raw()
        with contextlib.suppress(OSError):
            writer.write(said)
            async with asyncio.timeout(LIMIT_S):
                answer = await reader.read(4_000)
            assert b"HTTP/1" not in answer
        writer.close()


async def old_tls(net: Network) -> None:
    for version in ("TLSv1", "TLSv1_1"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(net.authority.file)
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = getattr(ssl.TLSVersion, version)
        with contextlib.suppress(*REFUSED):
            await asyncio.open_connection("127.0.0.1", net.port, ssl=context, server_hostname="localhost")
            raise AssertionError(f"{version} was spoken")


async def stays_outside(net: Network, door: str, **more: Any) -> None:
    try:
        async with net.stranger(door, **more):
            raise AssertionError(f"let in: {more}")
    except InvalidHandshake:
        return


async def proved(net: Network, said: m.BoothHello | m.BoothEnrol, key: Ed25519PrivateKey) -> m.Message | None:
    """Say it, prove it with this key if it is asked for, and return the last answer."""
    async with net.stranger() as opened:
        answer = await net.says(opened, said)
        if isinstance(answer, m.Challenge):
            answer = await net.says(opened, proof_of(key, said, answer, shown(opened)))
        return answer


def enrol_of(key: Ed25519PrivateKey, code: str) -> m.BoothEnrol:
    return m.BoothEnrol(code, key.public_key().public_bytes_raw().hex())


def shown(opened: ClientConnection) -> str:
    from lisa_core.wire.websocket import WebSocketChannel

    return WebSocketChannel(opened).certificate


# --- floods: meanwhile the booth gets its answers ---------------------------------------------------------------------


async def flood_of_handshakes(net: Network) -> None:
    context = net.trusting()

    async def one() -> None:
        _, writer = await asyncio.open_connection(
            "127.0.0.1", net.port, ssl=context, server_hostname="localhost", local_addr=ELSEWHERE
        )
        writer.close()

    await many(net, one, 20)


async def flood_of_silence(net: Network) -> None:
    """Many more connections than may be silent, without a word; the oldest make room before ours run out."""
    held = deque[asyncio.StreamWriter]()

    async def one() -> None:
        reader, writer = await net.raw()
        held.append(writer)
        if len(held) > SILENT:
            held.popleft().close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.002):  # `wait_for` of Python 3.11 may lose that this is to end
                await reader.read(1)

    try:
        await many(net, one, 2)
    finally:
        for writer in held:
            writer.close()


async def flood_of_wrong_proofs(net: Network) -> None:
    async def one() -> None:
        async with net.stranger() as opened:
            await net.challenged(opened, hello_of(net.key))
            is_refused(await net.says(opened, m.BoothProof("ab" * 64)), "nicht nachgewiesen")

    await many(net, one, 10)


async def flood_of_codes(net: Network) -> None:
    other = Ed25519PrivateKey.generate()
    await many(net, lambda: _guess(net, other), 10)


async def _guess(net: Network, key: Ed25519PrivateKey) -> None:
    is_refused(await proved(net, enrol_of(key, "FALSCH"), key), "Dieser Code gilt nicht")


async def flood_of_requests(net: Network) -> None:
    """Requests for pages, one after the other on few connections."""
    context = net.trusting()

    async def one() -> None:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", net.port, ssl=context, server_hostname="localhost", local_addr=ELSEWHERE
        )
        for _ in range(500):
            writer.write(f"GET /gemeinsam/lisa.css HTTP/1.1\r\nHost: localhost:{net.port}\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            size = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
            await reader.readexactly(size)
            net.got.put_nowait(None)
        writer.close()

    await many(net, one, 6)


async def unanswered_challenges(net: Network) -> None:
    """Challenged, and silent from then on."""
    async with contextlib.AsyncExitStack() as stack:

        async def one() -> None:
            await net.challenged(await stack.enter_async_context(net.stranger()), hello_of(net.key))

        await many(net, one, 5)


ROWS: Mapping[str, Row] = {
    row.__name__: row
    for row in (
        *(stolen_hello, replayed_proof, proof_of_another_hello, proof_without_certificate),
        *(proof_for_another_certificate, copied_session, another_site, second_program, unknown_site, no_key, odd_keys),
        *(revoked_key, guessed_codes, expired_code, somebody_elses_key, work_before_proof, hello_at_the_desks_door),
        *(bad_texts, foreign_pages, foreign_names, plain_text, old_tls),
    )
}
FLOODS: Mapping[str, Row] = {
    row.__name__: row
    for row in (
        *(flood_of_handshakes, flood_of_silence),
        *((flood_of_codes, flood_of_wrong_proofs, flood_of_requests, unanswered_challenges) if LONG else ()),
    )
}
TOLD = {
    ("schluessel.ohne_nachweis", "templin"),
    ("schluessel.fremd", "templin"),
    ("schluessel.fehlt", "lychen"),
    ("schluessel.gesperrt", "lychen"),
    ("schluessel.eingetragen", "lychen"),
    ("schluessel.code_falsch", ""),
    ("buero.doppelt", "templin"),
    ("seite.fremd", ""),
}
"""What the administration is told of all this: names and sites, and nothing else."""
