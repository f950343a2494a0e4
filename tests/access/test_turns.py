"""Fair shares: who asks without end waits for itself, and somebody else's turn comes as soon as it would without."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.web.guard import (
    AT_ONCE,
    MOST_KEPT,
    MOST_WAIT_S,
    PERSON_AT_ONCE,
    PERSON_PER_S,
    Message,
    PageGuard,
    Receive,
    Scope,
    Send,
)
from lisa_core.web.turns import MAX_ADDRESSES, Shares, Turns


def play(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())


def test_a_share_is_had_at_once_and_more_in_time() -> None:
    shares = Shares(10.0, 5, 0.35)
    assert [shares.wait_s("a", 100.0) for _ in range(8)] == pytest.approx([0, 0, 0, 0, 0, 0.1, 0.2, 0.3])
    assert shares.wait_s("a", 100.0) is None
    assert shares.wait_s("b", 100.0) == 0
    assert shares.wait_s("a", 100.3) == pytest.approx(0.1), "what was refused does not count"
    assert shares.wait_s("a", 200.0) == 0
    assert [shares.wait_s(f"2001:db8:1:2::{number}", 200.0) for number in range(6)][-1], "one machine has them all"
    assert shares.wait_s("2001:db8:1:3::1", 200.0) == 0
    for number in range(2 * MAX_ADDRESSES):
        shares.wait_s(str(number), 200.0)
    assert len(shares._paid_until_s) == MAX_ADDRESSES


def test_who_is_logged_in_has_a_share_of_her_own_and_what_would_wait_long_is_refused() -> None:
    async def scenario() -> None:
        loop, served, ended = asyncio.get_running_loop(), list[tuple[str, float]](), list[float]()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            served.append((scope["who"], round(loop.time() - began_s, 2)))

        async def ask(who: str, address: str = "10.0.0.1") -> int:
            said = list[Message]()

            async def send(message: Message) -> None:
                said.append(message)

            asked = {"type": "http", "method": "GET", "scheme": "https", "headers": [(b"host", b"kreis")]}
            scope = {**asked, "client": (address, 1), "who": who}
            await guard(scope, nothing, send)
            if said and (b"connection", b"close") in said[0]["headers"]:
                ended.append(round(loop.time() - began_s, 2))
            return int(said[0]["status"]) if said else 200

        async def nothing() -> Message:
            return {"type": "http.request"}

        guard = PageGuard(app, names=lambda: ("kreis",), whose=lambda scope: scope["who"])
        began_s, most = loop.time(), PERSON_AT_ONCE + int(MOST_WAIT_S * PERSON_PER_S)
        flood = [asyncio.create_task(ask("muster.1", f"10.0.0.{n % 9}")) for n in range(most + 300)]
        assert [await ask("muster.2"), await ask("")] == [200, 200]
        assert [when for who, when in served if who != "muster.1"] == [0, 0], "colleagues do not wait"
        found = await asyncio.gather(*flood)
        assert (found.count(200), found.count(429)) == (most, 300), "wherever she sits"
        assert ended == [0] * (300 - MOST_KEPT), "what is kept is told later"
        assert served[-1] == ("muster.1", MOST_WAIT_S)
        strangers = [asyncio.create_task(ask("")) for _ in range(AT_ONCE + 100)]
        began_s = loop.time()
        assert [await ask("muster.3"), served[-1]] == [200, ("muster.3", 0)], "nor for strangers at her address"
        await asyncio.gather(*strangers)

    play(scenario)


def test_behind_a_thousand_of_one_address_another_waits_for_one_turn_only() -> None:
    async def scenario() -> None:
        turns, loop, had = Turns(50.0, 10, 1_000), asyncio.get_running_loop(), dict[str, list[float]]()

        async def one(address: str) -> None:
            await turns.turn(address)
            had.setdefault(address, []).append(round(loop.time() - began_s, 2))

        began_s = loop.time()
        flood = [asyncio.create_task(one(f"2001:db8::{number}")) for number in range(1_000)]
        await asyncio.wait(flood, timeout=1.0)
        for task in flood[500:]:
            task.cancel()
        assert sum(map(len, had.values())) <= 10 + 50 + 1
        await one("2001:db8:1::1")
        assert had["2001:db8:1::1"][0] <= 1.0 + 2 / 50
        await asyncio.gather(*flood, return_exceptions=True)
        assert max(times[-1] for times in had.values()) <= (500 - 10) / 50 + 0.1, "who has gone takes no turn"

    play(scenario)


def test_of_too_many_the_last_of_the_longest_line_have_to_go_and_no_other() -> None:
    async def scenario() -> None:
        turns = Turns(50.0, 1, 40)

        async def one(address: str) -> str:
            try:
                await turns.turn(address)
            except ConnectionRefusedError:
                return ""
            return address

        office = [asyncio.create_task(one("amt")) for _ in range(15)]
        flood = [asyncio.create_task(one("böse")) for _ in range(100)]
        towns = [asyncio.create_task(one(f"ort {number}")) for number in range(10)]
        found = [await asyncio.gather(*tasks) for tasks in (office, flood, towns)]
        assert [sum(map(bool, each)) for each in found] == [15, 16, 10]
        assert all(found[1][:16]), "who came first stays"
        strangers = await asyncio.gather(*(one(f"fremd {number}") for number in range(50)))
        assert [bool(each) for each in strangers] == [True] * 40 + [False] * 10

    play(scenario)


def test_where_the_loop_is_late_there_are_fewer_turns() -> None:
    async def scenario() -> None:
        turns, loop = Turns(50.0, 1, 9), asyncio.get_running_loop()
        for task in [asyncio.create_task(turns.turn("a")) for _ in range(3)]:
            task.add_done_callback(lambda done: had.append(round(loop.time() - began_s, 2)))
        began_s, had = loop.time(), list[float]()
        loop.call_later(0.01, lambda: setattr(turns, "_due_s", turns._due_s - 0.1))  # as if it went off so much later
        await asyncio.wait([asyncio.ensure_future(turns.turn("a"))])
        assert had == [0.0, 0.02, 0.44]

    play(scenario)
