"""The benchmark of the hand-over gives its row."""

from __future__ import annotations

import pytest

from tests.bench import bench_handover


@pytest.mark.bench
def test_a_row_comes_out() -> None:
    (row,) = bench_handover.rows(samples=6, times=1)
    assert row.ratio > 0
    assert "p50" in row.ours
