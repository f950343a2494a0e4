"""Both stores for the same tests: a folder, and a database on a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.server import Server, server
from tests.store.stores import FolderStore, PostgresStore, Store

__all__ = ["server"]


@pytest.fixture
def database(server: Server) -> Iterator[PostgresStore]:
    with server.database() as name:
        yield PostgresStore(server, name)


@pytest.fixture(params=["folder", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """A store of each kind."""
    if request.param == "folder":
        return FolderStore(tmp_path)
    found: PostgresStore = request.getfixturevalue("database")
    return found
