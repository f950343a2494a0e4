"""Scenarios of several workers run beside each other.

One that measures time against a limit begins beside the others, too: neighbours make what is measured worse, never
better, so a limit that is kept beside them is kept. One that is not kept beside them is not decided, and measured
alone; see `repetition.attempts`.
"""

from __future__ import annotations

import fcntl
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from lisa_core.harness.plugin.repetition import measures
from lisa_core.harness.plugin.scenario_item import ScenarioItem


class Turns:
    """In a worker: waits for its turn before each scenario, and before each attempt at one that measures."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        if isinstance(item, ScenarioItem) and measures(item):
            return (yield)  # each of its attempts asks for a turn of its own
        with self.turn(alone=False):
            return (yield)

    @contextmanager
    def turn(self, *, alone: bool) -> Iterator[None]:
        """See `turn`."""
        with turn(self._folder, alone=alone):
            yield


@contextmanager
def turn(folder: Path, *, alone: bool) -> Iterator[None]:
    """Wait until nobody is alone, or with `alone` until nobody else is there; the turn lasts as long as the context."""
    with ExitStack() as stack:
        with _locked(folder / "next", fcntl.LOCK_EX):  # who waits to be alone holds it, so that nobody new begins
            stack.enter_context(_locked(folder / "now", fcntl.LOCK_EX if alone else fcntl.LOCK_SH))
        yield


@contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, how)  # let go of when the file is closed
        yield
