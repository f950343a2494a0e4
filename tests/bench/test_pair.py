"""What the benchmarks are made of measures what it says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench.pair import Pair, Row, cost, german, interleaved, interleaved_costs, seconds

BUSY = "import time\nuntil_s = time.process_time() + 0.2\nwhile time.process_time() < until_s: pass"
LARGE = "x = bytearray(b'x') * 150_000_000"


def test_the_two_are_measured_in_turn_and_told_by_their_medians() -> None:
    order: list[str] = []
    figures = {"a": iter([1.0, 100.0, 2.0]), "b": iter([4.0, 4.0, 400.0])}

    def one(name: str) -> float:
        order.append(name)
        return next(figures[name])

    pair = interleaved(lambda: one("a"), lambda: one("b"), 3)
    assert "".join(order) == "abbaab"
    assert pair == Pair((1.0, 100.0, 2.0), (4.0, 4.0, 400.0))
    assert pair.ratio == 0.5


def test_a_command_costs_what_it_and_its_children_spend(tmp_path: Path) -> None:
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}], check=True)"
    spent = cost([sys.executable, "-c", child], tmp_path)
    assert 0.2 <= spent.cpu_s < 5
    assert spent.wall_s >= 0.2
    large = cost([sys.executable, "-c", LARGE], tmp_path)
    assert large.peak_mb > 150 > spent.peak_mb


def test_a_command_that_fails_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended with 3\nfor a reason"):
        cost([sys.executable, "-c", "import sys; print('for a reason'); sys.exit(3)"], tmp_path)


def test_whole_commands_are_warmed_up_first(tmp_path: Path) -> None:
    def left(name: str, code: str) -> list[str]:
        return [sys.executable, "-c", f"open({name!r}, 'a').write('x'); {code}"]

    costs = interleaved_costs(
        lambda: cost(left("a", "pass"), tmp_path), lambda: cost(left("b", "pass"), tmp_path), repeats=2
    )
    assert [len(costs.ours), len(costs.theirs)] == [2, 2]
    assert (tmp_path / "a").read_text() == (tmp_path / "b").read_text() == "xxx"


@pytest.mark.parametrize(
    ("ratio", "limit", "fast", "held"),
    [(0.49, 0.5, False, True), (0.51, 0.5, False, False), (3.0, 3.0, True, True), (2.9, 3.0, True, False)],
)
def test_a_goal_is_a_limit_or_a_speed(*, ratio: float, limit: float, fast: bool, held: bool) -> None:
    row = Row("lisa --help", "0,08 s", "vorher", "0,48 s", ratio, limit, fast)
    assert row.held is held
    assert str(row).endswith("| erreicht |" if held else "| verfehlt |")


def test_figures_are_written_as_germans_write_them() -> None:
    assert [german(0.481), german(12.0), german(7.5)] == ["0,48", "12", "7,5"]
    assert [seconds(118.2), seconds(0.48), seconds(0.0123)] == ["118 s", "0,48 s", "12,3 ms"]
