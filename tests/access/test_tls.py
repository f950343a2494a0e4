"""TLS of an exchange: whom booths trust, what is refused, certificates that are renewed, and who stands in between."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import errno
import os
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from lisa_core.access.booths.book import with_code
from lisa_core.access.booths.kept import FolderBook
from lisa_core.access.booths.possession import proof_of
from lisa_core.access.trust import client_context
from lisa_core.booth.enrolment import enrol
from lisa_core.cli.start.booth import door, no_answer
from lisa_core.cli.start.served import addresses
from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.errors import DeviceFault, LisaError
from lisa_core.exchange.program import open_exchange, serve_exchange
from lisa_core.host.clock import Clock
from lisa_core.web import tls_door
from lisa_core.web.asgi import listening_socket
from lisa_core.web.server_limits import MAX_SILENT
from lisa_core.web.tls import FORMER_FOR, ServedCertificate
from lisa_core.wire import messages as m
from lisa_core.wire.channel import certificate_of, dial
from lisa_core.wire.uplink import LinkBarred, LinkDown, LinkUp, Uplink
from tests.access.certificates import DAY, NOW, Authority
from tests.access.test_booth_keys import CODE, MONDAY, TEMPLIN, heard, public
from tests.routing.office import directory
from tests.system.test_two_programs import entries, settled

LIMIT_S = 60.0
SECOND = datetime.timedelta(seconds=1)


@dataclass
class TlsHouse:
    """An exchange that speaks TLS under the names of `HERE`, with Templin entered and not enrolled."""

    folder: Path
    port: int
    authority: Authority
    served: ServedCertificate

    @property
    def url(self) -> str:
        return f"wss://localhost:{self.port}/ws/booth"

    def trusting(self) -> ssl.SSLContext:
        return client_context(self.authority.file)

    def booth(self, key: Ed25519PrivateKey, url: str) -> Uplink:
        def hello(seen: int) -> m.BoothHello:
            return m.BoothHello(TEMPLIN, "s1", seen, public(key), "geheim")

        return Uplink(
            lambda: dial(url, tls=self.trusting()),
            hello,
            str,
            lambda said, asked, on: proof_of(key, said, asked, certificate_of(on)),
        )

    async def told(self, name: str) -> None:
        log = self.folder / "x" / "exchange.sqlite"
        await settled(lambda: name in {row[0] for row in entries(log)}, name)


@contextlib.asynccontextmanager
async def tls_house(folder: Path) -> AsyncIterator[TlsHouse]:
    authority = Authority(folder)
    served = ServedCertificate(*authority.issue("vermittlung"), NOW)
    data = folder / "x"
    async with contextlib.AsyncExitStack() as stack:
        opening = open_exchange(directory(), Rules(), Clock(MONDAY), data, shown=served, strict=True)
        exchange = await stack.enter_async_context(opening)
        serving = serve_exchange(exchange, directory(), listening_socket("127.0.0.1", 0), shown=served)
        address = await stack.enter_async_context(serving)
        kept = FolderBook(data)
        day = datetime.timedelta(days=1)
        kept.change(lambda book: (with_code(book, TEMPLIN, CODE, MONDAY, day, replaces=False), None))
        kept.close()
        yield TlsHouse(folder, int(address.rpartition(":")[2]), authority, served)


# --- a booth, its exchange, and somebody in between -------------------------------------------------------------------


def test_a_proof_fits_the_certificate_also_a_renewed_one_and_nobody_can_pass_it_on(tmp_path: Path) -> None:
    async def play() -> None:
        async with tls_house(tmp_path) as here, contextlib.AsyncExitStack() as stack:
            key = Ed25519PrivateKey.generate()
            await enrol(await dial(here.url, tls=here.trusting()), CODE, key)
            between = await stack.enter_async_context(in_between(here))
            lured = here.booth(key, f"wss://localhost:{between}/ws/booth")
            luring = asyncio.create_task(lured.run())
            await here.told("schluessel.ohne_nachweis")
            assert isinstance(await heard(lured, LinkUp | LinkBarred), LinkBarred)
            luring.cancel()
            booth = here.booth(key, here.url)
            running = asyncio.create_task(booth.run())
            await heard(booth, LinkUp)
            before = here.served.shown.digest
            here.authority.issue("vermittlung", key=None)
            await here.told("zertifikat.geaendert")
            assert here.served.shown.digest != before
            assert await heard(booth, m.Staffed | LinkDown) == m.Staffed(there=False), (
                "who is connected stays connected"
            )
            assert booth.inbox.empty()
            other = here.booth(key, here.url)  # the same program again, over a new connection
            again = asyncio.create_task(other.run())
            await heard(other, LinkUp)
            await heard(booth, LinkDown)
            channel = await dial(here.url, tls=here.trusting())
            assert certificate_of(channel) == here.served.shown.digest
            await channel.aclose()
            for task in (running, again):
                task.cancel()
            await asyncio.gather(luring, running, again, return_exceptions=True)

    asyncio.run(play())


@contextlib.asynccontextmanager
async def in_between(here: TlsHouse) -> AsyncIterator[int]:
    """Somebody whose certificate the same authority has signed: whatever is said passes through, decrypted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*here.authority.issue("dazwischen"))

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("localhost", here.port, ssl=here.trusting())
        await asyncio.gather(_pump(reader, back), _pump(there, writer))

    server = await asyncio.start_server(relay, "127.0.0.1", 0, ssl=context)
    async with server:
        yield int(server.sockets[0].getsockname()[1])


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
        writer.close()


# --- what a booth says of whoever it does not trust -------------------------------------------------------------------

EXPIRED, EARLY = (NOW - 30 * DAY, NOW - DAY), (NOW + DAY, NOW + 30 * DAY)
SHOWN: Mapping[str, tuple[Callable[[Authority, Authority], tuple[Path, Path]], str]] = {
    "another host": (lambda ours, _: ours.issue("x", ("anderswo.example",)), "für einen anderen Rechner; stimmt die A"),
    "expired": (
        lambda ours, _: ours.issue("x", valid=EXPIRED),
        "ist abgelaufen; geht die Uhr dieses Rechners richtig?",
    ),
    "clock off": (
        lambda ours, _: ours.issue("x", valid=EARLY),
        "gilt noch nicht; geht die Uhr dieses Rechners richtig?",
    ),
    "unknown authority": (lambda _, other: other.issue("x"), "kennt dieser Rechner nicht. Die Datei des Ausstellers"),
}


@pytest.mark.parametrize("case", SHOWN)
def test_whom_a_booth_does_not_trust_it_tells_why(case: str, tmp_path: Path) -> None:
    ours, other = Authority(tmp_path), Authority(tmp_path, "Andere-CA")
    files, said = SHOWN[case]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files(ours, other))
    complaint = asyncio.run(_complaint(context, client_context(ours.file)))
    assert said in complaint
    assert "?." not in complaint


def test_an_exchange_that_speaks_plainly_is_told_as_one(tmp_path: Path) -> None:
    assert "unverschlüsselt gesprochen" in asyncio.run(_complaint(None, client_context(Authority(tmp_path).file)))


async def _complaint(server_tls: ssl.SSLContext | None, trusting: ssl.SSLContext) -> str:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            await reader.read(1)
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=server_tls)
    async with server:
        with pytest.raises(DeviceFault) as caught:
            await dial(f"wss://localhost:{server.sockets[0].getsockname()[1]}/ws/booth", tls=trusting)
    return no_answer("https://vermittlung.example", caught.value)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("127.0.0.1:1", "dort nimmt niemand Verbindungen an."),
        ("kabine.invalid:443", "den Rechnernamen kennt hier niemand."),
    ],
)
def test_where_nobody_listens_it_tells_why(place: str, said: str) -> None:
    with pytest.raises(DeviceFault) as caught:
        asyncio.run(dial(f"ws://{place}/ws/booth"))
    assert said in no_answer(f"http://{place}", caught.value)


def test_a_port_that_the_system_refuses_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where everybody may open every port, as in many containers."""

    def refuses(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuses)
    with pytest.raises(LisaError, match="Den Port 443 darf dieser Benutzer nicht öffnen"):
        listening_socket("127.0.0.1", 443)


def test_a_port_that_not_every_user_may_open_is_told_with_its_remedy() -> None:
    if int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text()) <= 1:
        pytest.skip("here everybody may open every port")
    code = "from lisa_core.web.asgi import listening_socket; listening_socket('127.0.0.1', 1)"
    unless_root = ("setpriv", "--bounding-set=-net_bind_service") if os.geteuid() == 0 else ()
    done = subprocess.run([*unless_root, sys.executable, "-c", code], capture_output=True, text=True)
    assert "Den Port 1 darf dieser Benutzer nicht öffnen" in done.stderr
    assert "AmbientCapabilities=CAP_NET_BIND_SERVICE" in done.stderr


def test_over_the_network_only_with_tls() -> None:
    assert door("https://vermittlung.example") == "wss://vermittlung.example:443/ws/booth"
    assert door("http://127.0.0.1:8410") == "ws://127.0.0.1:8410/ws/booth"
    with pytest.raises(LisaError, match="Über das Netz nur verschlüsselt"):
        door("http://vermittlung.example:8410")
    with pytest.raises(LisaError, match="Am Anfang fehlt „https://“"):
        door("vermittlung.example")


def test_a_certificate_for_all_names_below_is_told_as_an_address_that_can_be_typed(tmp_path: Path) -> None:
    for hosts, said in (
        (("*.kreis.example", "kabinen.kreis.example"), "https://kabinen.kreis.example:8443/"),
        (("*.kreis.example",), "https://NAME.kreis.example:8443/"),
    ):
        served = ServedCertificate(*Authority(tmp_path).issue("x", hosts), NOW)
        assert addresses("0.0.0.0:8443", served) == said


# --- files that nobody is served with ---------------------------------------------------------------------------------


def _small() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65_537, 1024)


def _open_to_all(ours: Authority) -> tuple[Path, Path]:
    certificate, key = ours.issue("x")
    key.chmod(0o644)
    return certificate, key


FILES: Mapping[str, tuple[Callable[[Authority], tuple[Path, Path]], str]] = {
    "no file": (
        lambda ours: (ours.folder / "fehlt", ours.folder / "fehlt"),
        "lässt sich nicht lesen (das gibt es",
    ),
    "no certificate": (lambda ours: (ours.issue("x")[1], ours.issue("y")[1]), "Das ist kein Zertifikat"),
    "not together": (lambda ours: (ours.issue("x")[0], ours.issue("y")[1]), "passen nicht zueinander"),
    "a password": (lambda ours: ours.issue("x", password="geheim"), "kein PEM ohne Kennwort"),
    "open to all": (_open_to_all, "dürfen alle auf dem Rechner lesen"),
    "expired": (lambda ours: ours.issue("x", valid=EXPIRED), "abgelaufen"),
    "not yet": (lambda ours: ours.issue("x", valid=EARLY), "gilt erst ab dem"),
    "no host": (lambda ours: ours.issue("x", ()), "nennt keinen Rechner"),
    "a short key": (lambda ours: ours.issue("x", key=_small()), "hat nur 1024 Bit"),
}


@pytest.mark.parametrize("case", FILES)
def test_what_cannot_be_served_is_refused_with_a_sentence(case: str, tmp_path: Path) -> None:
    files, said = FILES[case]
    with pytest.raises(LisaError) as caught:
        ServedCertificate(*files(Authority(tmp_path)), NOW)
    assert said in str(caught.value)


def test_half_a_renewal_changes_nothing_and_an_end_is_foretold(tmp_path: Path) -> None:
    ours = Authority(tmp_path)
    certificate, key = ours.issue("x")
    served = ServedCertificate(certificate, key, NOW)
    first = served.shown.digest
    assert list(served.look(NOW)) == []
    new_certificate, new_key = ours.issue("y")
    certificate.write_bytes(new_certificate.read_bytes())
    (told,) = served.look(NOW)
    assert "das bisherige gilt weiter" in told
    assert list(served.look(NOW)) == []
    assert served.shown.digest == first
    key.write_bytes(new_key.read_bytes())
    (told,) = served.look(NOW)
    assert "Das erneuerte Zertifikat gilt jetzt" in told
    assert served.digests == {first, served.shown.digest}
    assert list(served.look(NOW + FORMER_FOR)) == []
    assert first in served.digests, "a proof that was on its way"
    assert list(served.look(NOW + FORMER_FOR + SECOND)) == []
    assert served.digests == {served.shown.digest}, "whoever has the former key stands in between no longer"
    for days, said in ((20, "läuft am {} ab"), (31, "ist seit dem {} abgelaufen")):
        (told,) = served.look(NOW + days * DAY)
        assert said.format(f"{NOW + 30 * DAY:%d.%m.%Y}") in told
        assert list(served.look(NOW + days * DAY)) == []


def test_a_renewed_certificate_that_forgets_a_name_is_taken_and_told(tmp_path: Path) -> None:
    ours = Authority(tmp_path)
    served = ServedCertificate(*ours.issue("x", ("a.kreis.example", "vermittlung.kreis.example")), NOW)
    ours.issue("x", ("a.kreis.example", "b.kreis.example"))
    renewed, lost = served.look(NOW)
    assert "gilt jetzt" in renewed
    assert "nennt nicht mehr: vermittlung.kreis.example." in lost


# --- what strangers try -----------------------------------------------------------------------------------------------


WEAK = ("AES256-SHA", "AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305")


def test_old_versions_and_weak_ciphers_find_nobody(tmp_path: Path) -> None:
    async def tried(port: int, version: ssl.TLSVersion, ciphers: str) -> str:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(tmp_path / "Muster-CA.pem")
        context.minimum_version = context.maximum_version = version
        context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
        try:
            _, writer = await asyncio.open_connection("localhost", port, ssl=context)
        except (ssl.SSLError, ConnectionError):
            return ""
        found = writer.get_extra_info("cipher")[0]
        writer.close()
        return str(found)

    async def play() -> None:
        async with tls_house(tmp_path) as here:
            v1, v2, v3 = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
            assert [await tried(here.port, v, "ALL") for v in (v1, ssl.TLSVersion.TLSv1_1)] == ["", ""]
            for weak in (
                "AES256-SHA",
                "AES128-GCM-SHA256",
                "ECDHE-ECDSA-AES128-SHA256",
                "ECDHE-ECDSA-CHACHA20-POLY1305",
            ):
                assert await tried(here.port, v2, weak) == "", weak
            assert await tried(here.port, v2, "ALL") == "ECDHE-ECDSA-AES256-GCM-SHA384"
            assert await tried(here.port, v3, "ALL") == "TLS_AES_256_GCM_SHA384"

    with pytest.warns(DeprecationWarning, match="TLSv1"):
        asyncio.run(play())


def test_whoever_opens_connections_and_shakes_no_hand_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tls_door, "HANDSHAKE_S", 1.0)

    async def play() -> None:
        async with tls_house(tmp_path) as here, contextlib.AsyncExitStack() as stack:
            elsewhere = ("127.0.0.2", 0)
            silent = [
                await asyncio.open_connection("127.0.0.1", here.port, local_addr=elsewhere)
                for _ in range(MAX_SILENT + 40)
            ]
            for _, writer in silent:
                stack.callback(writer.close)
            began_s = asyncio.get_running_loop().time()
            async with httpx.AsyncClient(verify=here.trusting()) as client:
                assert (await client.get(f"https://localhost:{here.port}/")).status_code == 200
            assert asyncio.get_running_loop().time() - began_s < 4.0
            async with asyncio.timeout(LIMIT_S):
                for reader, _ in (silent[0], silent[-1]):  # of too many the first at once, the last when its time is up
                    with contextlib.suppress(ConnectionError):
                        assert await reader.read(1) == b""

    asyncio.run(play())


# Host, Origin, and whether it is let in; PORT stands for the port of the exchange.
ASKED: tuple[tuple[str, str | None, bool], ...] = (
    ("localhost:PORT", None, True),
    ("LOCALHOST:PORT", "https://localhost:PORT", True),
    ("localhost:PORT", "https://localhost:1", False),
    ("localhost:PORT", "http://localhost:PORT", False),
    ("localhost:PORT", "https://boese.example", False),
    ("localhost:PORT", "null", False),
    ("boese.example:PORT", None, False),
    ("boese.example", "https://boese.example", False),
    ("127.0.0.1:PORT", "https://localhost:PORT", False),
    ("localhost.boese.example", None, False),
    ("", None, False),
)


def test_pages_and_sockets_are_served_under_the_names_of_the_certificate_only(tmp_path: Path) -> None:
    async def play() -> None:
        async with tls_house(tmp_path) as here, httpx.AsyncClient(verify=here.trusting()) as client:
            for host, origin, let_in in ASKED:
                headers = {"host": host.replace("PORT", str(here.port))}
                if origin is not None:
                    headers["origin"] = origin.replace("PORT", str(here.port))
                answer = await client.get(f"https://localhost:{here.port}/", headers=headers)
                assert (answer.status_code == 200) is let_in, (host, origin)
            await here.told("seite.fremd")
            answer = await client.get(f"https://localhost:{here.port}/")
            assert answer.headers["strict-transport-security"].startswith("max-age=")
            assert "server" not in answer.headers
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            with pytest.raises(InvalidStatus):
                async with connect(here.url, ssl=here.trusting(), proxy=None, origin="https://boese.example"):
                    raise AssertionError("a foreign page was let in")

    asyncio.run(play())


def test_where_strict_nobody_comes_in_that_is_not_entered(tmp_path: Path) -> None:
    """On the network, before anybody was entered: an exchange does not begin open to all."""

    async def play() -> None:
        async with tls_house(tmp_path) as here:
            booth = here.booth(Ed25519PrivateKey.generate(), here.url)
            running = asyncio.create_task(booth.run())
            await here.told("schluessel.fehlt")
            assert isinstance(await heard(booth, LinkUp | LinkBarred), LinkBarred)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    asyncio.run(play())
