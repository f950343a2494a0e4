"""The benchmark of the scenarios gives figures."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench.bench_gherkin import FEW, growth, measure, runners, visits


@pytest.mark.bench
def test_figures_come_out() -> None:
    """Without the peers that would have to be installed; beside plain pytest and pytest-bdd."""
    known = [one for one in runners(Path(sys.executable).parent) if one.name in {"lisa run", "pytest-bdd", "pytest"}]
    figures = measure(known, times=1, many=FEW + 100)
    print(figures)
    assert figures.ratio("pytest-bdd") < 1
    assert "lisa run = " in str(figures)
    assert visits(20) > 0
    assert growth(large=40, repeats=1).ratio
