"""An exchange with two addresses: whoever answers first, and nobody is left hanging."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable

import pytest

from lisa_core.cli.start.booth import telling
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.wire.channel import Channel, lost, memory_channels
from lisa_core.wire.dialling import REST_S, first_of
from tests.store.killing import passes


class Address:
    """Answers after `takes_s`, or says that nobody is there, or nobody to be trusted."""

    def __init__(self, takes_s: float, *, answers: bool = True, trusted: bool = True) -> None:
        self.channel, self.other_end = memory_channels()
        self._takes_s, self._answers, self._trusted = takes_s, answers, trusted
        self.given_up = False

    async def __call__(self) -> Channel:
        try:
            await passes(self._takes_s)
        except asyncio.CancelledError:
            self.given_up = True
            raise
        if not self._trusted:
            raise lost(f"not trusted after {self._takes_s}") from ssl.SSLCertVerificationError("unknown issuer")
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


def test_who_is_gone_does_not_keep_from_asking_the_other_again() -> None:
    async def scenario() -> None:
        gone, loop = Address(1000), asyncio.get_running_loop()
        with pytest.raises(DeviceFault, match=r"nobody after 0\.1"):
            await first_of([gone, Address(0.1, answers=False)])()
        assert gone.given_up
        assert loop.time() == pytest.approx(0.1 + REST_S, abs=0.1)

    run(scenario)


NOBODY = {
    "nobody after 0.3": ((0.3, True), (0.2, True)),
    "nobody after 0.2": ((0.2, True), (0.3, True)),
    "not trusted after 0.2": ((0.3, True), (0.2, False)),
    "not trusted after 0.4": ((0.4, False), (0.3, True), (0.2, False)),
}


@pytest.mark.parametrize("said", NOBODY)
def test_if_nobody_answers_the_fault_that_says_most_is_told_whoever_was_last(said: str) -> None:
    async def scenario() -> None:
        addresses = [Address(takes_s, answers=False, trusted=trusted) for takes_s, trusted in NOBODY[said]]
        with pytest.raises(DeviceFault, match=re.escape(said)):
            await first_of(addresses)()

    run(scenario)


def test_the_console_names_the_one_that_answers_or_none(capsys: pytest.CaptureFixture[str]) -> None:
    async def scenario() -> None:
        for urls in (("https://a",), ("https://a", "https://b")):
            answers = Address(0.1)
            dials = iter([Address(0.1, trusted=False), Address(0.1, trusted=False), answers, answers])
            dial = telling(lambda dials=dials: next(dials)(), urls)
            for _ in range(2):
                with pytest.raises(DeviceFault):
                    await dial()
            assert [await dial(), await dial()] == [answers.channel] * 2

    run(scenario)
    told = capsys.readouterr().out.splitlines()
    assert [told[1], told[3]] == ["Die Vermittlung https://a antwortet.", "Die Vermittlung antwortet."]
    assert "https://a, https://b: dem Zertifikat der Gegenseite ist nicht zu trauen. Gewählt" in told[2]
    assert len(told) == 4
