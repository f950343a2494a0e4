"""How the book of booths' keys lies in a file: one row in SQLite. What stands in it is for `access.booths`.

A backup holds it as this file, whatever store it comes from, so that it also moves between folders and databases.
"""

from __future__ import annotations

import contextlib
import sqlite3

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


def row_in(image: bytes) -> BookRow | None:
    """The row that such a file holds; None where there is none."""
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        try:
            db.deserialize(image[:18] + b"\1\1" + image[20:])  # what was a file with a WAL has none in memory
            row = db.execute(READ).fetchone()
        except sqlite3.Error:
            return None
        return (int(row[0]), str(row[1]), int(row[2])) if row else None
