"""What open pages are told: by a reader of server-sent events as the standard has it, who comes and goes."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator
from pathlib import Path
from unittest import mock

from starlette.types import Receive, Scope, Send

from lisa_core.host.patience import patience
from lisa_core.web import server_limits
from lisa_core.web.asgi import listening_socket, serve
from sojus.portal import changes, stream
from sojus.portal.stream import Telling
from tests.sojus.portal.house import House, Somebody
from tests.sojus.portal.test_door import in_house


async def _reserve(who: Somebody, place: str) -> str:
    wish = {"places": [{"place": place}], "from": "2026-12-01", "case": await who.case()}
    answer = await who.act("/api/reserve", **wish)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["reservation"])


def test_who_comes_back_hears_what_came_meanwhile_once(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here, there = await opened.inside("h.hier"), await opened.inside("d.dort")
        found = await there.search()
        async with there.listening(found["id"], found["at"]) as ear:
            kept = await _reserve(here, "bett-1")
            _, told = await ear.next("change")
            assert (told["place"], told["what"]) == ("bett-1", "gone")
            last = int(ear.last)
        await here.act(f"/api/reservations/{kept}/cancel")
        await _reserve(here, "ulme-2")
        async with there.listening(found["id"], found["at"], last=last) as ear:
            heard = [(await ear.next("change"))[1] for _ in range(2)]
            assert {(one["place"], one["what"]) for one in heard} == {("bett-1", "come"), ("ulme-2", "gone")}
            assert int(ear.last) > last
        async with here.listening(after=0) as ear:
            assert (await ear.next("mine"))[1]["ref"] == kept
        answer = await there.client.get("/api/changes", params={"search": "nix", "after": "1"})
        assert (answer.status_code, answer.json()["reason"]) == (404, "stale")
        answer = await there.client.get("/api/changes", params={"search": found["id"], "after": "gestern"})
        assert (answer.status_code, "„after“" in answer.text) == (400, True)

    in_house(tmp_path, walk)


def test_a_page_of_places_hears_of_each_change_within_a_second(tmp_path: Path) -> None:
    """Also of one that no search shows; and who may not see a place hears nothing of it."""

    async def walk(opened: House) -> None:
        here, there = await opened.inside("h.hier"), await opened.inside("d.dort")
        oak, elm = await opened.inside("e.eiche"), await opened.inside("u.ulme")
        at = (await there.get("/api/places/bett-1"))["at"]
        wanted = {"after": at, "places": ("bett-1", "ulme-1")}
        async with there.listening(**wanted) as ear, oak.listening(**wanted) as own, elm.listening(**wanted) as other:
            kept = await _reserve(here, "bett-1")
            async with patience(1.0):
                _, told = await ear.next("place")
            assert told["place"] == "bett-1"
            assert (await own.next("place"))[1] == told
            assert (await oak.act(f"/api/reservations/{kept}/confirm")).status_code == 200
            assert (await oak.act(f"/api/reservations/{kept}/admit", day="2026-12-01")).status_code == 200
            _, told = await ear.next("place")
            assert told["place"] == "bett-1", "a search sees no difference, the calendar may"
            await _reserve(here, "ulme-1")
            assert (await other.next("place"))[1]["place"] == "ulme-1", "its own, and nothing of the other one's"

    in_house(tmp_path, walk)


def test_head_opens_no_stream_and_notes_no_look(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here = await opened.inside("h.hier")
        for path in ("/api/changes", f"/api/cases/{await here.case()}?purpose=x", "/api/places/bett-1"):
            answer = await here.client.head(path)
            assert (answer.status_code, answer.headers["allow"], answer.content) == (405, "GET", b"")
        assert (await here.client.head("/suche")).status_code == 200
        ways = {"/api/me": "GET, POST", "/api/search": "POST", "/suche": "GET, HEAD", "/s/portal.js": "GET, HEAD"}
        for path, allowed in ways.items():
            answer = await here.client.delete(path)
            assert (answer.status_code, answer.headers["allow"]) == (405, allowed)

    in_house(tmp_path, walk)


async def _status(who: Somebody) -> int:
    async with who.client.stream("GET", "/api/changes") as answer:
        return answer.status_code


def test_one_account_has_only_so_many_open_pages(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here, there = await opened.inside("h.hier"), await opened.inside("d.dort")
        with mock.patch.object(changes, "MOST_PAGES", 1):
            async with here.listening(after=0):
                answer = await here.client.get("/api/changes")
                assert (answer.status_code, answer.json()["reason"]) == (503, "busy")
                async with there.listening():
                    pass
            async with patience():  # until the portal has noticed that the first one is gone
                while (await _status(here)) != 200:
                    """It is asked again and again."""

    in_house(tmp_path, walk)


def test_a_stream_lives_as_long_as_the_log_in(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here = await opened.inside("h.hier")
        async with here.listening() as ear:
            assert (await here.post("/abmelden", {})).status_code == 200
            assert (await ear.next("over"))[1]["sentence"]

    in_house(tmp_path, walk)


def test_a_change_is_on_every_open_screen(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here, there = await opened.inside("h.hier"), await opened.inside("d.dort")
        found = [await there.search(people=[{"age": 6 + number % 12}]) for number in range(12)]
        streams = [there.listening(one["id"], one["at"]) for one in found]
        ears = [await one.__aenter__() for one in streams]
        await _reserve(here, "bett-2")
        heard = await asyncio.gather(*(ear.next("change") for ear in ears))
        assert {told["place"] for _, told in heard} == {"bett-2"}
        for one in streams:
            await one.__aexit__(None, None, None)

    in_house(tmp_path, walk)


def test_who_reads_nothing_is_cut_and_nothing_waits_for_it() -> None:
    """A reader that never takes anything from its socket: what is told waits in no memory, and the way is let go of."""

    async def run() -> None:
        told, over, gone = list[int](), asyncio.Event(), asyncio.Event()

        class Watched(server_limits.BoundedHttp):
            def connection_lost(self, exc: Exception | None) -> None:
                super().connection_lost(exc)
                gone.set()

        async def for_ever() -> AsyncGenerator[Telling, None]:
            try:
                while True:
                    told.append(1)
                    yield Telling("change", "x" * 100_000, len(told))
            finally:
                over.set()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            never: asyncio.Future[Telling] = asyncio.get_running_loop().create_future()
            await stream.EventStream(for_ever(), never, contextlib.nullcontext())(scope, receive, send)

        with mock.patch.object(stream, "STUCK_S", 0.2), mock.patch.object(server_limits, "HEAD_S", 0.2):
            async with serve(app, listening_socket("127.0.0.1", 0), http=Watched) as address:
                host, port = address.split(":")
                with socket.create_connection((host, int(port))) as deaf:
                    await asyncio.to_thread(deaf.sendall, f"GET / HTTP/1.1\r\nHost: {address}\r\n\r\n".encode())
                    async with patience():
                        await over.wait()
                        assert len(told) < 200
                        await gone.wait()

    asyncio.run(run())
