"""The two tables of an event log in SQLite, and opening a file of tables.

`journal` is only ever appended to; `checked_rows` is what its program needs to take up its work again.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from lisa_core.store.folder import make_private

SELECT = "select number, at, name, subject, detail, data, hash from journal order by number"
INSERT = "insert into journal(number, at, name, subject, detail, data, hash) values (?, ?, ?, ?, ?, ?, ?)"

_TABLES = (
    """create table if not exists journal(
        number integer primary key, at text not null, name text not null, subject text not null,
        detail text not null, data text not null, hash blob not null)""",
    """create table if not exists kept(
        key text primary key, text text not null, crc integer not null default 0) without rowid""",
    "create trigger if not exists no_update before update on journal begin select raise(abort, 'append-only'); end",
    "create trigger if not exists no_delete before delete on journal begin select raise(abort, 'append-only'); end",
)


def connect(path: Path) -> sqlite3.Connection:
    """The log at `path` with its tables, made when they are missing. Raises `sqlite3.Error` and `OSError`."""
    return opened(path, 1.0, _TABLES)


def opened(
    path: Path, timeout_s: float, tables: Sequence[str] = (), *, check_same_thread: bool = True
) -> sqlite3.Connection:
    """The file at `path`, made when it is missing and read by its owner only: WAL, durable with each commit.

    `timeout_s`: how long to wait for others. Raises `sqlite3.Error` and `OSError`.
    """
    make_private(path)  # -wal and -shm get the rights that it has
    db = sqlite3.connect(path, isolation_level=None, timeout=timeout_s, check_same_thread=check_same_thread)
    try:
        db.execute("pragma journal_mode=wal")
        db.execute("pragma synchronous=full")
        for table in tables:
            db.execute(table)
    except sqlite3.Error:
        db.close()
        raise
    except UnicodeDecodeError as error:
        # SQLite tells of a damaged name as it stands there, and Python cannot read what it is told.
        db.close()
        raise sqlite3.DatabaseError("malformed database schema") from error
    return db


@contextlib.contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; nobody else writes meanwhile. Raises `sqlite3.Error`."""
    db.execute("begin immediate")
    try:
        yield
        db.execute("commit")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            db.execute("rollback")
        raise
