"""Many small days on which everything goes wrong: each visit has exactly one outcome, and no rule breaks."""

from __future__ import annotations

import pytest

from tests.simulation.worlds import LONG, simulated, story

SEEDS = 10_000 if LONG else 200
PARTS = 8


@pytest.mark.timeout(3600 if LONG else 120)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_visit_has_exactly_one_outcome(part: int) -> None:
    for seed in range(part, SEEDS, PARTS):
        result = simulated(1 + seed % 3, 1, seed)
        ended = sum(sum(outcomes.values()) for outcomes in result.figures.outcomes.values())
        assert not result.breaches, f"seed {seed}, {1 + seed % 3} booths: {story(result)}"
        assert ended == result.figures.visits, f"seed {seed}"
