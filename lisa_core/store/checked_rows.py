"""What is kept beside a log, row by row with its check value: a row that was altered is noticed, not believed.

    kept(key, text, crc)      crc = CRC-32 (as in zlib) over key, a zero byte, and text

The log says what happened and only grows; this table says what the program needs to go on after a restart, and is
overwritten: a key has one row, and one that is no longer needed none. Both change in one transaction. The check value
tells of accidents, as the chain of the log does (ADR 40). Rows that are altered are moved to `kept_aside`.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from dataclasses import dataclass, field
from typing import Any

from lisa_core.store.journal import Kept

KeptRow = tuple[str, str, int]
Found = tuple[Any, Any, Any]

KEEP = "insert or replace into kept(key, text, crc) values (?, ?, ?)"
LET_GO = "delete from kept where key = ?"
_READ = "select cast(key as blob), cast(text as blob), crc from kept order by key"
_READ_AS_TEXT = "select key, text, crc from kept order by key"
_READ_UNGUARDED = "select cast(key as blob), cast(text as blob), null from kept order by key"
_ASIDE = "create table if not exists kept_aside(at text, key blob, text blob, crc)"


@dataclass(slots=True)
class Sifted:
    """The rows that are as they were written, in the order of their keys; and those that are not."""

    good: dict[str, str] = field(default_factory=dict)
    spoilt: list[Found] = field(default_factory=list)


def kept_row(key: str, text: str) -> KeptRow:
    """The row for this key and text, with its check value."""
    return key, text, check_of(key.encode(), text.encode())


def check_of(key: bytes, text: bytes) -> int:
    """The check value of key and text."""
    return zlib.crc32(text, zlib.crc32(key + b"\0"))


def put(db: sqlite3.Connection, kept: Kept) -> None:
    """Inside a transaction: keep, or let go of."""
    db.executemany(KEEP, [kept_row(key, text) for key, text in kept.items() if text is not None])
    db.executemany(LET_GO, [(key,) for key, text in kept.items() if text is None])


def sift(db: sqlite3.Connection) -> Sifted:
    """All rows, each checked. Raises `sqlite3.Error` where the table cannot be read."""
    crc32 = zlib.crc32
    with contextlib.suppress(TypeError, ValueError, sqlite3.Error):  # as if all were well: half the time for most logs
        texts = db.execute(_READ_AS_TEXT).fetchall()
        good = {key: text for key, text, told in texts if crc32((key + "\0" + text).encode()) == told}
        if len(good) == len(texts):
            return Sifted(good)
    found = Sifted()
    for row in db.execute(_READ).fetchall():
        judge(row, found, guarded=True)
    return found


def rescue(db: sqlite3.Connection) -> Sifted:
    """What can still be read of a damaged table, whichever version made it."""
    found = Sifted()
    with contextlib.suppress(sqlite3.DatabaseError):
        with_checks = is_guarded(db)
        for row in db.execute(_READ if with_checks else _READ_UNGUARDED):
            judge(row, found, guarded=with_checks)
    return found


def judge(row: Found, found: Sifted, *, guarded: bool = True) -> None:
    """Lay a row (key and text as bytes) to the good or to the spoilt ones."""
    key, text, told = row
    try:
        if not guarded or check_of(key, text) == told:
            found.good[key.decode()] = text.decode()
            return
    except (TypeError, ValueError):
        pass  # a key or text of another type, or bytes that are no text: spoilt as well
    found.spoilt.append(row)


def is_guarded(db: sqlite3.Connection) -> bool:
    """Whether this table is of the form that has check values; one without them was made by an older version."""
    try:
        db.execute("select crc from kept limit 0")
    except sqlite3.OperationalError as error:
        if "no such column" in str(error):
            return False
        raise
    return True


def take_up(db: sqlite3.Connection) -> None:
    """Bring a table of an older version into today's form; all of it or nothing."""
    if is_guarded(db):
        return
    db.execute("begin immediate")
    rows = [kept_row(key, text) for key, text in db.execute("select key, text from kept")]
    db.execute("alter table kept add column crc integer not null default 0")
    db.executemany(KEEP, rows)
    db.execute("commit")


def set_apart(db: sqlite3.Connection, found: Sifted, at: str) -> None:
    """Inside a transaction: write the good rows anew, and lay the spoilt ones where nobody reads them by mistake."""
    db.execute(_ASIDE)
    db.executemany("insert into kept_aside values (?, ?, ?, ?)", [(at, *row) for row in found.spoilt])
    db.execute("delete from kept")
    db.executemany(KEEP, [kept_row(key, text) for key, text in found.good.items()])
