"""`lisa portal` as a program: how it starts and does not, two of them at one place, and every way in which it ends."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import threading
from concurrent.futures import Future
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGTERM
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from lisa_core.cli.commands import lisa
from lisa_core.host.program import BAD_INPUT, HARNESS, INTERRUPTED, MACHINE, OK, run_program
from sojus.config.offices_file import read_offices
from sojus.domain.rights.members import Membership
from sojus.service.deeds import Deed
from sojus.service.service import Service
from sojus.store.kept import KeptPlacements
from sojus.store.persons.opening import FILE
from sojus.store.persons.persons import Persons
from tests.sojus.portal.house import LIMIT_S, PASSWORD, PLAIN, Somebody, new_key, open_house
from tests.system.programs import Program

OFFICES = Path(__file__).resolve().parents[3] / "fixtures" / "sojus" / "stellen.toml"
ACCOUNT = ("portal", "member", "add", "e.muster", "--role", "jugendamt", "--office", "jugendamt-uckermark")
WISH = {"area": "jugendhilfe", "kind": "heim", "people": [{"age": 15, "gender": "w"}]}
HALF_A_LOG_IN = (
    "POST /anmelden HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\ncontent-type: application/json\r\n"
    'content-length: 99\r\nexpect: 100-continue\r\n\r\n{{"name":'
)


def started(stack: ExitStack, home: Path, *more: str) -> tuple[Program, str]:
    program = Program(home, "portal", "--demo", "--listen", "127.0.0.1:0", *more)
    stack.callback(program.end, SIGKILL)
    return program, program.until("SoJuS bereit: ").split()[-1].rstrip("/")


async def as_office(url: str, stack: Any) -> Somebody:
    client = httpx.AsyncClient(base_url=url, trust_env=False, verify=PLAIN, timeout=LIMIT_S)
    found = Somebody(url, await stack.enter_async_context(client))
    assert (await found.post("/api/demo", {"as": "amt-uckermark"})).status_code == 200
    await found.look()
    return found


def test_what_was_answered_outlives_a_kill_and_is_known_to_the_other_portal(tmp_path: Path) -> None:
    async def walk(first: Program, second: Program, here: str, there: str) -> None:
        from contextlib import AsyncExitStack

        async with AsyncExitStack() as stack:
            one, other = await as_office(here, stack), await as_office(there, stack)
            found = (await other.post("/api/search", WISH)).json()
            place, key = found["hits"][0]["place"], new_key()
            wish = {"key": key, "case": await one.case(), "places": [{"place": place}], "from": found["today"]}
            async with other.listening(found["id"], found["at"]) as ear:
                done = await one.post("/api/reserve", wish)
                assert done.status_code == 200, done.text
                _, told = await ear.next("change")
                assert (told["place"], told["what"]) == (place, "gone")
            forgotten = await one.act(f"/api/cases/{await one.case()}/forget", purpose="auskunft")
            assert forgotten.status_code == 200, forgotten.text
            first.end(SIGKILL)
            again = await other.post("/api/reserve", wish)
            assert again.json() == {**done.json(), "again": True}
            async with other.listening():
                ended = await asyncio.to_thread(second.end, SIGTERM)  # were the page not cut, it would never
                assert (ended.code, "Traceback" in ended.output) == (OK, False), ended
        with closing(sqlite3.connect(tmp_path / "daten" / FILE)) as db:
            ((traces,),) = db.execute("select traces from sojus_person_state").fetchall()
            assert traces < 0, "also of what the one deleted that was killed"

    with ExitStack() as stack:
        data = ("--data", str(tmp_path / "daten"))
        (first, here), (second, there) = (started(stack, tmp_path, *data) for _ in range(2))
        asyncio.run(walk(first, second, here, there))
        third, _ = started(stack, tmp_path)
        assert list(third.temporary.iterdir()), "a demonstration lies in a folder that goes with it"
        ended = third.end(SIGINT)
        assert (ended.code, "Traceback" in ended.output) == (INTERRUPTED, False)
        assert not list(third.temporary.iterdir())


def test_a_fault_of_ours_while_time_passes_ends_it_with_a_code_and_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(kept: KeptPlacements, now: datetime) -> None:
        raise ValueError("Erika Muster")

    async def walk() -> None:
        async with open_house(tmp_path), asyncio.timeout(LIMIT_S):
            monkeypatch.setattr(KeptPlacements, "bring_due", fails)
            await asyncio.Event().wait()

    assert run_program(walk()) == HARNESS
    said = capsys.readouterr().err
    assert "Ein Fehler in SoJuS selbst (ValueError, " in said
    assert not any(one in said for one in ("Muster", "Traceback"))


def test_whoever_waits_when_it_ends_is_told_so_and_asks_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def walk() -> None:
        begun, never = asyncio.Event(), Future[Any]()
        loop = asyncio.get_running_loop()

        def begin(service: Service, deed: Deed) -> Future[Any]:
            loop.call_soon_threadsafe(begun.set)
            return never

        async with httpx.AsyncClient(trust_env=False, verify=PLAIN, timeout=LIMIT_S) as client:
            async with open_house(tmp_path) as opened:
                client.base_url = httpx.URL(opened.url)
                here = Somebody(opened.url, client)
                await here.log_in("h.hier")
                wish = {"places": [{"place": "bett-1"}], "from": "2026-12-01", "case": await here.case()}
                monkeypatch.setattr(Service, "begin", begin)
                waiting = asyncio.create_task(here.act("/api/reserve", **wish))
                await begun.wait()
            answer = await waiting
        assert (answer.status_code, answer.json()["reason"]) == (503, "away")
        assert "doppelt geschieht nichts" in answer.json()["error"]

    asyncio.run(walk())


def test_whoever_waits_for_a_page_or_the_log_in_when_it_ends_reads_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def walk(released: threading.Event) -> None:
        loop, begun = asyncio.get_running_loop(), asyncio.Event()

        def memberships(persons: Persons, account: str) -> tuple[Membership, ...]:
            loop.call_soon_threadsafe(begun.set)
            released.wait(LIMIT_S)
            return ()

        async with httpx.AsyncClient(trust_env=False, verify=PLAIN, timeout=LIMIT_S) as client:
            async with open_house(tmp_path) as opened:
                client.base_url = httpx.URL(opened.url)
                said = {"name": "h.hier", "kennwort": PASSWORD}
                assert (await Somebody(opened.url, client).post("/anmelden", said)).status_code == 200
                monkeypatch.setattr(Persons, "memberships", memberships)
                page = asyncio.create_task(client.get("/"))
                reader, writer = await asyncio.open_connection("127.0.0.1", opened.url.rpartition(":")[2])
                writer.write(HALF_A_LOG_IN.format(opened.url.removeprefix("http://")).encode())
                assert b"100 Continue" in await reader.readline(), "it is read, and waited for"
                await begun.wait()
            answer, log_in = await page, (await reader.read()).decode()
            writer.close()
        assert (answer.status_code, "gerade beendet" in answer.text) == (503, True), answer.text
        assert answer.headers["content-security-policy"]
        assert ("503 Service Unavailable" in log_in, '"text": "Das Programm' in log_in) == (True, True), log_in

    try:
        asyncio.run(walk(released := threading.Event()))
    finally:
        released.set()


def run(*words: str) -> tuple[int, str]:
    """Code and all that was said, of a start that fails."""
    result = CliRunner().invoke(lisa, words, standalone_mode=False)
    assert result.exception is None, result.exception
    return result.return_value, result.output


def test_what_keeps_it_from_starting_is_said_in_a_sentence(tmp_path: Path) -> None:
    offices, data = ("--offices", str(OFFICES)), ("--data", str(tmp_path / "neu"))
    assert run("portal") == (BAD_INPUT, Part("--data (Ordner) oder --store"))
    assert run("portal", *data) == (BAD_INPUT, Part("--offices (Datei"))
    assert run("portal", "--demo", "--listen", "0.0.0.0:0") == (BAD_INPUT, Part("nur auf diesem Rechner"))
    assert run("portal", *data, *offices, "--listen", "0.0.0.0:0") == (BAD_INPUT, Part("nur verschlüsselt"))
    assert run("portal", *data, *offices, "--fields", "jugend") == (BAD_INPUT, Part("Meinten Sie „jugendhilfe“?"))
    assert run("portal", *data, "--offices", str(tmp_path / "x")) == (BAD_INPUT, Part("Diese Datei gibt es nicht"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = ("--listen", f"127.0.0.1:{taken.getsockname()[1]}")
        assert run("portal", *data, *offices, *listen) == (MACHINE, Part("ist schon belegt"))
    assert not (tmp_path / "neu").exists(), "nothing is made by a start that fails before it opens anything"
    (tmp_path / "datei").write_text("")
    code, said = run("portal", "--data", str(tmp_path / "datei"), *offices, "--listen", "127.0.0.1:0")
    assert (code, "lässt sich nicht anlegen" in said) == (BAD_INPUT, True)


def test_a_check_says_all_at_once_and_changes_nothing(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "neu"))
    code, said = run("portal", *data, "--offices", "nix.toml", "--fields", "nix", "--listen", "127.0.0.1", "--check")
    assert code == BAD_INPUT
    assert said.endswith("Geprüft: So startet das Portal nicht (3 Fehler).\n")
    assert run("portal", *data, "--offices", str(OFFICES), "--listen", "127.0.0.1:0", "--check")[0] == OK
    assert not (tmp_path / "neu").exists()
    assert run(*ACCOUNT, "--tenant", "uckermark", "--offices", str(OFFICES), *data)[0] == OK
    (tmp_path / "neu" / "sojus.sqlite").write_bytes(b"nix")
    code, said = run("portal", *data, "--offices", str(OFFICES), "--listen", "127.0.0.1:0", "--check")
    assert (code, "sojus.sqlite" in said, "mit Konto" in said) == (MACHINE, True, True)


def test_members_are_entered_shown_and_ended(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "neu"))
    assert run("portal", "member", "list", *data) == (BAD_INPUT, Part("Hier ist kein Portal"))
    wrong = run(*ACCOUNT, "--tenant", "barnim", "--offices", str(OFFICES), *data)
    assert wrong == (BAD_INPUT, Part("Meinten Sie „jugendamt-barnim“?"))
    code, said = run(*ACCOUNT, "--tenant", "uckermark", "--offices", str(OFFICES), *data)
    assert (code, "e.muster handelt jetzt für jugendamt-uckermark" in said, "Anfangskennwort: " in said) == (
        OK,
        True,
        True,
    )
    house = ("--role", "traeger", "--office", "sonne", "--tenant", "uckermark", *data)
    code, said = run("portal", "member", "add", "e.muster", *house)
    assert (code, "Anfangskennwort" in said) == (OK, False)
    assert run("portal", "member", "list", *data)[1].count("e.muster") == 2
    assert run("portal", "member", "end", "e.muster", *house)[0] == OK
    assert run("portal", "member", "end", "e.muster", *house) == (BAD_INPUT, Part("handelt nicht für sonne"))
    assert run("portal", "member", "add", "e muster", *house) == (BAD_INPUT, Part("geht nicht als Name"))


class Part(str):
    """Equal to each text that holds it."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and str(self) in other

    __hash__ = str.__hash__


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ('land = "brandenburg"', ":9: landkreise.uckermark.land: Das Land „brandenbrug“ gibt es"),
        ('tenant = "brandenburg"', ":28: stellen.landesjugendamt.tenant: Den Landkreis oder das Land „brandenbrug“"),
        ("[landkreise.barnim]", ":11: landkreise.brandenburg: „brandenburg“ heißt ein Land und"),
        ('role = "ministerium"', "stellen.ministerium.role"),
        ("schema = 1", "Der Schlüssel „schemaa“"),
    ],
)
def test_a_file_of_offices_is_checked_whole(tmp_path: Path, wrong: str, sentence: str) -> None:
    text = OFFICES.read_text(encoding="utf-8")
    other = {
        "[landkreise.barnim]": "[landkreise.brandenburg]",
        'role = "ministerium"': 'role = "minister"',
        "schema = 1": "schemaa = 1",
    }.get(wrong, wrong.replace("burg", "brug"))
    path = tmp_path / "stellen.toml"
    path.write_text(text.replace(wrong, other, 1), encoding="utf-8")
    with pytest.raises(Exception, match=r"stellen\.toml") as told:
        read_offices(path)
    assert sentence.removeprefix("Der Schlüssel ").rstrip(".") in str(told.value)
