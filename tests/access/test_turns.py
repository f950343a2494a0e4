"""Fair shares: who asks without end waits for itself, and somebody else's turn comes as soon as it would without."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.web.turns import MAX_ADDRESSES, Shares, Turns


def play(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())


def test_a_share_is_had_at_once_and_more_in_time() -> None:
    shares = Shares(10.0, 5)
    assert [round(shares.wait_s("a", 100.0), 2) for _ in range(8)] == [0, 0, 0, 0, 0, 0.1, 0.2, 0.3]
    assert shares.wait_s("b", 100.0) == 0
    assert round(shares.wait_s("a", 100.3), 2) == 0.1
    assert shares.wait_s("a", 200.0) == 0
    assert max(shares.wait_s(f"2001:db8:1:2::{number}", 200.0) for number in range(6)) > 0, "one machine has them all"
    assert shares.wait_s("2001:db8:1:3::1", 200.0) == 0
    for number in range(2 * MAX_ADDRESSES):
        shares.wait_s(str(number), 200.0)
    assert len(shares._paid_until_s) == MAX_ADDRESSES


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
