"""A data folder of an exchange, copied while a program writes it, or made anew.

The log is read as it is at one moment (a read transaction); the inbox after it, so that it holds whatever the log knows
of. An application that came in between is listed and not in the log: as after a kill, which the next start settles.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal
from lisa_core.store.backup.contents import Restorable
from lisa_core.store.chain import Checkpoint, Columns, chain_rows
from lisa_core.store.checked_rows import KEEP, KeptRow
from lisa_core.store.checkpoint import CheckpointFile, noted_in
from lisa_core.store.folder import INBOX, LIST, LOG, form_of, open_folder, sync_folder, write_private
from lisa_core.store.list_table import SqliteTable
from lisa_core.store.packages import FolderPackages, is_plain
from lisa_core.store.tables import INSERT, SELECT, connect

_LISTED = "select number, office, received_at, digest, size, fault, visit, copy, crc from received order by number"
NOTHING = "{}: In diesem Ordner liegt nichts von einer Vermittlung. Einen anderen nennen."
OTHER = "{}: Diese Daten hat eine andere Version von LISA geschrieben. Die Vermittlung dieser Version einmal starten."
ELSEWHERE = "{}: Konten aus der Sicherung einer Datenbank kommen nicht mit; sie sind hier neu anzulegen."
TAKEN = "{}: Dort liegt schon etwas, und überschrieben wird nichts. Einen Ordner nennen, den es noch nicht gibt."


class FolderSnapshot:
    """Fulfils `contents.Snapshot`."""

    def __init__(self, folder: Path, log: sqlite3.Connection, noted: Checkpoint | None) -> None:
        self.where, self.noted = str(folder), noted
        self._folder, self._log = folder, log

    def entries(self) -> Iterator[Columns]:
        try:
            yield from self._log.execute(SELECT)
        except sqlite3.Error:
            yield ()

    def kept(self) -> Iterator[KeptRow]:
        yield from self._log.execute("select key, text, crc from kept order by key")

    def listed(self) -> list[Columns]:
        path = self._folder / INBOX / LIST
        if not path.exists():
            return []
        with contextlib.closing(sqlite3.connect(path)) as db:
            return db.execute(_LISTED).fetchall()

    def package(self, number: str, office: str) -> bytes | None:
        root = self._folder / INBOX / office
        for name in (f"{number}.lisa.zip", f".{number}.part", f"{number}.lisa.zip"):  # it may be named just now
            with contextlib.suppress(FileNotFoundError):
                return (root / name).read_bytes()
        return None

    def beside(self) -> Mapping[str, bytes]:
        found = {}
        for path in sorted(self._folder.glob("*.sqlite")):
            if path.name != LOG and ".beschaedigt-" not in path.name:
                found[path.name] = _copy_of(path)
        return found


class FolderSource:
    """Fulfils `contents.StoreSource`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[FolderSnapshot]:
        folder, log = self._folder, self._folder / LOG
        if not log.is_file():
            raise LisaError(NOTHING.format(folder))
        if form_of(folder) != 1:
            raise LisaError(OTHER.format(folder))
        noted = noted_in(log)  # before the log: that may go on meanwhile
        try:
            with contextlib.closing(sqlite3.connect(log, isolation_level=None)) as db:
                db.execute("begin")
                yield FolderSnapshot(folder, db, noted)
        except sqlite3.Error as error:
            raise MachineError(f"{folder}: Diese Daten lassen sich nicht lesen ({error}).") from error


class FolderTarget:
    """Fulfils `contents.StoreTarget`."""

    def __init__(self, folder: Path) -> None:
        self.where, self._folder = str(folder), folder

    def check_free(self) -> None:
        if self._folder.exists() and (not self._folder.is_dir() or any(self._folder.iterdir())):
            raise LisaError(TAKEN.format(self._folder))

    def write(self, all_of_it: Restorable) -> tuple[str, ...]:
        self.check_free()
        try:
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            made = Path(tempfile.mkdtemp(prefix=f".{self._folder.name}.", dir=self._folder.parent))
            try:
                _fill(made, all_of_it)
                made.rename(self._folder)  # over a folder only if that is empty
                sync_folder(self._folder.parent)
            except BaseException:
                shutil.rmtree(made, ignore_errors=True)
                raise
        except (OSError, sqlite3.Error) as error:
            why = cause(error) if isinstance(error, OSError) else str(error)
            text = f"{self._folder}: Hier lässt sich nichts wiederherstellen ({why}). Es wurde nichts geschrieben."
            raise refusal(text, error) from error
        return (ELSEWHERE.format(self.where),) if all_of_it.beside.get("account.json") else ()


def _files(beside: Mapping[str, bytes]) -> dict[str, bytes]:
    """What was a file before, and no table of a database; nothing that would lie elsewhere, or over the log."""
    ours = (name for name in beside if name.endswith(".sqlite") and is_plain(name) and name != LOG)
    return {name: beside[name] for name in ours}


def _fill(folder: Path, all_of_it: Restorable) -> None:
    open_folder(folder)
    rows, head = chain_rows(all_of_it.head, [all_of_it.last])
    with contextlib.closing(connect(folder / LOG)) as db:
        db.execute("begin immediate")
        db.executemany(INSERT, all_of_it.entries)
        db.executemany(INSERT, rows)
        db.executemany(KEEP, all_of_it.kept)
        db.execute("commit")
    file = CheckpointFile(folder / LOG)
    file.note(head)
    file.close()
    (folder / INBOX).mkdir(mode=0o700)
    with contextlib.closing(SqliteTable(folder / INBOX / LIST)) as table:
        table.write(all_of_it.listed)
    packages = FolderPackages(folder / INBOX)
    for package in all_of_it.packages:
        packages.lay(package, package.data)
        packages.name(package)
    for name, data in _files(all_of_it.beside).items():
        write_private(folder / name, data)
        _end_sessions(folder / name)
    for path in (folder / INBOX, *(folder / INBOX).glob("*/"), folder):
        sync_folder(path)


def _end_sessions(path: Path) -> None:
    """Nobody is logged in by a backup: who logged out after it was made stays so."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        if db.execute("select 1 from sqlite_master where type = 'table' and name = 'session'").fetchone():
            db.execute("delete from session")


def _copy_of(path: Path) -> bytes:
    with contextlib.closing(sqlite3.connect(path)) as db, contextlib.closing(sqlite3.connect(":memory:")) as copy:
        db.backup(copy)
        return copy.serialize()
