"""What every test stands on: Ctrl-C works, and who measures is alone on the machine."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from lisa_core.gherkin.turns import turn


def pytest_configure() -> None:
    """A shell that starts tests in the background ignores Ctrl-C for them and for all that they start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _turn(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests of several workers run beside each other, but for those marked `alone`: the others wait meanwhile."""
    cache = request.config.cache
    assert cache is not None
    with turn(cache.mkdir("turns"), alone=request.node.get_closest_marker("alone") is not None):
        yield
