"""The list of what an inbox received, in SQLite: each row with its check value, a damaged list set aside.

What is lost of the list is not lost of the inbox: the packages themselves say what they are.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lisa_core.domain.model.ids import OfficeId
from lisa_core.store.chain import Columns
from lisa_core.store.checked_rows import check_of
from lisa_core.store.folder import make_private
from lisa_core.store.salvage import free_name, move, raise_unless_damage

_FIRST = "number text primary key, office text not null, received_at text not null, digest text not null unique"
_ADDED = (
    "size integer not null default -1",
    "fault text not null default ''",
    "visit text not null default ''",
    "copy integer not null default -1",
    "crc integer not null default 0",
)
_COLUMNS = "number, office, received_at, digest, size, fault, visit, copy, crc"
_TABLE = f"create table if not exists received({', '.join((_FIRST, *_ADDED))})"
_ROW = f"insert or replace into received({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_READ = f"select {_COLUMNS} from received"
UNKNOWN = -1
"""A size that is not known yet, or a copy of which nobody said whether the citizen has it."""


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """One submission as it lies in the office's inbox; `received_at` never changes on forwarding."""

    number: str
    office: OfficeId
    received_at: str
    digest: str


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An entry as it is listed: `size` of the package in bytes, `fault` "" while it is whole.

    `visit`: in which it came. `copy` 1: the citizen has number and copy; 0: they go by post.
    """

    entry: InboxEntry
    size: int = UNKNOWN
    fault: str = ""
    visit: str = ""
    copy: int = UNKNOWN


class Listing:
    """Held in memory, durable when a method returns. Raises `sqlite3.Error` and `OSError`.

    `told` says what was found wrong with it on opening.
    """

    def __init__(self, path: Path) -> None:
        self.told: list[str] = []
        self.rows: dict[str, InboxRow] = {}
        self._path = path
        try:
            self._db, rows = _opened(path)
        except sqlite3.Error as error:
            raise_unless_damage(error)
            rows = _rescued(path)
            aside = free_name(path)
            move(path, aside)
            self._db, _ = _opened(path)
            self.told.append(f"{path}: Die Liste des Posteingangs war beschädigt; sie liegt jetzt in {aside.name}.")
            with self._at_once():
                self._db.executemany(_ROW, [row for row in rows if _is_whole(row)])
        self._take(rows)
        self._numbers = {row.entry.digest: number for number, row in self.rows.items()}
        self._of_visit = {row.visit: number for number, row in sorted(self.rows.items()) if row.visit}
        self._unwritten: dict[str, InboxRow] = {}

    def find(self, digest: str) -> InboxRow | None:
        """The row with this digest."""
        return self.rows.get(self._numbers.get(digest, ""))

    def put(self, row: InboxRow) -> None:
        """A new row, or what is known now of an old one. A digest or number of another row is refused."""
        number, digest = row.entry.number, row.entry.digest
        if self._numbers.get(digest, number) != number or (
            number in self.rows and self.rows[number].entry != row.entry
        ):
            raise sqlite3.IntegrityError(f"{number} is listed differently")
        with self._at_once():
            self._db.executemany(_ROW, [_columns(one) for one in (*self._unwritten.values(), row)])
        self._unwritten.clear()
        self._know(row)

    def put_soon(self, row: InboxRow) -> None:
        """For what is said again if it is lost: true from now on, durable at once or with the next row."""
        self._know(row)
        self._unwritten[row.entry.number] = row
        with contextlib.suppress(sqlite3.Error):  # the disk is full: a caller for whom that matters reports it
            self.put(row)

    def newest_of(self, visit: str) -> InboxRow | None:
        """The newest that came in this visit."""
        return self.rows.get(self._of_visit.get(visit, ""))

    def _know(self, row: InboxRow) -> None:
        number = row.entry.number
        self.rows[number], self._numbers[row.entry.digest] = row, number
        if row.visit:
            self._of_visit[row.visit] = max(number, self._of_visit.get(row.visit, ""))

    def close(self) -> None:
        for row in list(self._unwritten.values()):
            self.put_soon(row)
        self._db.close()

    def _take(self, rows: list[Columns]) -> None:
        """Rows that are as they were written; the others are taken out, for their packages to be taken up again."""
        spoilt = [row for row in rows if not _is_whole(row)]
        for row in rows:
            if _is_whole(row):
                self.rows[row[0]] = InboxRow(InboxEntry(*row[:4]), *row[4:-1])
        if spoilt:
            self.told.append(f"{self._path}: {len(spoilt)} Zeilen der Liste sind verändert und zählen nicht mehr.")
            with self._at_once():
                self._db.execute("delete from received")
                self._db.executemany(_ROW, [_columns(row) for row in self.rows.values()])

    @contextlib.contextmanager
    def _at_once(self) -> Iterator[None]:
        self._db.execute("begin immediate")
        try:
            yield
            self._db.execute("commit")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("rollback")
            raise


def _opened(path: Path) -> tuple[sqlite3.Connection, list[Columns]]:
    make_private(path)
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("pragma journal_mode=wal")
        db.execute("pragma synchronous=full")
        db.execute(_TABLE)
        _take_up(db)
        if db.execute("pragma quick_check(1)").fetchall() != [("ok",)]:
            raise sqlite3.DatabaseError("quick_check")
        return db, db.execute(_READ).fetchall()
    except UnicodeDecodeError as error:
        db.close()
        raise sqlite3.DatabaseError("malformed database schema") from error
    except BaseException:
        db.close()
        raise


def _take_up(db: sqlite3.Connection) -> None:
    """A list of an older version gets the columns that it lacks."""
    try:
        db.execute("select crc from received limit 0")
        return
    except sqlite3.OperationalError as error:
        if "no such column" not in str(error):
            raise
    db.execute("begin immediate")
    old = db.execute("select number, office, received_at, digest from received").fetchall()
    for column in _ADDED:
        db.execute(f"alter table received add column {column}")
    db.executemany(_ROW, [_columns(InboxRow(InboxEntry(*row))) for row in old])
    db.execute("commit")


def _rescued(path: Path) -> list[Columns]:
    rows: list[Columns] = []
    with contextlib.suppress(sqlite3.Error, UnicodeDecodeError), contextlib.closing(sqlite3.connect(path)) as db:
        for row in db.execute(_READ):
            rows.append(row)  # noqa: PERF402  # what was read before an error stays
    return rows


def _columns(row: InboxRow) -> Columns:
    entry = row.entry
    known = (entry.number, entry.office, entry.received_at, entry.digest, row.size, row.fault, row.visit, row.copy)
    return (*known, _check(known))


def _is_whole(columns: Columns) -> bool:
    return bool(columns[-1] == _check(columns[:-1]))


def _check(known: Columns) -> int:
    return check_of(str(known[0]).encode("utf-8", "replace"), repr(known[1:]).encode("utf-8", "replace"))
