"""The benchmark of siblings gives its row."""

from __future__ import annotations

import pytest

from tests.bench import bench_siblings


@pytest.mark.bench
def test_the_row_comes_out() -> None:
    (row,) = bench_siblings.rows(count=2_000, repeats=2)
    assert row.ratio > 0
