"""Scenarios of several workers run beside each other, the longest first so that none is left idle at the end.

One that measures time against a limit begins beside the others, too: neighbours make what is measured worse, never
better, so a limit that is kept beside them is kept. What that does not show is taken again alone, as often as ever;
see `repetition.attempts`.
"""

from __future__ import annotations

import fcntl
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from lisa_core.harness.plugin.repetition import measures
from lisa_core.harness.plugin.scenario_item import ScenarioItem
from lisa_core.harness.plugin.stash import PLAN

_SECONDS = re.compile(r"\b(\d+) s\b")


class Turns:
    """In a worker: waits for its turn before each scenario, and before each attempt at one that measures."""

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder, self._workers = folder, workers

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        if config.getoption("--lisa"):
            items[:] = dealt(sorted(items, key=length, reverse=True), self._workers)

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


def dealt(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """In the order of pytest-xdist, which gives two to each worker at first: of the longest none has to wait."""
    first, second = items[:workers], items[workers : 2 * workers]
    if len(second) < workers:
        return list(items)  # given out one by one
    return [*(item for pair in zip(first, reversed(second), strict=True) for item in pair), *items[2 * workers :]]


def length(item: pytest.Item) -> int:
    """Roughly how long it takes: a second for each step, and the seconds that are written in them."""
    plan = item.stash.get(PLAN, None)
    steps = plan.steps if plan else ()
    return len(steps) + sum(int(said) for step in steps for said in _SECONDS.findall(step.text))


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
