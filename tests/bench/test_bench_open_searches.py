"""The benchmark of open searches gives its row; it holds both results against each other itself."""

from __future__ import annotations

import pytest

from tests.bench import bench_open_searches


@pytest.mark.bench
def test_the_row_comes_out() -> None:
    (row,) = bench_open_searches.rows(count=2_000, searched=60, changed=5)
    assert row.ratio > 0
    assert "p50" in row.ours
