"""A database of an exchange, copied while a program writes it, or made anew: each in one transaction."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import LiteralString

import psycopg
from psycopg import IsolationLevel, sql

from lisa_core.domain.model.errors import LisaError
from lisa_core.store.backup.contents import Restorable
from lisa_core.store.chain import Checkpoint, Columns, chain_rows
from lisa_core.store.checked_rows import KeptRow
from lisa_core.store.key_book import FILE, image_of, opened, row_in
from lisa_core.store.postgres import whole
from lisa_core.store.postgres.database import Bounded, connect, name_for
from lisa_core.store.postgres.errors import is_machine, sentence
from lisa_core.store.postgres.forms import BESIDE, FORMS, LOCK, form_of, take_up
from lisa_core.store.postgres.place import DatabaseAddress

NOTHING = "{}: In dieser Datenbank liegt nichts von einer Vermittlung. Eine andere nennen."
OTHER = "{}: Diese Daten hat eine andere Version von LISA geschrieben. Die Vermittlung dieser Version einmal starten."
TAKEN = "{}: Dort liegt schon etwas, und überschrieben wird nichts. Eine leere Datenbank nennen."
ELSEWHERE = "{}: Konten aus der Sicherung eines Ordners kommen nicht mit; sie sind hier neu anzulegen ({})."
_TABLE = ".json"
_AT_ONCE = 1_000
_KEEP = "insert into kept(key, text, crc) values (%s, %s, %s)"
_LIST = "insert into received values (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
_LAY = "insert into packages(number, office, state, package) values (%s, %s, 'received', %s)"


class DatabaseSnapshot:
    """Fulfils `contents.Snapshot`: everything as it was when the transaction began."""

    def __init__(self, place: DatabaseAddress, db: Bounded) -> None:
        self.where, self._db = place.name, db
        self.noted: Checkpoint | None = whole.head_of(db)[0]

    def entries(self) -> Iterator[Columns]:
        return whole.rows_of(self._db)

    def kept(self) -> Iterator[KeptRow]:
        with self._db.cursor("beigelegt") as rows:
            found = rows.execute("select key, text, crc from kept order by key")
            yield from ((key, text, crc) for key, text, crc in found)

    def listed(self) -> list[Columns]:
        names = "number, office, received_at, digest, size, fault, visit, copy, crc"
        return list(self._db.execute(f"select {names} from received order by number".encode()).fetchall())

    def package(self, number: str, office: str) -> bytes | None:
        asked = "select package from packages where number = %s and state = 'received'"
        row = self._db.execute(asked, (number,), binary=True).fetchone()
        return bytes(row[0]) if row else None

    def beside(self) -> Mapping[str, bytes]:
        tables = {f"{table}{_TABLE}": _lines_of(self._db, table) for table in BESIDE}
        row = self._db.execute("select version, text, crc from key_book where version > 0").fetchone()
        return {**tables, FILE: image_of((int(row[0]), str(row[1]), int(row[2])))} if row else tables


class DatabaseSource:
    """Fulfils `contents.StoreSource`."""

    def __init__(self, place: DatabaseAddress) -> None:
        self._place = place

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[DatabaseSnapshot]:
        with _told(self._place), contextlib.closing(connect(self._place, name_for("sicherung"))) as db:
            found = form_of(db)
            if found != len(FORMS):
                raise LisaError((OTHER if found else NOTHING).format(self._place.name))
            db.isolation_level, db.read_only = IsolationLevel.REPEATABLE_READ, True
            with db.transaction():
                yield DatabaseSnapshot(self._place, db)


class DatabaseTarget:
    """Fulfils `contents.StoreTarget`."""

    def __init__(self, place: DatabaseAddress) -> None:
        self.where, self._place = place.name, place

    def check_free(self) -> None:
        with _told(self._place), contextlib.closing(connect(self._place, name_for("sicherung"))) as db:
            self._check_free(db)

    def _check_free(self, db: Bounded) -> None:
        if form_of(db):
            raise LisaError(TAKEN.format(self.where))

    def write(self, all_of_it: Restorable) -> tuple[str, ...]:
        with _told(self._place), contextlib.closing(connect(self._place, name_for("sicherung"))) as db:
            with db.transaction():
                db.execute("select pg_advisory_xact_lock(%s, 1)", (LOCK,))
                self._check_free(db)
                take_up(self._place, db)
                self._fill(db, all_of_it)
            names = ", ".join(name for name, data in all_of_it.beside.items() if name != FILE and _of_file(name, data))
            return (ELSEWHERE.format(self.where, names),) if names else ()

    def _fill(self, db: Bounded, all_of_it: Restorable) -> None:
        cursor, entries = db.cursor(), iter(all_of_it.entries)
        while some := list(islice(entries, _AT_ONCE)):
            cursor.executemany(whole.INSERT, some)
        rows, head = chain_rows(all_of_it.head, [all_of_it.last])
        cursor.executemany(whole.INSERT, rows)
        whole.note(db, head)
        kept = iter(all_of_it.kept)
        while some_kept := list(islice(kept, _AT_ONCE)):
            cursor.executemany(_KEEP, some_kept)
        cursor.executemany(_LIST, all_of_it.listed)
        if FILE in all_of_it.beside and (keys := row_in(all_of_it.beside[FILE])):
            db.execute("update key_book set version = %s, text = %s, crc = %s", keys)
        for package in all_of_it.packages:
            db.execute(_LAY, (package.number, package.office, package.data))
        for table in BESIDE:
            if found := all_of_it.beside.get(f"{table}{_TABLE}"):
                _put(db, table, found)


def _of_file(name: str, data: bytes) -> bool:
    """Whether this holds accounts of a folder, as far as can be told: an exchange has the file from its first start."""
    if name.endswith(_TABLE):
        return False
    try:
        with opened(data) as db:
            return db.execute("select 1 from account").fetchone() is not None
    except sqlite3.Error:
        return True


def _lines_of(db: Bounded, table: LiteralString) -> bytes:
    """Each row as the server writes it in JSON."""
    rows = db.execute(sql.SQL("select to_jsonb(t)::text from {} t").format(sql.Identifier(table))).fetchall()
    return "".join(f"{row}\n" for (row,) in rows).encode()


def _put(db: Bounded, table: LiteralString, lines: bytes) -> None:
    name = sql.Identifier(table)
    if table == "access_state":
        db.execute("delete from access_state")
    put = sql.SQL("insert into {0} select * from jsonb_populate_record(null::{0}, %s::jsonb)").format(name)
    for line in filter(None, lines.decode().split("\n")):  # a text may hold what `splitlines` ends lines at as well
        db.execute(put, (line,))


@contextlib.contextmanager
def _told(place: DatabaseAddress) -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        if not is_machine(error):
            raise
        raise sentence(place, error) from None
