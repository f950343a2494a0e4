"""What starting costs: `python -m tests.bench start`.

The list of commands beside an interpreter that only imports click, and one scenario in memory from start to end beside
the build before. Modules are compiled beforehand, ours and theirs, as they are where somebody works with them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.bench_gherkin import VISIT
from tests.bench.older import HERE, Build, older, this
from tests.bench.pair import REPEATS, Cost, Costs, Row, cost, interleaved_costs, megabytes, seconds

HELP_LIMIT, RUN_LIMIT = 2.0, 0.6


def rows(repeats: int = 3 * REPEATS) -> list[Row]:
    """For `make bench`: wall and memory of both."""
    called, ran = helped(this(), repeats), one_scenario(this(), older(), repeats)
    walls, seen = called.pair(lambda one: one.wall_s), ran.pair(lambda one: one.wall_s)
    memory = ran.pair(lambda one: one.peak_mb)
    click, before, what = '`python -c "import click"`', "vorher", "`lisa run`, ein Szenario im Modell"
    numbers = (seconds(seen.our_median), before, seconds(seen.their_median), seen.ratio)
    return [
        Row("`lisa --help`", seconds(walls.our_median), click, seconds(walls.their_median), walls.ratio, HELP_LIMIT),
        Row(what, *numbers, RUN_LIMIT),
        Row(
            f"{what}, Speicher",
            megabytes(memory.our_median),
            before,
            megabytes(memory.their_median),
            memory.ratio,
            1.0,
        ),
    ]


def helped(build: Build, repeats: int) -> Costs:
    """`lisa --help` beside `import click`, by the same interpreter."""
    return interleaved_costs(
        lambda: _cost((build.lisa, "--help"), HERE), lambda: _cost((build.python, "-c", "import click"), HERE), repeats
    )


def one_scenario(ours: Build, theirs: Build, repeats: int) -> Costs:
    """One visit in virtual time by either build."""
    with tempfile.TemporaryDirectory() as place:
        feature = Path(place) / "besuch.feature"
        feature.write_text(f"# language: de\nFunktionalität: Besuche\n{VISIT.format(number=1)}", encoding="utf-8")
        words = ("run", feature.name, "--clock", "virtual")
        return interleaved_costs(
            lambda: _cost((ours.lisa, *words), feature.parent),
            lambda: _cost((theirs.lisa, *words), feature.parent),
            repeats,
        )


def _cost(command: Sequence[str], where: Path) -> Cost:
    return cost(command, where, {**os.environ, "PYTHONDONTWRITEBYTECODE": ""})


def main() -> int:
    found = rows()
    print("\n".join(map(str, found)))
    return 0 if all(row.held for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
