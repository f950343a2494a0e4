"""The two kinds of store as tests see them: opened, and harmed as somebody with an SQL prompt would.

`edit` changes the log around its guards; `asides` are the names under which damaged logs lie.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from lisa_core.store.folder import open_folder
from lisa_core.store.inbox import FolderInbox
from lisa_core.store.postgres.inbox import PostgresInbox
from lisa_core.store.postgres.journal import PostgresJournal, open_journal
from lisa_core.store.postgres.place import DatabaseAddress, place_of
from lisa_core.store.sqlite import SqliteJournal
from lisa_core.store.sqlite import open_journal as open_file
from tests.store.server import Server

_THEIRS = """do $$ begin
    execute (select coalesce(string_agg('alter table ' || tablename || ' owner to lisa', ';'), 'select 1')
        from pg_tables where schemaname = 'public');
end $$"""
"""What an administrator made anew belongs to the exchange again."""
AT = "2026-11-23T10:00:00.000+01:00"


Log = SqliteJournal | PostgresJournal


def kept_in(folder: Path) -> Path:
    """A data folder, made or taken up."""
    open_folder(folder)
    return folder


@dataclass
class FolderStore:
    folder: Path

    def log(self) -> SqliteJournal:
        return open_file(self.folder / "log.sqlite", AT)

    def inbox(self) -> FolderInbox:
        return FolderInbox(self.folder / "inbox")

    def edit(self, *statements: str) -> None:
        with contextlib.closing(sqlite3.connect(self.folder / "log.sqlite")) as db:
            db.execute("drop trigger if exists no_update")
            db.execute("drop trigger if exists no_delete")
            for statement in statements:
                db.execute(statement)
            db.commit()

    def edit_inbox(self, statement: str) -> None:
        with contextlib.closing(sqlite3.connect(self.folder / "inbox" / "eingang.sqlite")) as db:
            db.execute(statement)
            db.commit()

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with contextlib.closing(sqlite3.connect(self.folder / "log.sqlite")) as db:
            return db.execute(query).fetchall()

    def asides(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("*.beschaedigt-*.sqlite"))


@dataclass
class PostgresStore:
    server: Server
    name: str

    @staticmethod
    def address(url: str) -> DatabaseAddress:
        return place_of(url)

    @property
    def place(self) -> DatabaseAddress:
        return place_of(self.server.socket_url(self.name))

    def log(self) -> PostgresJournal:
        return open_journal(self.place, AT)

    def inbox(self) -> PostgresInbox:
        ((generation,),) = self.ask("select generation from head")
        assert isinstance(generation, int)
        return PostgresInbox(self.place, generation)

    def edit(self, *statements: str) -> None:
        with self.server.admin(self.name) as db, db.transaction():
            db.execute("set local session_replication_role = replica")  # no trigger fires
            for statement in statements:
                db.execute(statement.encode())
            db.execute(_THEIRS)

    def edit_inbox(self, statement: str) -> None:
        self.edit(statement)

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with self.server.admin(self.name) as db:
            return db.execute(query.encode()).fetchall()

    def asides(self) -> list[str]:
        rows = self.ask("select tablename from pg_tables where tablename like 'journal_beschaedigt%' order by 1")
        return [str(name) for (name,) in rows]


Store = FolderStore | PostgresStore
