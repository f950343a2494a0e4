"""The benchmark of the scanner gives figures."""

from __future__ import annotations

import pytest

from tests.bench.bench_scanner import measure


@pytest.mark.bench
def test_figures_come_out() -> None:
    pair = measure(1)
    assert min(pair.our_median, pair.their_median) > 0
