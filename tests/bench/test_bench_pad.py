"""The benchmark of pen reports gives a row for each line."""

from __future__ import annotations

import pytest

from tests.bench import bench_pad


@pytest.mark.bench
def test_a_row_comes_out_for_each_line() -> None:
    rows = bench_pad.rows(seconds_of_writing=1, times=1)
    assert [row.ratio > 1 for row in rows] == [True, True, True]
    assert all("Unterschriftenpad" in row.what for row in rows)
