"""Ctrl-C, SIGTERM or a closed terminal, one to five of them, at random moments: said, wiped, reported, nothing left.

`LISA_LONG=1` interrupts 200 runs on memory and 50 on emulated devices; each is a test of its own, so that what was
interrupted itself goes on where it was (`--last-failed`), and each moment is named by its seed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lisa_core.host.temporary import temporary
from tests.system.interrupts import ENDED_S, KINDS, SAID_S, interrupted
from tests.system.programs import SHARED_MEMORY, killed, started, traces

LONG = os.environ.get("LISA_LONG") == "1"
SEEDS = [
    *(("memory", seed) for seed in range(150 if LONG else 1)),
    *(("memory, workers", seed) for seed in range(50 if LONG else 1)),
    *(("wire", seed) for seed in range(35 if LONG else 1)),
    *(("wire, workers", seed) for seed in range(15 if LONG else 0)),
]


@pytest.mark.parametrize(("kind", "seed"), SEEDS)
def test_interrupted_run_says_so_wipes_and_leaves_its_report(kind: str, seed: int, tmp_path: Path) -> None:
    found = interrupted(tmp_path, kind, seed)
    print(found)
    assert not found.wrong, found
    if not found.late:
        assert found.said_s < SAID_S * found.slowed
        assert found.ended_s < (ENDED_S + 1) * found.slowed


def test_every_kind_of_run_is_known() -> None:
    assert {kind for kind, _ in SEEDS} <= KINDS.keys()


def test_what_a_killed_program_left_is_swept_by_the_next_one(tmp_path: Path) -> None:
    with started(tmp_path, "emulate", "presence") as program:
        program.described()
        mine = set(program.temporary.iterdir())
        killed(program)
    assert mine
    assert all(path.is_dir() for path in mine)  # a dead process sweeps nothing
    with started(tmp_path, "emulate", "presence") as program:
        program.described()
        assert not mine & set(program.temporary.iterdir())
        assert set(program.temporary.iterdir())  # and what lives is left alone
    assert not list(program.temporary.iterdir())


def test_only_what_a_program_has_locked_counts_as_its_own() -> None:
    """A start opens the folders of all others for a moment, to see whether they live: killed then, they are not its."""
    with temporary("probe", SHARED_MEMORY) as mine:
        assert str(mine) in {path for path, _ in traces(os.getpid())}
        other = mine / "not mine"
        other.mkdir()
        handle = os.open(other, os.O_RDONLY)
        assert str(other) not in {path for path, _ in traces(os.getpid())}
        os.close(handle)
