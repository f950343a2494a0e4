"""Where a run is kept: a folder of its own below `out`, which nothing overwrites.

    out/runs/2026-11-29_14-05-33/   report.html, messages.ndjson, junit.xml of one run; the name is its local time
    out/latest                      the newest of them
    out/report.html ...             the same three files of the newest

`latest` and the three files are symbolic links, and copies where the file system has none. A folder whose name goes on
behind the time ("2026-11-29_14-05-33 Abnahme") is never removed: so whoever wants to keep a run renames it. What
`--watch` runs after each save is counted apart (`nachlauf.txt` lies in its folder): an afternoon of it removes no run
that somebody asked for.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from lisa_core.harness.report.record import JUNIT, MESSAGES, PAGE
from lisa_core.host.temporary import locked

RUNS, LATEST = "runs", "latest"
KEEP = 50
"""How many runs are kept in one folder."""
FILES = (MESSAGES, PAGE, JUNIT)
_TIME = "%Y-%m-%d_%H-%M-%S"
_NAME = re.compile(r"(?P<time>\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d)(?:-(?P<number>\d+))?(?P<rest>\D.*)?")
_GOING, _WHOSE = ".weg-", "lauf.txt"
_SAVED, _WHY_SAVED = "nachlauf.txt", "Begonnen von lisa run --watch, weil etwas gespeichert wurde.\n"


class RunFolder:
    """The folder of one run in `out`, made when it is first asked for; at most `keep` runs stay.

    `saved`: the run began because something was saved; of these `keep` stay as well, beside the others.
    """

    def __init__(self, out: Path, started: datetime, keep: int = KEEP, *, saved: bool = False) -> None:
        self.out, self._started, self._keep, self._saved = out, started, keep, saved
        self._folder: Path | None = None
        self._lock: int | None = None
        self._pointed = False

    @property
    def name(self) -> str:
        """What the run is called; "" before it has a folder."""
        return self._folder.name if self._folder else ""

    def opened(self) -> Path:
        """The folder, for this run alone. Raises `OSError`."""
        if self._folder is None:
            _adopt(self.out)
            self._folder = _made(self.out / RUNS, self._started)
            self._lock = locked(self._folder)
            if self._saved:
                (self._folder / _SAVED).write_text(_WHY_SAVED, encoding="utf-8")
            _tidy(self.out / RUNS, self._keep)
        return self._folder

    def anything(self) -> bool:
        """Whether something lies there that readers could take for the report of this run."""
        return any((self.out / name).exists() for name in FILES)

    def point(self) -> None:
        """The short paths lead to this run, if no other has begun since it was first asked to. Raises `OSError`."""
        folder, latest = self.opened(), self.out / LATEST
        if self._pointed and (latest.is_symlink() or _current(self.out) != folder.name):
            return
        self._pointed = True
        if not (_linked(latest, f"{RUNS}/{folder.name}") and _links(self.out)):
            _copy(folder, self.out)

    def report(self) -> Path:
        """The page, by the shortest path that leads to it."""
        if self._folder is None or _current(self.out) == self._folder.name:
            return self.out / PAGE
        return self._folder / PAGE

    def close(self) -> None:
        """The run is over; from now on it may be removed as others are."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def kept(runs: Path) -> list[Path]:
    """The folders of runs in here, oldest first; none where there is no such folder."""
    with contextlib.suppress(OSError):
        found = ((match, path) for path in runs.iterdir() if (match := _NAME.fullmatch(path.name)) and path.is_dir())
        ordered = sorted(found, key=lambda one: (one[0]["time"], int(one[0]["number"] or 1), one[1].name))
        return [path for _, path in ordered]
    return []


def _current(out: Path) -> str:
    """The name of the run to which the short paths lead."""
    latest = out / LATEST
    with contextlib.suppress(OSError):
        return latest.readlink().name if latest.is_symlink() else (latest / _WHOSE).read_text(encoding="utf-8")
    return ""


def _made(runs: Path, started: datetime) -> Path:
    """A new folder, whoever else makes one in this second."""
    runs.mkdir(parents=True, exist_ok=True)
    for folder in _names(runs, started):
        with contextlib.suppress(FileExistsError):
            folder.mkdir()
            return folder
    raise AssertionError  # the names do not end


def _names(runs: Path, started: datetime) -> Iterator[Path]:
    name, number = started.strftime(_TIME), 1
    yield runs / name
    while True:
        number += 1
        yield runs / f"{name}-{number}"


def _adopt(out: Path) -> None:
    """What an older version left in `out` itself becomes a run like the others."""
    own = [path for name in FILES if (path := out / name).is_file() and not path.is_symlink()]
    latest = out / LATEST
    if not own or (latest.is_dir() and not latest.is_symlink()):
        return  # nothing, or copies
    folder = _made(out / RUNS, datetime.fromtimestamp(own[0].stat().st_mtime).astimezone())
    for path in own:
        with contextlib.suppress(FileNotFoundError):  # another run was quicker
            path.rename(folder / path.name)
    with contextlib.suppress(OSError):
        folder.rmdir()  # nothing was left for it


def _tidy(runs: Path, keep: int) -> None:
    """Remove the oldest of each kind beyond `keep`; never one that is still written. What cannot be removed stays."""
    for path in runs.glob(f"{_GOING}*"):  # somebody was killed here
        shutil.rmtree(path, ignore_errors=True)
    kinds: dict[bool, list[Path]] = {False: [], True: []}
    for path in filter(_ours, kept(runs)):
        kinds[(path / _SAVED).exists()].append(path)
    for path in (one for paths in kinds.values() for one in paths[: -max(keep, 1)]):
        if (lock := locked(path)) is None:
            continue
        with contextlib.suppress(OSError):
            shutil.rmtree(path.rename(path.with_name(f"{_GOING}{path.name}")), ignore_errors=True)
        os.close(lock)


def _ours(path: Path) -> bool:
    found = _NAME.fullmatch(path.name)
    return found is not None and not found["rest"]


def _links(out: Path) -> bool:
    return all(_linked(out / name, f"{LATEST}/{name}") for name in FILES)


def _linked(link: Path, target: str) -> bool:
    """Whether `link` leads there now, at once for all who read; False where that cannot be."""
    if link.is_symlink() and str(link.readlink()) == target:
        return True
    fresh = link.with_name(f".{link.name}-{os.getpid()}")
    try:
        fresh.symlink_to(target)
    except OSError:
        return False  # what is wrong with the folder itself is told when it is written to
    try:
        fresh.replace(link)
    except OSError:
        fresh.unlink(missing_ok=True)
        return False
    return True


def _copy(folder: Path, out: Path) -> None:
    """What links would do, where there are none."""
    (out / LATEST).mkdir(exist_ok=True)
    for name in filter(lambda one: (folder / one).exists(), FILES):
        for target in (out / LATEST / name, out / name):
            fresh = target.with_name(f".{name}-{os.getpid()}")
            shutil.copyfile(folder / name, fresh)
            fresh.replace(target)
    (out / LATEST / _WHOSE).write_text(folder.name, encoding="utf-8")
