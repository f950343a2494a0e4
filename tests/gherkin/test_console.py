"""Lines that are shown by a thread are all shown, and closing ends at whatever moment it comes."""

from __future__ import annotations

import subprocess
import sys
import threading

from lisa_core.harness.report import console

MANY = """
import time
from lisa_core.harness.report.console import Console
shown = Console()
shown.line("erste")
shown.show_soon()
while True:
    pass
"""


class JustMissed(threading.Event):
    """Set, with `waiting`, right after somebody has looked in vain whether it is."""

    def __init__(self, waiting: threading.Event) -> None:
        super().__init__()
        self._waiting = waiting

    def wait(self, timeout: float | None = None) -> bool:
        found = super().wait(timeout)
        self.set()
        self._waiting.set()
        return found


def test_closing_ends_also_right_after_it_was_looked_for() -> None:
    shown = console.Console()
    shown._closing = JustMissed(shown._waiting)
    shown.show_soon()
    assert shown._thread is not None
    shown._thread.join(60)
    assert not shown._thread.is_alive()
    shown.close()


def test_a_line_is_shown_while_the_run_computes() -> None:
    with subprocess.Popen([sys.executable, "-c", MANY], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            assert running.stdout.readline() == "erste\n"
        finally:
            running.kill()
