"""Which commands other packages bring, read from their metadata by hand: what `lisa --help` has to know, and no more.

`importlib.metadata.entry_points` says the same. It parses every group of every installed package and imports zipfile,
csv and email for that: 30 ms of CPU, as much as Python and click together take to start. This looks into the files for
the one group: 2 ms for 100 packages. Where packages may lie elsewhere than in folders, it asks importlib after all.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator

GROUP = "lisa.commands"
_DISTRIBUTION = re.compile(r"(?P<name>.+?)(-.*)?\.(dist-info|egg-info)")


def announced() -> dict[str, str]:
    """Each command of others by its name: where it is, as "module:function". The first package on the path wins."""
    found: dict[str, str] = {}
    for name, value in _read() if _all_in_folders() else _asked():
        found.setdefault(name, value)
    return found


def _all_in_folders() -> bool:
    """Whether nobody else has a say in where packages are: no zip file on the path, no finder with own packages."""
    finders = [one for one in sys.meta_path if hasattr(one, "find_distributions")]
    return [getattr(one, "__name__", "") for one in finders] == ["PathFinder"] and not any(
        map(os.path.isfile, sys.path)
    )


def _asked() -> Iterator[tuple[str, str]]:
    from importlib.metadata import entry_points

    return ((point.name, point.value) for point in entry_points(group=GROUP))


def _read() -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for folder in sys.path:
        for entry in _entries(folder or "."):
            if (found := _DISTRIBUTION.fullmatch(entry)) is None:
                continue
            name = re.sub(r"[-_.]+", "_", found["name"]).lower()
            if name not in seen:
                seen.add(name)
                yield from _lines_of(f"{folder or '.'}/{entry}/entry_points.txt")


def _entries(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208  # pathlib would cost more than the rest of this file
    except OSError:
        return []


def _lines_of(path: str) -> Iterator[tuple[str, str]]:
    """The rows of the one group, as configparser reads them: "name = value", comments in lines of their own."""
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123  # pathlib is slower than all of this
            text = file.read()
    except OSError:
        return
    group = ""
    for line in map(str.strip, text.splitlines() if GROUP in text else ()):
        if line.startswith("[") and line.endswith("]"):
            group = line[1:-1].strip()
        elif group == GROUP and line and line[0] not in "#;":
            name, _, value = line.partition("=")
            yield name.strip(), value.strip()
