"""What is held is heard afterwards, whichever thread the system gave it to."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

import pytest

from lisa_core.host import program
from lisa_core.host.program import unbroken


class Heard(Exception):
    """Raised by the handler."""


def test_a_signal_that_another_thread_gets_is_heard_when_the_body_is_over() -> None:
    def handler(number: int, frame: FrameType | None) -> None:
        raise Heard

    over, body = threading.Event(), list[str]()

    def come() -> None:
        with unbroken({signal.SIGUSR1}):
            os.kill(os.getpid(), signal.SIGUSR1)
            while signal.SIGUSR1 in signal.sigpending():  # until the other one has taken it
                pass
            body.append("whole")

    other = threading.Thread(target=over.wait)
    before = signal.signal(signal.SIGUSR1, handler)
    other.start()
    try:
        with pytest.raises(Heard):
            come()
        assert body == ["whole"]
        assert signal.getsignal(signal.SIGUSR1) is handler
        assert signal.SIGUSR1 not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    finally:
        signal.signal(signal.SIGUSR1, before)
        over.set()
        other.join()


def test_a_signal_that_comes_while_the_old_handlers_are_put_back_leaves_nothing_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As another thread does that has taken it and was not scheduled since."""
    heard: list[int] = []

    def handler(number: int, frame: FrameType | None) -> None:
        heard.append(number)
        raise Heard

    put = signal.signal

    def late(number: int, to: Callable[[int, FrameType | None], None]) -> object:
        was = put(number, to)
        if to is handler and not heard:
            signal.raise_signal(number)
        return was

    two = (signal.SIGUSR1, signal.SIGUSR2)
    before = [signal.signal(number, handler) for number in two]
    monkeypatch.setattr(signal, "signal", late)
    try:
        with pytest.raises(Heard), unbroken(two):
            pass
        assert heard == [signal.SIGUSR1]
        assert not {*two} & signal.pthread_sigmask(signal.SIG_BLOCK, ())
        with pytest.raises(Heard):
            signal.raise_signal(signal.SIGUSR2)  # its old handler was not put back by then
    finally:
        for number, handled in zip(two, before, strict=True):
            put(number, handled)


def test_what_is_let_go_of_has_its_time_though_nothing_runs_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "LET_GO_S", 0.1)
    monkeypatch.setattr(os, "_exit", lambda code: pytest.fail("it was left in the middle"))
    wiped: list[str] = []

    async def main() -> None:
        signal.raise_signal(signal.SIGTERM)
        try:
            await asyncio.Event().wait()
        finally:
            threading.Event().wait(0.3)  # the machine has no processor for us
            for _ in range(5):
                await asyncio.sleep(0)
            wiped.append("visit")

    assert (program.run_program(main()), wiped) == (program.OK, ["visit"])
