"""The running house that all rows share, started anew only when a row broke it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from lisa_core.harness.plugin.turns import turn
from tests.attack.talk import Talk, open_talk


class House:
    """A talk on a loop of its own, which goes on between the tests."""

    def __init__(self, portal: BlockingPortal, new_home: Callable[[], Path]) -> None:
        self._portal, self._new_home = portal, new_home
        self._stack = ExitStack()
        self._talk: Talk | None = None

    def run(self, attack: Callable[[Talk], Coroutine[Any, Any, None]]) -> None:
        """Let it happen, then look whether the others go on; a house that does not is not used again."""
        if self._talk is None:
            opening = self._portal.wrap_async_context_manager(open_talk(self._new_home()))
            self._talk = self._stack.enter_context(opening)
        try:
            self._portal.call(attack, self._talk)
            self._portal.call(self._talk.goes_on)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._talk = None
        self._stack.close()


@pytest.fixture(autouse=True, scope="package")
def _turn(request: pytest.FixtureRequest) -> Iterator[None]:
    """In place of the turn of every single test: these programs run beside whatever would come between."""
    cache = request.config.cache
    assert cache is not None
    with turn(cache.mkdir("turns"), alone=False):
        yield


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory, _turn: None) -> Iterator[House]:
    with start_blocking_portal() as portal:
        found = House(portal, lambda: tmp_path_factory.mktemp("haus"))
        try:
            yield found
        finally:
            found.close()
