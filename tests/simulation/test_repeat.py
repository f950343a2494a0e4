"""The same order gives the same event log, to the byte, whatever the machine does differently."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest

from lisa_core.domain.model.outcome import Outcome
from lisa_core.exchange.journal.names import CAME_IN, VISIT_ENDED
from lisa_core.harness.simulation.play.order import play
from tests.simulation.worlds import LONG, prepared, simulated, story

DAYS = 20 if LONG else 2
PRINT_DIGEST = "from tests.simulation.worlds import simulated; print(simulated(3, 1, 11).digest)"


@pytest.mark.parametrize("landkreis", ["uckermark"])
def test_two_runs_are_the_same_and_nothing_breaks(landkreis: str) -> None:
    first, second = (simulated(9, DAYS, 7, landkreis=landkreis) for _ in range(2))
    assert first.digest == second.digest
    assert not first.breaches, story(first)
    assert first.figures.visits >= 9 * DAYS * 6 * 0.8
    assert first.steps >= 40 * first.figures.visits


def test_another_seed_is_another_day() -> None:
    assert simulated(2, 1, 1).digest != simulated(2, 1, 2).digest


def test_the_digest_stands_for_the_log() -> None:
    written = io.StringIO()
    result = play(prepared(2, 1, 5), written)
    again = io.StringIO()
    assert play(prepared(2, 1, 5), again).digest == result.digest
    assert written.getvalue() == again.getvalue()
    assert written.getvalue().count("besuch.begonnen") == result.figures.visits


def test_the_order_of_hashes_does_not_matter() -> None:
    digests = set()
    for seed in ("0", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        done = subprocess.run(
            [sys.executable, "-c", PRINT_DIGEST], env=environment, capture_output=True, text=True, check=True
        )
        digests.add(done.stdout.strip())
    assert digests == {simulated(3, 1, 11).digest}


def test_the_log_has_how_each_visit_ended_and_what_came_in_once() -> None:
    written = io.StringIO()
    result = play(prepared(9, 2, 7, "all"), written)
    entries = [json.loads(line) for line in written.getvalue().splitlines()]
    came_in = [who for _, who, what, _ in entries if what == CAME_IN]
    ended: dict[str, list[str]] = {}
    for _, who, what, detail in entries:
        if what == VISIT_ENDED:
            ended.setdefault(who, []).append(detail)
    assert not result.breaches, story(result)
    assert came_in
    assert len(set(came_in)) == len(came_in)
    assert all(Outcome.APPLICATION.value in ended.get(visit, ["still open"]) for visit in came_in if visit in ended)
    assert {len(outcomes) for outcomes in ended.values()} <= {1, 2}, "once by the booth, once by the exchange"
