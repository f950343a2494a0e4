"""The log of acts in PostgreSQL, for processes on any number of computers.

One row is the turn: whoever has it locked appends, the others wait in line. A process that stands still in its turn is
thrown out by the server, and a connection that was lost is replaced only after the server has ended the old one: what
was under way is then in the log, or never will be.
"""

from __future__ import annotations

import contextlib
import select
import threading
from collections.abc import Iterator, Sequence
from typing import LiteralString

import psycopg

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.store.chain import Columns
from lisa_core.store.postgres.database import LONG_S, Bounded, check_encoding, connect, name_for
from lisa_core.store.postgres.errors import is_machine, sentence
from lisa_core.store.postgres.place import DatabaseAddress
from sojus.store.log import AT_ONCE, FORM, Snapshot, check_form

PATIENCE_S = 25.0
"""How long a process waits for its turn, and for any other answer."""
FOREIGN = "{}: In dieser Datenbank liegt schon anderes unter unseren Namen. Eine andere nennen."
LOCK = 0x534F4A55
"""Who makes the tables holds the advisory lock (this, 1)."""
_SETTINGS: LiteralString = """select set_config('idle_in_transaction_session_timeout', '15s', false),
    set_config('lock_timeout', '20s', false)"""
_TABLES: LiteralString = """
create table sojus_turn(one boolean primary key default true check (one), form integer not null);
create table sojus_act(
    number bigint primary key, at text not null, name text not null, key text not null unique,
    detail text not null, data text not null, hash bytea not null);
create table sojus_snapshot(
    number bigint primary key, tip bytea not null, digest bytea not null, data bytea not null);
alter table sojus_snapshot alter column data set storage external;
create function sojus_append_only() returns trigger language plpgsql as $$
    begin raise exception 'append-only'; end $$;
create trigger append_only before update or delete or truncate on sojus_act
    for each statement execute function sojus_append_only();
"""
_COLUMNS: LiteralString = "select number, at, name, key, detail, data, hash from sojus_act "
_APPEND: LiteralString = """insert into sojus_act
    select * from unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bytea[])"""
_LET_GO: LiteralString = """delete from sojus_snapshot
    where number not in (select number from sojus_snapshot order by number desc limit 2)"""


class PostgresActs:
    """The tables `sojus_...` of a database, made if they are missing. Other things may lie beside them."""

    def __init__(self, place: DatabaseAddress) -> None:
        self.name, self._place = place.name, place
        self._as, self._listens_as = name_for("sojus"), name_for("sojus listens")
        self._closed = threading.Event()
        self._db: Bounded | None = None
        self._listening: Bounded | None = None
        with self._told() as db, db.transaction():
            self._take_up(db)

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        with self._told() as db, db.transaction():
            self._check_form(db.execute("select form from sojus_turn for update").fetchone())
            yield

    def rows(self, after: int) -> list[Columns]:
        with self._told() as db:
            question: LiteralString = _COLUMNS + "where number > %s order by number limit %s"
            return db.execute(question, (after, AT_ONCE)).fetchall()

    def named(self, keys: Sequence[str]) -> list[Columns]:
        with self._told() as db:
            return db.execute(_COLUMNS + "where key = any(%s) order by number", (list(keys),)).fetchall()

    def append(self, rows: Sequence[Columns]) -> None:
        with self._told() as db:
            db.execute(_APPEND, [list(column) for column in zip(*rows, strict=True)])
            db.execute("notify sojus")

    def snapshots(self) -> list[Snapshot]:
        with self._told(LONG_S) as db:
            rows = db.execute("select number, tip, digest, data from sojus_snapshot order by number desc", binary=True)
            return list(map(Snapshot._make, rows))

    def keep(self, snapshot: Snapshot) -> None:
        with contextlib.closing(connect(self._place, name_for("sojus snapshot"))) as db:
            try:
                with db.transaction():
                    db.execute("insert into sojus_snapshot values (%s, %s, %b, %b) on conflict do nothing", snapshot)
                    db.execute(_LET_GO)
            except psycopg.Error as error:
                raise sentence(self._place, error) from None

    def wait(self, timeout_s: float) -> None:
        """By NOTIFY; without a connection for the whole time, and then one looks."""
        try:
            if self._listening is None:
                self._listening = connect(self._place, self._listens_as)
                self._listening.execute("listen sojus")
                return  # whatever came before it listened
            if select.select([self._listening.fileno()], [], [], timeout_s)[0]:
                self._listening.pgconn.consume_input()
            while self._listening.pgconn.notifies():
                pass
        except (LisaError, psycopg.Error, OSError, ValueError):
            self._stop_listening()
            self._closed.wait(timeout_s)

    def close(self) -> None:
        self._closed.set()
        if self._db is not None:
            self._db.close()
        self._stop_listening()

    def _stop_listening(self) -> None:
        listening, self._listening = self._listening, None
        if listening is not None:
            listening.close()

    # --- the connection -----------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _told(self, within_s: float = PATIENCE_S) -> Iterator[Bounded]:
        """The connection, a new one if the last was lost. Raises `LisaError`."""
        if self._db is None:
            self._db = connect(self._place, self._as)
        db = self._db
        try:
            if db.within_s != within_s:
                db.within_s = within_s
                db.execute(_SETTINGS)
            yield db
        except psycopg.Error as error:
            if db.closed or db.broken or error.sqlstate is None:
                self._db = None
                db.close()
            if not is_machine(error):
                raise
            raise MachineError(str(sentence(self._place, error))) from None

    def _take_up(self, db: Bounded) -> None:
        """Make the tables, or see that they are ours and of this version."""
        db.execute("select pg_advisory_xact_lock(%s, 1)", (LOCK,))
        check_encoding(self._place, db)
        if db.execute("select to_regclass('sojus_turn')").fetchone() != (None,):
            self._check_form(db.execute("select form from sojus_turn").fetchone())
            return
        try:
            db.execute(_TABLES)
        except (psycopg.errors.DuplicateTable, psycopg.errors.DuplicateFunction):
            raise LisaError(FOREIGN.format(self.name)) from None
        db.execute("insert into sojus_turn values (true, %s)", (FORM,))

    def _check_form(self, row: Columns | None) -> None:
        if row is None:  # then nobody would wait for anybody
            raise LisaError(FOREIGN.format(self.name))
        check_form(self.name, row[0])


def form_in(place: DatabaseAddress) -> int | None:
    """Of the placements in this database, None: there are none. Nothing is changed. Raises `LisaError`."""
    with contextlib.closing(connect(place, name_for("sojus check"))) as db:
        try:
            db.execute("set default_transaction_read_only = on")
            if db.execute("select to_regclass('sojus_turn')").fetchone() == (None,):
                return None
            row = db.execute("select form from sojus_turn").fetchone()
        except psycopg.Error as error:
            raise sentence(place, error) from None
    return None if row is None else int(row[0])
