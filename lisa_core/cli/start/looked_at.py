"""A data folder looked at, before an exchange takes it up: what the start would refuse is refused, nothing is changed.

Only the files that an exchange opens count: what was set aside as damaged lies beside them for good.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from lisa_core.access.booths import texts
from lisa_core.access.booths.kept import checked_book
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.host.causes import cause
from lisa_core.store.checkpoint import check_unwritten
from lisa_core.store.folder import ACCOUNTS, FORM, INBOX, LIST, LOG, known_form, reading
from lisa_core.store.key_book import FILE as KEYS
from lisa_core.store.key_book import READ
from lisa_core.store.salvage import is_damage

NOT_OPENED = "{}: Diese Datei lässt sich nicht öffnen ({}). Rechte prüfen, oder eine Sicherung zurückspielen."
NOT_MADE = "{}: Diesen Ordner gibt es nicht, und in {} darf ihn dieser Benutzer nicht anlegen."
SALVAGED = "{}: Diese Datei ist beschädigt; der Start legt sie beiseite und übernimmt, was sich noch lesen lässt"
_SCHEMA = "select count(*) from sqlite_schema"
_HAS_BOOK = "select 1 from sqlite_schema where name = 'book'"


def look_at_folder(folder: Path) -> Iterator[str]:
    """What is found there, in sentences. Raises `LisaError` for a folder that no exchange takes."""
    if not folder.exists():
        yield _new(folder)
        return
    if not folder.is_dir():
        raise LisaError(f"{folder}: Das ist kein Ordner. Einen nennen.")
    form = known_form(folder)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise MachineError(f"{folder}: In diesen Ordner lässt sich nicht schreiben. Anderen nennen.")
    check_unwritten(folder / LOG)
    salvaged = (folder / LOG, folder / INBOX / LIST)
    files = [path for path in (*salvaged, folder / ACCOUNTS, folder / KEYS) if path.exists()]
    for path in files:
        yield from _look_at_file(path, salvaged=path in salvaged)
    if folder / KEYS in files:
        _look_at_keys(folder / KEYS)
    older = f", wird beim Start auf Fassung {FORM} umgestellt" if form < FORM else ""
    yield f"{folder}: Fassung {form}{older}" if files else f"{folder}: noch leer"


def _new(folder: Path) -> str:
    above = next(path for path in folder.absolute().parents if path.exists())
    if not os.access(above, os.W_OK | os.X_OK):
        raise MachineError(NOT_MADE.format(folder, above))
    return f"{folder}: Diesen Ordner gibt es noch nicht; er entsteht beim Start"


def _look_at_file(path: Path, *, salvaged: bool) -> Iterator[str]:
    """`salvaged`: damage does not keep the start from going on with what is left of it."""
    try:
        with contextlib.closing(reading(path)) as db:
            db.execute(_SCHEMA).fetchone()
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter: a damaged name, as SQLite tells of it
        damaged = isinstance(error, UnicodeDecodeError) or is_damage(error)
        if not (salvaged and damaged):
            raise MachineError(NOT_OPENED.format(path, cause(error))) from error
        yield SALVAGED.format(path)


def _look_at_keys(path: Path) -> None:
    """The start reads the book, and takes none that is not as it was written."""
    try:
        with contextlib.closing(reading(path)) as db:
            row = db.execute(READ).fetchone() if db.execute(_HAS_BOOK).fetchone() else None
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise MachineError(texts.NOT_READABLE.format(path, error)) from error
    if row is not None:
        _, text, crc = row
        checked_book(text, crc, str(path))
