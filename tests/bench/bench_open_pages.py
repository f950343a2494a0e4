"""How soon a change stands on 500 open pages: `python -m tests.bench.bench_open_pages`.

A portal with its database in a file, and 500 pages that follow a search each over real HTTP, in one process with it.
Somebody reserves a place that all of them show, by HTTP as well, and gives it back. Measured is the time that the
process computes from asking until the last page has heard, with all that the pages themselves do to hear it; so what
else runs on the machine does not count. It stands beside the second that is promised.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from time import process_time
from unittest import mock

from lisa_core.access.sessions import SessionLimits
from sojus.portal import changes
from tests.bench.pair import Row, shares
from tests.sojus.portal.house import House, Somebody, open_house
from tests.sojus.providers import TODAY

PAGES, CHANGES = 500, 10
PROMISED_MS, LIMIT_S = 1000.0, 20.0
GOAL = 1.0


class Page:
    """An open page, by hand: its connection and what it has heard of changes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def change(self) -> None:
        """The next one has come."""
        async with asyncio.timeout(LIMIT_S):
            while not (await self._reader.readline()).startswith(b"event: change"):
                pass

    def close(self) -> None:
        self._writer.close()


async def opened(house: House, who: Somebody, number: int) -> Page:
    """A search of its own: no two pages wish the same."""
    found = await who.search(most_cents=20_000 + number)
    host, port = house.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    cookies = "; ".join(f"{one.name}={one.value}" for one in who.client.cookies.jar)
    asked = f"/api/changes?search={found['id']}&after={found['at']}"
    writer.write(f"GET {asked} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookies}\r\n\r\n".encode())
    while not (await reader.readline()).startswith(b"retry"):
        pass
    return Page(reader, writer)


@contextlib.asynccontextmanager
async def following(house: House, count: int) -> AsyncIterator[list[Page]]:
    who = await house.inside("d.dort")
    pages = [await opened(house, who, number) for number in range(count)]
    try:
        yield pages
    finally:
        for page in pages:
            page.close()


async def told_ms(here: Somebody, pages: list[Page], changed: int) -> list[float]:
    """Of each change, until the last of these pages has heard of it."""
    found = list[float]()
    wish = {"places": [{"place": "bett-1"}], "from": TODAY.isoformat(), "case": await here.case()}
    for _ in range(changed):
        began_s = process_time()
        done = (await here.act("/api/reserve", **wish)).json()
        await asyncio.gather(*(page.change() for page in pages))
        found.append((process_time() - began_s) * 1000)
        await here.act(f"/api/reservations/{done['reservation']}/cancel")
        await asyncio.gather(*(page.change() for page in pages))
    return found


async def measured(count: int, changed: int) -> list[float]:
    """With so many pages."""
    with tempfile.TemporaryDirectory() as folder:
        many = mock.patch.object(changes, "MOST_PAGES", count)  # here all of them are one account's
        async with open_house(Path(folder), limits=SessionLimits()) as house:
            here = await house.inside("h.hier")
            with many:
                async with following(house, count) as pages:
                    return await told_ms(here, pages, changed)


def rows(count: int = PAGES, changed: int = CHANGES) -> list[Row]:
    """For `make bench`."""
    told = asyncio.run(measured(count, changed))
    what = f"ein Platz ändert sich: bis die letzte von {count} offenen Seiten es weiß (Rechenzeit, mit den Lesern)"
    return [shares(what, told, "eine Sekunde", [PROMISED_MS] * len(told), GOAL)]


if __name__ == "__main__":
    for row in rows(*map(int, sys.argv[1:3])):
        print(row)
