"""The list of what an inbox received: in memory, each row with its check value, behind it a table that is durable.

What is lost of the list is not lost of the inbox: the packages themselves say what they are.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from lisa_core.domain.model.errors import MachineError
from lisa_core.domain.model.ids import OfficeId
from lisa_core.store.chain import Columns
from lisa_core.store.checked_rows import check_of

UNKNOWN = -1
"""A size that is not known yet, or a copy of which nobody said whether the citizen has it."""
NOT_WRITTEN = (sqlite3.Error, MachineError)
"""What a table raises that cannot be written now."""


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


class InboxTable(Protocol):
    """Rows (number, office, received_at, digest, size, fault, visit, copy, crc), one for each number.

    `told` says what was found wrong with it on opening, `where` where it lies. Writing is durable when it returns, all
    of it or nothing, and raises one of `NOT_WRITTEN`.
    """

    told: list[str]
    where: str

    def read(self) -> list[Columns]:
        """All that is there, also what was altered."""
        ...

    def write(self, rows: Sequence[Columns]) -> None:
        """New rows, or old ones anew."""
        ...

    def rewrite(self, rows: Sequence[Columns]) -> None:
        """These instead of all that was there."""
        ...

    def close(self) -> None: ...


class Listing:
    """Held in memory, durable when a method returns. Raises what its table raises."""

    def __init__(self, table: InboxTable) -> None:
        self.told: list[str] = table.told
        self.rows: dict[str, InboxRow] = {}
        self._table = table
        self._take(table.read())
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
        self._table.write([columns_of(one) for one in {**self._unwritten, number: row}.values()])
        self._unwritten.clear()
        self._know(row)

    def put_soon(self, row: InboxRow) -> None:
        """For what is said again if it is lost: true from now on, durable at once or with the next row."""
        self._know(row)
        self._unwritten[row.entry.number] = row
        with contextlib.suppress(*NOT_WRITTEN):  # the disk is full: a caller for whom that matters reports it
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
        self._table.close()

    def _take(self, rows: list[Columns]) -> None:
        """Rows that are as they were written; the others are taken out, for their packages to be taken up again."""
        spoilt = [row for row in rows if not is_whole(row)]
        for row in rows:
            if is_whole(row):
                self.rows[row[0]] = InboxRow(InboxEntry(*row[:4]), *row[4:-1])
        if spoilt:
            self.told.append(
                f"{self._table.where}: {len(spoilt)} Zeilen der Liste sind verändert und zählen nicht mehr."
            )
            self._table.rewrite([columns_of(row) for row in self.rows.values()])


def columns_of(row: InboxRow) -> Columns:
    """As a table holds it, with its check value."""
    entry = row.entry
    known = (entry.number, entry.office, entry.received_at, entry.digest, row.size, row.fault, row.visit, row.copy)
    return (*known, _check(known))


def is_whole(columns: Columns) -> bool:
    """Whether a row is as it was written."""
    return bool(columns[-1] == _check(columns[:-1]))


def _check(known: Columns) -> int:
    return check_of(str(known[0]).encode("utf-8", "replace"), repr(known[1:]).encode("utf-8", "replace"))
