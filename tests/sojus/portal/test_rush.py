"""Many at one program: every open search hears of a change within a second, of all who want one place one gets it.

In `make test` some of each and the demonstration's places; with LISA_LONG=1 500 open searches, 200 who want the same
and 100,000 places. A second is a second of a machine that is as quick as this one is when it has nothing else to do.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, closing
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sojus.demo import houses, rules
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.days import Span
from sojus.domain.model.ids import GroupId, OfficeId, PlaceId, ProviderId, RateId, StayId, TenantId
from sojus.domain.placement.events import TakeIn
from sojus.domain.register.entries import Entry, Given, Group, Place, Rate, Stay
from sojus.store.opening import open_placements
from sojus.store.turn import Wish
from tests.fuzz.edge import slowness
from tests.sojus.portal.house import Somebody, new_key
from tests.sojus.portal.test_program import WISH, as_office, started
from tests.system.slowed import slowed

LONG = os.environ.get("LISA_LONG") == "1"
SEARCHES, WANTED, PLACES = (500, 200, 100_000) if LONG else (40, 30, 0)
WITHIN_S = 1.0
KRANICH = ProviderId("kranich")
A_BATCH, A_GROUP = 200, 8


def test_all_open_searches_hear_of_a_change_and_of_many_who_want_one_place_one_gets_it(tmp_path: Path) -> None:
    if PLACES:
        fill(tmp_path / "daten")
    with ExitStack() as stack:
        portal, url = started(stack, tmp_path, "--data", str(tmp_path / "daten"))
        with slowed(portal.pid) as machine:
            heard_s, answered_s, codes = asyncio.run(rush(url))
    print(f"{SEARCHES} open searches: the last heard after {max(heard_s):.2f} s")
    print(f"{WANTED} who want one place: the last answer after {max(answered_s):.2f} s")
    assert sorted(codes) == [200, *[409] * (WANTED - 1)]
    assert max(*heard_s, *answered_s) < WITHIN_S * slowness() * machine.factor


async def rush(url: str) -> tuple[list[float], list[float], list[int]]:
    """When each open search heard of one reservation; how long each who wants the same place waits, and for what."""
    async with AsyncExitStack() as stack:
        one = await as_office(url, stack)
        case = await one.case()
        found = (await one.post("/api/search", WISH)).json()
        first, second = (hit["place"] for hit in found["hits"][:2])
        ears = [await stack.enter_async_context(ear(one, url)) for _ in range(SEARCHES)]
        began_s = time.monotonic()
        hearing = [asyncio.create_task(heard(each, first, began_s)) for each in ears]
        assert (await one.post("/api/reserve", reservation(case, first, found["today"]))).status_code == 200
        heard_s = await asyncio.gather(*hearing)
        answers = await asyncio.gather(*(reserved(one, case, second, found["today"]) for _ in range(WANTED)))
    return list(heard_s), [took_s for took_s, _ in answers], [code for _, code in answers]


def reservation(case: str, place: str, day: str) -> dict[str, Any]:
    return {"key": new_key(), "case": case, "places": [{"place": place}], "from": day}


async def reserved(one: Somebody, case: str, place: str, day: str) -> tuple[float, int]:
    began_s = time.monotonic()
    answer = await one.post("/api/reserve", reservation(case, place, day))
    return time.monotonic() - began_s, answer.status_code


@asynccontextmanager
async def ear(one: Somebody, url: str) -> AsyncIterator[asyncio.StreamReader]:
    """A search of its own that is open; after its head was read."""
    found = (await one.post("/api/search", WISH)).json()
    at = urlsplit(url)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    cookie = "; ".join(f"{name}={value}" for name, value in one.client.cookies.items())
    path = f"/api/changes?search={found['id']}&after={found['at']}"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {at.netloc}\r\nCookie: {cookie}\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    assert b" 200 " in head, head
    try:
        yield reader
    finally:
        writer.transport.abort()


async def heard(reader: asyncio.StreamReader, place: str, began_s: float) -> float:
    async with asyncio.timeout(60):
        while True:
            line = await reader.readline()
            if line.startswith(b"data: ") and f'"{place}"'.encode() in line:
                return time.monotonic() - began_s


# --- 100,000 places ---------------------------------------------------------------------------------------------------


def fill(data: Path) -> None:
    """One of the demonstration's providers has so many more."""
    data.mkdir(mode=0o700)
    now = datetime.now(tz=UTC)
    by = Actor(Role.PROVIDER, OfficeId(KRANICH), TenantId("uckermark"))
    words = {one.id: one for one in rules().vocabularies}
    own = tuple(houses.entries(KRANICH, words, now.date()))
    with closing(open_placements(data, rules(), now)) as kept:
        kept.do([Wish("demo", by, TakeIn(given(own)), now)])
        groups = [one for one in own if isinstance(one, Group)]
        rates = {one.group: one for one in own if isinstance(one, Rate)}
        for first, like in zip(range(0, PLACES, A_BATCH), cycle(groups)):
            batch = given(tuple(some(first, like, rates[like.id], now.date())))
            kept.do([Wish(f"b{first}", by, TakeIn(batch), now)])


def given(entries: tuple[Entry, ...]) -> tuple[Given, ...]:
    return tuple(Given(f"Zeile {number}", one) for number, one in enumerate(entries, 1))


def some(first: int, like: Group, rate: Rate, today: date) -> Iterator[Entry]:
    """A batch of groups as that one, with their places, of which one in each group is free."""
    for number in range(first, first + A_BATCH):
        name = GroupId(f"g{number - number % A_GROUP}")
        if number % A_GROUP == 0:
            yield Group(name, like.facility, name, like.area, like.kind, like.ages, like.genders, like.traits)
            yield replace(rate, id=RateId(name), group=name)
        yield Place(PlaceId(f"p{number}"), name, f"Zimmer {number}")
        if number % A_GROUP:
            yield Stay(StayId(f"s{number}"), PlaceId(f"p{number}"), Span(today))
