"""Every edge hears generated inputs: some hundred in `make test`, its share of a million in `make test-long`.

The long run goes on where the last one stopped, at most an hour of computing at a time; a whole one begins
anew with other inputs.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from lisa_core.domain.model.errors import LisaError
from tests.fuzz.campaign import Campaign, kept
from tests.fuzz.edge import Edge, outcome_of
from tests.fuzz.mutation import damaged
from tests.fuzz.table import EDGES

LONG = os.environ.get("LISA_LONG") == "1"
IN_ALL = 1_000_000
SHORT_S = 0.03
"""Computing time of an edge in the short run, after the first inputs."""
AT_LEAST = 40
HOUR_S = 3_600.0
"""Computing time of a long run at most, so that a busy machine does not make it a shorter one."""
BUSY = 12
"""So many times that may go by on a clock."""


def test_the_shares_are_a_million() -> None:
    assert sum(edge.share for edge in EDGES) == IN_ALL
    assert len({edge.name for edge in EDGES}) == len(EDGES)


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.name)
def test_whatever_comes_is_taken_or_refused(edge: Edge) -> None:
    campaign, end_s = Campaign(seed=0), time.thread_time() + SHORT_S
    campaign.run(edge, edge.share // 100, lambda: time.thread_time() < end_s, look_every=AT_LEAST)
    assert not campaign.faults, "\n".join(campaign.faults.values())
    assert campaign.number >= AT_LEAST


@pytest.mark.long
@pytest.mark.timeout(BUSY * HOUR_S)
@pytest.mark.skipif(not LONG, reason="the share of a million inputs: make test-long")
@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.name)
def test_its_share_of_a_million(edge: Edge, pytestconfig: pytest.Config) -> None:
    assert pytestconfig.cache is not None
    path = pytestconfig.cache.mkdir("fuzz") / f"{edge.name}.json"
    campaign, end_s = kept(path, seed=1), time.thread_time() + HOUR_S * edge.share / IN_ALL

    def go_on() -> bool:
        campaign.keep(path)
        return time.thread_time() < end_s

    campaign.look_again(edge)
    try:
        campaign.run(edge, edge.share, go_on)
    finally:
        campaign.keep(path)  # whatever ends it
    assert not campaign.faults, "\n".join((*campaign.faults.values(), f"kept in {path.with_suffix('.txt')}"))
    done = f"{edge.name}: {campaign.number} of {edge.share}, seed {campaign.seed}, {dict(campaign.said)}"
    print(done, campaign.digest)
    if campaign.number < edge.share:
        pytest.skip(f"{done}: again to go on")
    Campaign(campaign.seed + 1).keep(path)


# --- the fuzzer itself ------------------------------------------------------------------------------------------------


def _seeds() -> Sequence[bytes]:
    return [b"alpha beta gamma " * 20]


def _planted(data: bytes, chance: Random) -> None:
    """Takes everything but what holds a 0xFF; that one it fails at."""
    if not data:
        raise LisaError("nothing")
    if b"\xff" in data:
        raise KeyError("planted")


PLANTED = Edge("planted", _seeds, damaged, _planted, 0)


def test_a_planted_fault_is_found_shrunk_and_can_be_repeated() -> None:
    campaign = Campaign(seed=3)
    campaign.run(PLANTED, 3_000)
    (text,) = campaign.faults.values()
    assert "KeyError" in text
    assert "shortest input found: b'\\xff'" in text
    assert f"python -m tests.fuzz planted 3 {text.rpartition(' ')[2]}" in text


def test_the_same_seed_gives_the_same_digest_also_in_parts(tmp_path: Path) -> None:
    whole, parts = Campaign(seed=5), Campaign(seed=5)
    whole.run(PLANTED, 1_200)
    parts.run(PLANTED, 500)
    path = tmp_path / "state.json"
    parts.keep(path)
    again = kept(path, seed=5)
    again.run(PLANTED, 1_200)
    assert (again.digest, again.said) == (whole.digest, whole.said)
    other = Campaign(seed=6)
    other.run(PLANTED, 1_200)
    assert other.digest != whole.digest


def test_what_was_found_is_kept_until_it_is_mended(tmp_path: Path) -> None:
    campaign, path = Campaign(seed=3), tmp_path / "planted.json"
    campaign.run(PLANTED, 3_000)
    campaign.keep(path)
    (text,) = campaign.faults.values()
    assert path.with_suffix(".txt").read_text("utf-8") == text + "\n"
    again = kept(path, seed=3)
    again.look_again(PLANTED)
    assert again == campaign
    again.look_again(Edge("planted", _seeds, damaged, lambda data, chance: None, 0))
    assert (again.faults, again.found) == ({}, {})


def test_what_only_the_machine_makes_slow_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(data: bytes, chance: Random) -> None:
        end_s = time.thread_time() + 0.1
        while time.thread_time() < end_s:
            pass

    slow = Edge("slow", _seeds, damaged, taken, 0, start_s=0.02, byte_s=0.0)
    assert outcome_of(slow, b"x", 0, 0).kind == "slow"
    monkeypatch.setattr("tests.fuzz.edge.slowness", lambda: 10.0)
    assert not outcome_of(slow, b"x", 0, 0).fault


def test_a_fuzzer_that_makes_no_input_says_which() -> None:
    def broken(chance: Random, seeds: Sequence[bytes]) -> bytes:
        raise RecursionError

    campaign = Campaign(seed=4)
    campaign.run(Edge("broken", _seeds, broken, _planted, 0), 3)
    assert list(campaign.faults.values()) == ["broken: no input, seed 4 number 0: RecursionError()"]


def _endless(data: bytes, chance: Random) -> None:
    while data:
        pass


def test_what_never_ends_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.edge.HANGS_S", 0.05)
    monkeypatch.setattr("tests.fuzz.campaign.SHRINK_TRIES", 3)
    campaign = Campaign(seed=0)
    campaign.run(Edge("endless", _seeds, damaged, _endless, 0), 1)
    assert list(campaign.faults) == ["hangs"]


def _hungry(data: bytes, chance: Random) -> None:
    bytearray(b"x") * 300_000_000


def test_memory_is_watched() -> None:
    campaign = Campaign(seed=0)
    campaign.run(Edge("hungry", _seeds, damaged, _hungry, 0, start_s=9.0), 1)
    assert list(campaign.faults) == ["memory"]
