"""Two programs that want the same processor slow each other; a limit that one of them has to keep is longer by that."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack

from tests.system.slowed import slowed

COMPUTES = """
import sys, time
print(flush=True)
while time.thread_time() < 0.3:
    pass
print(flush=True)
sys.stdin.read()
"""


def test_who_has_a_processor_for_half_of_the_time_is_slowed_by_two() -> None:
    with ExitStack() as stack:
        both = [
            stack.enter_context(
                subprocess.Popen([sys.executable, "-I", "-S", "-c", COMPUTES], stdin=-1, stdout=subprocess.PIPE)
            )
            for _ in range(2)
        ]
        for one in both:
            os.sched_setaffinity(one.pid, {min(os.sched_getaffinity(0))})
        with slowed(*(one.pid for one in both)) as found:
            for one in both:
                assert one.stdout
                assert [one.stdout.readline() for _ in range(2)] == [b"\n", b"\n"]
        for one in both:
            one.communicate(timeout=60)
    assert found.factor > 1.4
