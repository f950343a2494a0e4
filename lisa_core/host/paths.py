"""What lies under a path that somebody typed; it may also be a name that no file can have (too long, with a NUL)."""

from __future__ import annotations

import stat
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


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0
