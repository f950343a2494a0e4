"""The virtual loop: exact, alone, and never silent about waiting for nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.loop.portal import VirtualPortal
from lisa_core.harness.loop.virtual_loop import VirtualLoop


def run(work: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)


def now_us() -> int:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    assert round(loop.time() * 1_000_000) == loop.now_us
    return loop.now_us


async def pause(delay_s: float) -> None:
    """Wait on the loop's own timer: here it is the loop that is tested, and its time costs none."""
    loop = asyncio.get_running_loop()
    passed = loop.create_future()
    loop.call_later(delay_s, passed.set_result, None)
    await passed


def test_eight_hours_of_one_second_timers_are_exact() -> None:
    async def work() -> list[int]:
        assert now_us() == 0
        seen = []
        for _ in range(8 * 3600):
            await pause(1)
            seen.append(now_us())
        return seen

    assert run(work()) == [second * 1_000_000 for second in range(1, 8 * 3600 + 1)]


@given(st.lists(st.integers(1, 5_000_000_000), min_size=1, max_size=20))
def test_every_sleep_of_whole_microseconds_ends_on_its_microsecond(delays_us: list[int]) -> None:
    async def work() -> int:
        for delay_us in delays_us:
            await pause(delay_us / 1_000_000)
        return now_us()

    assert run(work()) == sum(delays_us)


def test_timers_fire_in_order_and_fractions_do_not_stop_time() -> None:
    async def work() -> list[int]:
        seen = []

        async def one(delay_s: float) -> None:
            await pause(delay_s)
            seen.append(now_us())

        await asyncio.gather(*(one(delay_s) for delay_s in (1 / 3, 0.1 + 0.2, 2e-7, 1e-6, 100_000)))
        return seen

    assert run(work()) == [1, 1, 300_000, 333_333, 100_000_000_000]


def test_waiting_for_what_cannot_come_is_an_error() -> None:
    with pytest.raises(HarnessError, match="deadlock"):
        run(asyncio.Event().wait())


async def in_thread() -> None:
    await asyncio.to_thread(print)


async def over_tcp() -> None:
    await asyncio.open_connection("127.0.0.1", 9)


async def in_process() -> None:
    await asyncio.create_subprocess_exec("true")


async def lookup() -> None:
    await asyncio.get_running_loop().getaddrinfo("localhost", 80)


async def on_descriptor() -> None:
    asyncio.get_running_loop().add_reader(0, print)


@pytest.mark.parametrize("work", [in_thread, over_tcp, in_process, lookup, on_descriptor])
def test_what_knows_another_time_is_refused(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    with pytest.raises(HarnessError, match="In virtueller Zeit gibt es keine Threads, Sockets"):
        run(work())


def test_portal_freezes_time_between_steps_and_survives_a_step_that_hangs() -> None:
    ticks = []

    async def start() -> asyncio.Task[None]:
        async def tick() -> None:
            while True:
                await pause(1)
                ticks.append(now_us())

        return asyncio.create_task(tick())

    portal = VirtualPortal(limit_s=0.1)
    ticking = portal.run(start())
    portal.run(pause(2.5))
    assert (ticks, portal.now_us()) == ([1_000_000, 2_000_000], 2_500_000)
    with pytest.raises(HarnessError, match="zu keinem Ende"):
        portal.run(asyncio.Event().wait())
    ticking.cancel()
    with pytest.raises(HarnessError, match="deadlock"):
        portal.run(asyncio.Event().wait())
    before_us = portal.now_us()
    portal.run(pause(1))
    assert portal.now_us() == before_us + 1_000_000
    portal.close()
