"""Ctrl-C in the middle of a simulation: one sentence says what was done, and the exit code says that it was not all."""

from __future__ import annotations

import re
import signal
from pathlib import Path

from tests.system.programs import started, wait_until


def test_an_interrupted_simulation_says_how_far_it_came(tmp_path: Path) -> None:
    log = tmp_path / "l.txt"
    with started(tmp_path, "simulate", "--booths", "9", "--days", "366", "--log", "l.txt") as program:
        wait_until(lambda: log.exists() and log.stat().st_size > 1_000_000, "days are played", program)
        ending = program.end(signal.SIGINT)
    said = re.search(r"Abgebrochen: (\d+) von 366 Tagen gespielt, Startwert 0; keine Auswertung\.", ending.output)
    assert ending.code == 130
    assert said, ending.output
    assert int(said[1]) > 0
    assert "Das Protokoll l.txt endet mittendrin." in ending.output
    assert "Traceback" not in ending.output
