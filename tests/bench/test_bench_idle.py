"""The benchmark of an idle emulated booth says both figures; far beyond the limits is a fault on any machine."""

from __future__ import annotations

import pytest

from tests.bench import bench_idle


@pytest.mark.bench
def test_an_idle_booth_is_measured() -> None:
    processor, memory = bench_idle.rows(seconds=0.5, times=1)
    assert "Rechenzeit" in processor.what
    assert 0 < memory.ratio < 1.5
