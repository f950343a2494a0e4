"""What the offices have received: sealed submissions, in memory or as files that only the owner may read."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Protocol

from lisa_core.domain.model.ids import VisitId
from lisa_core.host.machine import refusal
from lisa_core.store.folder import LIST, private_folder
from lisa_core.store.list_table import SqliteTable
from lisa_core.store.listing import InboxEntry
from lisa_core.store.packages import FolderPackages
from lisa_core.store.received import NO_VISIT, StoredInbox

__all__ = ["NO_VISIT", "FolderInbox", "Inbox", "InboxEntry", "MemoryInbox"]


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


class FolderInbox(StoredInbox):
    """One file per submission, `<office>/<number>.lisa.zip`, and beside them the list of all, `eingang.sqlite`.

    1. `lay`      writes OFFICE/.NUMBER.part, durable      a crash after this: removed on opening, nothing was received
    2. `receive`  writes the row of the list: received     a crash after this: 3 is done on opening
    3.            renames the file to OFFICE/NUMBER.lisa.zip
    """

    def __init__(self, root: Path) -> None:
        with contextlib.ExitStack() as stack:
            try:
                private_folder(root)
                table = SqliteTable(root / LIST)
                stack.callback(table.close)
                super().__init__(FolderPackages(root), table)
            except (sqlite3.Error, OSError) as error:
                raise refusal(
                    f"{root}: Der Posteingang lässt sich nicht öffnen ({error}). Einen anderen Ordner nennen.", error
                ) from error
            stack.pop_all()
