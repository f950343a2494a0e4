"""What an exchange on the network answers, whatever it is asked: headers on everything, no word of its inside, and
nothing that nobody knows of (OWASP ASVS 5.0, chapters 3, 4 and 13)."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.routing import Mount, Route, WebSocketRoute

from lisa_core.access.texts import ONE_FACTOR
from lisa_core.access.web.gate import Gate
from lisa_core.cli.arguments import Stored
from lisa_core.cli.start import exchange as starting
from lisa_core.cli.start.exchange import Factors, start_exchange
from lisa_core.domain.model.errors import LisaError
from lisa_core.exchange.desk_door import DeskDoor
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.program import open_exchange, serve_exchange
from lisa_core.exchange.web import build_app
from lisa_core.host.clock import Clock
from lisa_core.web import guard
from lisa_core.web.asgi import listening_socket
from tests.access.house import DIRECTORY, NOON, PLAIN, House, open_house
from tests.access.test_tls import tls_house
from tests.routing.office import directory
from tests.tidy.asvs import items

EVERY: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
POLICY = (
    *("default-src 'none'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "connect-src 'self'"),
    *("form-action 'none'", "frame-ancestors 'none'"),
)
KINDS = {"application/json", "text/html; charset=utf-8", "text/plain; charset=utf-8", "text/css; charset=utf-8"} | {
    f"{kind}/javascript; charset=utf-8" for kind in ("text", "application")
}
ASKED: tuple[tuple[str, str, dict[str, str], int], ...] = (
    ("GET", "/", {}, 200),
    ("HEAD", "/anmelden", {}, 200),
    ("GET", "/gemeinsam/lisa.css", {}, 200),
    ("GET", "/zugang/anmelden.js", {}, 200),
    ("GET", "/konto", {}, 303),
    ("GET", "/platz/niemand", {}, 404),
    ("GET", "/gibt/es/nicht", {}, 404),
    ("GET", "/abmelden", {}, 405),
    ("POST", "/anmelden", {"origin": "https://boese.example"}, 403),
    ("POST", "/anmelden", {}, 403),
    ("GET", "/", {"host": "boese.example"}, 403),
    ("OPTIONS", "/anmelden", {"origin": "https://boese.example"}, 403),
    *(("TRACE", path, {"x-geheim": "echo"}, 405) for path in ("/", "/anmelden", "/gemeinsam/lisa.css")),
)


def test_every_answer_has_its_headers(tmp_path: Path) -> None:
    async def play() -> None:
        async with tls_house(tmp_path) as here, httpx.AsyncClient(verify=here.trusting()) as client:
            for method, path, headers, status in ASKED:
                answer = await client.request(method, f"https://localhost:{here.port}{path}", headers=headers)
                assert answer.status_code == status, (method, path, answer.text)
                _is_guarded(answer)
                assert "echo" not in answer.text
                spoken = answer.extensions["network_stream"].get_extra_info("ssl_object")
                assert spoken.version() == "TLSv1.3", "the newest that both know"

    asyncio.run(play())


def _is_guarded(answer: httpx.Response) -> None:
    assert {name: answer.headers.get(name) for name in EVERY} == EVERY, answer.request
    policy = answer.headers["content-security-policy"]
    assert not [one for one in POLICY if one not in policy]
    assert "unsafe" not in policy
    assert not [name for name in answer.headers if name.startswith("access-control-")], "nobody else may read it"
    assert "server" not in answer.headers
    assert not answer.content or answer.headers["content-type"] in KINDS


def test_a_failure_inside_says_nothing_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Exchange, agent: str) -> bool:
        raise RuntimeError("geheim: select * from account")

    monkeypatch.setattr(Exchange, "is_taken", fail)

    async def play() -> None:
        async with tls_house(tmp_path) as here, httpx.AsyncClient(verify=here.trusting()) as client:
            answer = await client.get(f"https://localhost:{here.port}/")
            assert answer.status_code == 500
            assert answer.text == "Hier ging etwas schief. Bitte noch einmal.\n"
            _is_guarded(answer)
            assert (await client.get(f"https://localhost:{here.port}/anmelden")).status_code == 200, "the others go on"
            await here.told("seite.fehler")

    asyncio.run(play())


TOO_MANY = (("GET", None, False), ("HEAD", None, False), ("POST", None, False), ("POST", {}, True))
"""What is asked, what is said with it, and whether the connection ends: no body is read of which there may be much."""


def test_too_much_is_said_as_pages_read_it_and_costs_no_handshake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("PER_S", 0.01), ("AT_ONCE", 1), ("MOST_WAIT_S", 0.02)):
        monkeypatch.setattr(guard, name, value)

    async def play() -> None:
        async with tls_house(tmp_path) as here, httpx.AsyncClient(verify=here.trusting()) as client:
            where, connections = f"https://localhost:{here.port}/abmelden", list[object]()
            for method, said, closes in (("GET", None, False), *TOO_MANY):
                answer = await client.request(method, where, json=said)
                connections.append(answer.extensions["network_stream"])
                assert (answer.headers.get("connection") == "close") is closes, (method, said)
                _is_guarded(answer)
                if answer.status_code == 405:
                    continue  # the first one is served
                assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
                if method == "POST":
                    told = answer.json()
                    assert told["text"].startswith("Zu viele Anfragen")
                    assert told["warten_s"] == 1
            assert all(one is connections[0] for one in connections)

    asyncio.run(play())


SERVED = {
    *("/", "/platz/{agent}", "/portal/{agent}", "/anmelden", "/abmelden", "/kennwort"),
    *("/zweiter", "/zweiter/neu", "/zweiter/einrichten"),
    *("/konto", "/sitzung", "/konten", "/protokoll", "/seiten", "/gemeinsam", "/zugang", "/ws/booth", "/ws/desk"),
}


def test_nothing_else_is_served() -> None:
    """No page describes what there is, measures, helps with a forgotten password, or takes anything else in."""

    async def play() -> None:
        async with open_house() as house:
            nobody: Any = None
            door = DeskDoor(Gate(house.access, lambda visitor: "/"), DIRECTORY, nobody, bool)
            routes = build_app(nobody, nobody, DIRECTORY, desk_door=door).routes
            assert {route.path for route in routes if isinstance(route, Route | WebSocketRoute | Mount)} == SERVED
            assert len(routes) == len(SERVED) + len({"/anmelden", "/zweiter"}), "these are asked and told"

    asyncio.run(play())


def test_names_are_written_as_text() -> None:
    """Whatever stands in the Landkreis' file, or is the name of an account."""
    worst = '<b onclick="x">„&amp;'
    agents = {id_: replace(agent, name=worst) for id_, agent in DIRECTORY.agents.items()}
    offices = {id_: replace(office, name=worst) for id_, office in DIRECTORY.offices.items()}
    named = replace(DIRECTORY, agents=agents, offices=offices)

    async def play() -> None:
        async with (
            open_exchange(named, named.rules, Clock(NOON)) as exchange,
            serve_exchange(exchange, named, listening_socket("127.0.0.1", 0)) as address,
            httpx.AsyncClient(verify=PLAIN) as client,
        ):
            page = (await client.get(f"http://{address}/")).text
            assert "&lt;b onclick=&quot;x&quot;&gt;„&amp;amp;" in page
            assert "<b " not in page

    asyncio.run(play())


PAGES = {"l.leitung": ("/", "/platz/nowak", "/platz/vogt", "/platz/niemand", "/konto", "/konten"),
         "v.amt": ("/konto", "/konten", "/protokoll", "/platz/vogt")}  # fmt: skip


def test_whoever_is_in_can_log_out_from_each_page() -> None:
    async def play() -> None:
        async with open_house() as house:
            for name, paths in PAGES.items():
                guest = await house.inside(name)
                for path in paths:
                    page = (await guest.get(path)).text
                    assert 'id="log-out"' in page, (name, path)
                    assert "/zugang/abmelden.js" in page or "/zugang/konto.js" in page, (name, path)
            async with open_house(empty=True) as demonstration:
                guest = await demonstration.guest()
                assert "log-out" not in (await guest.get("/platz/vogt")).text, "nobody has logged in"

    asyncio.run(play())


DOUBTFUL = (
    "POST /anmelden HTTP/1.1\r\nHost: {0}\r\nContent-Length: 5\r\nContent-Length: 44\r\n\r\n12345{1}",
    "POST /anmelden HTTP/1.1\r\nHost: {0}\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{1}",
    "POST /anmelden HTTP/1.1\r\nHost: {0}\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n{1}",
    "POST /anmelden HTTP/1.1\r\nHost: {0}\r\nContent-Length: +5\r\n\r\n12345{1}",
    "GET /anmelden HTTP/1.1\r\nHost: {0}\r\nHost: boese.example\r\n\r\n{1}",
    "GET /anmelden HTTP/1.1\r\nHost: {0}\r\nX: a\r\n b\x00\r\n\r\n{1}",
)
BOTH = "POST /anmelden HTTP/1.1\r\nHost: {0}\r\nContent-Length: {2}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{1}"
"""Transfer-Encoding counts, whatever Content-Length says: there are two requests, and the second is none of a body."""


def test_two_lengths_make_no_second_request() -> None:
    """What stands behind a request whose end is doubtful is not taken for another one."""

    async def answers(house: House, said: str) -> bytes:
        host, _, port = house.address.rpartition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(said.encode())
        found = b""
        async with asyncio.timeout(60):
            while data := await reader.read(65_536):
                found += data
        writer.close()
        return found

    async def play() -> None:
        async with open_house() as house:
            second = f"GET /geschmuggelt HTTP/1.1\r\nHost: {house.address}\r\nConnection: close\r\n\r\n"
            for said in DOUBTFUL:
                found = await answers(house, said.format(house.address, second))
                assert found.startswith(b"HTTP/1.1 400 "), said
                assert found.count(b"HTTP/1.1 ") == 1, said
            found = await answers(house, BOTH.format(house.address, second, 5 + len(second)))
            assert [found.count(one) for one in (b"HTTP/1.1 403 ", b"HTTP/1.1 404 ")] == [1, 1]

    asyncio.run(play())


def test_with_one_factor_it_says_what_is_open_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def over(every_s: float) -> None:
        """It is ready, and ends."""

    monkeypatch.setattr(starting, "let_go_now_and_then", over)
    for factors in (Factors(one=True), Factors()):
        asyncio.run(start_exchange("uckermark", "127.0.0.1:0", (None, None), Stored(None, ""), "", "", factors))
        said = capsys.readouterr().out
        assert "Vermittlung bereit" in said
        assert (ONE_FACTOR in said) is factors.one
    opened = {item.id for item in items() if "one-factor" in item.open_if}
    assert set(re.findall(r"\d+\.\d+\.\d+", ONE_FACTOR)) == opened, "as docs/asvs.html has it"


@pytest.fixture
def outside() -> Iterator[socket.socket]:
    with socket.create_server(("0.0.0.0", 0)) as bound:  # nothing is ever accepted there
        yield bound


def test_the_network_is_served_with_tls_and_accounts_or_not_at_all(outside: socket.socket) -> None:
    async def play() -> None:
        with pytest.raises(LisaError, match="nur verschlüsselt"):
            await start_exchange("uckermark", "0.0.0.0:0", (None, None), Stored(None, ""), "", "")
        async with open_exchange(directory(), directory().rules, Clock(NOON)) as exchange:
            with pytest.raises(LisaError, match="lisa user add"):
                async with serve_exchange(exchange, directory(), outside):
                    raise AssertionError("served to everybody")

    asyncio.run(play())
