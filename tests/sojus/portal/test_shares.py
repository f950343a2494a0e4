"""One who asks for everything at once, or brings files that take long, keeps nobody else from anything."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from unittest import mock

import httpx
import pytest
from starlette.requests import Request

from lisa_core.domain.model.errors import MachineError
from lisa_core.host.patience import patience
from sojus.portal import program, working
from sojus.portal.api import AT_ONCE, FILES_AT_ONCE
from sojus.portal.handlers import sheets
from sojus.portal.spoken.said import body_of
from sojus.portal.working import THREADS
from tests.sojus.portal.house import WISH, House, Somebody, new_key
from tests.sojus.portal.test_door import in_house
from tests.sojus.portal.test_files import _bring
from tests.sojus.providers import HERE, OAK

MANY = 3 * THREADS
LIMIT_S = 60.0


class Slow:
    """Whoever asks in this office's name waits until the end."""

    def __init__(self, office: str) -> None:
        self._office, self.end, self._waits = office, threading.Event(), threading.Semaphore(0)

    def __call__(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def waits(*args: Any) -> Any:
            if any(getattr(one, "office", "") == self._office for one in args):
                self._waits.release()
                self.end.wait(LIMIT_S)
            return work(*args)

        return waits

    async def many_wait(self, count: int) -> None:
        for _ in range(count):
            assert await asyncio.to_thread(self._waits.acquire, timeout=LIMIT_S)


async def in_time(asked: Any) -> httpx.Response:
    async with patience(LIMIT_S / 2):
        answer: httpx.Response = await asked
    assert answer.status_code == 200, answer.text
    return answer


def test_who_asks_for_much_at_once_takes_no_thread_of_others(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here, there = await opened.inside("h.hier"), await opened.inside("d.dort")
        slow, service = Slow(HERE), opened.portal.service
        with (
            mock.patch.object(service, "search", slow(service.search)),
            mock.patch.object(service, "mine", slow(service.mine)),
        ):
            greedy = [asyncio.create_task(here.post("/api/search", WISH)) for _ in range(MANY)]
            greedy += [asyncio.create_task(here.client.get("/api/mine")) for _ in range(MANY)]
            await slow.many_wait(AT_ONCE)
            try:
                await in_time(there.post("/api/search", WISH))
                await in_time(there.client.get("/api/mine"))
            finally:
                slow.end.set()
            assert {(await one).status_code for one in greedy} == {200}, "each of hers is answered in its turn"

    in_house(tmp_path, walk)


def test_a_portal_at_which_too_much_waits_refuses_that_and_goes_on(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here, looked = await opened.inside("h.hier"), asyncio.Event()

        class Refused(working.TooBusy):
            def __init__(self) -> None:
                looked.set()

        with mock.patch.object(working, "MOST_WAITING", 0), mock.patch.object(working, "TooBusy", Refused):
            async with patience(LIMIT_S):
                await looked.wait()  # nobody else asks: it has looked whether its database is there
            answer = await here.client.get("/api/mine")
            assert (answer.status_code, answer.json()["reason"]) == (503, "busy")
            async with here.listening() as ear:
                with pytest.raises(EOFError):  # a whole answer, after which a browser asks again
                    await ear.next()
        await in_time(here.client.get("/api/mine"))

    with mock.patch.object(program, "LOOK_S", 0.05):
        in_house(tmp_path, walk)


def test_files_that_take_long_keep_nobody_from_anything_else(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        greedy, other, office = [await opened.inside(name) for name in ("e.eiche", "u.ulme", "h.hier")]
        table = (await other.client.get("/api/sheets/template/probe", params={"form": "csv", "own": "1"})).content
        slow = Slow(OAK)
        with mock.patch.object(sheets, "preview", slow(sheets.preview)):
            brought = [asyncio.create_task(_bring(greedy, table)) for _ in range(MANY)]
            await slow.many_wait(FILES_AT_ONCE)
            try:
                await in_time(office.client.get("/api/mine"))
                await in_time(_bring(other, table))
            finally:
                slow.end.set()
            assert {(await one).status_code for one in brought} == {200, 503}, "more than a few of one are refused"

    in_house(tmp_path, walk)


def test_a_provider_that_looks_at_many_files_pushes_out_no_preview_of_others(tmp_path: Path) -> None:
    async def seen(who: Somebody, old: bytes, new: bytes) -> str:
        table = await who.client.get("/api/sheets/template/probe", params={"form": "csv", "own": "1"})
        return str((await _bring(who, table.content.replace(old, new))).json()["preview"])

    async def walk(opened: House) -> None:
        oak, elm = await opened.inside("e.eiche"), await opened.inside("u.ulme")
        with mock.patch.object(sheets, "MOST_KEPT", 5):
            mine = await seen(elm, b"Ulme 1", b"Ulme 7")
            first, *_, last = [await seen(oak, b"Zimmer 1", b"Zimmer 7") for _ in range(8)]
            for who, name, status in ((elm, mine, 200), (oak, first, 409), (oak, last, 200)):
                assert (await who.post(f"/api/sheets/{name}/take", {"key": new_key()})).status_code == status

    in_house(tmp_path, walk)


def test_what_is_said_of_files_and_databases_is_for_who_runs_them(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here = await opened.inside("h.hier")
        wish = {"places": [{"place": "bett-1"}], "from": "2026-12-01", "case": await here.case()}
        broken = mock.Mock(side_effect=MachineError("/geheim/plaetze.sqlite: Die Platte ist voll."))
        with mock.patch.object(opened.portal.service.kept, "do", broken):
            answer = await here.act("/api/reserve", **wish)
        assert (answer.status_code, answer.json()["reason"]) == (503, "away")
        assert "geheim" not in answer.text

    in_house(tmp_path, walk)


def test_no_page_of_others_makes_anybody_look(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here = await opened.inside("h.hier")
        purpose, case = (await here.get("/api/purposes"))["purposes"][0]["id"], await here.case()
        for site, status in (("same-site", 403), ("cross-site", 403), ("same-origin", 200)):
            answer = await here.client.get(
                f"/api/cases/{case}", params={"purpose": purpose}, headers={"Sec-Fetch-Site": site}
            )
            assert answer.status_code == status, site
        seen = [one["what"] for one in (await here.get("/api/audit"))["entries"]]
        assert seen.count("fall.gesehen") == 1

    in_house(tmp_path, walk)


def test_what_no_database_takes_is_an_address_that_there_is_not(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here = await opened.inside("h.hier")
        purpose = (await here.get("/api/purposes"))["purposes"][0]["id"]
        answer = await here.client.get("/api/cases/a%00b", params={"purpose": purpose})
        assert (answer.status_code, answer.json()["reason"]) == (404, "wrong")
        assert (await here.act("/api/reservations/a%00b/cancel")).status_code == 404

    in_house(tmp_path, walk)


def test_a_file_in_crumbs_costs_no_more_than_one_in_a_piece() -> None:
    crumbs, size = 20_000, 8 * 1024 * 1024

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(crumbs):
            await asyncio.sleep(0)
            yield b"x" * (size // crumbs)

    request = mock.Mock(spec=Request, stream=pieces)
    data = asyncio.run(body_of(request, size))  # by copying all of it each time it would not be read within 10 s
    assert len(data) == size // crumbs * crumbs
