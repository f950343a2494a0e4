"""What the offices have received: sealed submissions, in memory or as files that only the owner may read."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Protocol

from lisa_core.model.errors import LisaError
from lisa_core.model.ids import OfficeId, VisitId

_TABLE = (
    "create table if not exists received"
    "(number text primary key, office text not null, received_at text not null, digest text not null unique)"
)
_RECEIPTS = "create table if not exists receipts(number text primary key, visit text not null, copy integer)"
"""Of whose visit it is, and whether she has number and copy: 1, or 0: they go by post. null: it is not known yet."""
_RECEIVED = "select number, office, received_at, digest from received"
_ENDING = ".lisa.zip"
_PART = ".part"
NO_VISIT = VisitId("")


@dataclass(frozen=True, slots=True)
class Received:
    """One submission as it lies in the office's inbox; `received_at` never changes on forwarding."""

    number: str
    office: OfficeId
    received_at: str
    digest: str


class Inbox(Protocol):
    """Storing is durable when it returns; what was not stored whole was not received."""

    def store(self, entry: Received, package: bytes, visit: VisitId = NO_VISIT) -> None:
        """Raises `LisaError` when it cannot be kept; then nothing was received."""
        ...

    def find(self, digest: str) -> Received | None:
        """The submission with this digest, if it was received."""
        ...

    def of_visit(self, visit: VisitId) -> Received | None:
        """The newest submission that came in this visit."""
        ...

    def note_copy(self, number: str, handed_out: bool) -> None:
        """Whether she has her copy and knows the number; may be said again."""
        ...

    def owed(self) -> list[Received]:
        """What is to be answered by post: whose copy was not handed out."""
        ...

    def count(self) -> int:
        """How many were ever received."""
        ...

    def packages(self) -> dict[str, bytes]:
        """Every package by its number."""
        ...

    def close(self) -> None: ...


class MemoryInbox:
    """For runs that leave nothing behind."""

    def __init__(self) -> None:
        self.entries: list[Received] = []
        self._packages: dict[str, bytes] = {}
        self._visits: dict[str, VisitId] = {}
        self._copies: dict[str, bool] = {}

    def store(self, entry: Received, package: bytes, visit: VisitId = NO_VISIT) -> None:
        self.entries.append(entry)
        self._visits[entry.number] = visit
        self._packages[entry.number] = package

    def find(self, digest: str) -> Received | None:
        return next((entry for entry in self.entries if entry.digest == digest), None)

    def of_visit(self, visit: VisitId) -> Received | None:
        mine = (entry for entry in reversed(self.entries) if visit and self._visits[entry.number] == visit)
        return next(mine, None)

    def note_copy(self, number: str, handed_out: bool) -> None:
        self._copies[number] = handed_out

    def owed(self) -> list[Received]:
        return [entry for entry in self.entries if self._copies.get(entry.number) is False]

    def count(self) -> int:
        return len(self.entries)

    def packages(self) -> dict[str, bytes]:
        return dict(self._packages)

    def close(self) -> None:
        """Nothing is open."""


class FolderInbox:
    """One file per submission, `<office>/<number>.lisa.zip`, and beside them the list of all, `eingang.sqlite`.

    A file is written whole under another name; the row in the list is what receives it; then it gets its own name.
    Whatever of this a crash left undone is done, or undone, on opening.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        try:
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._db = sqlite3.connect(root / "eingang.sqlite", isolation_level=None)
            self._db.execute("pragma journal_mode=wal")
            self._db.execute("pragma synchronous=full")
            self._db.execute(_TABLE)
            self._db.execute(_RECEIPTS)
            self._db.execute("create index if not exists receipts_visit on receipts(visit)")
            for part in root.glob(f"*/.*{_PART}"):
                self._settle(part)
        except (sqlite3.Error, OSError) as error:
            raise LisaError(
                f"{root}: Der Posteingang lässt sich nicht öffnen ({error}). Einen anderen Ordner nennen."
            ) from error

    def store(self, entry: Received, package: bytes, visit: VisitId = NO_VISIT) -> None:
        folder = self._root / entry.office
        part = folder / f".{entry.number}{_PART}"
        if self._has(entry.number):
            raise LisaError(f"{folder}: Die Nummer {entry.number} ist schon vergeben. Die Uhr des Rechners prüfen.")
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(part, package)
            # First of whose visit it is: without its row in the list it says nothing.
            self._db.execute("insert or replace into receipts values (?, ?, null)", (entry.number, visit))
            self._db.execute("insert into received values (?, ?, ?, ?)", astuple(entry))
            part.rename(folder / f"{entry.number}{_ENDING}")
        except (sqlite3.Error, OSError) as error:
            if not self._has(entry.number):
                part.unlink(missing_ok=True)
            raise LisaError(
                f"{folder}: Die Einreichung lässt sich nicht ablegen ({error}). Den Speicherplatz prüfen."
            ) from error

    def find(self, digest: str) -> Received | None:
        row = self._db.execute("select * from received where digest = ?", (digest,)).fetchone()
        return Received(*row) if row else None

    def of_visit(self, visit: VisitId) -> Received | None:
        if not visit:
            return None
        rows = self._db.execute(f"{_RECEIVED} join receipts using (number) where visit = ? order by number", (visit,))
        return next((Received(*row) for row in reversed(rows.fetchall())), None)

    def note_copy(self, number: str, handed_out: bool) -> None:
        try:
            self._db.execute("update receipts set copy = ? where number = ?", (handed_out, number))
        except sqlite3.Error as error:
            raise LisaError(
                f"{self._root}: Der Posteingang lässt sich nicht ändern ({error}). Den Speicherplatz prüfen."
            ) from error

    def owed(self) -> list[Received]:
        rows = self._db.execute(f"{_RECEIVED} join receipts using (number) where copy = 0 order by number")
        return [Received(*row) for row in rows]

    def count(self) -> int:
        (count,) = self._db.execute("select count(*) from received").fetchone()
        return int(count)

    def packages(self) -> dict[str, bytes]:
        return {path.name.removesuffix(_ENDING): path.read_bytes() for path in self._root.rglob(f"*{_ENDING}")}

    def close(self) -> None:
        self._db.close()

    def _has(self, number: str) -> bool:
        return self._db.execute("select 1 from received where number = ?", (number,)).fetchone() is not None

    def _settle(self, part: Path) -> None:
        """A crash came between writing this file and naming it: received if it is in the list, else it never was."""
        number = part.name.removeprefix(".").removesuffix(_PART)
        if self._has(number):
            part.rename(part.with_name(f"{number}{_ENDING}"))
        else:
            part.unlink()


def _write(path: Path, data: bytes) -> None:
    """A whole file under its name, durable when this returns."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
