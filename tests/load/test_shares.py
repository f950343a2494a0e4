"""Whoever is logged in has a share and no more: colleagues behind the same address, another office and a booth go on.

All of them get their answers in at most four times the usual, as in `tests/access/test_network_attacks.py`; in
`make test-long` in twice the usual (beside a whole office that floods, in four times), and there are more floods.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Iterator, Mapping
from functools import partial
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from lisa_core.wire import messages as m
from tests.access.floods import LONG, MOST, many
from tests.load.hall import Browser, Hall, open_hall, seat_of, socket_of
from tests.load.office import AT_FRONT, BEHIND, DESKS, office_of

ONE, PAGES = 2, 50
"""The account that floods, at the colleague's address, and how many pages it has."""
FURTHER_ON = 50
"""So many messages for each that comes back, which is many times what a desk may say. Still more would only fill
buffers, and take its time from whoever measures in the same process."""
TAKES_LONG = '{"v":1,"type":"x","body":[' + ",".join(["[" * 30 + "]" * 30] * 4_000) + "]}"


async def one_account_has_fifty_pages(hall: Hall) -> None:
    async def page() -> None:
        browser = Browser(hall.office, ONE)
        try:
            while True:
                await browser.load()
                hall.got.put_nowait(None)
        finally:
            browser.close()

    await many(hall, page, PAGES)


async def one_account_talks_without_end(hall: Hall, desk: int = ONE) -> None:
    """It comes again when it is thrown out."""
    await many(hall, partial(_talks, hall, desk), 1)


async def _talks(hall: Hall, desk: int, instead: str = "") -> None:
    async with seat_of(hall.office, desk) as seat:
        while True:
            for _ in range(2 if instead else FURTHER_ON):
                await (seat.opened.send(instead) if instead else seat.say(m.Pause()))
            await seat.heard()
            hall.got.put_nowait(None)


async def one_account_says_what_takes_long_to_read(hall: Hall) -> None:
    await many(hall, partial(_talks, hall, ONE, TAKES_LONG), 1)


async def an_office_talks_without_end(hall: Hall) -> None:
    async with asyncio.TaskGroup() as tasks:
        for desk in range(AT_FRONT, DESKS):
            if office_of(desk) == BEHIND[0]:
                tasks.create_task(one_account_talks_without_end(hall, desk))


async def one_account_opens_and_says_nothing(hall: Hall) -> None:
    async with contextlib.AsyncExitStack() as stack:

        async def silent() -> None:
            await stack.enter_async_context(socket_of(hall.office, ONE))

        await many(hall, silent, 5)


Flood = Callable[[Hall], Coroutine[Any, Any, None]]
SHORT: tuple[Flood, ...] = (one_account_has_fifty_pages, one_account_talks_without_end)
FURTHER: tuple[Flood, ...] = (
    *(one_account_says_what_takes_long_to_read, an_office_talks_without_end, one_account_opens_and_says_nothing),
)
MANY, MANY_MOST = an_office_talks_without_end.__name__, 4.0
"""Ten at once, who each take a whole share, are heard: others notice, and nobody starves."""
FLOODS: Mapping[str, Flood] = {row.__name__: row for row in (*SHORT, *(FURTHER if LONG else ()))}


@pytest.fixture(scope="module")
def portal() -> Iterator[BlockingPortal]:
    with start_blocking_portal() as opened:
        yield opened


@pytest.fixture(scope="module")
def hall(portal: BlockingPortal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with portal.wrap_async_context_manager(open_hall(tmp_path_factory.mktemp("amt"))) as found:
        yield found


@pytest.mark.alone
@pytest.mark.timeout(600)
@pytest.mark.parametrize("row", FLOODS)
def test_who_is_logged_in_takes_no_turn_of_others(row: str, hall: Hall, portal: BlockingPortal) -> None:
    portal.call(hall.goes_on, partial(FLOODS[row], hall), MANY_MOST if row == MANY else MOST)
    assert hall.program.runs
