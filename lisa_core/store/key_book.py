"""How the book of booths' keys lies in a file: one row in SQLite. What stands in it is for `access.booths`.

A backup holds it as this file, whatever store it comes from, so that it also moves between folders and databases.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterator

FILE = "booth_keys.sqlite"
TABLE = """create table if not exists book(
    one integer primary key check(one = 1), version integer not null, text text not null, crc integer not null)"""
READ = "select version, text, crc from book"
WRITE = "insert or replace into book(one, version, text, crc) values (1, ?, ?, ?)"
BookRow = tuple[int, str, int]
"""Version, the book as JSON, and its CRC-32."""


def image_of(row: BookRow) -> bytes:
    """The file that holds this row."""
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        db.execute(TABLE)
        db.execute(WRITE, row)
        db.commit()
        return db.serialize()


@contextlib.contextmanager
def opened(image: bytes) -> Iterator[sqlite3.Connection]:
    """A file of SQLite that is only in memory. What is wrong with it is raised as `sqlite3.Error` when it is read."""
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(image[:18] + b"\1\1" + image[20:])  # what was a file with a WAL has none in memory
        yield db


def row_in(image: bytes) -> BookRow | None:
    """The row that such a file holds; None in one in which no key was ever entered.

    Raises `ValueError` for what is not as it was written: an exchange without its book asks nobody for a key.
    """
    try:
        with opened(image) as db:
            row = db.execute(READ).fetchone()
    except sqlite3.Error as error:
        raise ValueError(str(error)) from error
    if row is None:
        return None
    version, text, crc = row
    if not isinstance(version, int) or version < 1 or not isinstance(text, str) or zlib.crc32(text.encode()) != crc:
        raise ValueError("the book is not as it was written")
    return version, text, crc
