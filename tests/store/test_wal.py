"""A log's write-ahead file is carried over beside the work and begun again; nothing of the log is lost by that."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest

from lisa_core.store import wal
from lisa_core.store.journal import Entry
from lisa_core.store.sqlite import open_journal
from lisa_core.store.tables import opened

AT = "2026-11-23T10:00:00.000+01:00"
COMMITS = 300


def test_it_stays_short_however_much_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wal, "ROUND", 40)
    log = tmp_path / "log.sqlite"
    with contextlib.closing(open_journal(log, AT)) as journal:
        for number in range(COMMITS):
            journal.append([Entry(AT, "a.b", str(number), "x" * 1_000)], {f"k/{number % 7}": "y" * 500})
            if number % 50 == 0:
                journal._carrier.close()
        written = COMMITS * 2 * 4_096  # at least two pages a commit
        assert log.with_name("log.sqlite-wal").stat().st_size < written / 2
    with contextlib.closing(open_journal(log, AT)) as journal:
        assert [entry.subject for entry in journal.read()] == [str(number) for number in range(COMMITS)]
        assert journal.told == ()


def test_a_program_that_opens_its_file_twice_keeps_its_locks_on_it(tmp_path: Path) -> None:
    """Else another that ends takes itself for the last, and puts the write-ahead file away under the first."""
    log = tmp_path / "log.sqlite"
    with contextlib.closing(opened(log, 5, ["create table t(a)"])) as first, contextlib.closing(opened(log, 5)):
        first.execute("insert into t values (1)")
        other = (
            f"import sqlite3; db = sqlite3.connect({str(log)!r}); db.execute('select * from t').fetchall(); db.close()"
        )
        subprocess.run([sys.executable, "-c", other], check=True, timeout=60)
        assert log.with_name("log.sqlite-wal").exists()
