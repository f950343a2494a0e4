"""The table behind an inbox's list in SQLite; a file that is damaged is set aside, and what can be read of it kept."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from lisa_core.store.chain import Columns
from lisa_core.store.folder import make_private
from lisa_core.store.listing import InboxEntry, InboxRow, columns_of, is_whole
from lisa_core.store.salvage import free_name, move, raise_unless_damage
from lisa_core.store.tables import transaction

_FIRST = "number text primary key, office text not null, received_at text not null, digest text not null unique"
_ADDED = (
    "size integer not null default -1",
    "fault text not null default ''",
    "visit text not null default ''",
    "copy integer not null default -1",
    "crc integer not null default 0",
)
_COLUMNS = "number, office, received_at, digest, size, fault, visit, copy, crc"
_TABLE = f"create table if not exists received({', '.join((_FIRST, *_ADDED))})"
_ROW = f"insert or replace into received({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_READ = f"select {_COLUMNS} from received"


class SqliteTable:
    """Fulfils `listing.InboxTable`. Raises `sqlite3.Error` and `OSError`."""

    def __init__(self, path: Path) -> None:
        self.told: list[str] = []
        self.where = str(path)
        try:
            self._db, self._found = _opened(path)
        except sqlite3.Error as error:
            raise_unless_damage(error)
            self._found = _rescued(path)
            aside = free_name(path)
            move(path, aside)
            self._db, _ = _opened(path)
            self.told.append(f"{path}: Die Liste des Posteingangs war beschädigt; sie liegt jetzt in {aside.name}.")
            self.write([row for row in self._found if is_whole(row)])

    def read(self) -> list[Columns]:
        return self._found

    def write(self, rows: Sequence[Columns]) -> None:
        with transaction(self._db):
            self._db.executemany(_ROW, rows)

    def rewrite(self, rows: Sequence[Columns]) -> None:
        with transaction(self._db):
            self._db.execute("delete from received")
            self._db.executemany(_ROW, rows)

    def close(self) -> None:
        self._db.close()


def _opened(path: Path) -> tuple[sqlite3.Connection, list[Columns]]:
    make_private(path)
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("pragma journal_mode=wal")
        db.execute("pragma synchronous=full")
        db.execute(_TABLE)
        _take_up(db)
        if db.execute("pragma quick_check(1)").fetchall() != [("ok",)]:
            raise sqlite3.DatabaseError("quick_check")
        return db, db.execute(_READ).fetchall()
    except UnicodeDecodeError as error:
        db.close()
        raise sqlite3.DatabaseError("malformed database schema") from error
    except BaseException:
        db.close()
        raise


def _take_up(db: sqlite3.Connection) -> None:
    """A list of an older version gets the columns that it lacks."""
    try:
        db.execute("select crc from received limit 0")
        return
    except sqlite3.OperationalError as error:
        if "no such column" not in str(error):
            raise
    db.execute("begin immediate")
    old = db.execute("select number, office, received_at, digest from received").fetchall()
    for column in _ADDED:
        db.execute(f"alter table received add column {column}")
    db.executemany(_ROW, [columns_of(InboxRow(InboxEntry(*row))) for row in old])
    db.execute("commit")


def _rescued(path: Path) -> list[Columns]:
    rows: list[Columns] = []
    with contextlib.suppress(sqlite3.Error, UnicodeDecodeError), contextlib.closing(sqlite3.connect(path)) as db:
        for row in db.execute(_READ):
            rows.append(row)  # noqa: PERF402  # what was read before an error stays
    return rows
