"""The portal beside a call: `lisa up` makes both known to each other; what is wrong with a line of configuration is
told at `lisa exchange --check`, at the start and to the desk."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from lisa_core.cli.commands import lisa
from lisa_core.cli.start.up import open_up
from lisa_core.config.directory import landkreis_file, load_directory
from lisa_core.config.landkreis.office_portal import KNOWN, Beside, with_portals
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.ids import OfficeId
from lisa_core.exchange import portals
from lisa_core.exchange.texts import PORTAL_AT_DESK, PortalState
from lisa_core.exchange.web import build_app
from lisa_core.web.asgi import listening_socket, serve
from lisa_core.web.tls import ServedCertificate
from tests.access.certificates import Authority
from tests.browser.stub import DIRECTORY, FRONT, StubExchange
from tests.sojus.portal.house import LIMIT_S, PLAIN, Somebody, open_house

SOON_S = 0.2
MONDAY = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Berlin"))
DESK, OTHER = "http://127.0.0.1:8410", "http://127.0.0.1:8411"
STRANGE = PORTAL_AT_DESK[PortalState.STRANGE]


def test_what_lisa_up_starts_knows_each_other() -> None:
    """On the day that is played there, at the desk of the Jugendamt alone, with somebody for whom it acts."""

    async def walk() -> None:
        listening = listening_socket("127.0.0.1", 0)
        async with (
            open_up(load_profile("vorfuehrung"), listening, MONDAY) as (rig, _, (portal,)),
            httpx.AsyncClient(trust_env=False, verify=PLAIN, timeout=LIMIT_S) as client,
        ):
            desks = f"http://{rig.exchange_address}"
            assert portal.told == "SoJuS, Plätze und Hilfen"
            opened = portal.offices["jugendamt"]
            assert f'content="{opened}" data-name="SoJuS"' in (await client.get(f"{desks}/platz/jahn")).text
            assert 'name="portal"' not in (await client.get(f"{desks}/platz/brandt")).text
            assert (await client.get(f"{desks}/portal/jahn")).json() == {"text": ""}
            url, _, whom = opened.partition("/?als=")
            assert "Wer sind Sie?" in (await client.get(f"{url}/")).text
            agent = Somebody(url, httpx.AsyncClient(base_url=url, trust_env=False, verify=PLAIN, timeout=LIMIT_S))
            assert (await agent.post("/api/demo", {"as": whom})).status_code == 200
            me = await agent.get("/api/me")
            assert (me["office_name"], me["today"]) == ("Jugendamt Uckermark", "2026-11-23")
            assert desks in me["desks"]
            await agent.client.aclose()

    asyncio.run(walk())


def test_what_a_landkreis_has_written_holds() -> None:
    known, _ = load_directory("uckermark")
    key = OfficeId("jugendamt")
    own = replace(known, offices={**known.offices, key: replace(known.offices[key], portal="https://eigenes.example")})
    beside = [Beside("SoJuS, Plätze", "http://127.0.0.1:1/", "SoJuS", {key: "http://127.0.0.1:1/", "keine": "-"})]
    assert with_portals(own, beside) == own
    assert with_portals(known, beside).offices[key].portal_name == "SoJuS"


async def says_known(request: Any) -> Response:
    return JSONResponse({"known": [OTHER] if OTHER in request.query_params.getlist("desk") else []})


async def gate_of_a_dead_one(request: Any) -> Response:
    return PlainTextResponse("nobody behind me", status_code=502)


async def never(request: Any) -> Response:
    await asyncio.Event().wait()
    return PlainTextResponse("late")


async def packs(request: Any) -> Response:
    """Though nobody has asked for that."""
    return Response(gzip.compress(b'{"known": []}'), headers={"content-encoding": "gzip"})


async def holds_all_up(request: Any) -> Response:
    threading.Event().wait(3 * SOON_S)
    return PlainTextResponse("and then it was there")


async def talks_much(request: Any) -> Response:
    return PlainTextResponse("[" * 100_000)


@contextlib.asynccontextmanager
async def a_page(answer: Any, **more: Any) -> AsyncIterator[str]:
    app = Starlette(routes=[Route(KNOWN, answer)] if answer else [])
    async with serve(app, listening_socket("127.0.0.1", 0), **more) as address:
        yield f"{'https' if more else 'http'}://{address}/plaetze?als=jemand"


def test_a_desk_is_named_as_its_browser_names_it() -> None:
    plain = portals.desks_at("::1", 8410, None)
    served = portals.desks_at("::", 443, {"[::1]", "*.amt.test", "amt.test"})
    assert plain == ("http://[::1]:8410", DESK, "http://localhost:8410")
    assert served == ("https://[::1]", "https://amt.test")


@pytest.mark.parametrize(
    ("answer", "desks", "found"),
    [
        (says_known, (DESK, OTHER), PortalState.THERE),
        (says_known, (DESK,), PortalState.STRANGE),
        (says_known, (), PortalState.THERE),  # of a certificate for all names below nobody knows the desks
        (None, (DESK,), PortalState.THERE),  # it does not say
        (talks_much, (DESK,), PortalState.THERE),
        (packs, (DESK,), PortalState.THERE),
        (gate_of_a_dead_one, (DESK,), PortalState.AWAY),
        (never, (DESK,), PortalState.AWAY),
        (holds_all_up, (DESK,), PortalState.THERE),  # that was no portal's time, nothing ran here
    ],
)
def test_how_a_portal_is_found(
    monkeypatch: pytest.MonkeyPatch, answer: Any, desks: tuple[str, ...], found: PortalState
) -> None:
    monkeypatch.setattr(portals, "ANSWER_S", SOON_S if answer in (never, holds_all_up) else LIMIT_S)

    async def run() -> None:
        async with a_page(answer) as address:
            assert await portals.look_at(address, desks) is found

    asyncio.run(run())


def nobody() -> str:
    with socket.create_server(("127.0.0.1", 0)) as there:
        return f"http://127.0.0.1:{there.getsockname()[1]}"


def test_whose_certificate_counts_for_nothing_here_is_told_as_that(tmp_path: Path) -> None:
    async def run() -> None:
        served = ServedCertificate(*Authority(tmp_path).issue("plaetze"), datetime.now(tz=UTC))
        async with a_page(says_known, tls=served.context) as address:
            assert await portals.look_at(address, (DESK,)) is PortalState.MISTRUSTED

    asyncio.run(run())


def test_the_portal_itself_says_whom_it_knows(tmp_path: Path) -> None:
    """To whoever asks, and nothing else: only of what was asked."""

    async def run() -> None:
        async with open_house(tmp_path, desks=(DESK,)) as house:
            anybody = await house.somebody()
            answer = await anybody.client.get(KNOWN, params={"desk": [OTHER, DESK, DESK]})
            assert answer.json() == {"known": [DESK]}
            assert await portals.look_at(house.url, (OTHER,)) is PortalState.STRANGE
            assert await portals.look_at(house.url, (OTHER, DESK)) is PortalState.THERE

    asyncio.run(run())


def test_a_desk_hears_it_and_however_many_ask_the_portal_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(portals, "MOST_KEPT", 3)

    async def counted(request: Any) -> Response:
        asked.append(request.query_params["desk"])
        return await says_known(request)

    async def run() -> None:
        async with a_page(counted) as portal:
            office = replace(DIRECTORY.offices[FRONT], portal=portal, portal_name="SoJuS")
            known = replace(DIRECTORY, offices={**DIRECTORY.offices, FRONT: office})
            app = build_app(StubExchange().attend, StubExchange().attend, known)
            async with (
                serve(app, listening_socket("127.0.0.1", 0)) as address,
                httpx.AsyncClient(base_url=f"http://{address}", trust_env=False, verify=PLAIN) as client,
            ):
                answers = await asyncio.gather(*(client.get("/portal/p-beispiel") for _ in range(20)))
                assert {one.json()["text"] for one in answers} == {
                    STRANGE.format(name="SoJuS", desk=f"http://{address}")
                }
                assert asked == [f"http://{address}"]
                for port in range(1, 20):  # names of desks that somebody makes up
                    answer = await client.get("/portal/p-beispiel", headers={"host": f"localhost:{port}"})
                    assert answer.status_code == 200
                assert len(asked) == portals.MOST_KEPT
                assert (await client.get("/portal/j-muster")).json() == {"text": ""}
                assert (await client.get("/portal/niemand")).status_code == 404

    asyncio.run(run())


def test_a_wrong_line_is_told_with_its_place_and_keeps_no_exchange_from_starting(tmp_path: Path) -> None:
    gone, file = nobody(), tmp_path / "kreis.toml"
    text = landkreis_file("uckermark").read_text(encoding="utf-8")
    line = text.splitlines().index("[offices.jugendamt]") + 2
    file.write_text(text.replace("[offices.jugendamt]", f'[offices.jugendamt]\nportal = "{gone}"'), encoding="utf-8")
    checked = CliRunner().invoke(lisa, ["exchange", "--check", "--config", str(file), "--listen", "127.0.0.1:0"])
    assert f"{file}:{line}: offices.jugendamt.portal: {gone} antwortet nicht" in checked.output
    assert checked.exit_code == 0


def test_it_is_told_at_the_start(capfd: pytest.CaptureFixture[str]) -> None:
    gone = nobody()
    office = replace(DIRECTORY.offices[FRONT], portal=gone)
    known = replace(DIRECTORY, offices={**DIRECTORY.offices, FRONT: office})
    asyncio.run(portals.tell_of(known, (DESK,)))
    assert f"offices.{FRONT}.portal: {gone} antwortet nicht" in capfd.readouterr().err
