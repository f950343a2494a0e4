"""The page on a phone, over its real TLS: who may answer, what is served, what an answer is worth."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
import socket
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from lisa_core.access import codes
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.harness.start.run import Order, run
from lisa_core.harness.tester.actor import ACTS
from lisa_core.harness.tester.panel import HERE, PHONE, PROGRAM, Asked, Kind, Panel, Reply
from lisa_core.harness.tester.phone import pairing, served, standing
from lisa_core.harness.tester.phone.drawings import drawing_of
from lisa_core.harness.tester.phone.opened import open_phone
from lisa_core.harness.tester.phone.pairing import AWAY_S, Pairing, Tried
from lisa_core.harness.tester.phone.person import READ_S, TYPED_S, way_of
from lisa_core.harness.tester.phone.place import ListenPlace, bound, listen_place
from lisa_core.harness.tester.phone.standing import PhoneDesk
from lisa_core.harness.tester.progress import RunProgress
from tests.system.programs import PROFILE, started
from tests.tester.test_guided_run import FEATURE, radar, walk

__all__ = ["radar"]
DRAWN = Path(pairing.__file__).parent / "pages" / "drawings.js"
JPEG = b"\xff\xd8\xff\xe0 a photograph"


@dataclass
class Opened:
    """A run with a phone, a client that trusts its certificate only, and what its terminal showed."""

    desk: PhoneDesk
    client: httpx.AsyncClient
    said: list[str]

    @property
    def panel(self) -> Panel:
        return self.desk.panel

    @property
    def code(self) -> str:
        return self.said[1].split()[1].strip(",")

    async def post(self, path: str, body: object = None, key: str = "", **headers: str) -> httpx.Response:
        own = {"Origin": f"https://{self.desk.at}", "X-Schluessel": key, **headers}
        return await self.client.post(path, json={} if body is None else body, headers=own)

    async def paired(self) -> str:
        answer = await self.post("/koppeln", {"code": self.code.lower()})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["key"])


@contextlib.asynccontextmanager
async def opened(tmp_path: Path, after: contextlib.AsyncExitStack | None = None) -> AsyncIterator[Opened]:
    """The client trusts nothing but the certificate whose fingerprint stands at the terminal; `after` closes it."""
    panel, said, photos = Panel(60), list[str](), tmp_path / "fotos"
    async with open_phone(panel, ListenPlace("127.0.0.1"), RunProgress(), photos, said.append) as desk:
        host, _, port = desk.at.partition(":")
        pem = await asyncio.to_thread(ssl.get_server_certificate, (host, int(port)))
        assert said[3].strip() == hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).digest().hex(":").upper()
        async with contextlib.AsyncExitStack() as own:
            client = httpx.AsyncClient(base_url=f"https://{desk.at}", verify=ssl.create_default_context(cadata=pem))
            await (after or own).enter_async_context(client)
            yield Opened(desk, client, said)


def test_the_phone_with_the_code_answers_and_the_terminal_may_be_first(tmp_path: Path) -> None:
    async def play() -> None:
        async with opened(tmp_path) as here:
            key = await here.paired()
            asking = asyncio.create_task(here.panel.ask(Kind.ACT, "Die Tür öffnen.", (), "open_door"))
            await asyncio.sleep(0)
            told = (await here.post("/jetzt", {"seen": ""}, key)).json()
            assert (told["asked"]["text"], told["asked"]["drawing"]) == ("Die Tür öffnen.", "door_open")
            body = {"number": told["asked"]["number"], "reply": "erledigt"}
            assert (await here.post("/antwort", body, key)).json() == {"taken": True}
            answer = await asking
            assert (answer.reply, answer.way) == (Reply.DONE, PROGRAM)  # typed and answered faster than anybody can

            asking = asyncio.create_task(here.panel.ask(Kind.QUESTION, "Brennt sie?"))
            waiting = asyncio.create_task(here.post("/jetzt", {"seen": told["seen"]}, key))
            number = (await waiting).json()["asked"]["number"]
            waiting = asyncio.create_task(
                here.post("/jetzt", {"seen": (await here.post("/jetzt", {}, key)).json()["seen"]}, key)
            )
            assert here.panel.answer(number, Reply.YES, way="Terminal")
            told = (await waiting).json()
            assert (told["asked"], told["last"]["way"]) == (None, "Terminal")
            assert (await here.post("/antwort", {"number": number, "reply": "nein"}, key)).json() == {"taken": False}
            assert (await asking).reply is Reply.YES

    asyncio.run(play())


def test_nobody_else_is_served_anything(tmp_path: Path) -> None:
    async def play() -> None:
        async with opened(tmp_path) as here:
            asking = asyncio.create_task(here.panel.ask(Kind.QUESTION, "Zu lesen?", (JPEG,)))
            key, home = await here.paired(), {"Origin": f"https://{here.desk.at}"}
            for path in ("/jetzt", "/antwort", "/foto/1", "/wechseln"):
                assert (await here.post(path, {"number": 1, "reply": "ja"})).status_code == 401
                assert (await here.post(path, {}, key[:-1])).status_code == 401
                assert (await here.post(path, {}, key, Origin="https://boese.example")).status_code == 403
                assert (await here.post(path, {}, key, Host="boese.example")).status_code == 403
                bare = await here.client.post(path, headers={"X-Schluessel": key})
                assert bare.status_code == 403  # a program that is no page
            assert (await here.client.get("/bild/1/0")).status_code == 404
            picture = await here.client.get("/bild/1/0", headers={"X-Schluessel": key})
            assert (picture.content, picture.headers["cache-control"]) == (JPEG, "no-store")
            page = await here.client.get("/")
            assert page.status_code == 200
            assert "set-cookie" not in page.headers
            for path in (
                "/seiten/",
                "/seiten/phone.html",
                "/seiten/..%2f__init__.py",
                "/gemeinsam/link.js",
                f"/bild/{'9' * 5000}/0",
                "/docs",
                "/ws",
            ):
                assert (await here.client.get(path)).status_code == 404, path
            with pytest.raises(httpx.HTTPError):
                await httpx.AsyncClient().get(f"http://{here.desk.at}/")
            too_long = await here.post("/antwort", {"number": 1, "reply": "ja", "reason": "x" * 9_000}, key)
            assert too_long.status_code == 400
            assert (
                await here.client.post("/antwort", content=b"[" * 1_900, headers={**home, "X-Schluessel": key})
            ).status_code == 400
            assert not asking.done()
            asking.cancel()

    asyncio.run(play())


def test_a_measured_number_comes_with_its_photograph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "MOST_BYTES", 1_000)

    async def play() -> None:
        async with opened(tmp_path) as here:
            key = await here.paired()
            headers = {"Origin": f"https://{here.desk.at}", "X-Schluessel": key}
            assert (await here.client.post("/foto/1", content=JPEG, headers=headers)).status_code == 404  # nobody asked
            asking = asyncio.create_task(here.panel.ask(Kind.NUMBER, "Breite der Tür (cm)"))
            await here.post("/jetzt", {}, key)
            assert (await here.client.post("/foto/1", content=b"GIF89a", headers=headers)).status_code == 400
            assert (await here.client.post("/foto/1", content=JPEG * 200, headers=headers)).status_code == 413
            name = (await here.client.post("/foto/1", content=JPEG, headers=headers)).json()["name"]
            assert [path.name for path in here.desk.photos.iterdir()] == [name]
            assert (here.desk.photos / name).read_bytes() == JPEG
            await here.post("/antwort", {"number": 1, "reply": "gemessen", "reason": f"91,5 {name}"}, key)
            assert (await asking).reason == f"91,5 {name}"

    asyncio.run(play())


def test_a_second_phone_is_told_and_the_first_may_hand_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "WAIT_S", 0.0)
    monkeypatch.setattr(pairing, "ALL_WAIT_S", 0.0)

    async def play() -> None:
        async with opened(tmp_path) as here:
            key = await here.paired()
            second = await here.post("/koppeln", {"code": here.code})  # spent
            assert (second.status_code, second.json()["why"]) == (409, "besetzt")
            await here.post("/wechseln", {}, key)
            assert (await here.post("/jetzt", {}, key)).status_code == 401
            assert here.said[-1].startswith("    Das Telefon ist abgemeldet. Code für ein anderes: ")
            assert (await here.post("/koppeln", {"code": here.said[-1].split()[-1]})).status_code == 200

    asyncio.run(play())


def test_a_phone_that_is_lost_and_comes_back_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "AWAY_S", 0.0)
    monkeypatch.setattr(standing, "WATCH_S", 0.01)

    async def play() -> None:
        async with opened(tmp_path) as here:
            key = await here.paired()
            while "meldet sich nicht mehr" not in here.said[-1]:
                await asyncio.sleep(0)
            assert re.search(r"Code für ein anderes: [A-Z]{4}-[A-Z]{4}$", here.said[-1])
            monkeypatch.setattr(pairing, "AWAY_S", 60.0)
            assert (await here.post("/jetzt", {}, key)).status_code == 200
            assert here.said[-1] == "    Das Telefon ist wieder da; der neue Code gilt nicht."
            assert here.desk.pairing.code == ""

    asyncio.run(play())


def test_it_is_served_at_its_address_only_whoever_holds_connections_open(tmp_path: Path) -> None:
    async def play() -> None:
        async with opened(tmp_path) as here:
            port = int(here.desk.at.rpartition(":")[2])
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection("127.0.0.2", port)
            elsewhere = ("127.0.0.3", 0)  # each address has its turn, and theirs is not that of the phone
            silent = [  # no handshake
                await asyncio.open_connection("127.0.0.1", port, local_addr=elsewhere) for _ in range(300)
            ]
            key = await here.paired()
            assert (await here.post("/jetzt", {}, key)).status_code == 200
            for _, writer in silent:
                writer.close()

    asyncio.run(play())


def test_the_end_of_the_run_is_told(tmp_path: Path) -> None:
    async def play() -> None:
        async with contextlib.AsyncExitStack() as after:
            async with opened(tmp_path, after) as here:
                key = await here.paired()
                seen = (await here.post("/jetzt", {}, key)).json()["seen"]
                waiting = asyncio.create_task(here.post("/jetzt", {"seen": seen}, key))
                while not here.desk.pairing.is_asking:
                    await asyncio.sleep(0)
            assert (await waiting).json()["over"] is True

    asyncio.run(play())


def test_a_whole_run_is_answered_on_the_phone(radar: str, tmp_path: Path) -> None:
    """Typed and answered by a program: it works, and its answers stand as what they are."""
    with started(tmp_path, "run", "radar.feature", "--profile", "echt.toml", "--listen", "127.0.0.1") as program:
        at = program.until("auf einem Telefon im Bürgerbüro").split()[-1].removesuffix("/")
        code = program.until("Code: ").split()[1].strip(",")
        headers = {"Origin": at}
        with httpx.Client(base_url=at, headers=headers, verify=ssl._create_unverified_context()) as phone:
            key = phone.post("/koppeln", json={"code": code}).json()["key"]
            headers["X-Schluessel"] = key
            seen = ""
            for text, act in (("Durch die Tür", "enter"), ("Das Bürgerbüro verlassen", "leave")):
                while not (told := phone.post("/jetzt", json={"seen": seen}, headers=headers).json())["asked"]:
                    seen = told["seen"]
                assert text in told["asked"]["text"]
                assert told["run"]["scenario"] == "Es klingelt"
                walk(radar, act)
                said = {"number": told["asked"]["number"], "reply": "erledigt"}
                assert phone.post("/antwort", json=said, headers=headers).json() == {"taken": True}
                program.until(f"erledigt ({PROGRAM})")
                seen = ""
        ending = program.ended()
    assert ending.code == 0, ending.output
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert f" s, {PROGRAM}" in report
    assert "Seite der Prüferin" in report


REAL = Order(("radar.feature",), profile="echt.toml")
REFUSED = {
    "kein Rechner": (replace(REAL, listen="überall"), "ist keine Adresse dieses Rechners"),
    "überall": (replace(REAL, listen="0.0.0.0"), "heißt „überall“"),
    "virtuelle Uhr": (Order(("radar.feature",), clock="virtual", listen="127.0.0.1"), "wird niemand gefragt"),
    "anderer Rechner": (replace(REAL, listen="192.0.2.77"), "hat dieser Rechner nicht"),
}


@pytest.fixture
def at_a_radar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "radar.feature").write_text(FEATURE, encoding="utf-8")
    (tmp_path / "echt.toml").write_text(f'{PROFILE}[slots.presence]\nbinding = "/dev/ttyUSB9"\n', encoding="utf-8")


@pytest.mark.usefixtures("at_a_radar")
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_listened_at_is_told_before_anything_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    order, said = REFUSED[name]
    assert run(order) == 4
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("at_a_radar")
def test_a_port_that_is_taken_is_a_fault_of_the_machine(capsys: pytest.CaptureFixture[str]) -> None:
    with bound(ListenPlace("127.0.0.1")) as taken:
        assert run(replace(REAL, listen=f"127.0.0.1:{taken.getsockname()[1]}")) == 5
    assert "ist schon belegt" in capsys.readouterr().err


# --- pure -----------------------------------------------------------------------------------------------------------


def test_a_code_is_used_once_and_guessing_takes_years() -> None:
    at = Pairing(0.0)
    code = at.code
    assert (len(code), len(codes.LETTERS), code.isalpha()) == (8, 24, True)
    assert at.attempt("AAAAAAAA", "192.0.2.1", 1.0) is Tried.WRONG
    assert at.attempt(code, "192.0.2.1", 1.5) is Tried.TOO_SOON  # the right one, too: no guess is free
    assert at.attempt(code, "192.0.2.2", 1.1) is Tried.TOO_SOON  # and not by many addresses
    tries = sum(at.attempt("BBBBBBBB", f"192.0.2.{n % 250}", 2 + n / 100) is Tried.WRONG for n in range(10_000))
    assert tries <= 5 * 100 + 1
    assert at.attempt(f" {code[:4].lower()}-{code[4:]} ", "192.0.2.9", 200.0) is Tried.PAIRED
    assert at.phone
    assert (at.knows(at.phone.key), at.knows(code), at.knows(""), at.code) == (True, False, False, "")
    assert at.attempt(code, "192.0.2.10", 210.0) is Tried.OCCUPIED


def test_a_phone_that_is_gone_may_be_replaced_and_one_that_is_back_stays() -> None:
    at = Pairing(0.0)
    assert at.attempt(at.code, "192.0.2.1", 5.0) is Tried.PAIRED
    assert at.phone
    first = at.phone.key
    at.comes(6.0)
    assert not at.is_lost(6.0 + 10 * AWAY_S)  # a request that is held
    at.goes(16.0)
    assert not at.is_lost(16.0 + AWAY_S)
    assert at.is_lost(16.1 + AWAY_S)
    code = at.renew(50.0)
    assert not at.is_lost(500.0)  # it was told
    assert at.comes(60.0)
    assert at.attempt(code, "192.0.2.2", 70.0) is Tried.OCCUPIED
    at.goes(70.0)
    code = at.renew(200.0)
    assert at.attempt(code, "192.0.2.2", 210.0) is Tried.PAIRED
    assert not at.knows(first)


@pytest.mark.parametrize(
    ("peer", "here", "paired_s", "answered_s", "way"),
    [
        ("192.168.1.20", "192.168.1.5", 9.0, 5.0, PHONE),
        ("192.168.1.5", "192.168.1.5", 9.0, 5.0, HERE),
        ("127.0.0.1", "127.0.0.1", 9.0, 5.0, HERE),
        ("::ffff:127.0.0.1", "::ffff:127.0.0.1", 9.0, 5.0, HERE),
        ("", "192.168.1.5", 9.0, 5.0, HERE),
        ("192.168.1.20", "192.168.1.5", TYPED_S / 2, 5.0, PROGRAM),
        ("192.168.1.20", "192.168.1.5", 9.0, READ_S / 2, PROGRAM),
    ],
)
def test_who_answers_is_seen_from_outside(peer: str, here: str, paired_s: float, answered_s: float, way: str) -> None:
    assert way_of(peer, here, paired_s, answered_s) == way


def test_another_address_of_this_machine_is_nobody_in_the_booth() -> None:
    """A program beside the run need not use the address at which the page is."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.7", 9))  # nothing is sent; the machine says from which address it would
        own = str(probe.getsockname()[0])
    assert way_of(own, "192.168.1.5", 9.0, 5.0) == HERE
    assert way_of("192.0.2.7", "192.168.1.5", 9.0, 5.0) == PHONE


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("192.168.1.5", ("192.168.1.5", 0)),
        ("192.168.1.5:8443", ("192.168.1.5", 8443)),
        ("[fd00::5]:8443", ("fd00::5", 8443)),
        ("fd00::5", ("fd00::5", 0)),
        ("0.0.0.0", None),
        ("::", None),
        ("224.0.0.1", None),
        ("kabine.example:8443", None),
        ("192.168.1.5:99999", None),
        ("192.168.1.5:٨", None),
        ("https://192.168.1.5", None),
        ("fe80::1%eth0", None),
        ("", None),
    ],
)
def test_one_address_is_named(text: str, place: tuple[str, int] | None) -> None:
    if place is None:
        with pytest.raises(LisaError, match="--listen"):
            listen_place(text)
        return
    assert listen_place(text) == ListenPlace(*place)


def test_an_address_that_is_not_ours_or_a_port_that_is_taken_is_told() -> None:
    with pytest.raises(LisaError, match="hat dieser Rechner nicht"):
        bound(ListenPlace("192.0.2.77"))
    with bound(ListenPlace("127.0.0.1")) as taken, pytest.raises(MachineError, match="schon belegt"):
        bound(ListenPlace("127.0.0.1", taken.getsockname()[1]))


def test_each_act_has_its_drawing() -> None:
    drawn = DRAWN.read_text(encoding="utf-8")
    names = {drawing_of(Asked(1, Kind.ACT, "", 0.0, (), act)) for act in ACTS}
    names |= {drawing_of(Asked(1, kind, "", 0.0)) for kind in Kind}
    assert not {name for name in names if f"\n  {name}: [" not in drawn}
    assert len(names) > 20
