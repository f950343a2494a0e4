"""The data folder of a program: which version wrote it, and that nobody but its owner reads what lies in it.

The version stands in a file of its own with a check value, and is looked at before anything else is: a folder of a
newer version is refused as it is, and an altered mark is no mark.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal

FORM = 1
"""Version of the form of all data that is written. A folder without a mark is older: opening converts its tables."""
MARK = "fassung"
LOG, ACCOUNTS = "exchange.sqlite", "access.sqlite"
"""Of an exchange: its log, and who may log in; no other file of a store is called so."""
INBOX, LIST = "inbox", "eingang.sqlite"
"""The folder of what was received, and in it the list of all."""
_OURS = ("*.sqlite*", MARK, INBOX, "vault*")
NEW = "{}: Dieser Ordner ist neu. Arbeitet die Vermittlung in einem anderen (lisa exchange --data), gilt es dort nicht."
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def open_folder(folder: Path) -> tuple[str, ...]:
    """Make or take up a data folder; returns sentences for whoever runs the place.

    Raises `LisaError` for a folder of a newer version, in which nothing is changed, and `MachineError` for one that
    cannot be written.
    """
    try:
        found = known_form(folder)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        told = tuple(_only_for_its_owner(folder))
        if found == 0 and (folder / MARK).is_file():
            told += (f"{folder / MARK}: Diese Datei war verändert und ist neu geschrieben.",)
        if found < FORM:
            write_private(folder / MARK, _mark(FORM))
        return told
    except OSError as error:
        text = f"{folder}: In diesen Ordner lässt sich nicht schreiben ({cause(error)}). Platz und Rechte prüfen."
        raise refusal(text, error) from error


def begin_folder(folder: Path) -> tuple[str, ...]:
    """As `open_folder`, for commands that may come before the program whose folder it is: a new one may be mistyped."""
    new = not (folder / MARK).exists()
    told = open_folder(folder)
    return (NEW.format(folder), *told) if new else told


def make_private(path: Path) -> None:
    """A file that only its owner may read, before anything is written into it, whatever the umask says.

    One that is there is not opened: whoever closes a file gives up all locks that the program has on it (POSIX), also
    those of SQLite, and the next program that ends would put away a log into which this one still writes.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        if path.stat().st_mode & _OTHERS:
            path.chmod(0o600)


def private_folder(path: Path) -> None:
    """A folder for its owner only."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.stat().st_mode & 0o777 != 0o700:
        path.chmod(0o700)


def write_private(path: Path, data: bytes) -> None:
    """A whole file under its name, for its owner only, durable when this returns; a link there is not followed."""
    part = path.with_name(f".{path.name}.neu")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """The names in a folder are durable when this returns."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _mark(form: int) -> bytes:
    text = f"lisa-daten {form}"
    return f"{text} {hashlib.sha256(text.encode()).hexdigest()[:16]}\n".encode("ascii")


def form_of(folder: Path) -> int:
    """The form that the mark names; 0 without one, or with one that was altered."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError):
        data = (folder / MARK).read_bytes()[:200]
        form = int(data.split()[1]) if len(data.split()) == 3 else 0
        if data == _mark(form):
            return form
    return 0


def known_form(folder: Path) -> int:
    """As `form_of`. Raises `LisaError` for a folder of a newer version."""
    found = form_of(folder)
    if found > FORM:
        raise LisaError(
            f"{folder}: Diese Daten hat eine neuere Version von LISA geschrieben (Fassung {found}, hier {FORM}). "
            "Daran wurde nichts geändert. Die neuere Version starten oder einen anderen Ordner nennen."
        )
    return found


def _only_for_its_owner(folder: Path) -> Iterator[str]:
    ours = [path for pattern in _OURS for path in folder.glob(pattern)]
    for path in ours:
        _close(path)
    mode = folder.stat().st_mode
    if not mode & _OTHERS:
        return
    foreign = {path.name for path in folder.iterdir() if not path.name.startswith(".")} - {path.name for path in ours}
    if foreign or mode & stat.S_ISVTX or folder.stat().st_uid != os.getuid():
        yield f"{folder}: Andere dürfen in diesen Ordner sehen; was LISA darin ablegt, darf nur der Besitzer lesen."
    else:
        folder.chmod(0o700)
        yield f"{folder}: Andere durften in diesen Ordner sehen. Jetzt darf es nur noch der Besitzer."


def _close(path: Path) -> None:
    """Take the rights of all but the owner from this path and what lies below it, if others have any."""
    mode = path.lstat().st_mode
    if not mode & _OTHERS or stat.S_ISLNK(mode):
        return
    if stat.S_ISDIR(mode):
        for below in path.iterdir():
            _close(below)
    path.chmod(0o700 if stat.S_ISDIR(mode) else 0o600)


def reading(path: Path) -> sqlite3.Connection:
    """A file of SQLite to read; beside it nothing appears, unless somebody has it open. Raises `sqlite3.Error`."""
    alone = not path.with_name(f"{path.name}-wal").exists()
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}", uri=True)
