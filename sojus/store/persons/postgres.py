"""Persons in PostgreSQL, in tables of their own beside the log.

A deleted row stands in the file of its table until that is written anew, which `scrub` does. What the server keeps
beside it (its write-ahead files, archives of these, backups of its own) is its operator's to let go of.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import LiteralString, TypeVar

import psycopg

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.store.chain import Columns
from lisa_core.store.postgres.database import LONG_S, Bounded, Database, check_encoding
from lisa_core.store.postgres.errors import is_machine
from lisa_core.store.postgres.place import DatabaseAddress
from sojus.store.persons.database import APPEND_ONLY, TABLES, Statements, check_form

T = TypeVar("T")

FOREIGN = "{}: In dieser Datenbank liegt schon anderes unter unseren Namen. Eine andere nennen."
HELD = "{}: Was gelöscht ist, lässt sich noch nicht aus den Dateien nehmen: ein anderes Programm liest noch davon."
PATIENCE_S = 1.0
"""How long is waited for whoever might still see deleted rows; PostgreSQL keeps these for them."""
LOCK = 0x534F5045
"""Who makes the tables holds the advisory lock (this, 1)."""
_READERS: LiteralString = """
select pg_snapshot_xmin(pg_current_snapshot()) <= %(now)s::text::xid8
    or exists (select from pg_stat_activity where (datname = current_database() or datname is null)
        and pid <> pg_backend_pid() and age(backend_xmin) >= age(%(now)s::text::xid8::xid))
    or exists (select from pg_replication_slots where age(xmin) >= age(%(now)s::text::xid8::xid))
"""
"""Whether a transaction or snapshot is as old as transaction `now`."""
_GUARDS = f"""
create function sojus_person_guard() returns trigger language plpgsql as $$
    begin
        if tg_op = 'DELETE' then
            if old.number <= (select begins from sojus_person_state) then return old; end if;
        end if;
        raise exception '{APPEND_ONLY}';
    end $$;
create trigger guard before update or delete on sojus_person_audit
    for each row execute function sojus_person_guard();
create function sojus_person_whole() returns trigger language plpgsql as $$
    begin raise exception '{APPEND_ONLY}'; end $$;
create trigger whole before truncate on sojus_person_audit
    for each statement execute function sojus_person_whole();
"""


_NO_SAMPLES: LiteralString = "".join(
    f"alter table sojus_person_{table} alter column {column} set statistics 0;"
    for table, column in (
        ("case", "people"),
        ("case", "reference"),
        ("case", "sought"),
        ("audit", "account"),
        ("audit", "subject"),
        ("member", "account"),
    )
)
"""Else a server that looks which values are frequent (`analyze`, by itself as well) keeps names among its statistics,
and no deletion reaches them there."""


class PostgresPersons:
    """Fulfils `PersonDatabase`. The tables `sojus_person_...` of a database, made if they are missing.

    Questions have a connection of their own: they wait for nobody who writes."""

    def __init__(self, place: DatabaseAddress) -> None:
        self.name = place.name
        self._database = Database(place, "sojus personen")
        try:
            self._database.run(partial(_take_up, place))
            self._reader = Database(place, "sojus personen lesen")
        except BaseException:
            self._database.close()
            raise

    def rows(self, question: str, *values: object) -> Sequence[Columns]:
        return self._reader.run(lambda db: _rows(db, question, *values))

    def run(self, work: Callable[[Statements], T]) -> T:
        return self._database.run(partial(_run, work))

    def scrub(self, within_s: float | None = None) -> None:
        """The tables are written anew without what was deleted, and the old files are gone."""
        self._database.run(partial(_write_anew, self.name, within_s), LONG_S if within_s is None else within_s)

    def close(self) -> None:
        self._reader.close()
        self._database.close()


def _run(work: Callable[[Statements], T], db: Bounded) -> T:
    with db.transaction():
        db.execute("select form from sojus_person_state for update")  # and nobody else meanwhile
        return work(partial(_rows, db))


def _rows(db: Bounded, statement: str, *values: object) -> Sequence[Columns]:
    found = db.execute(statement.replace("?", "%s").encode(), values)
    return found.fetchall() if found.description else ()


def _write_anew(name: str, within_s: float | None, db: Bounded) -> None:
    end_s = math.inf if within_s is None else time.monotonic() + within_s
    _wait_for_readers(name, db)
    for table in ("sojus_person_case", "sojus_person_audit", "sojus_person_member", "sojus_person_wish"):
        if time.monotonic() > end_s:
            raise MachineError(HELD.format(name))
        db.within_s = min(db.within_s, max(0.1, end_s - time.monotonic()))
        db.execute(f"vacuum full {table}".encode())
    try:
        db.execute("checkpoint")
    except psycopg.errors.InsufficientPrivilege:  # then it comes by itself
        return


def _wait_for_readers(name: str, db: Bounded) -> None:
    """Until nobody might still see what was deleted before. Raises `MachineError`."""
    ((now,),) = db.execute("select pg_current_xact_id()::text").fetchall()
    end_s = time.monotonic() + PATIENCE_S
    while db.execute(_READERS, {"now": now}).fetchone() != (False,):
        if time.monotonic() > end_s:
            raise MachineError(HELD.format(name))
        time.sleep(0.02)


def _take_up(place: DatabaseAddress, db: Bounded) -> None:
    """Make the tables, or see that they are ours and of this version."""
    with db.transaction():
        db.execute("select pg_advisory_xact_lock(%s, 1)", (LOCK,))
        check_encoding(place, db)
        if db.execute("select to_regclass('sojus_person_state')").fetchone() != (None,):
            ((form,),) = db.execute("select form from sojus_person_state").fetchall()
            check_form(place.name, form)
            return
        try:
            for statement in (*TABLES, _GUARDS, _NO_SAMPLES):
                db.execute(statement.encode())
        except psycopg.Error as error:
            if is_machine(error):
                raise
            raise LisaError(FOREIGN.format(place.name)) from None
