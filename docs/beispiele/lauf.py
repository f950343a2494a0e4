"""Running from Python: one scenario as `lisa run` does, and a day of nine booths as `lisa simulate` does."""

from __future__ import annotations

import sys
from pathlib import Path

from lisa_core.harness.simulation.play import order as simulation
from lisa_core.harness.start import run as scenarios

FEATURES = Path(__file__).with_name("schritte")


def play_scenarios(out: Path) -> int:
    """The exit code of `lisa run`: 0 when all have passed. The reports lie in `out` afterwards."""
    return scenarios.run(scenarios.Order([str(FEATURES)], clock="virtual", out=out))


def play_days() -> None:
    prepared = simulation.prepare(simulation.SimulationOrder(booths=9, days=1, seed=7), simulation.load_people())
    result = simulation.play(prepared)
    print(f"{result.figures.visits} Besuche, verletzte Invarianten: {len(result.breaches)}")


def main() -> None:
    code = play_scenarios(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
    print(f"Exit-Code: {code}")
    play_days()


if __name__ == "__main__":
    main()
