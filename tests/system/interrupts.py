"""A run that is interrupted at a random moment: what came of it, as a value. Seeded, so that each can be repeated."""

from __future__ import annotations

import random
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.system.programs import FEATURES, LIMIT_S, Program, children, left_of, started, traces, wait_until
from tests.system.slowed import slowed

SIGNALS = (signal.SIGINT, signal.SIGINT, signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
KINDS = {
    "memory": ((str(FEATURES), "--clock", "virtual"), 4.0),
    "memory, workers": ((str(FEATURES), "--clock", "virtual", "-n", "2"), 6.0),
    "wire": ((str(FEATURES / "besuch"),), 12.0),
    "wire, workers": ((str(FEATURES / "besuch"), str(FEATURES / "beratung"), "-n", "2"), 14.0),
}
"""What is run, and within how many seconds the moment lies."""
SAID_S, ENDED_S = 2.0, 10.0
_HEARS = 1 << (signal.SIGHUP - 1)
NOW = threading.Event()


@dataclass(frozen=True)
class Found:
    """`wrong` is "" where all is as promised; `late`: the run was over before. `slowed`: the machine's factor."""

    kind: str
    seed: int
    moment_s: float
    signals: int
    said_s: float
    ended_s: float
    slowed: float
    wrong: str
    late: bool = False


def interrupted(home: Path, kind: str, seed: int) -> Found:
    """Run, interrupt, look."""
    chance = random.Random(f"{kind} {seed}")
    arguments, span_s = KINDS[kind]
    moment_s, count = chance.uniform(0.0, span_s), chance.randint(1, 5)
    numbers = [chance.choice(SIGNALS) for _ in range(count)]
    gaps_s = [chance.choice((0.0, 0.002, 0.05, 0.3, 0.9)) for _ in range(count)]
    with started(home, "run", *arguments, "--out", "out") as program:
        wait_until(lambda: _hears(program), "it hears", program)
        NOW.wait(moment_s)  # the moment is the point here, not an event
        had, offspring = (traces(program.pid), children(program.pid)) if program.runs else (set(), set())
        with slowed(program.pid, *offspring) as machine:
            began_s, said_s = time.monotonic(), 0.0
            for number, gap_s in zip(numbers, gaps_s, strict=True):
                program.send(number)
                said_s = said_s or _said(program, began_s, gap_s)
                NOW.wait(gap_s if said_s else 0.0)
            said_s = said_s or _said(program, began_s, LIMIT_S)
            ending = program.ended(began_s)
    late = ending.code == 0 and "\nabgebrochen\n" not in ending.output
    left = [*map(str, program.temporary.iterdir()), *left_of(had)]
    left += [f"/proc/{pid}" for pid in offspring if Path(f"/proc/{pid}").exists()]
    wrong = "" if late else "; ".join(_wrongs(home, ending.code, ending.output, left))
    return Found(kind, seed, moment_s, count, said_s, ending.seconds, machine.factor, wrong, late)


def _wrongs(home: Path, code: int, output: str, left: list[str]) -> list[str]:
    report = home / "out" / "report.html"
    text = report.read_text(encoding="utf-8") if report.is_file() else ""
    stub = home / "out" / "junit.xml"
    found = {
        f"exit code {code}": code != 130,
        "a traceback": "Traceback" in output or "INTERNALERROR" in output,
        "not said": "\nabgebrochen\n" not in output,
        "no report": not text,
        "a report that does not say so": bool(text) and "abgebrochen" not in text,
        "a stub": bool(text) and ("läuft noch" in text or ("<article" not in text and "<h2" not in text)),
        "no junit.xml": bool(text) and not stub.is_file(),
        f"left: {left}": bool(left),
        "half a report": any(home.joinpath("out").glob(".*")),
    }
    return [words for words, so in found.items() if so]


def _said(program: Program, began_s: float, within_s: float) -> float:
    """After how many seconds it said so; 0.0: not within so many more."""
    end_s = time.monotonic() + within_s
    while True:
        if "abgebrochen\n" in program.lines:
            return max(time.monotonic() - began_s, 0.001)
        if not program.runs or time.monotonic() >= end_s:
            return 0.0
        NOW.wait(0.01)


def _hears(program: Program) -> bool:
    """Whether `lisa` has come so far that it hears signals; before, the interpreter itself is ended by them."""
    status = Path(f"/proc/{program.pid}/status").read_text(encoding="ascii", errors="replace")
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught, 16) & _HEARS)
