"""The book in one SQLite file, which the exchange and the commands open side by side.

It is one row: the book as JSON, a version that grows with each change, and a check value. A change reads, decides and
writes in one transaction, so that two at once cannot both use a code.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from lisa_core.access.booths import texts
from lisa_core.access.booths.book import KeyBook
from lisa_core.domain.model.errors import MachineError, ProtocolError
from lisa_core.domain.model.values import from_json, to_json
from lisa_core.host.causes import cause
from lisa_core.store.folder import make_private
from lisa_core.store.key_book import FILE, READ, TABLE, WRITE
from lisa_core.wire.json_text import read_json, write_json

MAX_BYTES = 16_000_000
"""Of a book: 80,000 keys that were ever entered."""
BUSY_S = 5.0
T = TypeVar("T")


def checked_book(text: object, crc: object, where: str) -> KeyBook:
    """A book as it was kept. Raises `MachineError` for one that is not as it was written: nobody is let in by that."""
    try:
        if isinstance(text, str) and zlib.crc32(text.encode()) == crc:
            return from_json(KeyBook, read_json(text, "book", max_bytes=MAX_BYTES))
    except (ProtocolError, ValueError):
        pass  # told below, as whatever else is not as it was written
    raise MachineError(texts.NOT_READABLE.format(where, texts.DAMAGED))


class BookStore(Protocol):
    """Where the book is. Reading and changing raise `MachineError` where that cannot be done."""

    def read(self) -> KeyBook: ...

    def change(self, decide: Callable[[KeyBook], tuple[KeyBook, T]]) -> T:
        """Put the book that `decide` makes of the present one in its place, durably; what it raises changes nothing."""
        ...

    def close(self) -> None: ...


class MemoryBook:
    """A book that nobody keeps: of an exchange without a folder."""

    def __init__(self) -> None:
        self._book = KeyBook()

    def read(self) -> KeyBook:
        return self._book

    def change(self, decide: Callable[[KeyBook], tuple[KeyBook, T]]) -> T:
        self._book, result = decide(self._book)
        return result

    def close(self) -> None:
        """Nothing is kept."""


class FolderBook:
    """The book in a data folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._version, self._book = 0, KeyBook()
        with self._told(texts.NOT_WRITABLE):
            make_private(self._path)
            self._db = sqlite3.connect(self._path, isolation_level=None, timeout=BUSY_S)
        try:
            with self._told(texts.NOT_READABLE):
                self._db.execute("pragma journal_mode=wal")
                self._db.execute("pragma synchronous=full")
                self._db.execute(TABLE)
            self.read()
        except BaseException:
            self._db.close()
            raise

    def read(self) -> KeyBook:
        with self._told(texts.NOT_READABLE):
            row = self._db.execute(READ).fetchone()
        if row is not None and row[0] != self._version:
            self._version, self._book = row[0], checked_book(row[1], row[2], str(self._path))
        return self._book

    def change(self, decide: Callable[[KeyBook], tuple[KeyBook, T]]) -> T:
        with self._told(texts.NOT_WRITABLE):
            self._db.execute("begin immediate")
        try:
            book, result = decide(self.read())
            if book != self._book:
                text = write_json(to_json(book), "book", max_bytes=MAX_BYTES)
                with self._told(texts.NOT_WRITABLE):
                    self._db.execute(WRITE, (self._version + 1, text, zlib.crc32(text.encode())))
            with self._told(texts.NOT_WRITABLE):
                self._db.execute("commit")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("rollback")
            raise
        return result

    def close(self) -> None:
        self._db.close()

    @contextlib.contextmanager
    def _told(self, sentence: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, UnicodeError) as error:
            why = cause(error) if isinstance(error, OSError) else str(error)
            raise MachineError(sentence.format(self._path, why)) from error
