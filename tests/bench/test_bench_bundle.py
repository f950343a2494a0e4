"""The benchmark of a bundle's check gives figures."""

from __future__ import annotations

import pytest

from tests.bench.bench_bundle import measure


@pytest.mark.bench
def test_figures_come_out() -> None:
    assert measure(1, count=20).pair(lambda one: one.cpu_s).ratio > 0
