"""What a scenario has left is swept before the next, and what all of them share is looked through no more."""

from __future__ import annotations

import subprocess
import sys

LEFT = """
import gc, weakref
from lisa_core.harness.scene.sweep import sweep

class Picture:
    pass

sweep()
kept = gc.get_freeze_count()
assert kept > 1_000, kept
ring = Picture()
ring.itself, seen = ring, weakref.ref(ring)
del ring
gc.disable()
assert seen() is not None
sweep()
assert seen() is None
assert gc.get_freeze_count() == kept
"""


def test_pictures_of_the_scenario_before_are_gone() -> None:
    done = subprocess.run([sys.executable, "-c", LEFT], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
