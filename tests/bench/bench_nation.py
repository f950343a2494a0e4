"""The same Landkreise, one after the other in the build before and side by side in this one.

    python -m tests.bench.bench_nation [--kreise N] [--booths N] [--nation N] [--repeats N] [--older FOLDER]

The build before plays each Landkreis with a command of its own, as one had to; both must come to the same digest.
Beside it, in the same turn, this build with one worker and with one for each core (at most two). Memory is that of all
processes together, what they share counted once (Pss), against the build before with 10,000 booths on one exchange.
`make bench` takes fewer Landkreise, which is to our disadvantage: what is done once weighs more.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lisa_core.harness.simulation.nation.order import NationOrder
from lisa_core.harness.simulation.play.order import SimulationOrder
from tests.bench.older import Build, older, this
from tests.bench.pair import REPEATS, Pair, Row, megabytes, seconds

KREISE, FEWER, BOOTHS, SEED = 200, 20, 50, 7
NATION = 10_000
"""Booths, where memory is measured."""
CORES = min(2, len(os.sched_getaffinity(0)))
DIGEST = re.compile(r"^Prüfsumme +([0-9a-f]{64})$", re.MULTILINE)
LOOK_S = 0.05


@dataclass(frozen=True)
class Turn:
    """What one way to play them took: seconds on the clock and of the cores, and the digest over all."""

    wall_s: float
    cpu_s: float
    digest: str


@dataclass(frozen=True)
class Sizes:
    kreise: int = FEWER
    booths: int = BOOTHS
    repeats: int = REPEATS
    nation: int = NATION

    def order(self, faults: str) -> NationOrder:
        return NationOrder(SimulationOrder(self.booths, 1, SEED, faults), self.kreise)


def side_by_side(build: Build, order: NationOrder, workers: int) -> Turn:
    words = ["--kreise", str(order.kreise), "--workers", str(workers)]
    return _timed(lambda: simulated(build, order, SEED, *words))


def one_by_one(build: Build, order: NationOrder) -> Turn:
    """A command for each Landkreis; the digest over theirs is what the nation's is."""

    def play() -> str:
        whole = hashlib.sha256()
        for index in range(order.portions):
            whole.update(bytes.fromhex(simulated(build, order, order.portion(index).seed)))
        return whole.hexdigest() if order.portions > 1 else simulated(build, order, SEED)

    return _timed(play)


def simulated(build: Build, order: NationOrder, seed: int, *words: str) -> str:
    """The digest that `lisa simulate` says."""
    done = subprocess.run(
        _command(build, order, seed, *words), cwd=build.place, capture_output=True, text=True, check=True
    )
    return DIGEST.findall(done.stdout)[0]


def rows(sizes: Sizes = Sizes(), before: Build | None = None) -> list[Row]:
    """Speed without and with faults, on one core and on all, and memory."""
    build, before = this(), before or older()
    found = []
    for faults, said in (("none", ""), ("all", ", alle Störungen")):
        turns = interleaved(build, before, sizes, faults)
        many = f"{sizes.kreise} Landkreise zu {sizes.booths} Büros, ein Tag{said}"
        found.append(_row(f"{many}, {CORES} Kerne", turns[CORES], turns[0], 3.0))
        if faults == "none":
            found.append(_row(f"{many}, ein Kern (Rechenzeit)", turns[1], turns[0], 1.6, cpu=True))
    ours_mb, theirs_mb = both_memories(build, before, sizes)  # once: a peak hardly swings, and this takes minutes
    memory = Pair((ours_mb,), (theirs_mb,))
    ours, theirs = megabytes(memory.our_median), megabytes(memory.their_median)
    booths = f"{sizes.nation} Büros, alle Störungen: Speicher aller Prozesse"
    found.append(Row(booths, ours, "vorher, an einer Vermittlung", theirs, memory.ratio, 0.5))
    return found


def interleaved(build: Build, before: Build, sizes: Sizes, faults: str) -> dict[int, list[Turn]]:
    """By workers; 0 is the build before. Who begins changes from turn to turn."""
    order = sizes.order(faults)
    turns: dict[int, list[Turn]] = {0: [], 1: [], CORES: []}
    for number in range(sizes.repeats):
        for workers in sorted(turns, reverse=bool(number % 2)):
            turn = side_by_side(build, order, workers) if workers else one_by_one(before, order)
            turns[workers].append(turn)
    digests = {turn.digest for these in turns.values() for turn in these}
    assert len(digests) == 1, f"they do not agree: {digests}"
    return turns


def both_memories(build: Build, before: Build, sizes: Sizes) -> tuple[float, float]:
    """Megabytes at the peak, ours first."""
    nation = NationOrder(SimulationOrder(sizes.booths, 1, SEED, "all"), sizes.nation // sizes.booths)
    words = ["--kreise", str(nation.kreise), "--workers", str(CORES)]
    whole = NationOrder(SimulationOrder(sizes.nation, 1, SEED, "all"))
    return peak_mb(_command(build, nation, SEED, *words)), peak_mb(_command(before, whole, SEED))


def peak_mb(command: list[str]) -> float:
    """Of a command and all its processes together; what they share is counted once."""
    highest = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while running.poll() is None:
            highest = max(highest, sum(map(_pss_kb, _family(running.pid))))
            with suppress(subprocess.TimeoutExpired):
                running.wait(LOOK_S)
    return highest * 1024 / 1e6


def _row(what: str, ours: list[Turn], theirs: list[Turn], limit: float, *, cpu: bool = False) -> Row:
    figure: Callable[[Turn], float] = (lambda turn: turn.cpu_s) if cpu else (lambda turn: turn.wall_s)
    pair = Pair(tuple(map(figure, ours)), tuple(map(figure, theirs)))
    told = seconds(pair.our_median), "vorher, einer nach dem anderen", seconds(pair.their_median)
    return Row(what, *told, 1 / pair.ratio, limit, fast=True)


def _command(build: Build, order: NationOrder, seed: int, *words: str) -> list[str]:
    each = order.each
    fixed = ["--booths", str(each.booths), "--days", str(each.days), "--seed", str(seed), "--faults", each.faults]
    return [build.lisa, "simulate", *fixed, *words]


def _timed(play: Callable[[], str]) -> Turn:
    before, began_s = os.times(), time.perf_counter()
    digest = play()
    after, wall_s = os.times(), time.perf_counter() - began_s
    spent = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return Turn(wall_s, spent, digest)


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(task).split():
            found += _family(int(child))
    return found


def _pss_kb(pid: int) -> int:
    lines = _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:  # it has just ended
        return ""


def main(words: list[str]) -> int:
    reader = argparse.ArgumentParser(prog="python -m tests.bench.bench_nation", description=__doc__)
    reader.add_argument("--kreise", type=int, default=KREISE)
    reader.add_argument("--booths", type=int, default=BOOTHS)
    reader.add_argument("--nation", type=int, default=NATION)
    reader.add_argument("--repeats", type=int, default=REPEATS)
    reader.add_argument("--older", type=Path, help="a checkout of the build before that is set up")
    wish = reader.parse_args(words)
    before = Build(wish.older, wish.older.name) if wish.older else None
    found = rows(Sizes(wish.kreise, wish.booths, wish.repeats, wish.nation), before)
    print("\n".join(map(str, found)))
    return int(not all(row.held for row in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
