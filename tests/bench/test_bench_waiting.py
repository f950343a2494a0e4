"""The benchmark of waiting lists gives its rows."""

from __future__ import annotations

import pytest

from tests.bench import bench_waiting


@pytest.mark.bench
def test_rows_come_out() -> None:
    found = bench_waiting.rows(many=30, few=3, read=40, turns=3)
    assert [row.ratio > 0 for row in found] == [True, True]
    assert all("p50" in row.ours for row in found)
