"""Accounts, sessions and the log of access in one SQLite file, which several programs may have open.

`lisa user` writes while the exchange runs: each change is one transaction that first takes the right to write, looks
whether the accounts are still what it rests on, and then chains its entries to the last one (`store.chain`).
"""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from lisa_core.access import texts
from lisa_core.access.accounts import Account
from lisa_core.access.keeping.port import AccessChange, AccountChangedError
from lisa_core.access.keeping.rows import account_of, checked, session_of, text_of
from lisa_core.access.sessions import LoginSession
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.store.chain import GENESIS, Checkpoint, Columns, chain_rows
from lisa_core.store.folder import make_private, reading
from lisa_core.store.journal import Entry
from lisa_core.store.tables import INSERT, SELECT

T = TypeVar("T")

FORM = 1
"""Of these tables."""
BUSY_S = 1.0
LAST = f"{SELECT} desc limit ?"
_TABLES = (
    "create table if not exists account(name text primary key, version integer not null, text text not null)",
    """create table if not exists session(
        id text primary key, account text not null, seen_s integer not null, text text not null)""",
    "create index if not exists session_account on session(account)",
    """create table if not exists journal(
        number integer primary key, at text not null, name text not null, subject text not null,
        detail text not null, data text not null, hash blob not null)""",
    "create trigger if not exists no_update before update on journal begin select raise(abort, 'append-only'); end",
    "create trigger if not exists no_delete before delete on journal begin select raise(abort, 'append-only'); end",
    "create table if not exists state(key text primary key, value blob not null)",
    "insert or ignore into state values ('revision', 0)",
)


class SqliteAccess:
    """Fulfils `keeping.port.AccessStore`. Opened by `open_sqlite`."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self._path, self._db = path, db

    def revision(self) -> int:
        return int(self._one("select value from state where key = 'revision'")[0])

    def account(self, name: str) -> Account | None:
        row = self._first("select name, version, text from account where name = ?", name)
        return self._read(account_of, row) if row else None

    def accounts(self) -> list[Account]:
        rows = self._all("select name, version, text from account order by name")
        return [self._read(account_of, row) for row in rows]

    def session(self, id_: str) -> LoginSession | None:
        row = self._first("select id, account, seen_s, text from session where id = ?", id_)
        return self._read(session_of, row) if row else None

    def sessions_of(self, account: str) -> list[LoginSession]:
        rows = self._all("select id, account, seen_s, text from session where account = ?", account)
        return sorted((self._read(session_of, row) for row in rows), key=lambda one: (one.began_s, one.id))

    def write(self, change: AccessChange) -> None:
        with self._transaction():
            if change.revision not in (None, self.revision()):
                raise AccountChangedError(change.first)
            for account in (*change.accounts, *change.unchanged):
                row = self._db.execute("select version from account where name = ?", (account.name,)).fetchone()
                if (row[0] if row else 0) != account.version:
                    raise AccountChangedError(account.name)
            self._put(change)
            rows, _ = chain_rows(self._head(), change.entries)
            self._db.executemany(INSERT, rows)
            if replace(change, seen=()) != AccessChange():
                self._db.execute("update state set value = value + 1 where key = 'revision'")

    def secret(self) -> bytes:
        with self._transaction():
            self._db.execute("insert or ignore into state values ('secret', ?)", (secrets.token_bytes(32),))
            return bytes(self._db.execute("select value from state where key = 'secret'").fetchone()[0])

    def entries(self, last: int | None = None) -> list[Entry]:
        rows = self._all(LAST, last + 1)[::-1] if last else self._all(SELECT)
        try:
            return checked(rows, last)
        except ValueError as error:
            raise LisaError(texts.CHAIN_BROKEN.format(self._path, error)) from None

    def close(self) -> None:
        self._db.close()

    def _put(self, change: AccessChange) -> None:
        db = self._db
        for account in change.accounts:
            values = (account.name, account.version + 1, text_of(account))
            db.execute("insert or replace into account values (?, ?, ?)", values)
        db.executemany("delete from session where id = ?", [(id_,) for id_ in change.ended])
        db.executemany("delete from session where account = ?", [(name,) for name in change.ended_of])
        new = [(one.id, one.account, one.seen_s, text_of(one)) for one in change.began]
        db.executemany("insert into session values (?, ?, ?, ?)", new)
        db.executemany("update session set seen_s = ? where id = ?", [(seen, id_) for id_, seen in change.seen])

    def _head(self) -> Checkpoint:
        row = self._db.execute("select number, hash from journal order by number desc limit 1").fetchone()
        return Checkpoint(row[0], row[1]) if row else Checkpoint(0, GENESIS)

    def _one(self, sql: str) -> Columns:
        return self._all(sql)[0]

    def _first(self, sql: str, *values: object) -> Columns | None:
        return next(iter(self._all(sql, *values)), None)

    def _all(self, sql: str, *values: object) -> list[Columns]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise MachineError(texts.NOT_OPENED.format(self._path, error)) from error

    def _read(self, make: Callable[..., T], row: Columns) -> T:
        try:
            return make(*row)
        except (ValueError, TypeError) as error:  # nobody gets in by a row that somebody has altered
            raise MachineError(texts.NOT_OPENED.format(self._path, error)) from error

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("begin immediate")
            yield
            self._db.execute("commit")
        except BaseException as error:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("rollback")
            if isinstance(error, sqlite3.Error):
                raise MachineError(texts.NOT_WRITTEN.format(self._path, error)) from error
            raise


def open_sqlite(path: Path) -> SqliteAccess:
    """Made when it is missing. Raises `MachineError` when it cannot be opened, `LisaError` for a newer version's."""
    try:
        make_private(path)
        db = sqlite3.connect(path, isolation_level=None, timeout=BUSY_S)
    except (sqlite3.Error, OSError) as error:
        raise MachineError(texts.NOT_OPENED.format(path, error)) from error
    try:
        _prepare(path, db)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        db.close()
        raise MachineError(texts.NOT_OPENED.format(path, error)) from error
    except BaseException:
        db.close()
        raise
    return SqliteAccess(path, db)


def has_accounts(path: Path) -> bool:
    """Whether there is an account in this file, which nothing is written into. Raises `LisaError`."""
    if not path.is_file():
        return False
    try:
        with contextlib.closing(reading(path)) as db:
            _check_form(path, db)
            return db.execute("select 1 from account limit 1").fetchone() is not None
    except sqlite3.Error as error:
        raise MachineError(texts.NOT_OPENED.format(path, error)) from error


def _check_form(path: Path, db: sqlite3.Connection) -> int:
    found = int(db.execute("pragma user_version").fetchone()[0])
    if found > FORM:
        raise LisaError(texts.NEWER.format(path, found, FORM))
    return found


def _prepare(path: Path, db: sqlite3.Connection) -> None:
    found = _check_form(path, db)
    db.execute("pragma journal_mode=wal")
    db.execute("pragma synchronous=full")
    if found < FORM:
        db.execute("begin immediate")
        for table in _TABLES:
            db.execute(table)
        db.execute(f"pragma user_version = {FORM}")
        db.execute("commit")
