"""An inbox that stays: a list of what was received, and the packages themselves, whatever both lie in.

What is listed but missing or altered is noted (`told`); what lies there unlisted is for `unlisted` and `enlist`.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.domain.model.ids import VisitId
from lisa_core.store.listing import UNKNOWN, InboxEntry, InboxRow, InboxTable, Listing
from lisa_core.store.packages import Lying, Named, Packages

NO_VISIT = VisitId("")
MISSING, CHANGED = "fehlt", "verändert"
"""What may be wrong with a package that is listed."""


class StoredInbox:
    """Fulfils `inbox.Inbox`. Opening raises what list and packages raise."""

    def __init__(self, packages: Packages, table: InboxTable) -> None:
        self._packages, self._list = packages, Listing(table)
        self.told: list[str] = self._list.told
        packages.settle(self._list.rows)
        self._lying = self._compare()

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
        try:
            self._packages.lay(entry, package)
        except OSError as error:
            raise self._not_stored(entry, error) from error

    def receive(self, entry: InboxEntry, size: int, visit: VisitId = NO_VISIT) -> InboxEntry:
        try:
            self._list.put(InboxRow(entry, size, visit=visit))
            self._packages.name(entry)
        except (sqlite3.Error, OSError, MachineError) as error:
            raise self._not_stored(entry, error) from error
        return entry

    def _not_stored(self, entry: InboxEntry, error: Exception) -> MachineError:
        if (known := self._list.rows.get(entry.number)) is None or known.fault:
            with contextlib.suppress(OSError, MachineError):
                self._packages.drop(entry)
        if isinstance(error, MachineError):
            return error
        where = self._packages.where(entry)
        return MachineError(f"{where}: Die Einreichung lässt sich nicht ablegen ({error}). Den Speicherplatz prüfen.")

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
        return {lying.number: self._packages.read(lying) for lying, _ in self._packages.lying()}

    def close(self) -> None:
        self._list.close()
        self._packages.close()

    # --- what lies there, and what is listed ------------------------------------------------------------------------

    def unlisted(self) -> tuple[Lying, ...]:
        """Packages that nobody has listed: the list lost them, or they were put there from a copy."""
        return tuple(self._lying)

    def where(self, what: Named) -> str:
        """The place of a package, for people."""
        return self._packages.where(what)

    def read(self, what: Named) -> bytes:
        """A package. Raises `OSError` and `MachineError`."""
        return self._packages.read(what)

    def enlist(self, listed: InboxEntry, size: int, visit: VisitId = NO_VISIT, copy: bool | None = None) -> bool:
        """List it again as what it is: `copy` if somebody said it. False if it is listed under another number."""
        if self._list.find(listed.digest) is not None:
            return False
        self._list.put(InboxRow(listed, size, visit=visit, copy=UNKNOWN if copy is None else int(copy)))
        return True

    def set_aside(self, what: Named) -> str:
        """What is no package, or not the one it should be, keeps its name with another ending; returns that."""
        return self._packages.set_aside(what)

    async def look_through(self) -> AsyncIterator[str]:
        """Compare every package with its digest, a piece at a time; yields what is wrong, in a sentence."""
        for number in list(self._list.rows):
            row = self._list.rows[number]
            with contextlib.suppress(OSError, MachineError):  # what is not there was noted on opening
                if not row.fault and await self._packages.digest(row.entry) != row.entry.digest:
                    yield self._spoil(row)

    def _compare(self) -> list[Lying]:
        """The list and the packages, by name and size; returns the packages that are not listed."""
        lying = {one.number: (one, size) for one, size in self._packages.lying()}
        for number, row in list(self._list.rows.items()):
            found, size = lying.pop(number, (None, -1))
            if found is None and not row.fault:
                self._list.put(replace(row, fault=MISSING))
                self.told.append(
                    f"{self.where(row.entry)}: Dieser Antrag ist angenommen worden, und seine Datei fehlt."
                )
            elif found is not None and row.size in (-1, size):
                if row.fault or row.size < 0:
                    self._list.put(replace(row, size=size, fault=""))
            elif found is not None:
                self.told.append(self._spoil(row))
        return [one for one, _ in lying.values()]

    def _spoil(self, row: InboxRow) -> str:
        where = self.where(row.entry)
        aside = self.set_aside(row.entry)
        self._list.put(replace(row, fault=CHANGED))
        return f"{where}: Die Datei dieses Antrags ist nicht mehr die, die angenommen wurde; sie heißt jetzt {aside}."
