"""Runs the parts of `make test-long`, one after the other, and says what is done, red and missing."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.long import mutants
from tests.long.parts import MOST_S, PARTS, Part, left_out
from tests.long.record import RED, WELL, Busy, State, opened, say, state, whole

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "out" / "test-long.jsonl"
ENDS_S = 20.0
"""So long what runs may take to end: booths wipe, browsers close. Tox waits a little longer."""
MOST_TOLD = 20
GREEN, IS_RED, IS_BUSY, IS_MISSING, STOPPED = 0, 1, 2, 3, 130


@dataclass(frozen=True)
class Long:
    """A table of parts, where its tests stand, and where it is written down what is done of it."""

    parts: Sequence[Part] = PARTS
    root: Path = ROOT
    record: Path = RECORD
    most_s: float = MOST_S

    def state(self, part: Part) -> State:
        found = state(whole(self.record), part.name)
        if part.mutants and found.begun and (known := mutants.state_of(self.root, part.mutants)).begun:
            return State(known.planned, known.outcomes, found.took_s)
        return found

    def command(self, part: Part) -> list[str]:
        """What runs the rest of it: mutmut is told the names, pytest leaves out what has passed."""
        if part.mutants:
            return [str(Path(sys.executable).with_name("mutmut")), "run", *(self.state(part).missing or [part.mutants])]
        others = left_out(part, self.parts)
        return [
            *(sys.executable, "-m", "pytest", "-q", "-n", "2", "--no-loadscope-reorder"),
            *("--dist", "load" if part.spread else "loadfile"),
            *("-p", "tests.long.plugin", f"--long-part={part.name}", f"--long-record={self.record}"),
            f"--long-until={self.record.stat().st_size}",
            *(f"--deselect={taken}" if "::" in taken else f"--ignore={taken}" for taken in others),
            *(part.takes or ("tests",)),
        ]


def commit(root: Path) -> str:
    """Which one it is, and with what changes."""
    asked = ("rev-parse", "HEAD"), ("diff", "HEAD"), ("ls-files", "--others", "--exclude-standard")
    head, *changes = (
        subprocess.run(["git", *words], cwd=root, check=False, capture_output=True, text=True).stdout for words in asked
    )
    return f"{head.strip()}+{hashlib.sha256(''.join(changes).encode()).hexdigest()[:12]}"


def run(long: Long, wanted: Sequence[Part], *, anew: bool = False) -> int:
    """Each in turn, but for what is finished; then the summary."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        with opened(long.record, commit(long.root), anew=anew) as (file, is_new):
            if is_new:
                shutil.rmtree(long.root / "mutants", ignore_errors=True)
            for part in wanted:
                if not long.state(part).finished:
                    print(f"\n=== {part.name}: {part.what}", flush=True)
                    _run(long, part, file.fileno())
    except Busy:
        print(f"{long.record}: another make test-long is at work, or what a killed one has left running.")
        return IS_BUSY
    except KeyboardInterrupt:
        print(*told(long, long.parts), "Stopped. The next call goes on here.", sep="\n")
        return STOPPED
    print(*told(long, wanted), sep="\n")
    states = [long.state(part) for part in wanted]
    if any(one.of(RED) for one in states):
        return IS_RED
    return GREEN if all(one.finished for one in states) else IS_MISSING


def _run(long: Long, part: Part, lock: int) -> None:
    """As a group of its own, so that a Ctrl-C reaches it once, from here; who inherits the record holds its lock."""
    command = long.command(part)
    if part.mutants:
        say(long.record, part=part.name, planned=[part.mutants])
        # With the list of tests that an earlier call has kept, mutmut 3.8 was seen to end at once: pytest refuses it.
        (long.root / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
    began_s = time.monotonic()
    environment = {**os.environ, "LISA_LONG": "1"}
    going = subprocess.Popen(
        command, cwd=long.root, env=environment, stdin=subprocess.DEVNULL, pass_fds=(lock,), process_group=0
    )
    try:
        going.wait(long.most_s)
    except subprocess.TimeoutExpired:
        print(f"{part.name}: its {long.most_s / 60:.0f} minutes are over; the next call goes on with it.", flush=True)
    finally:
        _end(going)
        say(long.record, part=part.name, took_s=round(time.monotonic() - began_s, 1))


def _end(going: subprocess.Popen[bytes]) -> None:
    if going.poll() is not None:
        return
    before: list[Callable[..., object] | int | None] = [
        signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)
    ]
    os.killpg(going.pid, signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        going.wait(ENDS_S)
    with suppress(ProcessLookupError):
        os.killpg(going.pid, signal.SIGKILL)
    going.wait()
    for number, handler in zip((signal.SIGINT, signal.SIGTERM), before, strict=True):
        signal.signal(number, handler)


def told(long: Long, parts: Sequence[Part]) -> Iterator[str]:
    """The table, then what is red and what has been left out."""
    yield f"\n    {'part':18} {'state':9} {'well':>6} {'red':>5} {'other':>5} {'missing':>7} {'took':>9}"
    for part in parts:
        found = long.state(part)
        others = len(found.outcomes) - len(found.of(WELL)) - len(found.of(RED))
        counts = (
            f"{len(found.of(WELL)):6} {len(found.of(RED)):5} {others:5} {len(found.missing) if found.begun else '?':>7}"
        )
        yield f"{long.parts.index(part) + 1:3} {part.name:18} {_word(found):9} {counts} {found.took_s / 60:6.1f} min"
    for part in parts:
        found = long.state(part)
        named = [f"{found.outcomes[name]}: {name}" for name in found.outcomes if found.outcomes[name] != WELL]
        yield from named[:MOST_TOLD]
        if len(named) > MOST_TOLD:
            yield f"... and {len(named) - MOST_TOLD} more of {part.name}"


def _word(found: State) -> str:
    if not found.begun:
        return "not begun"
    return "done" if found.finished else "red" if not found.missing else "begun"
