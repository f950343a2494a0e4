"""Persons in one SQLite file, which the processes of one computer share; deleted rows are overwritten."""

from __future__ import annotations

import contextlib
import math
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.host.causes import cause
from lisa_core.store.chain import Columns
from lisa_core.store.tables import opened, transaction
from sojus.store.persons.database import APPEND_ONLY, TABLES, Statements, check_form

T = TypeVar("T")

PATIENCE_S = 10.0
"""How long a process waits for others."""
LOOK_EVERY = 1_000
"""So many instructions of SQLite's machine apart it is asked whether to go on."""
OURS = 0x536F5065
"""`application_id` of our files."""
FAILED = "{}: Die Personen lassen sich nicht lesen oder schreiben ({}). Speicherplatz und Rechte prüfen."
FOREIGN = "{}: In dieser Datei liegt schon anderes. Einen anderen Ordner nennen."
_GUARDS = (
    f"""create trigger person_audit_no_update before update on sojus_person_audit
        begin select raise(abort, '{APPEND_ONLY}'); end""",
    f"""create trigger person_audit_no_delete before delete on sojus_person_audit
        when old.number > (select begins from sojus_person_state) begin select raise(abort, '{APPEND_ONLY}'); end""",
)


class SqlitePersons:
    """Fulfils `PersonDatabase`. The file at `path`, made if it is missing; None: in memory.

    Questions have a connection of their own: they wait for nobody who writes, and for no `scrub`."""

    def __init__(self, path: Path | None) -> None:
        self.name, self._lock = str(path or "im Speicher"), threading.Lock()
        self._until_s = math.inf
        with self._told():
            self._db = _connected(path)
        self._reader, self._reading = self._db, self._lock
        try:
            with self._told():
                self._db.execute("pragma secure_delete=on")
                self._db.execute("pragma temp_store=memory")  # the copy that `vacuum` makes
                with transaction(self._db):
                    self._take_up()
                if path is not None:
                    self._reader, self._reading = _connected(path), threading.Lock()
        except BaseException:
            self._db.close()
            raise

    def rows(self, question: str, *values: object) -> Sequence[Columns]:
        with self._reading, self._told():
            return self._reader.execute(question, values).fetchall()

    def run(self, work: Callable[[Statements], T]) -> T:
        with self._lock, self._told(), transaction(self._db):
            return work(self._rows)

    def scrub(self, within_s: float | None = None) -> None:
        """The file is written anew, and the write-ahead file, where pages stand as they were, is empty.

        `secure_delete` alone is not enough: a page that is split or merged keeps copies in its unused part. `within_s`
        holds for one that is under way as well: whoever wants an end waits for nobody who has time."""
        until_s = math.inf if within_s is None else time.monotonic() + within_s
        self._until_s = min(self._until_s, until_s)
        with self._lock, self._told(), self._broken_off_at(until_s):
            self._db.execute("vacuum")
            ((busy, _, _),) = self._db.execute("pragma wal_checkpoint(truncate)").fetchall()
            if busy:
                raise MachineError(FAILED.format(self.name, "ein anderes Programm liest gerade"))

    def close(self) -> None:
        with self._reading:
            self._reader.close()
        with self._lock:
            self._db.close()

    def _rows(self, statement: str, *values: object) -> Sequence[Columns]:
        return self._db.execute(statement, values).fetchall()

    def _take_up(self) -> None:
        """Make the tables, or see that they are ours and of this version."""
        (ours,), (tables,) = (
            self._db.execute(question).fetchone()
            for question in ("pragma application_id", "select count(*) from sqlite_schema")
        )
        if ours == OURS:
            ((form,),) = self._db.execute("select form from sojus_person_state").fetchall()
            check_form(self.name, form)
            return
        if tables or ours:
            raise LisaError(FOREIGN.format(self.name))
        for statement in (*TABLES, *_GUARDS, f"pragma application_id={OURS:d}"):
            self._db.execute(statement)

    @contextlib.contextmanager
    def _broken_off_at(self, until_s: float) -> Iterator[None]:
        self._until_s = min(self._until_s, until_s)  # whoever waits for this one may be in a hurry already
        self._db.set_progress_handler(lambda: time.monotonic() > self._until_s, LOOK_EVERY)
        try:
            yield
        finally:
            self._db.set_progress_handler(None, 0)
            self._until_s = math.inf

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise
            why = str(error) if isinstance(error, sqlite3.Error) else cause(error)
            raise MachineError(FAILED.format(self.name, why)) from error


def _connected(path: Path | None) -> sqlite3.Connection:
    if path is None:
        return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    return opened(path, PATIENCE_S, check_same_thread=False)
