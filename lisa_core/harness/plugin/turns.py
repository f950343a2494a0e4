"""Scenarios of several workers run beside each other; one that measures time against a limit runs alone meanwhile.

Whatever runs beside it would be measured along, and the verdict "nicht entscheidbar".
"""

from __future__ import annotations

import fcntl
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from lisa_core.harness.plugin.repetition import measures


class Turns:
    """In a worker: waits for its turn before each scenario."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        with turn(self._folder, alone=measures(item)):
            return (yield)


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
