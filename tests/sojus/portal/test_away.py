"""Two portals on one PostgreSQL, and the way of one of them to it cut for a while: pages say so, nothing is done, all
goes on afterwards."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from unittest import mock

from lisa_core.store.postgres.place import place_of
from sojus.portal import program
from tests.sojus.portal.house import new_key, open_house
from tests.store.cut import Cut
from tests.store.server import Server, server

__all__ = ["server"]


def test_a_portal_without_its_database(server: Server, tmp_path: Path) -> None:
    async def walk(way: Cut, here_url: str, there_url: str) -> None:
        async with AsyncExitStack() as stack:
            first, second = [
                await stack.enter_async_context(open_house(place_of(url), kept=True)) for url in (here_url, there_url)
            ]
            here, there = await first.inside("h.hier"), await second.inside("d.dort")
            both, (port, other) = await second.somebody(), (one.url.rpartition(":")[2] for one in (first, second))
            for cookie, value in here.client.cookies.items():
                both.client.cookies.set(cookie.replace(port, other), value)
            assert (await both.get("/api/me"))["name"] == "h.hier", "a session holds at both"
            found = await here.search()
            wish = {"places": [{"place": "bett-1"}], "from": "2026-12-01", "case": await there.case()}
            mine = {**wish, "places": [{"place": "bett-2"}], "case": await here.case()}
            async with here.listening(found["id"], found["at"]) as ear:
                assert (await there.act("/api/reserve", **wish)).status_code == 200
                assert (await ear.next("change"))[1]["place"] == "bett-1"
                way.close()
                await ear.next("away")
                key = new_key()
                refused = await here.post("/api/reserve", {"key": key, **mine})
                assert (refused.status_code, refused.json()["reason"]) == (503, "away")
                page = await here.client.get("/")
                assert (page.status_code, "nicht zu erreichen" in page.text) == (503, True)
                meanwhile = await there.act("/api/reserve", **{**wish, "places": [{"place": "bett-3"}]})
                assert meanwhile.status_code == 200
                way.open()
                heard = dict([await ear.next("back", "change") for _ in range(2)])
                assert heard["change"]["place"] == "bett-3"
                done = await here.post("/api/reserve", {"key": key, **mine})
                assert (done.status_code, done.json()["again"]) == (200, False), done.text
                assert (await ear.next("change"))[1]["place"] == "bett-2"

    with server.database() as name, Cut(server.folder / f".s.PGSQL.{server.port}", tmp_path, server.port) as way:
        url = server.socket_url(name)
        with mock.patch.object(program, "LOOK_S", 0.1):
            asyncio.run(walk(way, url.replace(str(server.folder), str(tmp_path)), url))
