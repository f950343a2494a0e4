"""The book of keys in the database of an exchange: one row, changed in one transaction, as in a folder.

As long as the database cannot be reached, the book that was read last counts for `STALE_S`: talks go on meanwhile, and
a booth whose link broke comes back in. Nobody can revoke a key in a database that is away.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from typing import TypeVar

from lisa_core.access.booths.book import KeyBook
from lisa_core.access.booths.kept import MAX_BYTES, checked_book
from lisa_core.domain.model.errors import MachineError
from lisa_core.domain.model.values import to_json
from lisa_core.store.chain import Columns
from lisa_core.store.postgres.database import Bounded, Database
from lisa_core.store.postgres.forms import take_up
from lisa_core.store.postgres.place import DatabaseAddress
from lisa_core.wire.json_text import write_json

STALE_S = 300.0
_READ = "select version, text, crc from key_book"
_LOCK = "select version, text, crc from key_book for update"
_WRITE = "update key_book set version = %s, text = %s, crc = %s"
T = TypeVar("T")


class DatabaseBook:
    """The book in a database; its tables are made when they are missing. Opening raises `LisaError`."""

    def __init__(self, place: DatabaseAddress) -> None:
        self._place, self._db = place, Database(place, "keys")
        self._version, self._book, self._read_s = -1, KeyBook(), 0.0
        try:
            self._db.run(lambda db: take_up(place, db))
            self.read()
        except BaseException:
            self._db.close()
            raise

    def read(self) -> KeyBook:
        try:
            row = self._db.run(lambda db: db.execute(_READ).fetchone())
        except MachineError:
            if self._version < 0 or time.monotonic() - self._read_s > STALE_S:
                raise
            return self._book
        return self._taken(row)

    def change(self, decide: Callable[[KeyBook], tuple[KeyBook, T]]) -> T:
        def changed(db: Bounded) -> T:
            with db.transaction():
                before = self._taken(db.execute(_LOCK).fetchone())
                book, result = decide(before)
                if book != before:
                    text = write_json(to_json(book), "book", max_bytes=MAX_BYTES)
                    db.execute(_WRITE, (self._version + 1, text, zlib.crc32(text.encode())))
                return result

        return self._db.run(changed)

    def close(self) -> None:
        self._db.close()

    def _taken(self, row: Columns | None) -> KeyBook:
        version, text, crc = row or (0, None, None)
        if version != self._version:
            self._book = checked_book(text, crc, self._place.name) if version else KeyBook()
            self._version = version
        self._read_s = time.monotonic()
        return self._book
