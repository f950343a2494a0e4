"""The log of acts in one SQLite file that the processes of one computer share: WAL, durable when a turn ends."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.host.causes import cause
from lisa_core.store.chain import Columns
from lisa_core.store.tables import opened, transaction
from sojus.store.log import AT_ONCE, FORM, Snapshot, check_form

PATIENCE_S = 10.0
"""How long a process waits for its turn."""
LOOK_S = 0.05
"""How often a process looks whether another has appended something."""
OURS = 0x536F4A75
"""`application_id` of our files."""
FAILED = "{}: Die Plätze lassen sich nicht lesen oder schreiben ({}). Speicherplatz und Rechte prüfen."
BUSY = (
    "{}: Ein anderes Programm ist an der Reihe und gibt sie nicht ab; nichts wurde getan. "
    "Noch einmal versuchen; hilft das nicht, das andere Programm beenden."
)
FOREIGN = "{}: In dieser Datei liegt schon anderes. Einen anderen Ordner nennen."
_TABLES = (
    """create table act(
        number integer primary key, at text not null, name text not null, key text not null unique,
        detail text not null, data text not null, hash blob not null)""",
    "create table snapshot(number integer primary key, tip blob not null, digest blob not null, data blob not null)",
    "create trigger act_no_update before update on act begin select raise(abort, 'append-only'); end",
    "create trigger act_no_delete before delete on act begin select raise(abort, 'append-only'); end",
)
ROWS = "select number, at, name, key, detail, data, hash from act where number > ? order by number limit ?"
SNAPSHOTS = "select number, tip, digest, data from snapshot order by number desc"
_NAMED = """select number, at, name, key, detail, data, hash from act
    where key in (select value from json_each(?)) order by number"""


class SqliteActs:
    """The file at `path`, made if it is missing."""

    def __init__(self, path: Path) -> None:
        self.name, self._path = str(path), path
        self._closed = threading.Event()
        self._watching: sqlite3.Connection | None = None
        self._seen: object = None
        with self._told():
            self._db = self._connect()
        try:
            with self._told(), transaction(self._db):
                self._take_up()
        except BaseException:
            self._db.close()
            raise

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        with self._told(), transaction(self._db):
            self._check_form()
            yield

    def rows(self, after: int) -> list[Columns]:
        with self._told():
            return self._db.execute(ROWS, (after, AT_ONCE)).fetchall()

    def named(self, keys: Sequence[str]) -> list[Columns]:
        with self._told():
            return self._db.execute(_NAMED, (json.dumps(list(keys)),)).fetchall()

    def append(self, rows: Sequence[Columns]) -> None:
        with self._told():
            self._db.executemany("insert into act values (?, ?, ?, ?, ?, ?, ?)", rows)

    def snapshots(self) -> list[Snapshot]:
        with self._told():
            return list(map(Snapshot._make, self._db.execute(SNAPSHOTS)))

    def keep(self, snapshot: Snapshot) -> None:
        with self._told(), contextlib.closing(self._connect()) as db, db:
            db.execute("begin immediate")
            db.execute("insert or ignore into snapshot values (?, ?, ?, ?)", snapshot)
            db.execute(
                "delete from snapshot where number not in (select number from snapshot order by number desc limit 2)"
            )

    def wait(self, timeout_s: float) -> None:
        """By `data_version`, which changes with each commit of another connection."""
        with self._told():
            if self._watching is None:
                self._watching = self._connect()
            for _ in range(max(1, round(timeout_s / LOOK_S))):
                version = self._watching.execute("pragma data_version").fetchone()
                if version != self._seen:
                    self._seen = version
                    return
                if self._closed.wait(LOOK_S):
                    return

    def close(self) -> None:
        self._closed.set()
        self._db.close()
        if self._watching is not None:
            self._watching.close()

    def _connect(self) -> sqlite3.Connection:
        return opened(self._path, PATIENCE_S, check_same_thread=False)

    def _take_up(self) -> None:
        """Make the tables, or see that they are ours and of this version."""
        (ours,), (tables,) = (
            self._db.execute(question).fetchone()
            for question in ("pragma application_id", "select count(*) from sqlite_schema")
        )
        if ours == OURS:
            self._check_form()
            return
        if tables or ours:
            raise LisaError(FOREIGN.format(self.name))
        for table in _TABLES:
            self._db.execute(table)
        self._db.execute(f"pragma application_id={OURS:d}")
        self._db.execute(f"pragma user_version={FORM:d}")

    def _check_form(self) -> None:
        (form,) = self._db.execute("pragma user_version").fetchone()
        check_form(self.name, form)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:  # above it: which kind of busy
                raise MachineError(BUSY.format(self.name)) from error
            why = str(error) if isinstance(error, sqlite3.Error) else cause(error)
            raise MachineError(FAILED.format(self.name, why)) from error
