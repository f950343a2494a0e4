"""What every benchmark here is made of: two things measured in turn, and one row of the table of docs/leistung.md.

A machine's speed swings by half within minutes. So what is compared is measured in turn, A B A B, in one run, and told
is the ratio of the medians; a figure alone says little. Whole commands are accounted by the kernel (wait4), with all
that they started and waited for.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REPEATS = 5


@dataclass(frozen=True)
class Pair:
    """The figures of both, in the order in which they were measured."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def our_median(self) -> float:
        return statistics.median(self.ours)

    @property
    def their_median(self) -> float:
        return statistics.median(self.theirs)

    @property
    def ratio(self) -> float:
        """Ours in theirs: 0.5 is half of it."""
        return self.our_median / self.their_median


def interleaved(ours: Callable[[], float], theirs: Callable[[], float], repeats: int = REPEATS) -> Pair:
    """Each measures itself once per call; who begins changes from turn to turn."""
    figures: tuple[list[float], list[float]] = ([], [])
    for turn in range(repeats):
        for which in (0, 1) if turn % 2 == 0 else (1, 0):
            figures[which].append((ours, theirs)[which]())
    return Pair(tuple(figures[0]), tuple(figures[1]))


@dataclass(frozen=True)
class Cost:
    """What a whole command cost: seconds, and the memory of its largest process in megabytes (10^6 bytes)."""

    wall_s: float
    cpu_s: float
    peak_mb: float


STARTER = """
import os, sys
told = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(told, 0)
os.write(int(os.environ["LISA_COST"]), f"{status} {used.ru_utime + used.ru_stime} {used.ru_maxrss}".encode())
"""
"""Starts the command and tells what it cost: a process counts among its own peak what its parent held when it was
started (getrusage(2), `ru_maxrss`), so the parent has to be small. Without `site` it holds less than ours."""


def cost(command: Sequence[str], where: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run it to its end. `command` begins with a path.

    Raises:
        RuntimeError: it did not end with 0; with the end of what it said.
    """
    told, tells = os.pipe()
    around = {**(os.environ if environment is None else environment), "LISA_COST": str(tells)}
    with tempfile.TemporaryFile() as said, os.fdopen(told) as found:
        began_s = time.perf_counter()
        starter = [sys.executable, "-I", "-S", "-c", STARTER, *command]
        apart = {"stdin": subprocess.DEVNULL, "start_new_session": True, "pass_fds": [tells]}
        running = subprocess.Popen(starter, cwd=where, stdout=said, stderr=said, env=around, **apart)
        os.close(tells)
        try:
            running.wait()
        except BaseException:
            os.killpg(running.pid, signal.SIGINT)
            running.wait()
            raise
        wall_s = time.perf_counter() - began_s
        status, cpu_s, peak_kb = (float(figure) for figure in found.read().split())
        if code := os.waitstatus_to_exitcode(int(status)):
            said.seek(0)
            end = said.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"{' '.join(command)}: ended with {code}\n{end}")
    return Cost(wall_s, cpu_s, peak_kb * 1024 / 1e6)


@dataclass(frozen=True)
class Costs:
    """Two commands in turn, every figure of both."""

    ours: tuple[Cost, ...]
    theirs: tuple[Cost, ...]

    def pair(self, figure: Callable[[Cost], float]) -> Pair:
        return Pair(tuple(map(figure, self.ours)), tuple(map(figure, self.theirs)))


def interleaved_costs(ours: Callable[[], Cost], theirs: Callable[[], Cost], repeats: int = REPEATS) -> Costs:
    """As `interleaved`, for whole commands; a first run of each, for what the disk must read, is not counted."""
    ours(), theirs()
    found: tuple[list[Cost], list[Cost]] = ([], [])

    def seen(which: int, run: Callable[[], Cost]) -> float:
        found[which].append(run())
        return found[which][-1].wall_s

    interleaved(lambda: seen(0, ours), lambda: seen(1, theirs), repeats)
    return Costs(tuple(found[0]), tuple(found[1]))


def percentile(figures: Sequence[float], share: int) -> float:
    """Below it lie so many in a hundred of them."""
    return statistics.quantiles(figures, n=100, method="inclusive")[share - 1]


@dataclass(frozen=True)
class Row:
    """One goal and what was found; `fast` when the ratio says how many times as fast (more is better)."""

    what: str
    ours: str
    peer: str
    theirs: str
    ratio: float
    limit: float
    fast: bool = False

    @property
    def held(self) -> bool:
        return self.ratio >= self.limit if self.fast else self.ratio <= self.limit

    def __str__(self) -> str:
        goal = f"{'mindestens' if self.fast else 'höchstens'} {german(self.limit)}"
        verdict = "erreicht" if self.held else "verfehlt"
        cells = (self.what, self.ours, self.peer, self.theirs, german(self.ratio), goal, verdict)
        return f"| {' | '.join(cells)} |"


def shares(what: str, ours: Sequence[float], peer: str, theirs: Sequence[float], limit: float) -> Row:
    """A row about single events, in milliseconds: the 99th percentile counts, the median is told beside it."""

    def told(figures: Sequence[float]) -> str:
        return f"{seconds(percentile(figures, 99) / 1000)} (p50 {seconds(percentile(figures, 50) / 1000)})"

    ratio = percentile(ours, 99) / percentile(theirs, 99)
    return Row(f"{what}, p99", told(ours), peer, told(theirs), ratio, limit)


HEAD = "| Was | hier | verglichen mit | dort | Verhältnis | Ziel | |\n|---|---|---|---|---|---|---|"


def german(figure: float) -> str:
    """Two digits after the comma, none where they say nothing: 0,48; 12; 7,5."""
    return f"{figure:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def seconds(figure: float) -> str:
    """A median for the table: 118 s, 0,48 s, 12 ms."""
    if figure >= 100:
        return f"{figure:.0f} s"
    return f"{german(figure)} s" if figure >= 0.1 else f"{german(figure * 1000)} ms"


def megabytes(figure: float) -> str:
    return f"{figure:.0f} MB"
