"""A log that is cut short or altered: how far it is good, and setting the rest aside under another name.

    1. LOG.neu is written: the good entries, the kept rows that can be read, and an entry about what was lost
    2. LOG is renamed to LOG.beschaedigt-1 (-2, -3 ...): nothing is deleted
    3. LOG.neu is renamed to LOG

A program killed between any two of these finds, the next time, either the damaged log (after 1: `finish` drops LOG.neu,
and all begins again) or the salvaged one (after 2: `finish` does 3).
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lisa_core.store.chain import Checkpoint, Columns, Good, chain_rows, follow
from lisa_core.store.checked_rows import put, rescue
from lisa_core.store.journal import DAMAGED, Entry
from lisa_core.store.tables import INSERT, SELECT, connect

_NOT_OURS_TO_JUDGE = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_NOMEM,
    }
)
"""Errors that say nothing about the log itself; any other one makes it damaged."""


def examine(path: Path, noted: Checkpoint | None) -> Good:
    """How far the log at `path` is good. Raises `sqlite3.Error` when that cannot be found out."""
    if not path.exists():
        return follow((), noted)
    try:
        with contextlib.closing(connect(path)) as db:
            good = follow(_rows(db), noted)
            return good if good.why or _whole(db, path) else replace(good, why="die Datei ist beschädigt")
    except sqlite3.Error as error:
        raise_unless_damage(error)
        return Good(why=f"die Datei ist kein lesbares Protokoll ({error})")


def set_aside(path: Path, good: Good, at: str, noted: Checkpoint | None = None) -> None:
    """Leave the good part and an entry about it under `path`, and the rest under another name.

    `noted`: the checkpoint, which tells how far the log once went; None if there is none.
    """
    aside, new = free_name(path), _new_name(path)
    _unlink(new)
    with contextlib.closing(connect(new)) as db:
        db.execute("begin immediate")
        _copy(path, db, good)
        db.executemany(
            INSERT, chain_rows(good.head, [entry_of(good, aside.name if path.exists() else "", at, noted)])[0]
        )
        db.execute("commit")
    move(path, aside)
    move(new, path)


def finish(path: Path) -> None:
    """What a program killed while setting aside had left to do."""
    new = _new_name(path)
    if new.exists():
        if path.exists():
            _unlink(new)
        else:
            move(new, path)


def _rows(db: sqlite3.Connection) -> Iterator[Columns]:
    try:
        yield from db.execute(SELECT)
    except sqlite3.Error as error:
        raise_unless_damage(error)
        yield ()


def _whole(db: sqlite3.Connection, path: Path) -> bool:
    """What the chain does not cover: the pages of what is kept, and those that the next entries would go to."""
    try:
        db.execute("pragma wal_checkpoint(truncate)")
        ((pages, size),) = db.execute("select page_count, page_size from pragma_page_count, pragma_page_size")
        if path.stat().st_size < pages * size:
            return False
        return db.execute("pragma quick_check(1)").fetchall() == [("ok",)]
    except sqlite3.Error as error:
        raise_unless_damage(error)
        return False


def _copy(path: Path, new: sqlite3.Connection, good: Good) -> None:
    """The good entries, and of what was kept all that can be read."""
    if good.head.count == 0:
        return
    with contextlib.closing(connect(path)) as old:
        rows = old.execute(f"{SELECT} limit ?", (good.head.count,))
        new.executemany(INSERT, rows)
        put(new, rescue(old).good)


def entry_of(good: Good, aside: str, at: str, noted: Checkpoint | None) -> Entry:
    """What is said of a log that was damaged; `aside`: under which name it lies now, "" if nothing was there."""
    until = f"gut bis Eintrag {good.head.count} vom {good.at}" if good.head.count else "kein Eintrag ist gut"
    where = f"das alte Protokoll liegt in {aside}" if aside else "von der Datei ist nichts da"
    missing = noted.count - good.head.count if noted else 0
    lost = f"verloren sind {missing} Einträge" if missing > 0 else "wie viele Einträge fehlen, ist nicht bekannt"
    return Entry(at, DAMAGED, "", f"{until}; {good.why}; {lost}; {where}")


def raise_unless_damage(error: sqlite3.Error) -> None:
    """Raise `error` again if it says nothing about the file itself."""
    if not is_damage(error):
        raise error


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file itself is the matter."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return code not in _NOT_OURS_TO_JUDGE


def free_name(path: Path) -> Path:
    """The name under which a damaged file is set aside."""
    number = 1
    while (name := path.with_name(f"{path.stem}.beschaedigt-{number}{path.suffix}")).exists():
        number += 1
    return name


def _new_name(path: Path) -> Path:
    return path.with_name(f"{path.name}.neu")


def _files(path: Path) -> Iterator[Path]:
    """A database in WAL mode is three files."""
    return (path.with_name(path.name + ending) for ending in ("-wal", "-shm", ""))


def move(old: Path, new: Path) -> None:
    """A database under another name, all of its files."""
    for source, target in zip(_files(old), _files(new), strict=True):
        with contextlib.suppress(FileNotFoundError):
            source.rename(target)


def _unlink(path: Path) -> None:
    for file in _files(path):
        file.unlink(missing_ok=True)
