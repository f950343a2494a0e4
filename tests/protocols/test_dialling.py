"""An exchange with two addresses: whoever answers first, and nobody is left hanging."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.wire.channel import Channel, lost, memory_channels
from lisa_core.wire.dialling import first_of
from tests.store.killing import passes


class Address:
    """Answers after `takes_s`, or says that nobody is there."""

    def __init__(self, takes_s: float, *, answers: bool = True) -> None:
        self.channel, self.other_end = memory_channels()
        self._takes_s, self._answers = takes_s, answers
        self.given_up = False

    async def __call__(self) -> Channel:
        try:
            await passes(self._takes_s)
        except asyncio.CancelledError:
            self.given_up = True
            raise
        if not self._answers:
            raise lost(f"nobody after {self._takes_s}")
        return self.channel


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        await scenario()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(main())


def test_the_one_that_answers_is_taken_and_the_others_are_let_go() -> None:
    async def scenario() -> None:
        refuses, answers, hangs = Address(0.1, answers=False), Address(0.2), Address(1000)
        assert await first_of([refuses, hangs, answers])() is answers.channel
        assert hangs.given_up
        await answers.channel.send("x")
        assert await answers.other_end.receive() == "x"

    run(scenario)


def test_who_answers_at_the_same_moment_is_told_goodbye() -> None:
    async def scenario() -> None:
        one, two = Address(0.1), Address(0.1)
        taken = await first_of([one, two])()
        other = two if taken is one.channel else one
        with pytest.raises(DeviceFault):
            await other.other_end.receive()

    run(scenario)


def test_nobody_is_nobody() -> None:
    async def scenario() -> None:
        with pytest.raises(DeviceFault, match=r"nobody after 0\.3"):
            await first_of([Address(0.3, answers=False), Address(0.2, answers=False)])()

    run(scenario)
