"""The event log in one SQLite file: WAL, synchronous=FULL; what was appended survives a loss of power.

Opening:   finish what an interrupted salvage left -> follow the chain from the first entry and compare it with the
           checkpoint (`salvage.examine`) -> set aside what is damaged, if any -> check the kept rows one by one
Appending: one transaction with the new entries, chained to the last one, and the kept rows -> note the checkpoint
"""

from __future__ import annotations

import contextlib
import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from lisa_core.domain.model.errors import MachineError
from lisa_core.store.chain import Checkpoint, Columns, chain_rows
from lisa_core.store.checked_rows import Sifted, put, set_apart, sift, take_up
from lisa_core.store.checkpoint import CheckpointFile
from lisa_core.store.journal import SPOILT, UNPROVEN, Entry, Kept
from lisa_core.store.salvage import examine, finish, raise_unless_damage, set_aside
from lisa_core.store.tables import INSERT, connect
from lisa_core.store.wal import Carrier

_OURS = (sqlite3.ProgrammingError, sqlite3.IntegrityError, sqlite3.DataError)
"""Errors that say that this program is wrong, not its machine."""


class SqliteJournal:
    """Opened by `open_journal`; one program at a time. `told` are sentences about the state in which it was found."""

    def __init__(self, path: Path, noted: CheckpointFile, head: Checkpoint) -> None:
        self._path, self._noted, self._head = path, noted, head
        self._db = connect(path)
        try:
            take_up(self._db)
            self._sifted: Sifted | None = sift(self._db)
        except BaseException:
            self._db.close()
            raise
        self._keys: list[str] = list(self._sifted.good)
        self.told: tuple[str, ...] = ()
        self._carrier = Carrier(self._db, path)
        noted.note(head)

    @property
    def count(self) -> int:
        return self._head.count

    def append(self, entries: Iterable[Entry], kept: Kept | None = None) -> None:
        rows, head = chain_rows(self._head, entries)
        if not rows and not kept:
            return
        self._commit(rows, head, lambda db: put(db, kept or {}))

    def set_apart(self, at: str) -> None:
        """Move altered kept rows out of the way, with an entry about it."""
        found = self._sifted
        if found is None or not found.spoilt:
            return
        detail = f"{len(found.spoilt)} von {len(found.spoilt) + len(found.good)} Angaben neben dem Protokoll"
        entry = Entry(at, SPOILT, "", f"{detail} sind verändert; sie liegen jetzt in kept_aside")
        self._commit(*chain_rows(self._head, [entry]), lambda db: set_apart(db, found, at))
        self.told = (*self.told, f"{self._path}: {entry.detail}.")

    def _commit(self, rows: list[Columns], head: Checkpoint, more: Callable[[sqlite3.Connection], None]) -> None:
        try:
            self._db.execute("begin immediate")
            self._db.executemany(INSERT, rows)
            more(self._db)
            self._db.execute("commit")
        except BaseException as error:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("rollback")
            if isinstance(error, _OURS) or not isinstance(error, sqlite3.Error | MemoryError):
                raise
            raise MachineError(
                f"{self._path}: Das Protokoll lässt sich nicht schreiben ({error}). Den Speicherplatz prüfen."
            ) from error
        self._head, self._sifted = head, None
        self._noted.note(head)
        self._carrier.committed(len(rows))

    def read(self, after: int = 0) -> list[Entry]:
        rows = self._db.execute(
            "select at, name, subject, detail, data from journal where number > ? order by number", (after,)
        )
        return list(map(Entry._make, rows))

    def kept(self, prefix: str = "") -> dict[str, str]:
        end = f"{prefix}\U0010ffff"
        if self._sifted is not None:  # what was read on opening, until something is written
            keys, good = self._keys, self._sifted.good
            return {key: good[key] for key in keys[bisect_left(keys, prefix) : bisect_left(keys, end)]}
        rows = self._db.execute("select key, text from kept where key >= ? and key < ? order by key", (prefix, end))
        return dict(rows.fetchall())

    def close(self) -> None:
        self._carrier.close()
        self._db.close()
        self._noted.close()


def open_journal(path: Path, at: str) -> SqliteJournal:
    """Open a log, or begin one; `at` is the civil time for what has to be entered about its state.

    A log that is cut short or altered is no error: its good part is gone on with, the rest is set aside, and an entry
    named `DAMAGED` says so. Raises `MachineError` when it cannot be opened, `LisaError` when another program has it
    open.
    """
    file = CheckpointFile(path)
    try:
        finish(path)
        noted = file.read()
        journal, damaged = _whole_or_what_is_left(path, file, noted, at)
        journal.set_apart(at)
        if noted is None and journal.count:
            entry = Entry(at, UNPROVEN, "", f"die Kette ist heil bis Eintrag {journal.count}")
            journal.append([entry])
            if not damaged:
                journal.told = (*journal.told, f"{path}: Der vermerkte Stand fehlt: {entry.detail}.")
        return journal
    except (sqlite3.Error, OSError, MemoryError) as error:
        file.close()
        raise MachineError(
            f"{path}: Das Protokoll lässt sich nicht öffnen ({error}). Einen anderen Ordner nennen."
        ) from error
    except BaseException:
        file.close()
        raise


def _whole_or_what_is_left(
    path: Path, file: CheckpointFile, noted: Checkpoint | None, at: str
) -> tuple[SqliteJournal, bool]:
    """The log, or the good part of a damaged one; and whether it was damaged."""
    good = examine(path, noted)
    if not good.why:
        try:
            return SqliteJournal(path, file, good.head), False
        except sqlite3.Error as error:  # every entry is good, and still it does not open: what is beside them is not
            raise_unless_damage(error)
            good = replace(good, why=f"die Datei ist beschädigt ({error})")
    set_aside(path, good, at, noted)
    journal = SqliteJournal(path, file, examine(path, None).head)
    journal.told = (f"{path}: Das Protokoll war beschädigt: {journal.read(journal.count - 1)[0].detail}.",)
    return journal, True
