"""The benchmark of routing gives figures."""

from __future__ import annotations

import re

import pytest

from tests.bench.bench_routing import measure


@pytest.mark.bench
def test_figures_come_out() -> None:
    figures = measure(rounds=1, tape_events=3_000, samples=8)
    assert len(figures.handovers.inside) == len(figures.handovers.outside) == 8
    print(figures)
    assert re.search(r"alle Regeln: [\d,]+ \(Ziel 300,000\)", str(figures))
    assert min(figures.best.values()) > 0
