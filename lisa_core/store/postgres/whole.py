"""Is the log in a database as it was written? What is not is renamed, nothing deleted; all of it in one transaction.

Whoever opens the log does so, and may have been succeeded since: whatever is changed here stands behind its `Fence`.
"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
from psycopg import sql

from lisa_core.store.chain import Checkpoint, Columns, Good, chain_rows, follow
from lisa_core.store.checked_rows import Sifted, judge
from lisa_core.store.postgres.database import Bounded
from lisa_core.store.postgres.errors import is_damage
from lisa_core.store.postgres.fence import Fence
from lisa_core.store.postgres.forms import JOURNAL, KEPT
from lisa_core.store.salvage import entry_of

AT_ONCE = 5_000
"""Rows that are fetched at a time."""
_ROWS = "select number, at, name, subject, detail, data, hash from journal where number > %s order by number"
INSERT = "insert into journal(number, at, name, subject, detail, data, hash) values (%s, %s, %s, %s, %s, %s, %s)"


def head_of(db: Bounded) -> tuple[Checkpoint | None, int]:
    """How far the log goes, as it was noted with its last entry; and the generation of its last writer."""
    row = db.execute("select count, tip, generation from head").fetchone()
    return (Checkpoint(int(row[0]), bytes(row[1])), int(row[2])) if row else (None, 0)


def examine(db: Bounded, noted: Checkpoint | None, known: Good) -> Good:
    """How far the log is good; `known`: how far somebody has followed it just now."""
    good = follow(rows_of(db, known.head.count), noted, known)
    return follow(rows_of(db), noted) if good.why and known.head.count else good


def rows_of(db: Bounded, after: int = 0) -> Iterator[Columns]:
    """The rows of the log behind this number; an empty one where nothing more can be read."""
    try:
        with db.transaction(), db.cursor("protokoll") as rows:
            rows.itersize = AT_ONCE
            yield from rows.execute(_ROWS, (after,))
    except psycopg.Error as error:
        if not is_damage(error):
            raise
        yield ()


def set_aside(db: Bounded, fence: Fence, good: Good, at: str, noted: Checkpoint | None) -> Checkpoint:
    """Leave the good part and an entry about it in `journal`, the rest under another name; returns the new head."""
    with fence.transaction(db):
        aside = _rename(db, "journal")
        db.execute(JOURNAL)
        if good.head.count and aside:
            copy = sql.SQL(
                "insert into journal select number, at, name, subject, detail, data, hash from {} where number <= %s"
            )
            db.execute(copy.format(sql.Identifier(aside)), (good.head.count,))
        rows, head = chain_rows(good.head, [entry_of(good, aside, at, noted)])
        db.cursor().executemany(INSERT, rows)
        note(db, head)
    return head


def note(db: Bounded, head: Checkpoint) -> None:
    """Inside a transaction: how far the log goes now, also where nothing is noted."""
    db.execute(
        "insert into head(count, tip, generation) values (%s, %s, 0) "
        "on conflict (one) do update set count = excluded.count, tip = excluded.tip",
        (head.count, head.tip),
    )


def sift(db: Bounded, fence: Fence) -> Sifted:
    """What is kept beside the log, each row checked; a table that is none is renamed, and nothing was kept then."""
    found = Sifted()
    try:
        rows = db.execute(
            "select convert_to(key, 'UTF8'), convert_to(text, 'UTF8'), crc from kept order by key"
        ).fetchall()
    except psycopg.Error as error:
        if not is_damage(error):
            raise
        with fence.transaction(db):
            _rename(db, "kept")
            db.execute(KEPT)
        return Sifted(spoilt=[(b"kept", b"", None)])
    for row in rows:
        judge(row, found)
    return found


def set_apart(db: Bounded, found: Sifted, at: str) -> None:
    """Inside a transaction: lay the spoilt rows where nobody reads them by mistake."""
    db.execute("create table if not exists kept_aside(at text, key bytea, text bytea, crc bigint)")
    db.cursor().executemany("insert into kept_aside values (%s, %s, %s, %s)", [(at, *row) for row in found.spoilt])
    db.execute("delete from kept where not key = any(%s::text[])", (list(found.good),))


def _rename(db: Bounded, table: str) -> str:
    """The name of a damaged table from now on; "" if there is none."""
    if db.execute("select to_regclass(%s)", (table,)).fetchone() == (None,):
        return ""
    number = 1
    while db.execute("select to_regclass(%s)", (f"{table}_beschaedigt_{number}",)).fetchone() != (None,):
        number += 1
    aside = f"{table}_beschaedigt_{number}"
    rename = sql.SQL("alter table {} rename to {}").format(sql.Identifier(table), sql.Identifier(aside))
    db.execute(rename)
    return aside
