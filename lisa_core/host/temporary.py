"""Folders that are gone with the program: also after `kill -9`, when the next start sweeps what a dead one left.

Each carries a lock of its living owner, which the system lets go of however that ends. So nothing is read out of
numbers of processes, which are given anew, and mean nothing in another container that shares the folder.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path

_PREFIX, _MAKING = "lisa-run-", ".lisa-making-"


def temporary_folder(stack: ExitStack, name: str = "", place: str = "") -> Path:
    """A folder of our own, for its owner only, that is gone when `stack` is left. `place`: not the system's."""
    place = place or tempfile.gettempdir()
    sweep(place)
    made = Path(tempfile.mkdtemp(prefix=_MAKING, dir=place))
    lock = locked(made)
    folder = made.rename(made.with_name(f"{_PREFIX}{name}{'-' if name else ''}{made.name.removeprefix(_MAKING)}"))
    stack.callback(_remove, folder, lock)
    return folder


@lru_cache(maxsize=8)
def sweep(place: str) -> None:
    """Remove what programs of ours left here that do not live any more; once in each program is enough."""
    for folder in Path(place).glob(f"{_PREFIX}*"):
        if _ours(folder) and (lock := locked(folder)) is not None:
            _remove(folder, lock)


def sweep_again(place: str = "") -> None:
    """After processes of ours were killed: what they left in the system's place for such folders, or in `place`."""
    sweep.cache_clear()
    sweep(place or tempfile.gettempdir())


def _ours(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        info = folder.lstat()
        return folder.is_dir() and not folder.is_symlink() and info.st_uid == os.getuid()
    return False


def locked(folder: Path) -> int | None:
    """The descriptor that holds the lock of this folder until it is closed; None where somebody else has it."""
    try:
        import fcntl  # locks as POSIX does

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _remove(folder: Path, lock: int | None) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if lock is not None:
        os.close(lock)


@contextlib.contextmanager
def temporary(name: str = "", place: str = "") -> Iterator[Path]:
    """`temporary_folder` as a context of its own."""
    with ExitStack() as stack:
        yield temporary_folder(stack, name, place)
