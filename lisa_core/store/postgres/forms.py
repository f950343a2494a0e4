"""The tables and their versions: a database of an older version is taken up, one of a newer version is refused.

Each form is what brings a database from the one before it; all that are missing go in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString

import psycopg

from lisa_core.domain.model.errors import LisaError
from lisa_core.store.postgres.database import Bounded, check_encoding
from lisa_core.store.postgres.errors import is_machine, sentence
from lisa_core.store.postgres.place import DatabaseAddress

JOURNAL: LiteralString = """
create table journal(
    number bigint primary key, at text not null, name text not null, subject text not null,
    detail text not null, data text not null, hash bytea not null);
create trigger append_only before update or delete or truncate on journal
    for each statement execute function append_only();
"""
KEPT: LiteralString = 'create table kept(key text collate "C" primary key, text text not null, crc bigint not null);'
KEY_BOOK: LiteralString = """
create table key_book(
    one boolean primary key default true check (one), version bigint not null, text text not null, crc bigint not null);
insert into key_book values (true, 0, '', 0);
"""
"""Of the keys of booths (ADR 97)."""

ACCESS: LiteralString = """
create table account(name text primary key, version bigint not null, text text not null);
create table session(id text primary key, account text not null, seen_s bigint not null, text text not null);
create index session_account on session(account);
create table access_journal(
    number bigint primary key, at text not null, name text not null, subject text not null,
    detail text not null, data text not null, hash bytea not null);
create trigger append_only before update or delete or truncate on access_journal
    for each statement execute function append_only();
create table access_state(
    one boolean primary key default true check (one), revision bigint not null, secret bytea);
insert into access_state values (true, 0, null);
"""
"""Of who may log in (ADR 96)."""

FORMS: Sequence[LiteralString] = (
    """
create function append_only() returns trigger language plpgsql as $$ begin raise exception 'append-only'; end $$;
create table head(
    one boolean primary key default true check (one), count bigint not null, tip bytea not null,
    generation bigint not null) with (fillfactor = 50);
insert into head values (true, 0, decode(repeat('00', 32), 'hex'), 0);
create table received(
    number text primary key, office text not null, received_at text not null, digest text not null unique,
    size bigint not null, fault text not null, visit text not null, copy bigint not null, crc bigint not null);
create table packages(
    number text primary key, office text not null, state text not null, package bytea not null);
alter table packages alter column package set storage external;
"""
    + JOURNAL
    + KEPT,
    KEY_BOOK,
    """
alter table head add column until timestamptz not null default '-infinity';
create table waiting(one boolean primary key default true check (one), at timestamptz not null);
""",
    ACCESS,
)
BESIDE: Sequence[LiteralString] = ("account", "access_journal", "access_state")
"""Tables that a backup holds as they are. Sessions are none of them: nobody is logged in by a backup."""
LOCK = 0x4C495341
"""Who changes forms or opens the log holds the advisory lock (this, ...)."""


def take_up(place: DatabaseAddress, db: Bounded) -> None:
    """Bring a database into today's form, or make it. Raises `LisaError`; then nothing was changed."""
    try:
        with db.transaction():
            db.execute("select pg_advisory_xact_lock(%s, 1)", (LOCK,))
            found = known_form(place, db)
            if found == len(FORMS):
                return
            for script in FORMS[found:]:
                db.execute(script)
            db.execute("create table if not exists fassung(form integer not null)")
            db.execute("delete from fassung")
            db.execute("insert into fassung values (%s)", (len(FORMS),))
    except (psycopg.errors.DuplicateTable, psycopg.errors.DuplicateFunction):
        raise LisaError(f"{place.name}: In dieser Datenbank liegt schon anderes. Eine leere nennen.") from None
    except psycopg.Error as error:
        if not is_machine(error):
            raise
        raise sentence(place, error) from None


def known_form(place: DatabaseAddress, db: Bounded) -> int:
    """As `form_of`. Raises `LisaError` for a database of a newer version, and for one that is not in UTF-8."""
    check_encoding(place, db)
    found = form_of(db)
    if found > len(FORMS):
        raise LisaError(
            f"{place.name}: Diese Daten hat eine neuere Version von LISA geschrieben (Fassung {found}, "
            f"hier {len(FORMS)}). Daran wurde nichts geändert. Die neuere Version starten oder eine "
            "andere Datenbank nennen."
        )
    return found


def form_of(db: Bounded) -> int:
    """The form of this database; 0 for one in which LISA has made nothing."""
    if db.execute("select to_regclass('fassung')").fetchone() == (None,):
        return 0
    row = db.execute("select max(form) from fassung").fetchone()
    return int(row[0]) if row and row[0] is not None else 0
