"""Several real processes on one file and on one PostgreSQL, some of them killed: no place twice, nothing lost."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random

import pytest

from lisa_core.store.chain import Columns
from sojus.domain.placement.decisions import PlacesChanged
from sojus.domain.register.ledger import most_taken
from sojus.store.opening import open_log, open_placements
from sojus.store.replica import Replica
from sojus.store.tables import digest
from tests.fuzz.edge import slowness
from tests.sojus.portal_to_kill import PROCESSES, RULES, live, read_notes, rush
from tests.sojus.providers import NOON
from tests.sojus.test_kept import begun, where
from tests.store.server import server
from tests.system.slowed import slowed

__all__ = ["server", "where"]
LONG = os.environ.get("LISA_LONG") == "1"
NAMES = ("a", "b", "c")
KILLS = 10 if LONG else 5
"""On each of the two stores."""
WITHIN_S = 1.0


def entries(place: str | Path) -> Iterator[Columns]:
    """The whole log, from its first entry."""
    with closing(open_log(place)) as log:
        number = 0
        while rows := log.rows(number):
            yield from rows
            number = rows[-1][0]


@pytest.mark.timeout(600 if LONG else 180)
@pytest.mark.parametrize("seed", range(20 if LONG else 1))
def test_kills_of_three_processes_lose_nothing_and_give_no_place_twice(
    where: str | Path, tmp_path: Path, seed: int
) -> None:
    begun(where).close()
    chance, lives, stop = Random(seed), Counter[str](), tmp_path / "stop"

    def start(name: str) -> ForkServerProcess:
        lives[name] += 1
        arguments = (where, tmp_path / name, name, lives[name], stop)
        process = PROCESSES.Process(target=live, args=arguments, daemon=True)
        process.start()
        return process

    running = {name: start(name) for name in NAMES}
    for _ in range(KILLS):
        name = chance.choice(NAMES)
        let_it_do(running[name], tmp_path / name, chance.randrange(1, 6))
        running[name].join(chance.random() / 100)  # anywhere in an act
        running[name].kill()
        running[name].join()
        running[name] = start(name)
    for name, process in running.items():
        let_it_do(process, tmp_path / name, 3)
    stop.touch()
    for process in running.values():
        process.join(120)
        assert process.exitcode == 0
    assert sum(lives.values()) == len(NAMES) + KILLS
    check(where, [tmp_path / name for name in NAMES])


def let_it_do(process: ForkServerProcess, notes: Path, acts: int) -> None:
    """Wait until it has been told of so many more."""
    before = len(read_notes(notes, "!"))
    while len(read_notes(notes, "!")) < before + acts:
        assert process.is_alive()
        process.join(0.01)


def check(place: str | Path, notes: list[Path]) -> None:
    """Replayed from the first entry, without any snapshot."""
    told = {int(count): text for one in notes for count, text in read_notes(one, "=").items()}
    replica, numbers = Replica("log"), dict[str, int]()
    for row in entries(place):
        assert row[3] not in numbers, "twice"
        numbers[row[3]] = row[0]
        for done in replica.take_in([row]):
            for changed in done.decisions:
                for name in changed.places if isinstance(changed, PlacesChanged) else ():
                    book = replica.state.register.books[name]
                    assert all(most_taken(book.taken, one.span) <= book.place.capacity for one in book.taken)
        if row[0] in told:
            assert digest(replica.state) == told.pop(row[0]), "every replica is the same"
    assert not told
    for one in notes:
        answered = {key: int(number) for key, number in read_notes(one, "!").items()}
        refused = {key for key in read_notes(one, "-") if key not in numbers}  # and there was no room for it
        kept = {key: number for key, number in answered.items() if key not in refused}
        assert kept.items() <= numbers.items(), "acknowledged and lost"
        assert answered.keys() == read_notes(one, "?").keys(), "what was not answered was asked again"
    with closing(open_placements(place, RULES, NOON)) as again, again.reading() as state:
        assert digest(state) == digest(replica.state), "a start with a snapshot is the same"


@pytest.mark.timeout(120)
def test_of_two_hundred_who_want_one_place_at_once_one_gets_it(where: str | Path, tmp_path: Path) -> None:
    begun(where).close()
    together = PROCESSES.Barrier(len(NAMES))
    processes = [
        PROCESSES.Process(target=rush, args=(where, tmp_path / name, name, wishes, together), daemon=True)
        for name, wishes in zip(NAMES, (67, 67, 66), strict=True)
    ]
    slow = slowness()
    for process in processes:
        process.start()
    with slowed(*(process.pid for process in processes if process.pid)) as machine:
        for process in processes:
            process.join(60)
            assert process.exitcode == 0
    answers = [text.split() for name in NAMES for text in read_notes(tmp_path / name, "!").values()]
    assert len(answers) == 200
    assert Counter(told[0] for _, *told in answers) == {"reserved": 1, "refused": 199}
    most_s = max(int(took) for took, *_ in answers) / 1000
    assert most_s < WITHIN_S * max(slow, slowness()) * machine.factor, f"{most_s:.2f} s"
    print(f"{most_s:.3f} s")
