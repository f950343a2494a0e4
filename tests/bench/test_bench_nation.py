"""The benchmark of a nation gives figures, and this build agrees with itself however it plays."""

from __future__ import annotations

import pytest

from tests.bench.bench_nation import Sizes, _row, one_by_one, peak_mb, side_by_side
from tests.bench.older import this

HOLDS = "import time\nheld = b'x' * 50_000_000\nwhile time.process_time() < 0.3: pass"


@pytest.mark.bench
def test_figures_come_out() -> None:
    order = Sizes(kreise=2, booths=2).order("all")
    apart, together = one_by_one(this(), order), side_by_side(this(), order, 1)
    assert apart.digest == together.digest
    assert min(apart.cpu_s, together.cpu_s) > 0
    assert str(_row("zwei Landkreise", [together], [apart], 0.01)).startswith("| zwei Landkreise | ")
    assert 50 < peak_mb([this().python, "-c", HOLDS]) < 100
