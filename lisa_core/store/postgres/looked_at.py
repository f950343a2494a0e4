"""A database looked at, before an exchange takes it up: what would be refused is refused, and nothing is changed."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import psycopg

from lisa_core.store.chain import Columns
from lisa_core.store.postgres.database import connect, name_for
from lisa_core.store.postgres.errors import sentence
from lisa_core.store.postgres.forms import FORMS, known_form
from lisa_core.store.postgres.place import DatabaseAddress

_WRITABLE = "select current_setting('transaction_read_only') = 'off' and not pg_is_in_recovery()"
_MAY_CREATE = "select has_schema_privilege(current_schema(), 'CREATE')"
"""Null, which is no yes, where the search path leads to no schema."""
_BOOK = "select version, text, crc from key_book where version > 0"


@dataclass(frozen=True, slots=True)
class LookedAt:
    """`told`: what was found, as a sentence. `keys`: the book of keys as it lies there; None where none was entered."""

    told: str
    has_accounts: bool
    keys: Columns | None


def look_at_database(place: DatabaseAddress) -> LookedAt:
    """Raises `LisaError` for one that no exchange takes."""
    with contextlib.closing(connect(place, name_for("pruefung"))) as db:
        try:
            (writable,) = db.execute(_WRITABLE).fetchone() or (False,)
            db.execute("set default_transaction_read_only = on")
            form = known_form(place, db)
            if not writable:
                raise psycopg.errors.ReadOnlySqlTransaction
            if form < len(FORMS) and db.execute(_MAY_CREATE).fetchone() != (True,):
                raise psycopg.errors.InsufficientPrivilege
            accounts = _is_there("account", db) and db.execute("select 1 from account limit 1").fetchone() is not None
            keys = db.execute(_BOOK).fetchone() if _is_there("key_book", db) else None
        except psycopg.Error as error:
            raise sentence(place, error) from None
    newest = len(FORMS)
    older = "" if form == newest else f", wird beim Start auf Fassung {newest} umgestellt"
    return LookedAt(f"{place.name}: Fassung {form}{older}" if form else f"{place.name}: noch leer", accounts, keys)


def _is_there(table: str, db: psycopg.Connection) -> bool:
    return db.execute("select to_regclass(%s)", (table,)).fetchone() != (None,)
