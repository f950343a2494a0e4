"""`lisa run --watch`: runs, and runs again what a saved file can reach, until Ctrl-C.

Each run is a process of its own, so that a changed step or program is the new one. Files are looked at every `LOOK_S`
rather than subscribed to: that works on shares and in containers as well, where the system tells nothing.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.choice.change import ChangedFile, Effect
from lisa_core.harness.choice.effects import Reads, effects, reads_of
from lisa_core.harness.report.record import ExitCode
from lisa_core.harness.start.again import order_as_text
from lisa_core.harness.start.places import root_of, there
from lisa_core.harness.start.run import Order, check_order
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import choose, say
from lisa_core.host.data import data_dir
from lisa_core.host.interruption import RUN
from lisa_core.host.machine import tell
from lisa_core.host.printable import printable
from lisa_core.host.temporary import temporary_folder

LOOK_S = 0.5
"""Seconds between two looks at the files."""
READ = (".feature", ".satz", ".py", ".toml")
"""Files of which it matters what stood in them before."""
TOLD = 3
"""So many saved files are named."""
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"
_RUN = "from lisa_core.cli.main import main; main()"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files at one moment: when each was written and how long it is, and what stood in those that are read."""

    stamps: Mapping[str, tuple[int, int]]
    texts: Mapping[str, bytes] = field(default_factory=dict)


def watch(order: Order) -> int:
    """Run until Ctrl-C; returns 130, or 4 for an order that cannot be run."""
    choose(order.language)
    try:
        places = there(order.paths)
        check_order(order)
        reads = reads_of(root_of(places.paths), order.profile, (Path(order.out),))
    except LisaError as error:
        tell(printable(str(error)))
        return ExitCode.BAD_INPUT
    RUN.said = ""  # the run that is interrupted says so
    RUN.reported()  # and owes the report
    with ExitStack() as kept, RUN.listening():
        _Watch(order, reads, temporary_folder(kept, "watch"), _Bell(kept)).go()
    return ExitCode.INTERRUPTED


class _Bell:
    """Wakes whoever waits when a signal comes."""

    def __init__(self, kept: ExitStack) -> None:
        self.reader, writer = os.pipe()
        kept.callback(os.close, self.reader)
        kept.callback(os.close, writer)

        def ring() -> None:
            os.write(writer, b"!")

        RUN.wakes(ring)
        kept.callback(RUN.wakes, None)

    def waits(self, seconds: float | None, *others: int) -> None:
        """Until the bell rings, one of these descriptors is ready, or so long."""
        if not RUN.came:
            select.select([self.reader, *others], [], [], seconds)


class _Watch:
    def __init__(self, order: Order, reads: Reads, folder: Path, bell: _Bell) -> None:
        self._order, self._reads, self._bell = order, reads, bell
        self._file = folder / "order.json"
        self._places = _watched(reads)

    def go(self) -> None:
        """The whole of it first, then what is saved. What was saved for a run that never was counts for the next."""
        seen = snapshot(self._places, self._reads)
        done = seen if self._runs(self._order) else Snapshot({})
        while not RUN.came:
            print(say("Wartet auf gespeicherte Dateien. Ende: Strg-C"), flush=True)
            before, seen = seen, self._next(seen)
            if RUN.came:
                return
            _head(say("Gespeichert: {names}", names=_names(changes_between(before, seen))))
            found = effects(changes_between(done, seen), self._reads, self._reads.root) if done.stamps else None
            if found == ():
                print(say("Das kann kein Szenario berühren."), flush=True)
            elif self._runs(self._ordered(found)):
                done = seen

    def _ordered(self, found: tuple[Effect, ...] | None) -> Order:
        since = say("seit dem letzten Lauf") if found is not None else ""
        return replace(self._order, affected=since, effects=found, saved=True)

    def _next(self, seen: Snapshot) -> Snapshot:
        """The files once something has been saved, and nothing more for one look: editors save in several steps."""
        before = seen
        while not RUN.came:
            self._bell.waits(LOOK_S)
            now = snapshot(self._places, self._reads, before)
            if now.stamps != seen.stamps and now.stamps == before.stamps:
                return now
            before = now
        return seen

    def _runs(self, order: Order) -> bool:
        """Whether it came to run scenarios; it has a terminal and Ctrl-C like any other."""
        self._file.write_text(order_as_text(order), encoding="utf-8")
        with subprocess.Popen([sys.executable, "-c", _RUN, "run", "--again", str(self._file)]) as child:
            ended = os.pidfd_open(child.pid)
            try:
                self._bell.waits(None, ended)
                if RUN.came:
                    child.send_signal(signal.SIGINT)  # whoever ends this process alone means both
            finally:
                os.close(ended)
            return child.wait() not in (ExitCode.BAD_INPUT, ExitCode.MACHINE, ExitCode.INTERRUPTED)


def snapshot(places: Iterable[Path], reads: Reads, before: Snapshot | None = None) -> Snapshot:
    """The files of these places as they are; what has not changed since `before` is not read again."""
    stamps: dict[str, tuple[int, int]] = {}
    texts: dict[str, bytes] = {}
    aside = frozenset(map(str, reads.aside))
    for path, found in (one for place in places for one in _stats(str(place), aside)):
        stamp = (found.st_mtime_ns, found.st_size)
        if path.endswith(READ):
            same = before is not None and before.stamps.get(path) == stamp
            try:
                texts[path] = before.texts[path] if before is not None and same else Path(path).read_bytes()
            except OSError:
                continue  # gone meanwhile
        stamps[path] = stamp
    return Snapshot(stamps, texts)


def _stats(place: str, aside: frozenset[str]) -> Iterator[tuple[str, os.stat_result]]:
    """As `host.paths.files_below`, with plain texts: it is asked again and again."""
    if place in aside:
        return
    entries: list[os.DirEntry[str]] = []
    with contextlib.suppress(OSError):
        try:
            with os.scandir(place) as found:
                entries += found
        except NotADirectoryError:
            yield place, Path(place).stat()
    if any(entry.name == "pyvenv.cfg" for entry in entries):
        return
    for entry in entries:
        with contextlib.suppress(OSError):
            if not entry.is_dir(follow_symlinks=False):
                yield entry.path, entry.stat()
            elif not entry.name.startswith(".") and entry.name != "__pycache__":
                yield from _stats(entry.path, aside)


def changes_between(then: Snapshot, now: Snapshot) -> tuple[ChangedFile, ...]:
    """Every file that is not as it was, by path."""
    paths = sorted(path for path in {**then.stamps, **now.stamps} if then.stamps.get(path) != now.stamps.get(path))
    found = (ChangedFile(Path(path), then.texts.get(path), now.texts.get(path)) for path in paths)
    return tuple(one for one in found if one.before != one.after or one.before is None)


def _watched(reads: Reads) -> tuple[Path, ...]:
    """Where the files of a run lie: its own, those of this program, and the data that came with it."""
    package = Path(__file__).resolve().parents[2]
    folders = (reads.root, package, package.parent / "emulator", *map(data_dir, ("hardware_profiles", "fixtures")))
    single = (path for path in sorted(reads.profile | reads.landkreis) if not _is_in(path, folders))
    return (*(one for one in folders if not _is_in(one, [other for other in folders if other != one])), *single)


def _is_in(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _names(changes: tuple[ChangedFile, ...]) -> str:
    named = ", ".join(shown(one.path) for one in changes[:TOLD])
    return named + (say(" und {count} weitere", count=len(changes) - TOLD) if len(changes) > TOLD else "")


def _head(text: str) -> None:
    """On a terminal what was there before goes; elsewhere a line stands between two runs."""
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        print(_CLEAR, end="")
    else:
        print(f"\n{'─' * 72}")
    print(printable(text), flush=True)
