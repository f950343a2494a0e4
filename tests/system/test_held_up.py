"""A machine that is busy elsewhere for seconds: the program stands still in the middle, and each scenario still passes.

Nothing in the booth may take its own standstill for a device that does not answer or for a citizen who has gone.
"""

from __future__ import annotations

import os
import random
import signal
import threading
from pathlib import Path

import pytest

from tests.system.programs import FEATURES, LIMIT_S, MEASURED, Program, started

LONG = os.environ.get("LISA_LONG") == "1"
GOES_S, STANDS_S, STANDS_AT_MOST_S = 0.8, 0.7, 4.0
WHOLE_S = 1200.0


@pytest.mark.timeout(WHOLE_S)
@pytest.mark.parametrize("seed", range(4 if LONG else 1))
def test_a_run_that_is_held_up_again_and_again_passes(tmp_path: Path, seed: int) -> None:
    what = [] if LONG else [str(FEATURES / "kabine" / "eintreten.feature")]
    with started(tmp_path, "run", *what, "-t", f"not ({MEASURED})") as run:
        run.until("✓")
        times = hold_up(run, random.Random(seed))
        ending = run.ended()
    assert ending.code == 0, ending.output
    assert times > (100 if LONG else 2)


def hold_up(run: Program, rng: random.Random) -> int:
    """Stop the program for a while, let it go on for a while, until it ends; how often that was."""
    rhythm, times, left_s = threading.Event(), 0, WHOLE_S - LIMIT_S
    while run.runs and left_s > 0:
        goes_s, stands_s = rng.expovariate(1 / GOES_S), min(STANDS_AT_MOST_S, rng.expovariate(1 / STANDS_S))
        rhythm.wait(goes_s)
        run.send(signal.SIGSTOP)
        rhythm.wait(stands_s)
        run.send(signal.SIGCONT)
        times, left_s = times + 1, left_s - goes_s - stands_s
    return times
