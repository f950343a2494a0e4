"""The benchmark of the restart gives figures, and the queue keeps its order."""

from __future__ import annotations

import pytest

from tests.bench.bench_restart import DESKS, measure


@pytest.mark.bench
def test_figures_come_out() -> None:
    found = measure(DESKS + 100, repeats=1)
    assert found.in_order
    assert found.entries > 2 * (DESKS + 100)
    assert found.queue_s > 0
    assert found.plain_s > 0
