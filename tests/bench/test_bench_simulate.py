"""The benchmark of the simulation gives figures."""

from __future__ import annotations

import pytest

from tests.bench.bench_simulate import growth, measure, played
from tests.bench.older import this


@pytest.mark.bench
def test_figures_come_out() -> None:
    small, large = measure(4), measure(16)
    assert small.visits >= 4 * 6 * 0.8
    assert small.steps >= 40 * small.visits
    assert small.bare_s > 0
    assert growth(small, large) > 0
    print(small, large, sep="\n")
    assert "16 Büros: " in str(large)


@pytest.mark.bench
def test_one_landkreis_is_played_by_a_build() -> None:
    """What the rows are made of; both builds are measured by `rows` alone."""
    (took_s, digest, steps, held_kb), again = played(this(), 7, "none", 2), played(this(), 7, "none", 2)
    assert again[1:3] == (digest, steps)
    assert (took_s > 0, steps > 40, held_kb >= 0) == (True, True, True)
