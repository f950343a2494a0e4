"""Ctrl-C and SIGTERM, at whatever moment: a quick end, the right exit code, nothing left, nothing read as passed."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.system.programs import FEATURES, STORY, Program, children, left_of, started, traces, wait_until
from tests.system.slowed import slowed

PROMISED_S = 2.0
ALLOWED_S = 4.0
"""The promise, and what the test lets pass; more on a machine that has more to do than processors to do it."""
INT, TERM = signal.SIGINT, signal.SIGTERM

Moment = Callable[[Program], object]


def importing(program: Program) -> object:
    maps = Path(f"/proc/{program.pid}/maps")
    return wait_until(lambda: "pydantic_core" in maps.read_text(encoding="utf-8"), "something is imported", program)


def opening(program: Program) -> object:
    return wait_until(lambda: any(program.temporary.iterdir()), "something is opened", program)


def said(words: str) -> Moment:
    return lambda program: program.until(words)


RUN = ("run", STORY, "--out", "out")
SCANS = ("run", f"{FEATURES / 'unterlagen' / 'kopieren.feature'}:5", "--out", "out")
ENDINGS = {
    "run, while it is imported": (RUN, importing, INT, 130),
    "run, while the booth opens": (RUN, opening, INT, 130),
    "run, in the middle of the talk, by SIGTERM": (RUN, said("✓ Und sieht Frau Brandt die Bürgerin"), TERM, 130),
    "run, while a scan runs": (SCANS, said("in den Scanner legt"), INT, 130),
    "up, while it opens": (("up", "--port", "0"), opening, INT, 130),
    "up, idle": (("up", "--port", "0"), said("Arbeitsplätze"), INT, 130),
    "up, idle, by SIGTERM": (("up", "--port", "0"), said("Arbeitsplätze"), TERM, 0),
    "up, idle, by a closed terminal": (("up", "--port", "0"), said("Arbeitsplätze"), signal.SIGHUP, 0),
    "emulate": (("emulate", "scanner"), said("{"), INT, 130),
    "emulate, by SIGTERM": (("emulate", "document-camera"), said("{"), TERM, 0),
}
AS_PEOPLE_DO = ("run, while it is imported", "up, while it opens", "emulate")
"""One of each command is no copy: imported is what the first waits for."""


@pytest.mark.parametrize("name", ENDINGS)
def test_it_ends_quickly_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    arguments, moment, how, code = ENDINGS[name]
    with started(tmp_path, *arguments, anew=name in AS_PEOPLE_DO) as program:
        moment(program)
        had, offspring = traces(program.pid), children(program.pid)
        with slowed(program.pid, *offspring) as machine:
            ending = program.end(how)
    print(f"{name}: ended after {ending.seconds:.2f} s (promised {PROMISED_S:g} s)")
    assert ending.code == code, ending.output
    assert ending.seconds < ALLOWED_S * machine.factor
    assert "Traceback" not in ending.output
    assert not [pid for pid in offspring if Path(f"/proc/{pid}").exists()]
    assert not left_of(had)
    assert not list(program.temporary.iterdir())
    report = tmp_path / "out" / "report.html"
    if report.exists():
        assert 'class="headline good"' not in report.read_text(encoding="utf-8")
        assert "abgebrochen" in report.read_text(encoding="utf-8")
        assert "läuft noch" not in report.read_text(encoding="utf-8")
