"""The benchmark of starting gives figures."""

from __future__ import annotations

import pytest

from tests.bench.bench_start import helped, one_scenario
from tests.bench.older import this


@pytest.mark.bench
def test_figures_come_out() -> None:
    """Beside itself: the build before would have to be set up."""
    assert helped(this(), 1).pair(lambda one: one.cpu_s).ratio > 0
    assert one_scenario(this(), this(), 1).pair(lambda one: one.peak_mb).our_median > 0
