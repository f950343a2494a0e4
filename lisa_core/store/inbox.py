"""What the offices have received: sealed submissions, in memory or as files that only the owner may read."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.domain.model.ids import OfficeId, VisitId
from lisa_core.host.machine import refusal
from lisa_core.host.space import RESERVE, space
from lisa_core.store.folder import private_folder, sync_folder
from lisa_core.store.listing import UNKNOWN, InboxEntry, InboxRow, Listing

__all__ = ["FolderInbox", "Inbox", "InboxEntry", "Lying", "MemoryInbox"]

_ENDING = ".lisa.zip"
_PART = ".part"
_ASIDE = ".beiseite"
NO_VISIT = VisitId("")
MISSING, CHANGED = "fehlt", "verändert"
"""What may be wrong with a package that is listed."""
CHUNK, PAUSE_S = 256 * 1024, 0.02
"""Bytes per step, and seconds between two steps, of looking through packages: nothing else is held up."""


@dataclass(frozen=True, slots=True)
class Lying:
    """A package that lies in the inbox and is not listed."""

    number: str
    office: OfficeId
    path: Path


class Inbox(Protocol):
    """Storing is durable when it returns; what was not stored whole was not received."""

    def store(self, entry: InboxEntry, package: bytes, visit: VisitId = NO_VISIT) -> InboxEntry:
        """What it is received as: `entry`, or as it was listed once, if its package was lost since.

        Raises `LisaError` when it cannot be kept, `MachineError` when there is no room; then nothing was received.
        """
        ...

    def numbered(self, entry: InboxEntry) -> InboxEntry:
        """What it would be received as. Raises as `store` does; `store` is this, `lay` and `receive`."""
        ...

    def lay(self, entry: InboxEntry, package: bytes) -> None:
        """Write it, durable, without receiving it yet; in any thread. Raises `MachineError`."""
        ...

    def receive(self, entry: InboxEntry, size: int, visit: VisitId = NO_VISIT) -> InboxEntry:
        """What was laid there is received when this returns."""
        ...

    def find(self, digest: str) -> InboxEntry | None:
        """The submission with this digest, if it was received and its package is whole."""
        ...

    def of_visit(self, visit: VisitId) -> InboxEntry | None:
        """The newest submission that came in this visit."""
        ...

    def note_copy(self, number: str, handed_out: bool) -> None:
        """Note whether the citizen has her copy and knows the number; may be said again."""
        ...

    def goes_by_post(self, number: str) -> None:
        """The log has it that she has no copy: so it is, if nothing else is noted here."""
        ...

    def owed(self) -> list[InboxEntry]:
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
        self.entries: list[InboxEntry] = []
        self._packages: dict[str, bytes] = {}
        self._visits: dict[str, VisitId] = {}
        self._copies: dict[str, bool] = {}

    def store(self, entry: InboxEntry, package: bytes, visit: VisitId = NO_VISIT) -> InboxEntry:
        self.lay(entry, package)
        return self.receive(entry, len(package), visit)

    def numbered(self, entry: InboxEntry) -> InboxEntry:
        return entry

    def lay(self, entry: InboxEntry, package: bytes) -> None:
        self._packages[entry.number] = package

    def receive(self, entry: InboxEntry, size: int, visit: VisitId = NO_VISIT) -> InboxEntry:
        self.entries.append(entry)
        self._visits[entry.number] = visit
        return entry

    def of_visit(self, visit: VisitId) -> InboxEntry | None:
        mine = (entry for entry in reversed(self.entries) if visit and self._visits[entry.number] == visit)
        return next(mine, None)

    def note_copy(self, number: str, handed_out: bool) -> None:
        self._copies[number] = handed_out

    def goes_by_post(self, number: str) -> None:
        self._copies.setdefault(number, False)

    def owed(self) -> list[InboxEntry]:
        return [entry for entry in self.entries if self._copies.get(entry.number) is False]

    def find(self, digest: str) -> InboxEntry | None:
        return next((entry for entry in self.entries if entry.digest == digest), None)

    def count(self) -> int:
        return len(self.entries)

    def packages(self) -> dict[str, bytes]:
        return dict(self._packages)

    def close(self) -> None:
        """Nothing is open."""


class FolderInbox:
    """One file per submission, `<office>/<number>.lisa.zip`, and beside them the list of all, `eingang.sqlite`.

    1. `lay`      writes OFFICE/.NUMBER.part, durable      a crash after this: removed on opening, nothing was received
    2. `receive`  writes the row of the list: received     a crash after this: 3 is done on opening
    3.            renames the file to OFFICE/NUMBER.lisa.zip

    What is listed but missing or altered is noted (`told`); what lies there unlisted is for `unlisted` and `enlist`.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        try:
            private_folder(root)
            self._list = Listing(root / "eingang.sqlite")
            self.told: list[str] = self._list.told
            for part in root.glob(f"*/.*{_PART}"):
                self._settle(part)
            self._lying = self._compare()
        except (sqlite3.Error, OSError) as error:
            raise refusal(
                f"{root}: Der Posteingang lässt sich nicht öffnen ({error}). Einen anderen Ordner nennen.", error
            ) from error

    def store(self, entry: InboxEntry, package: bytes, visit: VisitId = NO_VISIT) -> InboxEntry:
        entry = self.numbered(entry)
        self.lay(entry, package)
        return self.receive(entry, len(package), visit)

    def numbered(self, entry: InboxEntry) -> InboxEntry:
        if (row := self._list.find(entry.digest)) and row.fault:
            return row.entry  # it comes again: under the number that it had
        if entry.number in self._list.rows:
            raise LisaError(f"Die Nummer {entry.number} ist schon vergeben. Die Uhr des Rechners prüfen.")
        return entry

    def lay(self, entry: InboxEntry, package: bytes) -> None:
        part = self._part(entry)
        try:
            if space(self._root).free < len(package) + RESERVE:
                raise MachineError(f"{part.parent}: Der Speicherplatz reicht nicht. Platz schaffen.")
            private_folder(part.parent)
            write_whole(part, package)
        except OSError as error:
            raise self._not_stored(entry, error) from error

    def receive(self, entry: InboxEntry, size: int, visit: VisitId = NO_VISIT) -> InboxEntry:
        try:
            self._list.put(InboxRow(entry, size, visit=visit))
            self._part(entry).rename(self._path(entry))
        except (sqlite3.Error, OSError) as error:
            raise self._not_stored(entry, error) from error
        return entry

    def _not_stored(self, entry: InboxEntry, error: Exception) -> MachineError:
        if (known := self._list.rows.get(entry.number)) is None or known.fault:
            with contextlib.suppress(OSError):
                self._part(entry).unlink(missing_ok=True)
        folder = self._root / entry.office
        return MachineError(f"{folder}: Die Einreichung lässt sich nicht ablegen ({error}). Den Speicherplatz prüfen.")

    def find(self, digest: str) -> InboxEntry | None:
        row = self._list.find(digest)
        return row.entry if row and not row.fault else None

    def of_visit(self, visit: VisitId) -> InboxEntry | None:
        row = self._list.newest_of(visit) if visit else None
        return row.entry if row else None

    def note_copy(self, number: str, handed_out: bool) -> None:
        if row := self._list.rows.get(number):
            self._list.put_soon(replace(row, copy=int(handed_out)))

    def goes_by_post(self, number: str) -> None:
        if (row := self._list.rows.get(number)) and row.copy == UNKNOWN:
            self._list.put_soon(replace(row, copy=0))

    def owed(self) -> list[InboxEntry]:
        return [row.entry for _, row in sorted(self._list.rows.items()) if row.copy == 0]

    def count(self) -> int:
        return len(self._list.rows)

    def packages(self) -> dict[str, bytes]:
        return {lying.number: lying.path.read_bytes() for lying, _ in _packages(self._root)}

    def close(self) -> None:
        self._list.close()

    # --- what lies there, and what is listed ------------------------------------------------------------------------

    def unlisted(self) -> tuple[Lying, ...]:
        """Packages that nobody has listed: the list lost them, or they were put there from a copy."""
        return tuple(self._lying)

    def enlist(self, listed: InboxEntry, size: int, visit: VisitId = NO_VISIT, copy: bool | None = None) -> bool:
        """List it again as what it is: `copy` if somebody said it. False if it is listed under another number."""
        if self._list.find(listed.digest) is not None:
            return False
        self._list.put(InboxRow(listed, size, visit=visit, copy=UNKNOWN if copy is None else int(copy)))
        return True

    def set_aside(self, path: Path) -> Path:
        """A file that is no package, or not the one it should be: it keeps its name, with another ending."""
        aside, number = path.with_name(path.name + _ASIDE), 1
        while aside.exists():
            aside, number = path.with_name(f"{path.name}{_ASIDE}-{number}"), number + 1
        path.rename(aside)
        return aside

    async def look_through(self) -> AsyncIterator[str]:
        """Compare every package with its digest, a piece at a time; yields what is wrong, in a sentence."""
        for number in list(self._list.rows):
            row = self._list.rows[number]
            path = self._path(row.entry)
            with contextlib.suppress(OSError):  # what is not there was noted on opening
                if not row.fault and await _digest(path) != row.entry.digest:
                    yield self._spoil(row, path)

    def _compare(self) -> list[Lying]:
        """The list and the files, by name and size; returns the files that are not listed."""
        lying = {one.number: (one, size) for one, size in _packages(self._root)}
        for number, row in list(self._list.rows.items()):
            found, size = lying.pop(number, (None, -1))
            if found is None and not row.fault:
                self._list.put(replace(row, fault=MISSING))
                self.told.append(
                    f"{self._path(row.entry)}: Dieser Antrag ist angenommen worden, und seine Datei fehlt."
                )
            elif found is not None and row.size in (-1, size):
                if row.fault or row.size < 0:
                    self._list.put(replace(row, size=size, fault=""))
            elif found is not None:
                self.told.append(self._spoil(row, found.path))
        return [one for one, _ in lying.values()]

    def _spoil(self, row: InboxRow, path: Path) -> str:
        aside = self.set_aside(path)
        self._list.put(replace(row, fault=CHANGED))
        return (
            f"{path}: Die Datei dieses Antrags ist nicht mehr die, die angenommen wurde; sie heißt jetzt {aside.name}."
        )

    def _part(self, entry: InboxEntry) -> Path:
        return self._root / entry.office / f".{entry.number}{_PART}"

    def _path(self, entry: InboxEntry) -> Path:
        return self._root / entry.office / f"{entry.number}{_ENDING}"

    def _settle(self, part: Path) -> None:
        """A crash came between writing this file and naming it: received if it is in the list, else it never was."""
        number = part.name.removeprefix(".").removesuffix(_PART)
        if number in self._list.rows:
            part.rename(part.with_name(f"{number}{_ENDING}"))
        else:
            part.unlink()


def _packages(root: Path) -> Iterator[tuple[Lying, int]]:
    with os.scandir(root) as offices:
        for office in offices:
            if not office.is_dir(follow_symlinks=False):
                continue
            with os.scandir(office.path) as files:
                for file in files:
                    if file.name.endswith(_ENDING) and not file.name.startswith(".") and file.is_file():
                        number = file.name.removesuffix(_ENDING)
                        yield Lying(number, OfficeId(office.name), Path(file.path)), file.stat().st_size


async def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            found.update(data)
            await asyncio.sleep(PAUSE_S)
    return found.hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """A whole file under its name, durable when this returns."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
