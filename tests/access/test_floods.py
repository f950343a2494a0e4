"""The measure of the floods itself: what a flood leaves behind is not taken for the usual."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from tests.access.floods import FLOODING, Ask, Flooded

USUAL_S, SLOW_S, LEFT = 1.0, 10.0, 100


class _LeavesWork(Flooded):
    """Asks take ten times as long in a flood, and after it for a while; a time is said and not spent."""

    def __init__(self) -> None:
        self.slow, self.got = 0, asyncio.Queue()

    def asks(self) -> tuple[Ask, ...]:
        async def ask() -> float:
            await asyncio.sleep(0)
            self.slow -= 1
            return SLOW_S if self.slow >= 0 else USUAL_S

        return (ask,)

    async def flood(self) -> None:
        for _ in itertools.count():
            self.slow = LEFT
            self.got.put_nowait(None)
            await asyncio.sleep(0)


def test_a_flood_that_slows_everybody_for_a_while_is_seen() -> None:
    async def run() -> None:
        net = _LeavesWork()
        with pytest.raises(AssertionError, match="usual and now") as seen:
            await net.goes_on(net.flood)
        assert f"[{USUAL_S}], [{SLOW_S}]" in str(seen.value)

    assert FLOODING < LEFT
    asyncio.run(run())
