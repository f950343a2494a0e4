"""SIGKILL between handing in and the receipt, in the booth or the exchange: afterwards both logs end with the truth."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from lisa_core.booth.journal import names
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.visit import events as e
from lisa_core.store.inbox import FolderInbox, InboxEntry
from lisa_core.store.journal import Entry
from tests.store.booth_to_kill import Kill
from tests.store.test_booth_killed import BOOTH, EXCHANGE, LONG, lived, log

RECEIVED, OWED = "antrag.eingegangen", "beleg.nicht_ausgehaendigt"


def inbox(folder: Path) -> tuple[list[str], list[InboxEntry]]:
    """The numbers of what the offices have, and what they have to answer by post."""
    with contextlib.closing(FolderInbox(folder / "exchange" / "inbox")) as opened:
        return [*opened.packages()], opened.owed()


def details(entries: list[Entry], *wanted: str) -> list[str]:
    return [entry.detail for entry in entries if entry.name in wanted]


def check(folder: Path) -> str:
    """Returns the outcome, which is the same in both logs."""
    booth, exchange = log(folder, BOOTH), log(folder, EXCHANGE)
    numbers, owed = inbox(folder)
    if not booth:
        return ""  # killed before she was noticed
    (outcome,) = details(exchange, "besuch.beendet")
    assert outcome == Outcome.APPLICATION.value if numbers else outcome != Outcome.APPLICATION.value
    assert details(exchange, RECEIVED) == numbers, "each application is noted once"
    first, *corrections = details(booth, names.VISIT_ENDED, names.VISIT_CORRECTED)
    assert [first, *corrections][-1] == outcome
    assert len(corrections) == (first != outcome), "corrected once, if at all"
    copy = names.COPY_HANDED_OUT in {entry.name for entry in booth}
    assert [entry.number for entry in owed] == details(exchange, OWED) == ([] if copy else numbers)
    return outcome


@pytest.mark.timeout(600 if LONG else 120)
@pytest.mark.parametrize(("name", "around"), [(BOOTH, (6, 7)), (EXCHANGE, (14, 15))])
def test_a_kill_around_handing_in_leaves_one_truth(tmp_path: Path, name: str, around: tuple[int, int]) -> None:
    """At every commit from handing in until the receipt is known; a long run takes all of the visit."""
    outcomes = set()
    for at in range(1, 21) if LONG else range(around[0], around[1] + 1):
        for after in (False, True):
            folder = tmp_path / f"{at}-{after}"
            if lived(folder, "s1", Kill(name, at, after), visitor="application") == 0:
                assert LONG
                continue
            assert lived(folder, "s2") == 0
            outcomes.add(check(folder))
            if LONG:
                assert lived(folder, "s3") == 0
                check(folder)
    assert outcomes - {""} == {Outcome.APPLICATION.value, Outcome.TECHNICAL.value}


def test_the_office_has_it_and_her_booth_does_not_know(tmp_path: Path) -> None:
    """The kill that this is about: stored, and before the booth's own log says so."""
    assert lived(tmp_path, "s0", visitor="application") == 0
    assert check(tmp_path) == Outcome.APPLICATION.value
    name = names.NAMES[e.ApplicationReceived]
    for at in range(6, 12):
        folder = tmp_path / str(at)
        assert lived(folder, "s1", Kill(BOOTH, at), visitor="application") != 0
        numbers, _ = inbox(folder)
        if numbers:
            break
    assert name not in {entry.name for entry in log(folder, BOOTH)}
    assert lived(folder, "s2") == 0
    assert check(folder) == Outcome.APPLICATION.value
    assert lived(folder, "s3") == 0
    assert check(folder) == Outcome.APPLICATION.value, "told again, noted once"
    assert details(log(folder, BOOTH), names.VISIT_CORRECTED) == [Outcome.APPLICATION.value]
    assert [entry.number for entry in inbox(folder)[1]] == numbers, "she gets number and copy by post"
