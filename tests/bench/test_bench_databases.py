"""The benchmark of both stores gives its row."""

from __future__ import annotations

import pytest

from tests.bench import bench_databases
from tests.peers.conftest import missing
from tests.store.server import programs


@pytest.mark.bench
def test_a_row_comes_out() -> None:
    if programs() is None:
        missing("postgresql fehlt: nicht geprüft")
    (row,) = bench_databases.rows(samples=6, times=1)
    assert row.ratio > 0
    assert "p50" in row.ours
