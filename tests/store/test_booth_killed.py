"""SIGKILL at every commit of a booth with a visitor: afterwards it wipes first, and every visit ends exactly once."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from lisa_core.booth.journal import names
from lisa_core.domain.model.outcome import Outcome
from lisa_core.store.journal import DAMAGED, Entry
from lisa_core.store.sqlite import open_journal
from tests.store.booth_to_kill import Kill, live

LONG = os.environ.get("LISA_LONG") == "1"
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.store.booth_to_kill"])
BOOTH, EXCHANGE = "booth.sqlite", "exchange.sqlite"
NOTHING = Kill()


def lived(folder: Path, session: str, kill: Kill = NOTHING, *, visitor: str = "") -> int:
    """Let booth and exchange live in a process of their own; returns its exit code."""
    process = PROCESSES.Process(target=live, args=(folder, session, kill, visitor))
    process.start()
    process.join(60)
    assert process.exitcode is not None
    return process.exitcode


def log(folder: Path, name: str) -> list[Entry]:
    with contextlib.closing(open_journal(folder / name.split(".")[0] / name, "")) as journal:
        return journal.read()


def outcomes(entries: list[Entry]) -> dict[str, list[str]]:
    """Of every visit that began, how it ended."""
    found: dict[str, list[str]] = {e.subject: [] for e in entries if e.name == names.VISIT_BEGUN}
    for entry in entries:
        if entry.name == names.VISIT_ENDED:
            found[entry.subject].append(entry.detail)
    return found


def check(folder: Path) -> None:
    """What holds after any number of kills and a start without one."""
    booth, exchange = log(folder, BOOTH), log(folder, EXCHANGE)
    ended = outcomes(booth)
    assert all(len(found) == 1 for found in ended.values()), "exactly one outcome per visit"
    told = [(entry.subject, entry.detail) for entry in exchange if entry.name == "besuch.beendet"]
    assert sorted(told) == sorted((visit, found[0]) for visit, found in ended.items()), "the exchange heard each once"
    wiped = [entry.detail for entry in booth if entry.name == names.WIPE_BEGUN]
    clear = {entry.subject: entry.detail for entry in reversed(booth) if entry.name == names.WIPE_BEGUN}
    assert all(found == [clear[visit]] for visit, found in ended.items()), "an outcome that was clear stays"
    assert len(wiped) >= len(ended)
    assert not list((folder / "booth").rglob("*.blob"))


def boundaries(folder: Path, name: str) -> list[tuple[int, bool]]:
    """Every commit of a visit, to be killed before and after it; in a quick run some of them."""
    assert lived(folder, "s0", visitor="paper") == 0
    check(folder)
    ((_, (outcome,)),) = outcomes(log(folder, BOOTH)).items()
    assert outcome == Outcome.ADVICE.value
    last = len(log(folder, name))
    every = [(at, after) for at in range(1, last + 1) for after in (False, True)]
    return every if LONG else every[:: 3 if name == BOOTH else 5]


@pytest.mark.timeout(600 if LONG else 120)
@pytest.mark.parametrize("name", [BOOTH, EXCHANGE])
def test_a_kill_at_any_commit_is_survived(tmp_path: Path, name: str) -> None:
    survived = 0
    for at, after in boundaries(tmp_path / "whole", name):
        folder = tmp_path / f"{at}-{after}"
        if lived(folder, "s1", Kill(name, at, after), visitor="paper") == 0:
            break  # there are more entries than commits
        survived += 1
        assert lived(folder, "s2") == 0
        check(folder)
    assert survived >= 4


@pytest.mark.timeout(600 if LONG else 120)
def test_a_kill_inside_the_wiping_after_a_kill_is_survived(tmp_path: Path) -> None:
    for first in (3, 5, 6) if LONG else (5,):
        for second in range(1, 4) if LONG else (2,):
            folder = tmp_path / f"{first}-{second}"
            assert lived(folder, "s1", Kill(BOOTH, first, True), visitor="paper") == -signal.SIGKILL
            assert lived(folder, "s2", Kill(BOOTH, second, second == 1)) in (-signal.SIGKILL, 0)
            assert lived(folder, "s3", visitor="paper") == 0
            check(folder)
            assert len(outcomes(log(folder, BOOTH))) == 2


def test_a_damaged_log_wipes_first_and_says_so(tmp_path: Path) -> None:
    assert lived(tmp_path, "s1", visitor="paper") == 0
    path = tmp_path / "booth" / BOOTH
    os.truncate(path, path.stat().st_size // 2)
    assert lived(tmp_path, "s2", visitor="paper") == 0
    entries = log(tmp_path, BOOTH)
    after = [entry.name for entry in entries][[entry.name for entry in entries].index(DAMAGED) :]
    assert after[1:4] == ["buero.neustart", names.VISIT_BEGUN, names.WIPE_BEGUN]
    assert outcomes(entries).popitem()[1] == [Outcome.ADVICE.value]
    assert list((tmp_path / "booth").glob("booth.beschaedigt-1.sqlite"))
