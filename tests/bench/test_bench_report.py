"""The benchmark of the report gives figures."""

from __future__ import annotations

import pytest

from tests.bench.bench_report import measure


@pytest.mark.bench
def test_figures_come_out() -> None:
    found = measure(20, repeats=1)
    assert found.pages >= 1
    assert found.load.ratio > 0
    assert "20 Szenarien" in str(found)
