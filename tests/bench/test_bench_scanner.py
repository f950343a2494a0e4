"""The benchmark of the scanner gives figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bench.bench_scanner import REQUEST, measure


@pytest.mark.bench
def test_figures_come_out() -> None:
    pair = measure(1, replace(REQUEST, resolution_dpi=75))
    assert min(pair.our_median, pair.their_median) > 0
