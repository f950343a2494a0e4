"""Ctrl-C in the middle of a simulation: one sentence says what was done, and the exit code says that it was not all."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

from lisa_core.cli.progress import ProgressLine
from lisa_core.cli.simulate import simulate
from tests.system.programs import started, wait_until


def test_an_interrupted_simulation_says_how_far_it_came(tmp_path: Path) -> None:
    log = tmp_path / "l.txt"
    with started(tmp_path, "simulate", "--booths", "9", "--days", "366", "--log", "l.txt") as program:
        wait_until(lambda: log.exists() and log.stat().st_size > 200_000, "days are played", program)
        ending = program.end(signal.SIGINT)
    said = re.search(r"Abgebrochen: (\d+) von 366 Tagen gespielt, Startwert 0; keine Auswertung\.", ending.output)
    assert ending.code == 130
    assert said, ending.output
    assert int(said[1]) > 0
    assert "Das Protokoll l.txt endet mittendrin." in ending.output
    assert "Traceback" not in ending.output


class Dropped:
    """What is raised while it is taken away, Python drops."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_signal_that_comes_while_an_object_is_taken_away_is_heard_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def shown(_line: ProgressLine, _part: float, _said: str) -> None:
        Dropped()

    monkeypatch.setattr(ProgressLine, "show", shown)
    done = CliRunner().invoke(simulate, ["--kreise", "2", "--booths", "9", "--workers", "1"], standalone_mode=False)
    assert (done.return_value, "Abgebrochen: " in f"{done.output}{capsys.readouterr()}") == (130, True)
