"""`lisa` as a program of its own: started, listened to, ended by its number; and what it would leave behind."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from lisa_core.host.temporary import sweep_again
from tests.gherkin import copies

LISA = str(Path(sys.executable).with_name("lisa"))
FEATURES = Path(__file__).resolve().parents[2] / "features"
STORY = str(FEATURES / "besuch" / "wohngeld.feature")
MEASURED = "anf:S0.7 or anf:S0.9 or anf:S0.10 or anf:S1.2.datenschutz"
"""Tags of what is measured against a limit of time: whatever runs beside it, or holds it up, is measured along."""
LIMIT_S = 200.0
"""For what happens by itself: much more than it takes, since other work may share the machine."""
LOOK_S = 0.02
SHARED_MEMORY = "/dev/shm"
PROFILE = '[profile]\nid = "probe"\nextends = "emulated"\n'

T = TypeVar("T")


def need_root(why: str) -> None:
    """Skip by name where this user may not look into programs of others; on CI that is a failure."""
    if os.geteuid() != 0:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"nur root {why}: nicht geprüft")


@dataclass(frozen=True)
class Ending:
    """How a program ended after it was told to: code, how long it took, all that it had said."""

    code: int
    seconds: float
    output: str


class Program:
    """One running `lisa`. `home` is its working folder and holds its temporary files."""

    def __init__(self, home: Path, *arguments: str, inside: tuple[str, ...] = (), anew: bool = False) -> None:
        """`inside`: the words before its own that start it somewhere else, in the same process. `anew`: as people do,
        and no copy of a program that has imported what it needs (`tests.gherkin.copies`)."""
        self.temporary = home / "tmp"
        self.temporary.mkdir(exist_ok=True)
        self.lines: list[str] = []
        self._unread: queue.Queue[str | None] = queue.Queue()
        told = {**os.environ, "TMPDIR": str(self.temporary), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
        copy = None if inside or anew else copies.program(arguments, home, told)
        self._process = copy or subprocess.Popen(
            [*inside, LISA, *arguments],
            cwd=home,
            env=told,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.pid = self._process.pid
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    def until(self, words: str) -> str:
        """The next line that says so."""
        end_s = time.monotonic() + LIMIT_S
        while (line := self._next(end_s)) is not None:
            if words in line:
                return line
        raise AssertionError(f"{words!r} was not said:\n" + "".join(self.lines))

    def described(self) -> dict[str, Any]:
        """The first line of `lisa emulate`."""
        found: dict[str, Any] = json.loads(self.until("{"))
        return found

    def end(self, how: signal.Signals = signal.SIGTERM) -> Ending:
        """Tell it to end, and wait until it has."""
        began_s = time.monotonic()
        if self.runs:
            self._process.send_signal(how)
        return self.ended(began_s)

    def send(self, what: signal.Signals) -> None:
        """Nothing happens if it has ended."""
        self._process.send_signal(what)

    def ended(self, began_s: float | None = None) -> Ending:
        """Wait until it ends by itself."""
        began_s = time.monotonic() if began_s is None else began_s
        code = self._process.wait(LIMIT_S)
        seconds = time.monotonic() - began_s
        self._reader.join(LIMIT_S)
        return Ending(code, seconds, "".join(self.lines))

    def _read(self) -> None:
        assert self._process.stdout
        with self._process.stdout as said:
            for line in said:
                self.lines.append(line)
                self._unread.put(line)
        self._unread.put(None)

    def _next(self, end_s: float) -> str | None:
        try:
            return self._unread.get(timeout=max(0.0, end_s - time.monotonic()))
        except queue.Empty:
            return None


@contextmanager
def started(home: Path, *arguments: str, inside: tuple[str, ...] = (), anew: bool = False) -> Iterator[Program]:
    """Start `lisa`; at the end it is ended if it still runs, and nothing else is. A failed test shows what it said."""
    program = Program(home, *arguments, inside=inside, anew=anew)
    try:
        yield program
    finally:
        try:
            program.end()
        except subprocess.TimeoutExpired:
            program.end(signal.SIGKILL)
            raise
        finally:
            print(f"--- lisa {' '.join(arguments)}", *program.lines, sep="\n", end="")


def killed(program: Program) -> Ending:
    """End it as a loss of power would; what it then leaves in shared memory is cleared away, for the machine's sake."""
    ending = program.end(signal.SIGKILL)
    sweep_again(SHARED_MEMORY)  # by its locks: other programs that run beside have folders there as well
    return ending


def refused(home: Path, *arguments: str) -> tuple[int, str, str]:
    """Run `lisa` to its end: exit code, what it said, what it complained of."""
    home.joinpath("tmp").mkdir(exist_ok=True)
    done = subprocess.run(
        [LISA, *arguments],
        cwd=home,
        env={**os.environ, "TMPDIR": str(home / "tmp"), "PYTHONIOENCODING": "utf-8", "COLUMNS": "400"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LIMIT_S,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def wait_until(condition: Callable[[], T], what: str, program: Program | None = None, every_s: float = LOOK_S) -> T:
    """Look again and again until it is so, for what tells nobody when it happens; `program` has to run meanwhile."""
    end_s = time.monotonic() + LIMIT_S
    rhythm = threading.Event()
    while not (value := condition()):
        assert time.monotonic() < end_s, f"not in time: {what}"
        assert program is None or program.runs, f"ended before: {what}\n{''.join(program.lines)}"
        rhythm.wait(every_s)
    return value


def children(pid: int) -> set[int]:
    """The processes that descend from this one."""
    parents = dict(filter(None, map(_parent, Path("/proc").glob("[0-9]*"))))
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in {pid, *found}} - found:
        found |= more
    return found


def opened(pid: int) -> Iterator[tuple[Path, str]]:
    """What this process has open: the link in /proc, and where it leads. Only root sees it of one that holds visits."""
    try:
        links = list(Path(f"/proc/{pid}/fd").iterdir())
    except PermissionError:
        return
    for link in links:
        with suppress(FileNotFoundError):  # it has just been closed
            yield link, str(link.readlink())


def traces(pid: int) -> set[tuple[str, int]]:
    """What this process has open that must not outlive it: files in shared memory, ptys. With their age."""
    found = set()
    for link, target in opened(pid):
        if not target.startswith((f"{SHARED_MEMORY}/", "/dev/ptmx")):
            continue
        with suppress(FileNotFoundError):
            info = (link.parents[1] / "fdinfo" / link.name).read_text(encoding="ascii")
            found |= {f"/dev/pts/{line.split()[1]}" for line in info.splitlines() if line.startswith("tty-index")}
            if "FLOCK" in info:  # else it only looks whether the folder of another program is still locked
                found.add(target)
    return {(path, Path(path).stat().st_ctime_ns) for path in found if Path(path).exists()}


def left_of(found: set[tuple[str, int]]) -> list[str]:
    """Which of these are still there. A number given anew to another program's pty is a younger one."""
    return [path for path, age in found if Path(path).exists() and Path(path).stat().st_ctime_ns == age]


def _parent(process: Path) -> tuple[int, int] | None:
    try:
        fields = process.joinpath("stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:  # it has just ended
        return None
    return int(process.name), int(fields[1])
