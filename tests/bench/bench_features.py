"""The shipped features on emulated devices, as `make run` has them: the build before against this one, in turn.

python -m tests.bench.bench_features [FEATURES ...] [--repeats N]: features/empfang features/kabine take a minute.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.older import Build, older, this
from tests.bench.pair import REPEATS, Cost, Costs, Row, cost, interleaved_costs, megabytes, seconds

WORKERS = re.compile(r"-n (\d+)")


@dataclass(frozen=True)
class Side:
    """A build with as many workers as its `make run` has."""

    build: Build
    workers: int

    def run(self, features: Sequence[str]) -> Cost:
        """Run these features, all of them where none is named; raises where one does not pass."""
        with tempfile.TemporaryDirectory() as out:
            command = [self.build.lisa, "run", *features, "--out", out, "-n", str(self.workers)]
            return cost(command, self.build.place)


def side(build: Build) -> Side:
    """As its Makefile says."""
    found = WORKERS.search((build.place / "Makefile").read_text(encoding="utf-8"))
    assert found is not None, build
    return Side(build, int(found[1]))


def measure(ours: Side, theirs: Side, features: Sequence[str] = (), repeats: int = REPEATS) -> Costs:
    """Both in turn."""
    return interleaved_costs(lambda: ours.run(features), lambda: theirs.run(features), repeats)


def table(costs: Costs, ours: Side, theirs: Side) -> list[Row]:
    """Time of the whole run; memory of its largest process, which is a worker."""
    wall, peak = costs.pair(lambda one: one.wall_s), costs.pair(lambda one: one.peak_mb)
    here, there = f"{ours.workers} Prozesse", f"vorher, {theirs.workers} Prozesse"
    return [
        Row(
            f"mitgelieferte Features auf emulierten Geräten, {here}",
            seconds(wall.our_median),
            there,
            seconds(wall.their_median),
            wall.ratio,
            0.5,
        ),
        Row(
            "dabei höchstens belegter Speicher eines Prozesses",
            megabytes(peak.our_median),
            there,
            megabytes(peak.their_median),
            peak.ratio,
            0.7,
        ),
    ]


def rows() -> list[Row]:
    """Of `make bench`."""
    ours, theirs = side(this()), side(older())
    return table(measure(ours, theirs), ours, theirs)


def main(words: Sequence[str]) -> None:
    """Print the rows, and the computing time of both."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench.bench_features", description=__doc__)
    reader.add_argument("features", nargs="*")
    reader.add_argument("--repeats", type=int, default=REPEATS)
    wish = reader.parse_args(words)
    ours, theirs = side(this()), side(older())
    costs = measure(ours, theirs, [str(Path(name)) for name in wish.features], wish.repeats)
    computing = costs.pair(lambda one: one.cpu_s)
    print("\n".join(map(str, table(costs, ours, theirs))))
    print(f"Rechenzeit: {seconds(computing.our_median)} gegen {seconds(computing.their_median)}")


if __name__ == "__main__":
    main(sys.argv[1:])
