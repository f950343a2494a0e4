"""The event log in one SQLite file: WAL, synchronous=FULL; what was appended survives a loss of power."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from lisa_core.model.errors import LisaError
from lisa_core.store.chain import Stand, forge
from lisa_core.store.journal import UNPROVEN, Entry, Kept
from lisa_core.store.salvage import examine, finish, set_aside
from lisa_core.store.stand import StandFile
from lisa_core.store.tables import INSERT, KEEP, connect


class SqliteJournal:
    """Opened by `open_journal`; one program at a time."""

    def __init__(self, path: Path, noted: StandFile, stand: Stand) -> None:
        self._path, self._noted, self._stand = path, noted, stand
        self._db = connect(path)
        noted.note(stand)

    @property
    def count(self) -> int:
        return self._stand.count

    def append(self, entries: Iterable[Entry], kept: Kept | None = None) -> None:
        rows, stand = forge(self._stand, entries)
        if not rows and not kept:
            return
        put = [(key, text) for key, text in (kept or {}).items() if text is not None]
        gone = [(key,) for key, text in (kept or {}).items() if text is None]
        try:
            self._db.execute("begin immediate")
            self._db.executemany(INSERT, rows)
            self._db.executemany(KEEP, put)
            self._db.executemany("delete from kept where key = ?", gone)
            self._db.execute("commit")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("rollback")
            raise LisaError(
                f"{self._path}: Das Protokoll lässt sich nicht schreiben ({error}). Den Speicherplatz prüfen."
            ) from error
        self._stand = stand
        self._noted.note(stand)

    def read(self, after: int = 0) -> list[Entry]:
        rows = self._db.execute(
            "select at, name, subject, detail, data from journal where number > ? order by number", (after,)
        )
        return list(map(Entry._make, rows))

    def kept(self, prefix: str = "") -> dict[str, str]:
        rows = self._db.execute(
            "select key, text from kept where key >= ? and key < ? order by key", (prefix, f"{prefix}\U0010ffff")
        )
        return dict(rows.fetchall())

    def close(self) -> None:
        self._db.close()
        self._noted.close()


def open_journal(path: Path, at: str) -> SqliteJournal:
    """Open a log, or begin one; `at` is the civil time for what has to be entered about its state.

    A log that is cut short or altered is no error: its good part is gone on with, the rest is set aside, and an entry
    named `DAMAGED` says so. Raises `LisaError` when it cannot be opened or another program has it open.
    """
    file = StandFile(path)
    try:
        finish(path)
        noted = file.read()
        good = examine(path, noted)
        if good.why:
            set_aside(path, good, at)
            good = examine(path, None)
        journal = SqliteJournal(path, file, good.stand)
        if noted is None and good.stand.count:
            journal.append([Entry(at, UNPROVEN, "", f"die Kette ist heil bis Eintrag {good.stand.count}")])
        return journal
    except (sqlite3.Error, OSError) as error:
        file.close()
        raise LisaError(
            f"{path}: Das Protokoll lässt sich nicht öffnen ({error}). Einen anderen Ordner nennen."
        ) from error
    except BaseException:
        file.close()
        raise
