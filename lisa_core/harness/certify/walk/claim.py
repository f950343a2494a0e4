"""One sitting at a time in a folder: who has it holds a lock that the system lets go of however that ends.

Folders that two computers share know locks of the one only, some of them: so the file also says who is there, and a
sitting that another computer left open is told.
"""

from __future__ import annotations

import contextlib
import errno
import os
import platform
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.text.findings import shown
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal

FILE = ".sitzung"
_TAKEN = (errno.EWOULDBLOCK, errno.EACCES)


@contextlib.contextmanager
def claimed(out: Path, tell: Callable[[str], object]) -> Iterator[None]:
    """Have the folder for the body. Raises `LisaError` where another sitting goes on in it."""
    path = out / FILE
    try:
        out.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise refusal(f"{shown(path)}: lässt sich nicht schreiben ({cause(error)}).", error) from error
    try:
        other = _read(handle)
        if not _locked(handle):
            raise LisaError(
                f"{shown(out)}: In diesem Ordner läuft schon eine Sitzung{f' ({other})' if other else ''}. "
                "Warten, bis sie zu Ende ist, oder sie dort abbrechen."
            )
        if other and not other.startswith(f"{_here()},"):
            tell(f"{shown(out)}: Eine Sitzung auf einem anderen Rechner ist nicht zu Ende gegangen ({other}).")
            tell("Läuft sie dort noch, hier abbrechen: In einem Ordner läuft immer nur eine.")
        _write(handle, f"{_here()}, Prozess {os.getpid()}, seit {datetime.now().astimezone():%d.%m.%Y, %H:%M} Uhr")
        yield
        _write(handle, "")
    finally:
        os.close(handle)


def _here() -> str:
    return f"Rechner {platform.node() or 'unbekannt'}"


def _locked(handle: int) -> bool:
    """Whether nobody else has it; where a folder knows no locks, nobody can say, and then nobody is kept out."""
    try:
        import fcntl  # locks as POSIX does

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        return True
    except OSError as error:
        return error.errno not in _TAKEN
    return True


def _read(handle: int) -> str:
    return " ".join(os.pread(handle, 300, 0).decode("utf-8", "replace").split())


def _write(handle: int, text: str) -> None:
    with contextlib.suppress(OSError):  # a full disk ends no sitting here; it is told where a run is written
        os.ftruncate(handle, 0)
        os.pwrite(handle, text.encode(), 0)
