"""Accounts, sessions and the log of access in PostgreSQL, for exchanges that follow each other, and for `lisa user`.

As in SQLite each change is one transaction, which first takes the right to write: it locks the row of the revision.
So a session that began at one exchange is known to the next one, and a desk page goes on there without a new log-in.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from lisa_core.access import texts
from lisa_core.access.accounts import Account
from lisa_core.access.keeping.port import AccessChange, AccountChangedError
from lisa_core.access.keeping.rows import account_of, checked, session_of, text_of
from lisa_core.access.sessions import LoginSession
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.store.chain import GENESIS, Checkpoint, Columns, chain_rows
from lisa_core.store.journal import Entry
from lisa_core.store.postgres.database import Bounded, Database
from lisa_core.store.postgres.forms import take_up
from lisa_core.store.postgres.place import DatabaseAddress

T = TypeVar("T")

_ENTRY = "insert into access_journal(number, at, name, subject, detail, data, hash) values (%s, %s, %s, %s, %s, %s, %s)"
_ENTRIES = "select number, at, name, subject, detail, data, hash from access_journal order by number"
_LAST = "select number, at, name, subject, detail, data, hash from access_journal order by number desc limit %s"
_HEAD = "select number, hash from access_journal order by number desc limit 1"
_ACCOUNT = """insert into account(name, version, text) values (%s, %s, %s)
    on conflict (name) do update set version = excluded.version, text = excluded.text"""
_BEGAN = """insert into session(id, account, seen_s, text) values (%s, %s, %s, %s)
    on conflict (id) do update set account = excluded.account, seen_s = excluded.seen_s, text = excluded.text"""


class DatabaseAccess:
    """Fulfils `keeping.port.AccessStore`. Opened by `open_database`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def revision(self) -> int:
        return int(self._all("select revision from access_state")[0][0])

    def account(self, name: str) -> Account | None:
        rows = self._all("select name, version, text from account where name = %s", name)
        return self._read(account_of, rows[0]) if rows else None

    def accounts(self) -> list[Account]:
        rows = self._all('select name, version, text from account order by name collate "C"')
        return [self._read(account_of, row) for row in rows]

    def session(self, id_: str) -> LoginSession | None:
        rows = self._all("select id, account, seen_s, text from session where id = %s", id_)
        return self._read(session_of, rows[0]) if rows else None

    def sessions_of(self, account: str) -> list[LoginSession]:
        rows = self._all("select id, account, seen_s, text from session where account = %s", account)
        return sorted((self._read(session_of, row) for row in rows), key=lambda one: (one.began_s, one.id))

    def write(self, change: AccessChange) -> None:
        self._database.run(partial(_write, change))

    def secret(self) -> bytes:
        made = secrets.token_bytes(32)
        ask = "update access_state set secret = coalesce(secret, %s) returning secret"
        ((found,),) = self._database.run(lambda db: db.execute(ask, (made,)).fetchall())
        return bytes(found)

    def entries(self, last: int | None = None) -> list[Entry]:
        rows = self._all(_LAST, last + 1)[::-1] if last else self._all(_ENTRIES)
        try:
            return checked(rows, last)
        except ValueError as error:
            raise LisaError(texts.CHAIN_BROKEN.format(self._database.place.name, error)) from None

    def close(self) -> None:
        self._database.close()

    def _all(self, query: str, *values: object) -> list[Columns]:
        return list(self._database.run(lambda db: db.execute(query.encode(), values).fetchall()))

    def _read(self, make: Callable[..., T], row: Columns) -> T:
        try:
            return make(*row)
        except (ValueError, TypeError) as error:  # nobody gets in by a row that somebody has altered
            raise MachineError(texts.NOT_OPENED.format(self._database.place.name, error)) from error


def _write(change: AccessChange, db: Bounded) -> None:
    counts = int(replace(change, seen=()) != AccessChange())
    raised = "update access_state set revision = revision + %s returning revision"
    with db.transaction():
        ((revision,),) = db.execute(raised, (counts,)).fetchall()  # and nobody else meanwhile
        if change.revision not in (None, revision - counts):
            raise AccountChangedError(change.first)
        for account in (*change.accounts, *change.unchanged):
            row = db.execute("select version from account where name = %s", (account.name,)).fetchone()
            if (row[0] if row else 0) != account.version:
                raise AccountChangedError(account.name)
        cursor = db.cursor()
        cursor.executemany(_ACCOUNT, [(one.name, one.version + 1, text_of(one)) for one in change.accounts])
        if change.ended or change.ended_of:
            gone = "delete from session where id = any(%s::text[]) or account = any(%s::text[])"
            db.execute(gone, (list(change.ended), list(change.ended_of)))
        cursor.executemany(_BEGAN, [(one.id, one.account, one.seen_s, text_of(one)) for one in change.began])
        cursor.executemany("update session set seen_s = %s where id = %s", [(seen, id_) for id_, seen in change.seen])
        if change.entries:
            row = db.execute(_HEAD).fetchone()
            head = Checkpoint(row[0], bytes(row[1])) if row else Checkpoint(0, GENESIS)
            cursor.executemany(_ENTRY, chain_rows(head, change.entries)[0])


def open_database(place: DatabaseAddress) -> DatabaseAccess:
    """Its tables are made when they are missing. Raises `LisaError`."""
    database = Database(place, "konten")
    try:
        database.run(partial(take_up, place))
    except BaseException:
        database.close()
        raise
    return DatabaseAccess(database)
