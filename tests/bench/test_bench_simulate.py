"""The benchmark of the simulation gives figures."""

from __future__ import annotations

import pytest

from tests.bench.bench_simulate import growth, measure


@pytest.mark.bench
def test_figures_come_out() -> None:
    small, large = measure(4), measure(16)
    assert small.visits >= 4 * 6 * 0.8
    assert small.steps >= 40 * small.visits
    assert small.bare_s > 0
    assert growth(small, large) > 0
    print(small, large, sep="\n")
    assert "16 Büros: " in str(large)
