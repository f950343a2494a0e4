"""The benchmark of open pages gives its row: each of them hears of each change."""

from __future__ import annotations

import pytest

from tests.bench import bench_open_pages


@pytest.mark.bench
def test_the_row_comes_out() -> None:
    (row,) = bench_open_pages.rows(count=20, changed=3)
    assert row.ratio > 0
    assert "p50" in row.ours
