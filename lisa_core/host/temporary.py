"""Folders that are gone with the program, however it ends; after `kill -9` the next start sweeps what it left.

Each carries a lock of its living owner, which the system lets go of however that ends. So nothing is read out of
numbers of processes, which are given anew, and mean nothing in another container that shares the folder.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path

SHARED_MEMORY = "/dev/shm"
"""Where what must never reach a disk has its folders, on Linux."""
_PREFIX = "lisa-run-"
_TRIES = 3
_making = [threading.Lock()]
_held: dict[Path, int | None] = {}
"""The folders of this program that are there, and the descriptors of their locks."""


def _in_a_child() -> None:
    """The folders stay its parent's, and no thread that might have been making one is there."""
    _held.clear()
    _making[:] = [threading.Lock()]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_a_child)


def temporary_folder(stack: ExitStack, name: str = "", place: str = "") -> Path:
    """A folder of our own, for its owner only, that is gone when `stack` is left. `place`: not the system's."""
    place = place or tempfile.gettempdir()
    sweep(place)
    with _making[0]:
        folder, lock = _made(f"{_PREFIX}{name}{'-' if name else ''}", place)
        _held[folder] = lock
    stack.callback(_let_go, folder)
    return folder


def _made(prefix: str, place: str) -> tuple[Path, int | None]:
    """It has no lock in its first moment: where another program takes it for that of a dead one then, a new one.

    Without a lock only where the file system knows none; nobody can sweep there.
    """
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
        try:
            lock = _lock_of(folder)
        except (BlockingIOError, FileNotFoundError):  # it is being swept, or has been
            _remove(folder, None)
            continue
        except (ImportError, OSError):
            return folder, None
        if folder.exists():
            return folder, lock
        os.close(lock)


def _let_go(folder: Path) -> None:
    if folder in _held:
        _remove(folder, _held.pop(folder))


def remove_all() -> None:
    """Remove the folders of this program, which ends now: whoever had to close them may never do it."""
    _making[0].acquire(timeout=1.0)  # for good: no thread that still runs makes another
    _remove_held()


@atexit.register
def _remove_held() -> None:
    while _held:
        _remove(*_held.popitem())


@lru_cache(maxsize=8)
def sweep(place: str) -> None:
    """Remove what programs of ours left here that do not live any more; once in each program is enough."""
    for folder in Path(place).glob(f"{_PREFIX}*"):
        if _ours(folder) and (lock := locked(folder)) is not None:
            _remove(folder, lock)


def sweep_again(*places: str) -> None:
    """After processes of ours were killed: what they left in these places; else wherever they have such folders."""
    sweep.cache_clear()
    for place in places or (tempfile.gettempdir(), "/tmp", SHARED_MEMORY):
        sweep(place)


def _ours(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        info = folder.lstat()
        return folder.is_dir() and not folder.is_symlink() and info.st_uid == os.getuid()
    return False


def locked(folder: Path) -> int | None:
    """The descriptor that holds the lock of this folder until it is closed; None where somebody else has it."""
    try:
        return _lock_of(folder)
    except (ImportError, OSError):
        return None


def _lock_of(folder: Path) -> int:
    """Raises `BlockingIOError` where somebody else has it; other `OSError` or `ImportError` where there are none."""
    import fcntl  # locks as POSIX does

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _remove(folder: Path, lock: int | None) -> None:
    for _ in range(_TRIES):  # a thread that still runs may write into it meanwhile
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            break
    if lock is not None:
        os.close(lock)


@contextlib.contextmanager
def temporary(name: str = "", place: str = "") -> Iterator[Path]:
    """`temporary_folder` as a context of its own."""
    with ExitStack() as stack:
        yield temporary_folder(stack, name, place)
