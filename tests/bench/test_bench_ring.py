"""The benchmark of the ring gives figures."""

from __future__ import annotations

import asyncio
import re

import pytest

from tests.bench.bench_ring import measure


@pytest.mark.bench
def test_figures_come_out() -> None:
    figures = asyncio.run(measure(2))
    assert [len(figures.ring), len(figures.echo)] == [2, 2]
    assert min(*figures.ring, *figures.echo) > 0
    print(figures)
    assert re.search(r"Klingeln: p50 [\d.]+ ms, p95 [\d.]+ ms, p99 [\d.]+ ms über 2 Besuche", str(figures))
