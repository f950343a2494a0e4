"""A log's write-ahead file: as long as it gets before the first commit, carried over beside the work, begun again."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from lisa_core.store import wal
from lisa_core.store.journal import Entry
from lisa_core.store.sqlite import open_journal

AT = "2026-11-23T10:00:00.000+01:00"


def test_it_does_not_grow_however_much_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wal, "ROUND", 40)
    log = tmp_path / "log.sqlite"
    with contextlib.closing(open_journal(log, AT)) as journal:
        for number in range(200):
            journal.append([Entry(AT, "a.b", str(number), "x" * 1_000)], {f"k/{number % 7}": "y" * 500})
            assert log.with_name("log.sqlite-wal").stat().st_size == wal.LENGTH
        with contextlib.closing(sqlite3.connect(f"file:{log}?mode=ro&immutable=1", uri=True)) as file:
            ((carried,),) = file.execute("select count(*) from journal")
        assert 100 < carried <= 200, "what was written lies in the log itself, not only in front of it"
    with contextlib.closing(open_journal(log, AT)) as journal:
        assert [entry.subject for entry in journal.read()] == [str(number) for number in range(200)]
        assert journal.told == ()


def test_without_room_it_stays_short_and_the_log_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(wal, "os", SimpleNamespace(**{**vars(os), "write": full}))
    log = tmp_path / "log.sqlite"
    with contextlib.closing(open_journal(log, AT)) as journal:
        journal.append([Entry(AT, "a.b", "1")])
        assert 0 < log.with_name("log.sqlite-wal").stat().st_size < 200_000
    with contextlib.closing(open_journal(log, AT)) as journal:
        assert journal.count == 1
