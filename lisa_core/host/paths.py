"""What lies under a path that somebody typed; it may also be a name that no file can have (too long, with a NUL).

And a file of theirs, read as far as such files go, or written anew as a whole.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from lisa_core.host.causes import TooLargeError

MOST_BYTES = 1 << 25
"""As long as a text that people write may be: 32 MiB, five times a feature of 10,000 scenarios."""


_INHERITED = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
"""What this program was started with, so that somebody is at the other end: `--rules <(...)` in a shell."""


def opened(path: Path) -> BinaryIO:
    """A file of theirs, to be read. Raises `OSError`, also for a pipe or a socket: who opens one waits for whoever
    writes into it, perhaps for ever."""
    mode = _mode(path)
    if (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)) and not str(path).startswith(_INHERITED):
        raise OSError(errno.ESPIPE, "a pipe", str(path))
    return path.open("rb")


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """All of a file; a device tells no size, and may never end. Raises `OSError`, also for one that is too large."""
    with opened(path) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise TooLargeError(path, most >> 20)
    return data


def read_text(path: Path, errors: str = "strict") -> str:
    """The same in UTF-8, with or without a mark before it; every kind of line end comes as \\n.

    Raises `OSError` and `UnicodeDecodeError`.
    """
    return io.TextIOWrapper(io.BytesIO(read_bytes(path)), encoding="utf-8-sig", errors=errors).read()


def exists(path: Path) -> bool:
    """Whether there is anything."""
    return bool(_mode(path))


def is_file(path: Path) -> bool:
    """Whether it is a plain file, or leads to one."""
    return stat.S_ISREG(_mode(path))


def is_folder(path: Path) -> bool:
    """Whether it is a folder, or leads to one."""
    return stat.S_ISDIR(_mode(path))


def files_below(folder: Path, deep: int = 1000) -> Iterator[Path]:
    """The files where somebody's files are looked for: not in hidden folders, and not in virtual environments.

    `deep`: how many folders below each other are looked into at most.
    """
    for place, folders, names in os.walk(folder):
        if len(Path(place).relative_to(folder).parts) >= deep:
            folders.clear()
        kept = (name for name in folders if not name.startswith(".") and name != "__pycache__")
        folders[:] = sorted(name for name in kept if not Path(place, name, "pyvenv.cfg").exists())
        yield from (Path(place, name) for name in sorted(names))


def rewrite(path: Path, text: str) -> None:
    """The old file or the new one, whenever it is interrupted; a link stays one, and rights stay as they were.

    Raises `OSError`.
    """
    from lisa_core.host.program import SIGNALS, unbroken  # asyncio is loaded where something is written

    path = path.resolve()
    if not path.stat().st_mode & stat.S_IWUSR:
        raise PermissionError(errno.EACCES, "read-only", str(path))
    with unbroken(SIGNALS):  # Ctrl-C ends this program without any clean-up
        _replace(path, text)


def _replace(path: Path, text: str) -> None:
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, name)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0
