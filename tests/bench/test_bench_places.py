"""The benchmark of the search gives its rows, and both sides find the same."""

from __future__ import annotations

import pytest

from tests.bench import bench_places


@pytest.mark.bench
def test_rows_come_out() -> None:
    found = bench_places.rows(count=2_000, asked=40)
    assert [row.ratio > 0 for row in found] == [True, True, True]
    assert all("p50" in row.ours for row in found)
