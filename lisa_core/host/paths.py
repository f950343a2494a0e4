"""What lies under a path that somebody typed; it may also be a name that no file can have (too long, with a NUL)."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path


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


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0
