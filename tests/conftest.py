"""What every test stands on: Ctrl-C works, and who measures is alone on the machine."""

from __future__ import annotations

import fcntl
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest


def pytest_configure() -> None:
    """A shell that starts tests in the background ignores Ctrl-C for them and for all that they start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _turn(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests of several workers run beside each other, but for those marked `alone`: the others wait meanwhile."""
    cache = request.config.cache
    assert cache is not None
    folder = cache.mkdir("turns")
    alone = request.node.get_closest_marker("alone") is not None
    with ExitStack() as stack:
        with _locked(folder / "next", fcntl.LOCK_EX):  # who waits to be alone holds it, so that nobody new begins
            stack.enter_context(_locked(folder / "now", fcntl.LOCK_EX if alone else fcntl.LOCK_SH))
        yield


@contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, how)  # let go of when the file is closed
        yield
