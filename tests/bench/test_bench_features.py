"""The benchmark of the shipped features gives figures."""

from __future__ import annotations

import pytest

from tests.bench.bench_features import Side, side, table
from tests.bench.older import this
from tests.bench.pair import Costs


@pytest.mark.bench
def test_figures_come_out() -> None:
    """One run of the shortest feature, on one worker."""
    here = side(this())
    assert here.workers > 1
    found = Side(here.build, 1).run(["features/kabine/platz.feature"])
    rows = table(Costs((found,), (found,)), here, here)
    assert [(row.ratio, row.limit) for row in rows] == [(1, 0.5), (1, 0.7)]
    assert found.peak_mb > 50
