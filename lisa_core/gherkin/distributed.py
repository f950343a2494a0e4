"""With pytest-xdist: the process that hands out the scenarios reads all of them first, as every other run does.

So everything that is wrong is told once and nothing has run, and the report knows what is missing when a worker dies.
The workers are told where they take turns.
"""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from typing import Any

import pytest

from lisa_core.gherkin.stash import TURNS

_TURNS = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """A hook of pytest-xdist."""
    stash = node.config.stash
    if _TURNS not in stash:
        stash[_TURNS] = tempfile.TemporaryDirectory(prefix="lisa-turns-")
    node.workerinput[TURNS] = stash[_TURNS].name


def pytest_unconfigure(config: pytest.Config) -> None:
    if _TURNS in config.stash:
        config.stash[_TURNS].cleanup()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """pytest-xdist collects nothing here; what we collect is for the record alone."""
    session.perform_collect()
    if session.testsfailed:
        raise session.Interrupted("collection")
    result = yield
    session.items = []
    return result
