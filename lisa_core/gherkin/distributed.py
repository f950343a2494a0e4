"""With pytest-xdist: the process that hands out the scenarios reads all of them first, as every other run does.

So everything that is wrong is told once and nothing has run, and the report knows what is missing when a worker dies.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """pytest-xdist collects nothing here; what we collect is for the record alone."""
    session.perform_collect()
    if session.testsfailed:
        raise session.Interrupted("collection")
    result = yield
    session.items = []
    return result
