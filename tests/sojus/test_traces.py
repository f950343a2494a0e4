"""Files that are written anew without what was deleted, when somebody wants an end."""

from __future__ import annotations

import math
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from lisa_core.domain.model.errors import MachineError
from sojus.store.persons import sqlite as sqlite_persons
from sojus.store.persons.opening import FILE
from sojus.store.persons.persons import Persons
from sojus.store.persons.sqlite import SqlitePersons
from tests.sojus.test_persons import LIMIT_S, NOON, SEARCHING, WE, NamedPerson, asked


def test_whoever_wants_an_end_does_not_wait_for_files_that_are_being_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, hurried = threading.Event(), threading.Event()

    def late_in_the_first() -> float:
        if threading.current_thread() is first:
            writing.set()
            assert hurried.wait(LIMIT_S)
        return time.monotonic()

    monkeypatch.setattr(sqlite_persons, "LOOK_EVERY", 1)
    with closing(SqlitePersons(tmp_path / FILE)) as database, ThreadPoolExecutor(1) as apart:
        persons, clean = Persons(database), list[bool]()
        persons.forget(asked(WE, persons.enter(WE, "k", (NamedPerson("Erika Muster"),), SEARCHING, NOON).case))
        monkeypatch.setattr(sqlite_persons, "time", SimpleNamespace(monotonic=late_in_the_first))
        first = threading.Thread(target=lambda: clean.append(persons.leave_no_traces()))
        first.start()
        assert writing.wait(LIMIT_S)
        ending = apart.submit(persons.leave_no_traces, 0.0)
        end_s = time.monotonic() + LIMIT_S
        while database._until_s == math.inf:
            assert time.monotonic() < end_s
        hurried.set()
        assert ending.result(LIMIT_S) is False
        first.join()
        assert clean == [False]
        assert persons.leave_no_traces() is True


def test_whoever_wants_an_end_is_not_overheard_by_one_that_just_begins(tmp_path: Path) -> None:
    with closing(SqlitePersons(tmp_path / FILE)) as database, ThreadPoolExecutor(1) as apart:
        ending: list[Future[None]] = []

        class Entered:
            """The lock, in whose first holder's first moment somebody wants an end."""

            lock = database._lock

            def __enter__(self) -> None:
                self.lock.acquire()
                if not ending:
                    ending.append(apart.submit(database.scrub, 0.0))
                    end_s = time.monotonic() + LIMIT_S
                    while database._until_s == math.inf:
                        assert time.monotonic() < end_s

            def __exit__(self, *_: object) -> None:
                self.lock.release()

        database._lock = Entered()  # type: ignore[assignment]  # what is asked of it
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sqlite_persons, "LOOK_EVERY", 1)
            with pytest.raises(MachineError):
                database.scrub()
            with pytest.raises(MachineError):
                ending[0].result(LIMIT_S)
        database.scrub()
